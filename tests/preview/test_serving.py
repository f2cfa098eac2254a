"""What the preview answers: a build's own bytes, what is kept back, and nothing to strangers."""

import re
from pathlib import Path

import pytest

from insession.preview.toolbar import EMPTY_PAGE
from tests.preview.comparing import fresh_build, is_as_built
from tests.preview.conftest import Start
from tests.preview.running import MARKS, eventually
from tests.site.test_bad_input import picture
from tests.support import CONTACT, HER_PRACTICE, article

# The preview is another process, and draws cards.
pytestmark = pytest.mark.usefixtures("drawn_cards")

FILES: dict[str, str | bytes] = {
    "articles/first.md": article("The first title", body="![A room](../images/a.png)"),
    "articles/other.md": article("Another", body="To [the first](first.md)."),
    "pages/contact.md": CONTACT,
    "images/a.png": picture(),
    "downloads/list.pdf": b"%PDF-1.4 a list",
}
KEPT_BACK = {
    "draft": article("Unripe", "status: draft"),
    "hidden": article("Unripe", "status: hidden"),
    "2999": article("Unripe").replace("2026-03-04", "2999-01-02"),
}


def test_every_file_is_served_as_a_build_writes_it(open_preview: Start) -> None:
    preview = open_preview(files=FILES)
    is_as_built(preview, fresh_build(preview.folder))


def test_what_the_preview_adds_stands_at_the_end_of_a_page_and_nowhere_else(
    open_preview: Start,
) -> None:
    preview = open_preview(files=FILES)
    for path in ("/", "/first/", "/contact/", "/topic/starting-therapy/", "/archive/", "/nowhere/"):
        page = preview.get(path)[2]
        assert len(MARKS.findall(page)) == 1, path
        assert re.search(r"<!--/preview--></body>\s*</html>\s*$", page), path
    assert "preview" not in preview.get("/feeds/all.rss.xml")[2]
    own = re.findall(r"(?:href|src)=\"(/\.preview/[^\"]+)", EMPTY_PAGE.decode() + page)
    assert {preview.get(address)[0] for address in own} == {200}
    assert (
        "/.preview/tokens.css" in own
    )  # where there is no page yet, colours and sizes come from it


@pytest.mark.parametrize("mark", KEPT_BACK)
def test_a_text_that_is_kept_back_or_hidden_is_shown_and_marked(
    mark: str, open_preview: Start
) -> None:
    preview = open_preview(files=FILES | {"articles/unripe.md": KEPT_BACK[mark]})
    status, _, body = preview.get("/unripe/")
    assert status == 200
    assert "Unripe" in MARKS.sub("", body)
    assert mark in preview.marks("/unripe/").lower()
    for path in ("/", "/archive/", "/topic/starting-therapy/", "/feeds/all.rss.xml"):
        assert "Unripe" not in preview.page(path), path
    preview.save("articles/unripe.md", article("Ripe"))
    eventually(lambda: "Ripe" in preview.page("/"), "the published text is listed")
    eventually(lambda: mark not in preview.marks("/unripe/").lower(), "the mark is gone")


def test_windows_line_ends_make_the_same_page(open_preview: Start) -> None:
    text = article("Calm", body="Zoë\n\n- a\n- b\n\n```\ncode\n```\n\nTwo\nlines")
    preview = open_preview(files=FILES | {"articles/first.md": text})
    before = preview.page("/first/")
    preview.save("articles/first.md", text.replace("Calm", "Rain").replace("\n", "\r\n"))
    eventually(preview.shows("/first/", "Rain"), "the new title")
    assert preview.page("/first/") == before.replace("Calm", "Rain")
    is_as_built(preview, fresh_build(preview.folder))


def test_a_page_of_another_site_can_read_nothing(open_preview: Start) -> None:
    preview = open_preview()
    for host in ("evil.example", f"evil.example:{preview.port}", "127.0.0.1.evil.example"):
        for path in ("/", "/first/", "/.preview/changes", "/comments/moderate", "/nowhere/"):
            status, _, body = preview.fetch(path, Host=host)
            assert status in {403, 421}, f"{host}{path}"
            assert b"The first title" not in body


def test_this_computer_may_be_called_by_both_its_names(open_preview: Start) -> None:
    preview = open_preview()
    for name in ("127.0.0.1", "localhost"):
        assert preview.fetch("/", Host=f"{name}:{preview.port}")[0] == 200


def test_nothing_of_the_project_but_the_blog_is_served(open_preview: Start, tmp_path: Path) -> None:
    preview = open_preview(files=FILES)
    (tmp_path / "secret.txt").write_text("A secret.", encoding="utf-8")
    for path in ("secret.txt", "content/practice.toml", "pelicanconf.py", "articles/first.md"):
        for way in ("/", "/../", "/%2e%2e/", "/images/../../", "/images/%2e%2e/%2e%2e/", "//"):
            status, _, body = preview.fetch(f"{way}{path}")
            assert status in {400, 404}, f"{way}{path}"
            assert b"A secret." not in body


def test_the_strip_lists_what_is_still_the_samples_until_it_is_hers(open_preview: Start) -> None:
    preview = open_preview(files=FILES)
    assert "Still the sample’s: 1" in preview.marks("/first/")
    assert "therapist.name: “Hannah Vale”" in preview.marks("/")
    preview.save("practice.toml", HER_PRACTICE)
    eventually(lambda: "sample" not in preview.marks("/first/"), "nothing is left of the sample")


def test_changed_settings_and_changed_code_count_by_themselves(open_preview: Start) -> None:
    preview = open_preview(files=FILES)
    settings = preview.folder / "pelicanconf.py"
    settings.write_text(f"{settings.read_text('utf-8')}\nCOMMENTS = 'off'\n", "utf-8")
    is_as_built(preview, fresh_build(preview.folder, COMMENTS="off"))
    code = preview.folder / "insession/plugins/typography.py"
    text = f"{code.read_text('utf-8')}\nprint('The new code runs.', flush=True)\n"
    code.write_text(text, "utf-8")
    preview.says("The new code runs.")
    preview.save("articles/first.md", article("Saved after that"))
    eventually(preview.shows("/first/", "Saved after that"), "it follows as before")
    assert "Traceback" not in preview.printed
