"""One function per use case: authorise, read the clock, load, call verbs, compose, audit."""

__all__: list[str] = []
