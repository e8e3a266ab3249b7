"""Lets ``python -m rarepath`` be the command line."""

from rarepath.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
