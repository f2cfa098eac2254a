"""What the build does with mistakes: it names all of them, in her words, and changes nothing."""

import re
import shutil
import struct
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from insession.common.problems import Problem, Problems
from insession.site import build as builder
from tests.support import PRACTICE, ROOT, BuiltSite, article, build_content, write_content

Files = dict[str, str | bytes]
Build = Callable[[Files], BuiltSite]
X, Y = "articles/x.md", "articles/y.md"
KEPT = {"output.lock", ".cache"}  # stay between builds
HOME_STREET = "14 Lighthouse Street"


def page(title: str = "A page", more: str = "") -> str:
    return f"---\ntitle: {title}\nsummary: What this page is about.\n{more}\n---\n\nSome text.\n"


def without(line: str) -> str:
    """An article without the line of its header that starts with `line`."""
    return re.sub(rf"^{line}.*\n", "", article(), flags=re.M)


def instead(key: str, line: str) -> str:
    """An article with another line in the place of the one that starts with `key`."""
    return re.sub(rf"^{key}.*$", lambda _: line, article(), flags=re.M)


def linking(html: str) -> str:
    """An article with something in its body, on line 9."""
    return article(body=html)


def practice(key: str, line: str) -> str:
    changed, count = re.subn(rf"^{key}\s*=.*$", lambda _: line, PRACTICE, flags=re.M)
    assert count, f"no {key} in practice.toml"
    return changed


def line_of(text: str, start: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def huge_png() -> bytes:
    """A few bytes that claim to be a picture of 60,000 by 60,000 pixels."""
    chunks = [b"IHDR" + struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0), b"IDAT", b"IEND"]
    signed = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(signed)


def phone_photo() -> bytes:
    """A photo as a phone stores it: lying on its side, with the place and the owner inside."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, HOME_STREET
    exif.get_ifd(0x8825)[29] = HOME_STREET
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{HOME_STREET}</x:xmpmeta>".encode()
    return picture("JPEG", exif=exif, xmp=xmp, comment=HOME_STREET.encode())


def refused(build: Callable[[], object]) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        build()
    return caught.value.problems


# What she wrote, which line of content/articles/x.md is named, what is wrong, how to write it.
IN_AN_ARTICLE: dict[str, tuple[str | bytes, int, str, str]] = {
    "unknown key": (article(more="sumary: S"), 7, "“sumary”", "Did you mean summary?"),
    "save_as": (article(more="save_as: ../output-evil/x.html"), 7, "“save_as”", "The keys are"),
    "category": (article(more="category: Work"), 7, "“category”", "topic"),
    "draft: true": (article(more="draft: true"), 7, "“draft”", "status"),
    "tags as text": (instead("tags", "tags: silence"), 6, "tags must be a list", "[silence"),
    "title as list": (instead("title", "title: [a, b]"), 2, "title must be text", "title: "),
    "status": (article(more="status: drfat"), 7, "“drfat”", "did you mean draft?"),
    "no title": (without("title"), 2, "title is missing", "title: "),
    "no date": (without("date"), 2, "date is missing", "date: 2026-03-04"),
    "no summary": (without("summary"), 2, "summary is missing", "summary: "),
    "no topic": (without("topic"), 2, "topic is missing", "topic: "),
    "classic header": ("Title: A\nDate: 2026-03-04\n\nText.", 1, "--- lines", "---"),
    "header left open": (article().replace("\n---\n", "\n"), 1, "never closed", "---"),
    "no header": ("Only text.\n", 1, "no header", "---"),
    "Latin-1": (article("Zoë").encode("latin-1"), 2, "UTF-8", "Save"),
    "UTF-16": (article().encode("utf-16"), 0, "UTF-16", "UTF-8"),
    "UTF-16 without mark": (article().encode("utf-16-le"), 1, "", "UTF-8"),
    "empty": ("", 0, "empty", "remove the file"),
    "only spaces": (" \n\t\n \r\n", 0, "empty", "remove the file"),
    "date: March": (instead("date", "date: March"), 3, "“March”", "2026-03-04"),
    "03/04/2026": (instead("date", "date: 03/04/2026"), 3, "which is the month", "2026-03-04"),
    "2026-02-30": (instead("date", "date: 2026-02-30"), 3, "no such day", "2026-03-04"),
    "slug": (article(more="slug: ../../x"), 7, "“../../x”", "how-therapy-ends"),
    "slug of the site": (article(more="slug: archive"), 7, "/archive/", "slug: "),
    "colon": (article("Grief: a start"), 2, "a second colon", 'title: "Grief: a start"'),
    "tab": (article(more="\tlang: es"), 7, "tab", "spaces"),
    "open quotation": (instead("title", 'title: "Hello'), 2, "never closed", 'title: "Hello"'),
    "key twice": (article(more="topic: Work"), 7, "topic stands here twice", "remove"),
    "alias": (article(more="id: &a x\nslug: *a"), 7, "", "quotes"),
    "emoji tag": (instead("tags", "tags: [ok, 🙂]"), 6, "“🙂”", "letter"),
    "emoji topic": (instead("topic", "topic: 🙂"), 5, "“🙂”", "letter"),
    "cover": (article(more="cover: images/no.jpg\ncover_alt: A"), 7, "images/no.jpg", "name"),
    "unknown marker": (linking("{practice.fone}"), 9, "{practice.fone}", "practice.toml"),
    "missing text": (linking("[a](no.md)"), 9, "content/articles/no.md", "name"),
    "missing picture": (linking("![a](../images/no.png)"), 9, "content/images/no.png", "name"),
    "missing raw": (linking("<p>\n<img\nalt='' src='no.png'></p>"), 11, "no.png", "name"),
    "missing in srcset": (linking('<img alt="" srcset="../images/no.png 2x">'), 9, "no.png", ""),
    "missing, encoded": (linking("<a href='a&amp;b.md'>x</a>"), 9, "a&b.md", "name"),
    "missing by reference": (linking("[a][1]\n\n[1]: no.md"), 11, "no.md", "name"),
    "missing after code": (linking("```\nno.md\n```\n\n[a](no.md)"), 13, "no.md", "name"),
    "name within a name": (linking("[y](../articles/y.md)\n\n[a](s/y.md)"), 11, "s/y.md", ""),
    "missing page": (linking("[a](/nowhere/)"), 9, "no such page", "file"),
    "without .md": (linking("[a](y)"), 9, "“y”", "y.md"),
    "www": (linking("[a](www.example.org)"), 9, "www.example.org", "https://www.example.org"),
    "bare e-mail": (linking("[a](me@example.org)"), 9, "me@example.org", "mailto:me@example.org"),
    "her own disk": (linking(r"![a](C:\Users\me\a.jpg)"), 9, r"C:\Users", "content/images"),
    "file:": (linking("[a](file:///home/me/a.pdf)"), 9, "file:", "content/downloads"),
    "backslash": (linking(r"![a](..\images\a.png)"), 9, "images", "../images/a.png"),
    "half an address": (linking("[a](https:///path)"), 9, "not complete", "https://"),
    "no address": (linking("[a](http://[oops)"), 9, "http://[oops", "https://"),
    "javascript:": (linking("[a](javascript:alert(1))"), 9, "javascript:", "https://"),
    "JavaScript, hidden": (linking('<a href=" jAvaScript:x()">a</a>'), 9, "Script:x", "https"),
    "data:": (linking('<a href="data:text/html,<b>x</b>">a</a>'), 9, "data:text", "https://"),
    "two addresses": (linking('<a href="javascript:x" href="https://a.org">a</a>'), 9, "java", ""),
    "secret": (linking("[a]({static}/../../secret.txt)"), 9, "out of content/", "downloads"),
    "secret, plain": (linking("[a](../../secret.txt)"), 9, "out of content/", "downloads"),
    "secret, encoded": (linking("[a](%2e%2e/%2e%2e/secret.txt)"), 9, "out of content/", ""),
    "secret, encoded 2": (linking("[a]({static}..%2f..%2fsecret.txt)"), 9, "out of content/", ""),
    "secret picture": (linking("![a](../../secret.txt)"), 9, "out of content/", "content/images"),
    "secret by {attach}": (linking("[a]({attach}../../secret.txt)"), 9, "{attach}", "path"),
    "settings": (linking("[a](../practice.toml)"), 9, "not published", "downloads"),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_AN_ARTICLE)
def test_a_mistake_in_an_article_is_named_with_its_line(
    blog: Build, tmp_path: Path, name: str
) -> None:
    text, line, what, how = IN_AN_ARTICLE[name]
    (tmp_path / "secret.txt").write_text(HOME_STREET, encoding="utf-8")
    (problem,) = refused(lambda: blog({X: text, Y: article()}))
    assert (problem.file, problem.line) == ("content/articles/x.md", line)
    assert what in problem.what
    assert how in problem.how


# The files of a blog, which of them is named, what is wrong, how to put it right.
IN_THE_FOLDER: dict[str, tuple[Files, str, str, str]] = {
    "slug twice": ({X: article(more="slug: same"), Y: article(more="slug: same")},
                   f"{Y}:7", "/same/ already belongs to content/articles/x.md", "slug"),
    "id twice": ({X: article(), Y: article(more="id: x")},
                 f"{Y}:7", "“x” already belongs to content/articles/x.md", "id"),
    "a draft's slug": ({X: article(), Y: article(more="slug: x\nstatus: draft")},
                       f"{Y}:7", "/x/ already belongs", "slug"),
    "article and page": ({X: article(), "pages/x.md": page()},
                         "pages/x.md:1", "/x/ already belongs to content/articles/x.md", "slug"),
    "same name in two folders": ({"articles/a/x.md": article(), "articles/b/x.md": article()},
                                 "articles/b/x.md:1", "already belongs", "slug"),
    "page called archive": ({"pages/archive.md": page()},
                            "pages/archive.md:1", "/archive/", "slug"),
    "page at archive": ({"pages/a.md": page(more="slug: archive")},
                        "pages/a.md:4", "/archive/", "slug"),
    "emoji file": ({"articles/🙂.md": article()}, "articles/🙂.md", "address", "slug: "),
    "date in a page": ({"pages/a.md": page(more="date: 2026-01-01")},
                       "pages/a.md:4", "“date”", "The keys are"),
    "link to a draft": ({X: linking("[a](y.md)"), Y: article(more="status: draft")},
                        f"{X}:9", "draft", "remove the link"),
    "link to a later one": ({X: linking("[a](y.md)"), Y: instead("date", "date: 2999-01-01")},
                            f"{X}:9", "not yet published", "remove the link"),
    "address of a draft": ({X: linking("[a](/y/)"), Y: article(more="status: draft")},
                           f"{X}:9", "/y/", ""),
    "text beside the folders": ({"x.md": article()}, "x.md", "not in a folder", "articles"),
    "text among the pictures": ({"images/x.md": article()}, "images/x.md", "", "articles"),
    "text of another kind": ({"articles/x.txt": "Hello"}, "articles/x.txt", ".md", "Rename"),
    "ending in capitals": ({"articles/x.MD": article()}, "articles/x.MD", ".md", "Rename"),
    "picture among texts": ({"articles/photo.jpg": picture("JPEG")},
                            "articles/photo.jpg", ".md", "content/images"),
    "picture beside the folders": ({"photo.jpg": picture("JPEG")},
                                   "photo.jpg", "not in a folder", "content/images"),
    "half a JPEG": ({"images/a.jpg": picture("JPEG", (600, 600))[:-900]},
                    "images/a.jpg", "broken", "save it again"),
    "text called PNG": ({"images/a.png": b"hello"}, "images/a.png", "not a picture", "save it"),
    "empty picture": ({"images/a.png": b""}, "images/a.png", "not a picture", "save it"),
    "JPEG called PNG": ({"images/a.png": picture("JPEG")}, "images/a.png", "JPEG", "save it"),
    "HEIC": ({"images/a.heic": b"\0\0\0\x18ftypheic"}, "images/a.heic", "browser", "JPEG"),
    "SVG": ({"images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"},
            "images/a.svg", "browser", "JPEG"),
    "monstrous picture": ({"images/a.png": huge_png(), X: linking("![a](../images/a.png)")},
                          "images/a.png", "far too large", "wide"),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_THE_FOLDER)
def test_a_mistake_among_the_files_is_named(blog: Build, name: str) -> None:
    files, place, what, how = IN_THE_FOLDER[name]
    (problem,) = refused(lambda: blog(files))
    assert str(problem).startswith(f"content/{place}:")
    assert what in problem.what
    assert how in problem.how


def link(path: Path, target: str | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("path", "target", "what"),
    [
        ("images/a.png", "../../secret.png", "outside content/"),
        ("articles/a.md", "../../secret.md", "outside content/"),
        ("articles/gone.md", "nowhere.md", "doesn't exist"),
        ("images/gone.png", "nowhere.png", "doesn't exist"),
        ("articles/loop", ".", "link to a folder"),
        ("images/loop", "..", "link to a folder"),
        ("downloads", "../private", "link to a folder"),
        ("articles/itself.md", "itself.md", "link"),
    ],
)
def test_a_symbolic_link_that_leads_out_or_nowhere_is_named_and_never_followed(
    blog: Build, tmp_path: Path, path: str, target: str, what: str
) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "secret.png").write_bytes(picture())
    (tmp_path / "secret.md").write_text(article(HOME_STREET), encoding="utf-8")
    link(tmp_path / "content" / path, target)
    (problem,) = refused(lambda: blog({X: article()}))
    assert (problem.file, problem.line) == (f"content/{path}", 0)
    assert what in problem.what
    assert problem.how


def test_a_folder_called_like_a_text_is_just_a_folder(blog: Build) -> None:
    built = blog({"articles/x.md/y.md": article("Inside")})
    assert built.page("y/").h1.text == "Inside"


def test_a_missing_and_an_empty_practice_toml_are_named(tmp_path: Path) -> None:
    content = write_content(tmp_path, {X: article()})
    for text, what in [(None, "missing"), ("", "empty"), ("# nothing yet\n", "missing")]:
        (content / "practice.toml").unlink(missing_ok=True)
        if text is not None:
            (content / "practice.toml").write_text(text, encoding="utf-8")
        found = refused(lambda: build_content(content, tmp_path / "output"))
        assert {problem.file for problem in found} == {"content/practice.toml"}
        assert what in found[0].what


@pytest.mark.parametrize(
    ("key", "line", "what"),
    [("phone", 'phone = "hello"', "telephone"), ("website", 'website = "a.org"', "web address")],
)
def test_a_mistake_in_practice_toml_is_named_with_its_line(
    blog: Build, key: str, line: str, what: str
) -> None:
    text = practice(key, line)
    (problem,) = refused(lambda: blog({"practice.toml": text}))
    assert (problem.file, problem.line) == ("content/practice.toml", line_of(text, line))
    assert what in problem.what


def test_all_mistakes_in_all_files_are_listed_at_once_in_order(blog: Build) -> None:
    files: Files = {
        "articles/b.md": article(more="status: drfat\nsumary: x", body="[a](no.md)"),
        "articles/a.md": linking("[a](no.md)\n\n[b](none.md)"),
        "images/c.png": b"hello",
        "pages/p.md": "no header",
        "articles/e.md": "",
    }
    found = refused(lambda: blog(files))
    assert [(problem.file, problem.line) for problem in found] == [
        ("content/articles/a.md", 9),
        ("content/articles/a.md", 11),
        ("content/articles/b.md", 7),
        ("content/articles/b.md", 8),
        ("content/articles/e.md", 0),
        ("content/images/c.png", 0),
        ("content/pages/p.md", 1),
    ]


def test_mistakes_in_practice_toml_do_not_hide_those_in_an_article(blog: Build) -> None:
    text = practice("phone", 'phone = "hello"')
    found = refused(lambda: blog({"practice.toml": text, X: article(more="status: drfat")}))
    assert {p.file for p in found} == {"content/articles/x.md", "content/practice.toml"}


def test_every_link_to_a_missing_file_is_listed_not_only_the_first(blog: Build) -> None:
    found = refused(lambda: blog({X: linking("[a](no.md)\n\nText\n\n[a again](no.md)")}))
    assert [problem.line for problem in found] == [9, 13]


def test_the_line_is_right_after_a_long_header_that_names_the_same_file(blog: Build) -> None:
    sources = "".join(f"\n  - title: no.md {n}\n    url: https://a.org/no.md" for n in range(9))
    (problem,) = refused(
        lambda: blog({X: article(more=f"sources:{sources}", body="One\n\n[a](no.md)")})
    )
    assert problem.line == 30


# Nothing is written when something is wrong


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"articles/new.md": article(more="status: drfat")},
        {"articles/new.md": linking("[a](no.md)")},
        {"images/a.png": b"hello"},
        {"practice.toml": ""},
    ],
)
def test_the_old_output_stays_as_it_was_to_the_byte(
    blog: Build, tmp_path: Path, wrong: Files
) -> None:
    before = contents(blog({X: article()}).folder)
    assert refused(lambda: blog({X: article("A new title")} | wrong))
    assert contents(tmp_path / "output") == before
    assert {path.name for path in tmp_path.iterdir()} - KEPT == {"content", "output"}


def test_with_a_mistake_in_the_first_build_there_is_no_output_at_all(
    blog: Build, tmp_path: Path
) -> None:
    assert refused(lambda: blog({X: article(more="status: drfat")}))
    assert {path.name for path in tmp_path.iterdir()} - KEPT == {"content"}


def test_a_build_replaces_the_old_output_and_leaves_no_other_folder(
    blog: Build, tmp_path: Path
) -> None:
    blog({X: article(), Y: article("Another", body="![a](../images/a.png)"),
          "images/a.png": picture()})  # fmt: skip
    shutil.rmtree(tmp_path / "content")
    built = blog({X: article("A new title")})
    assert built.page("x/").h1.text == "A new title"
    assert not built.has("y/")
    assert not built.has("images/a.png")
    assert {path.name for path in tmp_path.iterdir()} - KEPT == {"content", "output"}


@pytest.mark.parametrize("folder", ["output", "output.old", "output.new"])
def test_a_folder_with_files_that_no_build_made_is_never_emptied(
    blog: Build, tmp_path: Path, folder: str
) -> None:
    hers = tmp_path / folder / "thesis.txt"
    hers.parent.mkdir()
    hers.write_text("Ten years of work.", encoding="utf-8")
    (problem,) = refused(lambda: blog({X: article()}))
    assert problem.file.endswith(f"{folder}/")
    assert "not made here" in problem.what
    assert contents(tmp_path / folder) == {"thesis.txt": b"Ten years of work."}


# What the command prints


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the build command in a folder with these files in content/; its exit code."""

    def run(files: Files, theme: Path = ROOT / "theme") -> int:
        write_content(tmp_path, files)
        settings = f"from pelicanconf import *\nTHEME = {str(theme)!r}\n"
        (tmp_path / "settings.py").write_text(settings, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return builder.build("output", "settings.py")

    return run


def test_the_command_lists_problems_a_count_and_fails(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    files: Files = {X: article(more="status: drfat"), Y: linking("[a](no.md)")}
    assert command(files) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    first, second, count = printed.out.strip().split("\n\n")
    assert re.fullmatch(r"content/articles/x\.md:7: \S.*\.\n {4}\S.*", first)
    assert re.fullmatch(r"content/articles/y\.md:9: \S.*\.\n {4}\S.*", second)
    assert count == "2 problems. Nothing was changed."
    assert command({X: article(), Y: linking("[a](no.md)")}) == 1
    assert capsys.readouterr().out.endswith("\n1 problem. Nothing was changed.\n")


def test_the_command_says_what_is_ready_and_what_is_kept_back(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    later = instead("date", "date: 2999-01-01")
    files = {"articles/draft.md": article(more="status: draft"), "articles/later.md": later}
    assert command({X: article(), "pages/p.md": page(), **files}) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Kept back: content/articles/draft.md (a draft).",
        "Kept back: content/articles/later.md (waits until 2999-01-01).",
        "1 article and 1 page are ready in output/.",
    ]


def test_a_fault_of_the_theme_is_not_blamed_on_her_and_shows_no_traceback(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert command({X: article()}) == 0
    before = contents(tmp_path / "output")
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    (theme / "templates" / "article.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
    assert command({X: article("Another title")}, theme) == 1
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "not in your text" in printed.out
    assert contents(tmp_path / "output") == before


# What is kept back, and what is hidden


def holding(folder: Path, word: str) -> list[str]:
    """The files in which the word stands."""
    return sorted(name for name, data in contents(folder).items() if word.encode() in data)


KEPT_BACK = {
    "draft": article("Unripe", "status: draft", "Quincetree").replace("silence", "unripe"),
    "blank line": article("Unripe", "\nstatus: draft\n", "Quincetree"),
    "future": instead("date", "date: 2999-01-01").replace("Some text.", "Quincetree"),
    "draft page": page(more="status: draft").replace("Some text.", "Quincetree"),
}


@pytest.mark.parametrize("name", KEPT_BACK)
def test_a_text_that_is_kept_back_is_in_no_file_of_the_output(blog: Build, name: str) -> None:
    folder = "pages" if "page" in name else "articles"
    text = KEPT_BACK[name].replace("Starting therapy", "Medlars")
    built = blog({f"{folder}/kept-back.md": text, X: article()})
    for word in ("Quincetree", "kept-back", "Unripe", "unripe", "Medlars", "medlars"):
        assert holding(built.folder, word) == []
    assert not [path for path in built.folder.rglob("*") if "kept-back" in path.name]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"])
def test_a_text_is_published_on_its_day_where_she_is_and_not_before(blog: Build, zone: str) -> None:
    while True:
        today = datetime.now(ZoneInfo(zone)).date()
        built = blog({
            "practice.toml": practice("timezone", f'timezone = "{zone}"'),
            "articles/today.md": instead("date", f"date: {today}"),
            "articles/tomorrow.md": instead("date", f"date: {today + timedelta(days=1)}"),
        })  # fmt: skip
        if datetime.now(ZoneInfo(zone)).date() == today:
            break  # and not midnight meanwhile
    assert built.has("today/")
    assert not built.has("tomorrow/")


def test_a_hidden_text_can_be_read_but_is_in_no_list_feed_or_sitemap(blog: Build) -> None:
    hidden = article("Hidden", "status: hidden", "Quincetree").replace("silence", "medlar")
    hidden_page = page("Quincetree", "status: hidden")
    built = blog({"articles/out-of-sight.md": hidden, "pages/aside.md": hidden_page, X: article()})
    assert holding(built.folder, "Quincetree") == ["aside/index.html", "out-of-sight/index.html"]
    own = {"out-of-sight/index.html", "feeds/comments/out-of-sight.atom.xml"}
    assert {*holding(built.folder, "/out-of-sight/")} <= own | {".insession/threads.json"}
    assert not built.has("tag/medlar/")
    for path in ("out-of-sight/", "aside/"):
        assert built.page(path).select_one("meta[name=robots]")["content"] == "noindex"
    assert not built.page("x/").select("meta[name=robots]")


# What looks strange and is fine


def test_a_byte_order_mark_and_windows_line_ends_are_fine(blog: Build) -> None:
    text = article("Zoë", body="One\n\nTwo").replace("\n", "\r\n")
    built = blog({X: b"\xef\xbb\xbf" + text.encode()})
    assert built.page("x/").h1.text == "Zoë"
    assert [p.text for p in built.page("x/").select(".prose p")] == ["One", "Two"]
    assert "\r" not in built.text("x/")


def test_tags_that_differ_in_case_only_are_one_tag(blog: Build) -> None:
    built = blog({
        X: instead("tags", "tags: [Silence, silence]"),
        Y: instead("tags", "tags: [silence]"),
        "articles/z.md": instead("tags", "tags: [SILENCE]"),
    })  # fmt: skip
    assert [path for path in built.pages() if path.startswith("tag/")] == ["tag/silence/"]
    links = built.page("tag/silence/").select(".article-list h2 a")
    assert {a["href"].split("/")[-2] for a in links} == {"x", "y", "z"}
    rss = ElementTree.parse(built.folder / "feeds/all.rss.xml")  # noqa: S314 (our own file)
    for item in rss.iter("item"):
        assert len([c.text for c in item.iter("category")]) == 2, "its topic and one tag"


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("a/b", "a-b"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("R&D", "r-and-d"),
        ("../../x", "x"),
        ("trauma (PTSD)", "trauma-ptsd"),
        ("Ångst", "angst"),
        ("тишина", "tishina"),
    ],
)
def test_a_tag_has_a_sensible_address_and_keeps_its_name(
    blog: Build, tag: str, address: str
) -> None:
    built = blog({X: instead("tags", f"tags: ['{tag}']")})
    assert [p for p in built.pages() if p.startswith("tag/")] == [f"tag/{address}/"]
    assert built.page(f"tag/{address}/").h1.text == tag


def test_c_and_c_plus_plus_are_two_tags(blog: Build) -> None:
    built = blog({X: instead("tags", "tags: [C, C++, 'C#']")})
    assert len([path for path in built.pages() if path.startswith("tag/")]) == 3


@pytest.mark.parametrize("title", ["🙂", "C++", "a/b", "…", "x" * 300, "word " * 60, "9", "No"])
def test_a_strange_title_makes_an_article_at_the_address_of_its_file(
    blog: Build, title: str
) -> None:
    built = blog({X: article(f'"{title}"')})
    assert built.page("x/").h1.text.strip() == title.strip()
    assert title.strip() in built.page("").select_one("main").text


def test_a_title_is_shown_as_it_is_written_and_nothing_in_it_is_carried_out(blog: Build) -> None:
    title = "A <b>bold</b> & {{ 7 * 7 }} {% raw %} <script>alert(7)</script>"
    summary = "<img src=x onerror=alert(7)> {{ 7 * 7 }} & more"
    text = instead("summary", f"summary: '{summary}'").replace("A title", f"'{title}'")
    built = blog({X: text.replace("Some text.", "Body {{ 7 * 7 }} {% raw %}")})
    for path in ("x/", "", "archive/", "topic/starting-therapy/", "tag/silence/"):
        soup = built.page(path)
        assert title in soup.text
        assert not soup.find("script", type=None, string=re.compile("alert"))
        assert not soup.find("img", onerror=True)
        assert "49" not in soup.select_one("main").text
    assert summary in built.page("x/").select_one(".standfirst").text
    assert built.page("x/").select_one("meta[property='og:title']")["content"] == title
    assert "Body {{ 7 * 7 }} {% raw %}" in built.page("x/").select_one(".prose").text
    rss = ElementTree.parse(built.folder / "feeds/all.rss.xml")  # noqa: S314 (our own file)
    assert rss.findtext("channel/item/title") == title


def test_quotation_marks_in_a_title_end_no_attribute(blog: Build) -> None:
    built = blog({X: article("""'"Why" isn''t a <question>'""")})
    soup = built.page("x/")
    assert soup.h1.text == "“Why” isn’t a <question>"
    assert soup.select_one("meta[property='og:title']")["content"] == soup.h1.text


def test_html_in_the_text_is_kept_whole(blog: Build) -> None:
    body = '<a href="https://example.org/" title="5 > 3, she said">a "quoted" word</a> after'
    built = blog({X: linking(body)})
    found = built.page("x/").select_one(".prose a")
    assert (found["href"], found["title"]) == ("https://example.org/", "5 > 3, she said")
    assert built.page("x/").select_one(".prose").text.strip() == "a “quoted” word after"


# Pictures


def test_a_published_picture_is_upright_and_carries_nothing_of_its_owner(blog: Build) -> None:
    source = phone_photo()
    assert HOME_STREET.encode() in source
    built = blog({X: linking("![A room](../images/a.jpg)"), "images/a.jpg": source})
    assert holding(built.folder, HOME_STREET) == []
    with Image.open(built.folder / "images/a.jpg") as image:
        assert image.size == (40, 60)
        assert not image.getexif()
    picture_tag = built.page("x/").select_one(".prose img")
    assert (picture_tag["width"], picture_tag["height"]) == ("40", "60")


def test_every_picture_has_its_size_and_below_the_cover_none_is_loaded_at_once(blog: Build) -> None:
    body = "![a](../images/a.png)\n\nText ![b]({static}/images/b.gif)\n\n"
    body += "<p><img src='../images/c%20d.webp' alt=''></p>"
    built = blog({
        X: linking(body),
        "images/a.png": picture(size=(2400, 600)),
        "images/b.gif": picture("GIF", (30, 20)),
        "images/c d.webp": picture("WEBP", (50, 70)),
    })  # fmt: skip
    found = built.page("x/").select(".prose img")
    sizes = [(img["width"], img["height"]) for img in found]
    assert sizes == [("2000", "500"), ("30", "20"), ("50", "70")]
    assert [img.get("loading", "eager") for img in found] == ["lazy"] * 3
    for img in found:
        assert built.has("images/" + unquote(img["src"]).split("/images/")[1])


def test_a_moving_gif_keeps_moving(blog: Build) -> None:
    frames = {"save_all": True, "append_images": [Image.new("RGB", (60, 40), "blue")]}
    built = blog({"images/a.gif": picture("GIF", **frames)})
    with Image.open(built.folder / "images/a.gif") as image:
        assert image.n_frames == 2
