"""The verb `ask`: a question becomes an answer made of statements, or a reason why not."""

__all__: list[str] = []
