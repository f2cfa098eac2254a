"""Keeps compiled templates, in the process and in .cache: compiling takes longer than a small blog.

Jinja knows a template by its source, and nothing of the options and the version that it was
compiled with: so each of these has a folder of its own.
"""

from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from insession.output.digest import digest

FOLDER = ".cache/templates"


class Compiled(FileSystemBytecodeCache):
    """Jinja asks it before it compiles; a template that was changed has another checksum."""

    known: dict[tuple[str, str], CodeType | None]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if it is known."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            self.known[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take up the template's code."""
        self.known[bucket.key, bucket.checksum] = bucket.code
        super().dump_bytecode(bucket)


def keep_compiled(settings: dict[str, Any], project: Path) -> None:
    """Let Pelican's environment use what was compiled with the same options."""
    options = settings["JINJA_ENVIRONMENT"]
    mark = digest(jinja2.__version__, options)
    folder = project / FOLDER / mark
    folder.mkdir(parents=True, exist_ok=True)
    compiled = Compiled(str(folder))
    compiled.known = _known(mark)
    settings["JINJA_ENVIRONMENT"] = options | {"bytecode_cache": compiled}


@cache
def _known(_mark: str) -> dict[tuple[str, str], CodeType | None]:
    """What this process compiled, in whatever folder."""
    return {}
