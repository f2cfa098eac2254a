"""In Session: all of our Python. Each module's first line says what it is for."""

import gc
import os
import sys
from types import ModuleType


class _Unneeded(ModuleType):
    """Stands for a module that is imported and never used; each name in it is a class.

    It takes whatever it is given when Pelican is imported.
    """

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):  # what Python itself asks of a module
            raise AttributeError(name)
        return type(name, (), {"__init__": lambda self, *_, **__: None})


# Pelican imports all of docutils for texts in reStructuredText, and no text here is written in it
# (plugins/reader.py); and rich and a server to say and show what our commands say and show
# otherwise. Each command would wait for them longer than for Pelican's own code.
STAND_INS = {
    name: _Unneeded(name)
    for name in (
        *("docutils", "docutils.core", "docutils.io", "docutils.parsers.rst.languages"),
        *("docutils.writers.html4css1", "pelican.rstdirectives"),
        *("rich.console", "rich.logging", "pelican.server"),
    )
}
for _name, _module in STAND_INS.items():
    sys.modules.setdefault(_name, _module)
# Pydantic would look through all packages for plugins.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Python would look for garbage a hundred times among all that is loaded: a tenth of the start.
gc.set_threshold(200_000)


def look_for_garbage() -> None:
    """Look for it often from now on: in a process that has started and may run for days."""
    gc.set_threshold(10_000)


def load(package: str) -> None:
    """Let a package itself be imported from now on: docutils, which Pelican's import needs."""
    for name, module in STAND_INS.items():
        if name.partition(".")[0] == package and sys.modules.get(name) is module:
            del sys.modules[name]
