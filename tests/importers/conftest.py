"""What the tests of the import share: an old blog's export, and what came of importing it."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pelican.settings import read_settings
from PIL import Image

from insession.content.markdown import to_html
from insession.importers.command import bring_in
from tests.importers.exports import Entry, empty_blog, write_export
from tests.support import ROOT, BuiltSite, build_content


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), colour: str = "teal") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def put_media(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a media folder, as WordPress keeps it; return the path of wp-content/uploads."""
    uploads = folder / "site" / "wp-content" / "uploads"
    for name, data in files.items():
        path = uploads / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    uploads.mkdir(parents=True, exist_ok=True)
    return uploads


@dataclass
class Imported:
    """A blog into which an export was imported, and what was said about it."""

    root: Path
    code: int
    said: str

    @property
    def content(self) -> Path:
        """Its content folder."""
        return self.root / "content"

    def text(self, name: str) -> str:
        """Return a file in content/."""
        return (self.content / name).read_text(encoding="utf-8")

    def header(self, name: str) -> list[str]:
        """Return the lines of a file's header."""
        return self.text(name).split("---\n")[1].splitlines()

    def body(self, name: str) -> str:
        """Return what follows the header."""
        return self.text(name).split("---\n", 2)[2].strip()

    def files(self) -> list[str]:
        """Return every file in content/, but for what was there before."""
        found = {path.relative_to(self.content).as_posix() for path in self.content.rglob("*.*")}
        return sorted(found - {"practice.toml", "pages/contact.md"})

    def shown(self, name: str = "articles/a-title.md") -> BeautifulSoup:
        """Return a text as its page shows it, without the page."""
        options = read_settings(str(ROOT / "pelicanconf.py"))["MARKDOWN"]
        return BeautifulSoup(to_html(self.body(name), options), "html.parser")

    def build(self) -> BuiltSite:
        """Build the blog; fails if there is any problem."""
        return build_content(self.content, self.root / "output", COMMENTS="off")


@pytest.fixture
def bring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Imported]:
    """Import entries, or a file that is there, into a blog in a folder of the test."""

    def run(*entries: Entry, file: Path | None = None, media: Path | None = None) -> Imported:
        if not (tmp_path / "content").exists():
            empty_blog(tmp_path)
        path = file or write_export(tmp_path, *entries)
        capsys.readouterr()
        code = bring_in("wordpress", str(path), False, str(media or ""), tmp_path)
        printed = capsys.readouterr()
        return Imported(tmp_path, code, printed.out + printed.err)

    return run
