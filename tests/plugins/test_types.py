"""What stubs/pelican/ tells the type checker of a content is so, and all of it is told."""

import ast
import shutil
from pathlib import Path

from insession.output.contents import Article, Page
from insession.site.build import make_site
from tests.support import CONTACT, ROOT, article, write_content

BOTH = (
    "content_note: It speaks of loss.\nmodified: 2026-03-05\nreviewed: 2026-03-05\nquick_exit: true"
)
MORE = """cover: images/two-chairs.png
cover_alt: Chairs.
vignette: composite
audio: downloads/voice.mp3
invitation: none
series: Two
start: 1"""
# What Pelican gives besides, and none of our code asks for.
UNUSED = {
    "_status",
    "_summary",
    "date_format",
    "in_default_lang",
    "locale_date",
    "locale_modified",
    "reader",
}
UNUSED |= {"template", "timezone", "translations", "author", "authors", "category"}


def test_a_content_has_what_its_types_say_and_nothing_that_they_leave_out(tmp_path: Path) -> None:
    page = CONTACT.replace("menu: 1", f"menu: 1\n{BOTH}")
    files: dict[str, str | bytes] = {
        "articles/a.md": article("A", f"{BOTH}\n{MORE}"),
        "pages/contact.md": page,
        "downloads/voice.mp3": b"",
    }
    content = write_content(tmp_path, files)
    shutil.copy(ROOT / "content/images/two-chairs.png", content / "images")
    built = make_site(tmp_path / "output", str(ROOT / "pelicanconf.py"), PATH=str(content))
    typed = {
        each.name: {row.target.id for row in each.body if isinstance(row, ast.AnnAssign)}
        for each in ast.parse((ROOT / "stubs/pelican/contents.pyi").read_text("utf-8")).body
        if isinstance(each, ast.ClassDef)
    }
    for kind in (Article, Page):
        [made] = [each for each in built.contents if type(each) is kind]
        told, given = typed["Content"] | typed[kind.__name__], vars(made).keys()
        assert told - given <= set(dir(kind)), kind
        assert given - told <= UNUSED, kind
