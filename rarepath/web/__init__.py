"""The pages: parse an address or a form, call one service, render."""

__all__: list[str] = []
