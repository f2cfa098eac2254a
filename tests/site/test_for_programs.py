"""What programs look for at fixed addresses, and the page that stands where nothing does."""

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from urllib.robotparser import RobotFileParser

import pytest
from PIL import Image

from insession.common.problems import Problems
from insession.content.practice import parse_practice
from insession.plugins.web_app import icon
from tests.support import CONTACT, PRACTICE, ROOT, BuiltSite, article, one, words

OWNER = parse_practice(PRACTICE, "practice.toml")
URL = OWNER.site.url
SECURITY = ".well-known/security.txt"
FONT = ROOT / "theme/static/fonts/serif.woff2"
Blog = Callable[[dict[str, str | bytes]], BuiltSite]


def fields(text: str) -> dict[str, str]:
    """Return the fields of a security.txt by their names."""
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_security_txt_says_whom_to_tell(site: BuiltSite) -> None:
    known = fields(site.text(SECURITY))
    assert known["Contact"] == f"mailto:{OWNER.practice.email}"
    assert known["Canonical"] == f"{URL}/{SECURITY}"
    assert known["Preferred-Languages"] == OWNER.site.language


def test_security_txt_expires_a_year_after_the_newest_text_whatever_the_day(blog: Blog) -> None:
    old = article().replace("2026-03-04", "2025-01-01")
    bare = PRACTICE.replace("email = ", "# email = ")
    files: dict[str, str | bytes] = {"practice.toml": bare, "articles/a.md": old}
    known = fields(blog(files).text(SECURITY))
    assert known["Contact"] == OWNER.practice.contact_url
    before = datetime.fromisoformat(known["Expires"])
    files["articles/b.md"] = old.replace("topic:", "modified: 2027-05-06\ntopic:")
    after = datetime.fromisoformat(fields(blog(files).text(SECURITY))["Expires"])
    assert (before.date().isoformat(), after.date().isoformat()) == ("2027-11-23", "2028-05-05")


def test_security_txt_stands_at_the_root_of_a_host_only(blog: Blog) -> None:
    moved = PRACTICE.replace(f'"{URL}"', '"https://example.net/blog"')
    assert not blog({"practice.toml": moved}).has(SECURITY)


def test_what_lies_in_her_folder_is_published_as_well_known(blog: Blog) -> None:
    files: dict[str, str | bytes] = {
        "well-known/security.txt": "Contact: mailto:me@amsel.test\n",
        "well-known/acme/token": b"\0\1",
        "well-known/notes.md": "# No article",
    }
    built = blog(files | {"well-known/acme/.DS_Store": b"left lying about"})
    for name, data in files.items():
        written = (built.folder / f".{name}").read_bytes()
        assert written == (data if isinstance(data, bytes) else data.encode())
    assert not built.has(".well-known/acme/.DS_Store")
    with pytest.raises(Problems, match=r"well-known") as refused:
        blog({".well-known/token": b"x"})
    (problem,) = refused.value.problems
    assert problem.file == "content/.well-known"
    assert "Name it well-known" in problem.how


@pytest.mark.parametrize(("setting", "may"), [("true", True), ("false", False), (None, True)])
def test_one_setting_asks_gatherers_for_language_models_to_stay_away(
    blog: Blog, setting: str | None, may: bool
) -> None:
    line = f"language_models = {setting}" if setting else ""
    built = blog({"practice.toml": PRACTICE.replace("language_models = false", line)})
    rules = RobotFileParser()
    rules.parse(built.text("robots.txt").splitlines())
    for name in ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "Applebot-Extended"):
        assert rules.can_fetch(name, f"{URL}/a/") == may, name
    assert all(rules.can_fetch(name, f"{URL}/a/") for name in ("Googlebot", "bingbot", "x"))
    assert rules.site_maps() == [f"{URL}/sitemap.xml"]


def test_a_setting_that_is_neither_yes_nor_no_is_named_with_its_line() -> None:
    wrong = PRACTICE.replace("language_models = false", 'language_models = "no"')
    with pytest.raises(Problems) as refused:
        parse_practice(wrong, "content/practice.toml")
    (problem,) = refused.value.problems
    assert problem.line == wrong[: wrong.index("language_models =")].count("\n") + 1
    assert "language_models" in problem.what


def test_the_manifest_names_the_blog_and_icons_that_are_there(site: BuiltSite) -> None:
    """https://www.w3.org/TR/appmanifest/."""
    link = one(site.page(""), "link[rel=manifest]")
    known = json.loads(site.text(link["href"].lstrip("/")))
    assert (known["name"], known["lang"], known["dir"]) == (OWNER.site.title, "en-US", "ltr")
    assert known["start_url"] == known["scope"] == known["id"] == "/"
    assert {(each["sizes"], each["purpose"]) for each in known["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    paper = one(site.page(""), 'meta[name="theme-color"][media*=light]')["content"]
    assert known["theme_color"] == known["background_color"] == paper
    for path in [*(each["src"].lstrip("/") for each in known["icons"]), "apple-touch-icon.png"]:
        with Image.open(site.folder / path) as picture:
            assert picture.format == "PNG"
            assert picture.size[0] == picture.size[1]
        assert (site.folder / path).stat().st_size < 10_000


def test_a_manifest_below_a_path_stays_there(blog: Blog) -> None:
    built = blog({"practice.toml": PRACTICE.replace(f'"{URL}"', '"https://example.net/blog"')})
    known = json.loads(built.text("site.webmanifest"))
    assert known["scope"] == "/blog/"
    assert all(each["src"].startswith("/blog/icon-") for each in known["icons"])


def test_an_icon_has_her_letters_or_where_the_font_lacks_them_the_sign() -> None:
    drawn = {name: icon(name, 192, FONT, "#1f4d3f", "#fbf8f3") for name in ("HV", "W", "אב", "李")}
    assert drawn["HV"] == icon("HV", 192, FONT, "#1f4d3f", "#fbf8f3")
    assert drawn["אב"] == drawn["李"]
    assert len({*drawn.values()}) == 3
    for data in drawn.values():
        with Image.open(BytesIO(data)) as picture:
            ink = picture.convert("L").point(lambda value: 255 * (value > 150)).getbbox()
        assert ink is not None
        left, top, right, bottom = ink
        assert abs((left + right) / 2 - 96) <= 4
        # In the circle that systems may cut it to: 40 % of the width from the middle.
        assert max(96 - left, right - 96) ** 2 + max(96 - top, bottom - 96) ** 2 <= 77**2


def test_a_missing_page_leads_on_without_a_script(blog: Blog) -> None:
    days = {n: f"2026-03-{n:02}" for n in range(1, 6)}
    files: dict[str, str | bytes] = {
        f"articles/a{n}.md": article(f"Number {n}").replace("2026-03-04", day)
        for n, day in days.items()
    }
    built = blog(files | {"pages/contact.md": CONTACT})
    page = built.page("404.html")
    links = [link["href"] for link in page.select("main .prose a")]
    assert links == ["/search/", "/archive/", "/", "/contact/", "/a5/", "/a4/", "/a3/"]
    assert all(built.has(link.lstrip("/")) for link in links)
    assert one(page, "#nearest").has_attr("hidden")
    assert words(one(page, "#nearest ul")) == ""


def test_the_nearest_are_looked_for_among_what_is_published(blog: Blog) -> None:
    files: dict[str, str | bytes] = {
        "articles/a.md": article("Why “silence” </script>"),
        "articles/b.md": article("A draft", "status: draft"),
        "articles/c.md": article("Hidden", "status: hidden"),
        "pages/contact.md": CONTACT,
    }
    built = blog(files)
    module = built.text(one(built.page("404.html"), "#nearest")["data-addresses"].lstrip("/"))
    listed = dict(json.loads(module.removeprefix("export default ").rstrip(";\n")))
    assert listed == {
        "a/": "Why “silence” </script>",
        "contact/": "Contact",
        "tag/silence/": "silence",
        "topic/starting-therapy/": "Starting therapy",
    }


def test_the_script_of_a_missing_page_is_small_and_stands_there_alone(site: BuiltSite) -> None:
    script = one(site.page("404.html"), "script[src*=missing]")
    assert len(gzip.compress((site.folder / script["src"].lstrip("/")).read_bytes())) <= 1024
    assert not [
        path for path in site.pages() if path != "404.html" and "missing." in site.text(path)
    ]


def test_the_picture_in_the_readme_is_small() -> None:
    assert "](docs/blog.png)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / "docs/blog.png").stat().st_size <= 150_000
