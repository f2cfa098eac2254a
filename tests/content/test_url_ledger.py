"""The ledger: what it keeps, what follows from it, and a broken one is said in words."""

import json
from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.content.url_ledger import (
    Kept,
    Published,
    add,
    address_of,
    conflicts,
    gone,
    read_kept,
    read_ledger,
    redirects,
    site_id,
    write_ledger,
)

SILENCE, ENDING = "article:why-silence-helps", "article:how-therapy-ends"


def refused(folder: Path, text: str) -> str:
    path = folder / "urls.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read_ledger(path)
    return str(caught.value)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    ledger = {"/b/": SILENCE, "/2019/тишина/": SILENCE, "/?p=12": ENDING, "/old page.html": ENDING}
    write_ledger(tmp_path / "urls.json", ledger)
    assert read_ledger(tmp_path / "urls.json") == ledger
    assert [path.name for path in tmp_path.iterdir()] == ["urls.json"]


def test_there_need_not_be_a_ledger(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "urls.json") == {}


def test_it_is_sorted_with_one_address_a_line_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "urls.json"
    write_ledger(path, {"/b/": SILENCE, "/тишина/": SILENCE, "/a/": ENDING})
    rows = path.read_text(encoding="utf-8").splitlines()
    assert rows[1:-1] == [
        f' "/a/": "{ENDING}",',
        f' "/b/": "{SILENCE}",',
        f' "/тишина/": "{SILENCE}"',
    ]
    before = path.read_bytes()
    write_ledger(path, dict(reversed(read_ledger(path).items())))
    assert path.read_bytes() == before


def test_what_is_kept_besides_addresses_stays_when_only_those_are_written(tmp_path: Path) -> None:
    path = tmp_path / "urls.json"
    kept = Kept("tag:blog.example.org,2026-03-04:", {SILENCE: Published("articles/stille.md", "")})
    write_ledger(path, {"/b/": SILENCE}, kept)
    write_ledger(path, {"/a/": ENDING})
    assert (read_ledger(path), read_kept(path)) == ({"/a/": ENDING}, kept)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('"site": 3', "“site” is not what ids can hang on"),
        ('"site": "x y"', "“site” is not what ids can hang on"),
        ('"texts": []', "“texts” is not a list of texts"),
        ('"texts": {\n "article:a": "x"}', "urls.json:2: this is not a text"),
        ('"texts": {\n "article:a": ["../x.md", "no hex"]}', "urls.json:2: this is not a text"),
        ('"texts": {\n "topic:a": ["x.md", ""]}', "urls.json:2: this is not a text"),
    ],
)
def test_what_is_broken_besides_addresses_is_said_in_words(
    tmp_path: Path, more: str, said: str
) -> None:
    assert said in refused(tmp_path, f'{{"version": 1, "urls": {{}}, {more}}}')


@pytest.mark.parametrize(
    ("url", "begun", "id_"),
    [
        ("https://blog.example.org", "2026-03-04", "tag:blog.example.org,2026-03-04:"),
        ("https://example.org:8443/blog", "2026-03-04", "tag:example.org,2026-03-04:blog"),
        ("https://blog.example.org", "", "https://blog.example.org"),
    ],
)
def test_ids_hang_on_a_tag_that_is_made_once(
    tmp_path: Path, url: str, begun: str, id_: str
) -> None:
    path = tmp_path / "urls.json"
    assert site_id(path, url, begun) == id_
    write_ledger(path, {}, Kept("tag:older.example,2020-01-01:"))
    assert site_id(path, url, begun) == "tag:older.example,2020-01-01:"
    write_ledger(path, {"/a/": ENDING}, Kept())
    assert site_id(path, url, begun) == url  # it was published before there were tags


def test_a_topic_or_tag_that_is_no_longer_used_leads_to_the_list_of_all() -> None:
    ledger = {"/topic/a/": "topic:a", "/tag/b/": "tag:b", "/topic/c/": "topic:c", "/x/": ENDING}
    current = {"topic:c": "/topic/c/"}
    assert redirects(ledger, current) == [("/tag/b/", "/archive/"), ("/topic/a/", "/archive/")]
    assert gone(ledger, current) == ["/x/"]


def test_an_empty_ledger_is_one_too(tmp_path: Path) -> None:
    write_ledger(tmp_path / "urls.json", {})
    assert read_ledger(tmp_path / "urls.json") == {}


def test_every_old_address_leads_to_where_the_text_is_now_and_never_to_another_redirect() -> None:
    ledger = {"/first/": SILENCE, "/second/": SILENCE, "/third/": SILENCE, "/end/": ENDING}
    current = {SILENCE: "/third/", ENDING: "/end/"}
    assert redirects(ledger, current) == [("/first/", "/third/"), ("/second/", "/third/")]


def test_an_address_whose_text_is_not_published_any_more_is_gone() -> None:
    ledger = {"/a/": SILENCE, "/b/": ENDING}
    assert gone(ledger, {ENDING: "/b/"}) == ["/a/"]
    assert redirects(ledger, {ENDING: "/b/"}) == []


def test_an_address_in_use_is_neither_redirected_nor_gone() -> None:
    ledger, current = {"/a/": SILENCE, "/b/": SILENCE}, {ENDING: "/a/", SILENCE: "/c/"}
    assert redirects(ledger, current) == [("/b/", "/c/")]
    assert gone({"/a/": SILENCE}, {ENDING: "/a/"}) == []
    assert conflicts(ledger, current) == [("/a/", ENDING, SILENCE)]


def test_an_address_keeps_its_first_text() -> None:
    ledger = {"/a/": SILENCE}
    assert add(ledger, [("/a/", ENDING), ("/b/", ENDING)]) == {"/a/": SILENCE, "/b/": ENDING}
    assert ledger == {"/a/": SILENCE}


@pytest.mark.parametrize(
    ("link", "base", "address"),
    [
        ("https://old.example.org/2019/05/silence/", "", "/2019/05/silence/"),
        ("https://old.example.org/blog/silence/", "", "/blog/silence/"),
        ("https://old.example.org/blog/silence/", "/blog", "/silence/"),
        ("https://old.example.org/silence/", "/blog", ""),
        ("https://old.example.org/%D1%82%D0%B8/", "", "/ти/"),
        ("https://old.example.org/?p=123", "", "/?p=123"),
        ("https://old.example.org/silence.html", "", "/silence.html"),
        ("https://old.example.org/", "", ""),
        ("https://old.example.org", "", ""),
        ("https://old.example.org/../../etc/", "", ""),
        ("https://old.example.org/%2e%2e/%2e%2e/etc/", "", ""),
        ("https://old.example.org/a%5Cb/", "", ""),
        ("https://old.example.org/a%00b/", "", ""),
        ("https://old.example.org//evil.example/", "", ""),
        ("https://old.example.org/topic/feelings/", "", ""),
        ("https://old.example.org/sitemap.xml", "", ""),
        ("https://old.example.org/.insession/x/", "", ""),
        ("https://[broken/", "", ""),
        ("", "", ""),
    ],
)
def test_a_link_becomes_the_address_that_this_site_answers_to(
    link: str, base: str, address: str
) -> None:
    assert address_of(link, base) == address


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"/a/": "article:a" "/b/": "article:b"', "urls.json:2: this line can't be read."),
        ('"/a/": "article:a",\n"/a/": "article:b"', "“/a/” stands here twice."),
        (
            '"/ok/": "article:a",\n"a": "article:a"',
            "urls.json:3: “a” is not the address of a page.",
        ),
        ('"//evil.example/": "article:a"', "“//evil.example/” is not the address of a page."),
        ('"/../a/": "article:a"', "“/../a/” is not the address of a page."),
        ('"/tag/a/": "article:a"', "the address /tag/a/ is used by the site itself."),
        ('"/a/": "a"', "“a” is not the name of a text."),
        ('"/a/": 7', "“7” is not the name of a text."),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, said: str) -> None:
    message = refused(tmp_path, f'{{"version": 1, "urls": {{\n{line}\n}}}}')
    assert said in message
    assert "article:its-id" in message


@pytest.mark.parametrize("text", ["[]", "7", '{"version": 2, "urls": {}}', '{"version": 1}', "<<<"])
def test_another_file_in_its_place_is_refused_in_words(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text).startswith("urls.json:1: ")


def test_a_ledger_nested_without_end_is_refused_in_words(tmp_path: Path) -> None:
    assert "this line can't be read." in refused(tmp_path, "[" * 100_000)


def test_the_file_says_its_version(tmp_path: Path) -> None:
    write_ledger(tmp_path / "urls.json", {"/a/": SILENCE})
    assert json.loads((tmp_path / "urls.json").read_text(encoding="utf-8"))["version"] == 1


def test_a_topic_and_a_tag_stand_at_the_address_that_the_site_gives_them(tmp_path: Path) -> None:
    path = tmp_path / "urls.json"
    lists = {"/topic/feelings/": "topic:feelings", "/tag/silence/": "tag:silence"}
    write_ledger(path, lists)
    assert read_ledger(path) == lists


@pytest.mark.parametrize("owner", ["topic:other", "article:feelings", "tag:feelings"])
def test_nothing_else_can_stand_there(tmp_path: Path, owner: str) -> None:
    write_ledger(tmp_path / "urls.json", {"/topic/feelings/": owner})
    with pytest.raises(Problems, match="is used by the site itself"):
        read_ledger(tmp_path / "urls.json")
