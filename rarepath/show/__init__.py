"""The edge that puts results into words: for a terminal, and as views for pages."""

__all__: list[str] = []
