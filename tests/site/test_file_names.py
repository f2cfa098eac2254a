"""Files whose names have signs that mean something in an address: they work, or are named."""

import re
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest

from insession.common.problems import Problems
from tests.support import ROOT, article, build_blog, one

PICTURE = (ROOT / "content/images/two-chairs.png").read_bytes()
NAMES = (
    *("Hannah's guide", "Q&A", "it's", "a(1)", "two chairs", "50% off", "a#b", "what?", "100%25"),
    *(
        "Führer",
        normalize("NFD", "Führer"),
        "說明",
        'say "yes"',
        "a+b=c;d,e@f!g$h*i~",
        "a:b",
        "[x]",
    ),
    *("<b>", "`code`", "{x}", "a|b"),
)
HOSTILE = {*"#?%&\"'<>[]{}|` "}


def addresses(built: Path, page: str, attribute: str) -> set[str]:
    html = (built / page).read_text("utf-8")
    return set(re.findall(rf'{attribute}="(/(?:downloads|images)/[^"]*)"', html))


@pytest.mark.parametrize("base", ["", "/blog"])
@pytest.mark.parametrize("name", NAMES)
def test_a_link_leads_to_the_file_in_the_page_and_in_feeds(
    tmp_path: Path, name: str, base: str
) -> None:
    written = quote(name)
    body = (
        f"[A guide](../downloads/{written}.pdf#page=2) and ![x](../images/{written}.png)\n\n"
        f"[From the root](/downloads/{written}.pdf), [plainly]({{static}}/downloads/{written}.pdf)"
        f'\n\n<img src="../images/{written}.png" srcset="../images/{written}.png 2x" alt="x">'
    )
    files = {
        f"downloads/{name}.pdf": b"%PDF",
        f"images/{name}.png": PICTURE,
        "articles/a.md": article(more=f"cover: 'images/{name}.png'\ncover_alt: x", body=body)
        if ":" not in name and "'" not in name
        else article(body=body),
    }
    if base:
        practice = (ROOT / "content/practice.toml").read_text("utf-8")
        files["practice.toml"] = practice.replace("//blog.example.org", f"//blog.example.org{base}")
    built = build_blog(tmp_path, files)
    page = built.page("a/")
    found = [link["href"] for link in page.select(".prose a[href*=downloads]")]
    found += [image["src"] for image in page.select(".prose img, main .cover img")]
    found += [image["srcset"].split()[0] for image in page.select("img[srcset]")]
    assert len(found) >= 6
    for address in found:
        path = urlsplit(address).path
        assert not set(path) - {"%"} & HOSTILE and path.isascii(), address
        assert (built.folder / unquote(path.removeprefix(base)).lstrip("/")).is_file(), address
    assert all(image["width"] for image in page.select(".prose img"))
    for feed in ("all.atom.xml", "all.rss.xml"):
        text = (built.folder / "feeds" / feed).read_text("utf-8")
        ElementTree.fromstring(text)  # noqa: S314  (our own)
        shown = re.findall(r"https://blog\.example\.org/[^\"]*?\.(?:pdf|png)", text)
        assert len(shown) >= 5
        for address in shown:
            path = urlsplit(address).path
            assert (built.folder / unquote(path.removeprefix(base)).lstrip("/")).is_file(), address


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("<../downloads/Hannah's guide.pdf>", "Hannah's guide"),
        ("../downloads/Q&A.pdf", "Q&A"),
        ("../downloads/Q&amp;A.pdf", "Q&A"),
        ("<../downloads/50% off.pdf>", "50% off"),
        ("../downloads/Führer.pdf", normalize("NFD", "Führer")),
        (normalize("NFD", "../downloads/Führer.pdf"), "Führer"),
        ("../downloads/F%C3%BChrer.pdf", normalize("NFD", "Führer")),
    ],
)
def test_it_may_be_written_as_people_write_it(tmp_path: Path, written: str, name: str) -> None:
    body = f"[Guide]({written})"
    built = build_blog(
        tmp_path, {f"downloads/{name}.pdf": b"%PDF", "articles/a.md": article(body=body)}
    )
    address = one(built.page("a/"), ".prose a")["href"]
    assert address == f"/downloads/{quote(name)}.pdf"


@pytest.mark.parametrize(
    ("written", "how"),
    [
        ("<../downloads/it's not there.pdf>", "Check the name"),
        ("../downloads/Q&X.pdf", "Check the name"),
        ("../downloads/F%C3%BCx.pdf", "Check the name"),
        ("../downloads/a#b.pdf", "Write: ../downloads/a%23b.pdf"),
        ("../downloads/what?.pdf", "Write: ../downloads/what%3F.pdf"),
        ("/downloads/it's.pdf", "Link to the file"),
    ],
)
def test_what_is_not_there_is_named_with_its_line(tmp_path: Path, written: str, how: str) -> None:
    files = {f"downloads/{name}.pdf": b"%PDF" for name in ("a#b", "what?", "Q&A", "Führer")}
    body = f"Some text.\n\n[Guide]({written})"
    with pytest.raises(Problems) as found:
        build_blog(tmp_path, files | {"articles/a.md": article(body=body)})
    [problem] = found.value.problems
    assert (problem.file, problem.line) == ("content/articles/a.md", 11)
    assert how in problem.how
    assert "fault" not in str(problem)
