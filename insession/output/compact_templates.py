"""Templates without the spaces with which their lines begin: what no reader needs needn't travel.

A Jinja extension, named in pelicanconf's JINJA_ENVIRONMENT. It sees what stands in theme/, never
the words of a text; no template has a line in which leading spaces would show.
"""

import re

from jinja2.ext import Extension


class CompactTemplates(Extension):
    """Takes the indentation from a template before it is compiled; lines keep their numbers."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template's source without indentation (Jinja's name and arguments)."""
        return re.sub(r"^[ \t]+", "", source, flags=re.M)
