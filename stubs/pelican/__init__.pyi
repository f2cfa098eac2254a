"""Types for Pelican, which has none: its contents (contents.pyi); all else of it is Any."""

from typing import Any

def __getattr__(name: str) -> Any: ...
