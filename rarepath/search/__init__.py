"""Finds the question that was asked among those a pack answers."""

__all__: list[str] = []
