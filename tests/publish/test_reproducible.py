"""The same content, settings and SOURCE_DATE_EPOCH make the same bytes, wherever and whenever.

Source: https://reproducible-builds.org/docs/source-date-epoch/. (What day it is remains an input:
an article that waits for its day appears on it.)
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from insession.publish.manifest import Changes, Digests, compare, digest
from tests.publish.a_blog import SETTINGS
from tests.support import CONTACT, ROOT, article, write_content

# Builds the blog in this folder; its files are found in another order, as on another disk.
BUILD = """
import os
import sys
listed = os.scandir
class Order(list):
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    close = __exit__
    def __iter__(self):
        return self
    def __next__(self):
        if self:
            return self.pop(0)
        raise StopIteration
os.scandir = lambda *of: Order(sorted(listed(*of), key=lambda e: e.name, reverse={reverse}))
from insession.site.build import build
sys.exit(build(settings_file="pelicanconf.py"))
"""


def built(root: Path, reverse: bool, **env: str) -> Digests:
    """Build the blog in a Python of its own; every file, also those for the comments service."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", BUILD.format(reverse=reverse)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    output = root / "output"
    files = [path for path in output.rglob("*") if path.is_file()]
    return {path.relative_to(output).as_posix(): digest(path.read_bytes()) for path in files}


def a_blog_with_articles_of_one_day(root: Path) -> None:
    files = {f"articles/{name}.md": article(f"The {name}") for name in ("b", "c", "a", "e", "d")}
    write_content(root, {**files, "pages/contact.md": CONTACT})


def a_blog_without_articles(root: Path) -> None:
    write_content(root, {"pages/contact.md": CONTACT})


def the_sample(root: Path) -> None:
    shutil.copytree(ROOT / "content", root / "content")


@pytest.mark.parametrize(
    "write", [the_sample, a_blog_with_articles_of_one_day, a_blog_without_articles]
)
def test_two_builds_on_two_paths_differ_in_no_byte(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    sites = []
    places = (
        ("one", False, {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
        ("another one/Тишина", True, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}),
    )
    for place, reverse, env in places:
        root = tmp_path / place
        root.mkdir(parents=True)
        write(root)
        theme = f"\nTHEME = {str(ROOT / 'theme')!r}\n"
        (root / "pelicanconf.py").write_text(SETTINGS + theme, encoding="utf-8")
        sites.append(built(root, reverse, SOURCE_DATE_EPOCH="1700000000", **env))
    assert len(sites[0]) > 10
    assert compare(*sites) == Changes()
