"""Starting: what a command loads before it can do anything."""

import subprocess
import sys

from tests.support import ROOT

START = """
import sys
from importlib import import_module

import insession.site.build
import pelicanconf

for name in pelicanconf.PLUGINS:
    import_module(name)
print(*sorted(each for each in sys.modules if getattr(sys.modules[each], "__spec__", None)))
"""
# What takes long to load, and no build of plainly written English articles needs.
NEEDLESS = {"PIL.Image", "docutils", "invoke", "justhtml", "langcodes", "rich", "vobject"}
NEEDLESS |= {"insession.content.translate_header", "markdown_it"}


def test_a_build_starts_without_what_only_few_need() -> None:
    loaded = subprocess.check_output([sys.executable, "-c", START], cwd=ROOT, text=True).split()
    assert "insession.plugins.reader" in loaded
    assert not NEEDLESS & {*loaded}
