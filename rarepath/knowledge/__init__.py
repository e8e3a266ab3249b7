"""Condition packs: read strictly into frozen models, found by name, checked."""

__all__: list[str] = []
