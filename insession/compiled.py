"""Keeps compiled templates for the next build of the same process.

Compiling takes longer than all else in a small blog, and publishing builds twice: once to check.
"""

from functools import cache
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Jinja asks it before it compiles; a template that was changed has another checksum."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if it is known."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take up the template's code."""
        self.known[bucket.key, bucket.checksum] = bucket.code


def keep_compiled(settings: dict[str, Any]) -> None:
    """Let Pelican's environment use what was compiled with the same options."""
    options = settings["JINJA_ENVIRONMENT"]
    settings["JINJA_ENVIRONMENT"] = options | {"bytecode_cache": _compiled(repr(options))}


@cache
def _compiled(_options: str) -> Compiled:
    return Compiled()
