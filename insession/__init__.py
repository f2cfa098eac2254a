"""In Session: all of our Python. Each module's first line says what it is for."""

import gc
import os
import sys
from types import ModuleType


class _Unneeded(ModuleType):
    """Stands for a module that is imported and never used; each name in it is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):  # what Python itself asks of a module
            raise AttributeError(name)
        return type(name, (), {})


# Pelican imports all of docutils for texts in reStructuredText, and no text here is written in it
# (plugins/reader.py): each command would wait for it as long as for Pelican's own code.
STAND_INS = {
    name: _Unneeded(name)
    for name in (
        *("docutils", "docutils.core", "docutils.io", "docutils.parsers.rst.languages"),
        *("docutils.writers.html4css1", "pelican.rstdirectives"),
    )
}
for _name, _module in STAND_INS.items():
    sys.modules.setdefault(_name, _module)
# Pydantic would look through all packages for plugins.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Python would look for garbage a hundred times among all that is loaded: a tenth of the start.
gc.set_threshold(50_000)


def load_docutils() -> None:
    """Let docutils itself be imported from now on: Pelican's import of WordPress needs it."""
    for name, module in STAND_INS.items():
        if sys.modules.get(name) is module:
            del sys.modules[name]
