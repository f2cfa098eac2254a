"""Whatever she saves, and however: the preview serves what a build would write, and no more."""

import random
import time
from pathlib import Path

import pytest

from tests.preview import saving
from tests.preview.a_blog import Blog
from tests.preview.comparing import addresses, fresh_build, is_as_built
from tests.preview.conftest import Start
from tests.preview.running import Preview
from tests.support import ROOT

# The preview is another process, and draws cards.
pytestmark = pytest.mark.usefixtures("drawn_cards")

SAVES, SOME, COMPARED_AFTER_EVERY = 200, 80, 30
CSS, TEMPLATE = "theme/static/css/tokens.css", "theme/templates/partials/site_footer.html"
Files = dict[str, bytes]


def all_files(blog: Blog) -> Files:
    """The blog's files, and those of the theme that change with it."""
    css = (ROOT / CSS).read_bytes() + f"\n.changed {{ width: {blog.width}px; }}\n".encode()
    template = (ROOT / TEMPLATE).read_bytes() + f"<p>{blog.motto}</p>\n".encode()
    return blog.files() | {CSS: css, TEMPLATE: template}


def save(folder: Path, before: Files, after: Files, chance: random.Random) -> None:
    """Save what differs, file by file, in any order and in any editor's way."""
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    chance.shuffle(changed)
    renamed = {before[name]: name for name in changed if name not in after}
    for name in changed:
        path = folder / name
        if name not in after:
            path.unlink(missing_ok=True)
        elif name not in before and (old := folder / renamed.get(after[name], "no")).exists():
            old.replace(path)  # the same text under another name
        else:
            chance.choice(saving.WAYS)(path, after[name])


def test_after_many_saves_at_random_all_is_as_a_build_would_write_it(
    open_preview: Start, thorough: bool
) -> None:
    saves = SAVES if thorough else SOME
    blog, chance = Blog(seed=4), random.Random(4)
    written = blog.files()
    start = {name.removeprefix("content/"): data for name, data in written.items()}
    preview = open_preview(files=start)
    written = written | {name: (ROOT / name).read_bytes() for name in (CSS, TEMPLATE)}
    ever: set[str] = set()
    for number in range(1, saves + 1):
        blog.change()
        wanted = all_files(blog)
        save(preview.folder, written, wanted, chance)
        written = wanted
        time.sleep(chance.random() * 0.06)  # any moment: during a reading, a page, or in between
        if number % COMPARED_AFTER_EVERY == 0 or number == saves:
            compare(preview, blog, ever)


def compare(preview: Preview, blog: Blog, ever: set[str]) -> None:
    """Compare all that is served with a fresh build; `ever` collects all addresses there were."""
    built = fresh_build(preview.folder)
    known = addresses(built)
    # A text that is kept back has its pictures, too, and perhaps earlier ones of another.
    pictures = ("covers/", "cards/")
    ever |= {
        address
        for address in known
        if not address.startswith(pictures) and not address.endswith("/qr.svg")
    }
    kept_back = blog.kept_back()
    is_as_built(preview, built, kept_back, (ever | blog.gone()) - {*known} - kept_back)
    assert preview.panel() == []
    for text in blog.texts:
        shown = preview.get(f"/{text.address}")[2]
        assert text.title in shown, "each text is at its address"
    assert "Traceback" not in preview.printed, preview.printed
