"""Comments in the built site: what she has published is in the article; the form works plainly."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from insession.common.problems import Problems
from insession.content.practice import read_practice
from insession.site.build import make_site
from tests.site.feed_validator import problems as feed_problems
from tests.support import (
    PRACTICE,
    ROOT,
    BuiltSite,
    article,
    build_content,
    one,
    words,
    write_content,
)

OWNER = read_practice(ROOT / "content" / "practice.toml")
HOSTILE = '<script>alert(1)</script> & "quoted" </textarea><img src=x onerror=alert(1)>'
CREATED = "2026-05-0{}T03:30:00Z"  # the evening before, in New York


def comment(number: int, body: str = "Some words.", **more: Any) -> dict[str, Any]:
    """Return a comment as the service writes it."""
    created = CREATED.format(1 + number % 9)
    return {
        "id": number,
        "parent": None,
        "name": "Pat O'Brien",
        "body": body,
        "created": created,
        "by_author": False,
    } | more


TALK = [
    comment(1, "One.\nTwo.\n\nThree."),
    comment(2, "Her answer.", parent=1, name="", by_author=True),
    comment(3, HOSTILE, name=HOSTILE),
    comment(4, "שלום 💚", name="", parent=99),
]


def approved(**threads: list[dict[str, Any]]) -> str:
    """Return the text of approved.json."""
    return json.dumps({"version": 1, "threads": threads})


def build(folder: Path, files: dict[str, str], text: str = "", **settings: str) -> BuiltSite:
    """Build a blog whose published comments are `text`."""
    content = write_content(folder, files)
    if text:
        (folder / ".comments").mkdir(exist_ok=True)
        (folder / ".comments" / "approved.json").write_text(text, encoding="utf-8")
    make_site(folder / "output", str(ROOT / "pelicanconf.py"), PATH=str(content), **settings)
    return BuiltSite(folder / "output")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog in which some articles have comments."""
    files = {
        "articles/talk.md": article("Talk"),
        "articles/quiet.md": article("Quiet"),
        "articles/over.md": article("Over", "comments: closed"),
        "articles/never.md": article("Never", "comments: closed"),
        "articles/none.md": article("None", "comments: off"),
        "articles/unlisted.md": article("Unlisted", "status: hidden"),
        "articles/waiting.md": article("Waiting", "status: draft"),
        "articles/moved.md": article("Moved", "id: The old name!\nslug: elsewhere"),
    }
    threads = {
        "talk": TALK,
        "over": [comment(5)],
        "none": [comment(6, "Not to be seen.")],
        "unlisted": [comment(7, "In an unlisted article.")],
        "waiting": [comment(8, "On a draft.")],
        "The old name!": [comment(9, "Under the old name.")],
    }
    return build(tmp_path_factory.mktemp("comments"), files, approved(**threads))


@pytest.fixture(scope="module")
def talk(built: BuiltSite) -> BeautifulSoup:
    """The article with comments."""
    return built.page("talk/")


# In the article


def test_a_published_comment_is_part_of_the_page(talk: BeautifulSoup) -> None:
    first = one(talk, "ol.comment-list > li#comment-1 > article")
    assert words(one(first, "h3")) == "Pat O'Brien"
    assert one(first, "time")["datetime"].startswith("2026-05-02T03:30:00")
    assert words(one(first, "time")) == "May 1", "the article is of the same year"
    assert one(first, "a[href='#comment-1']").time
    assert [str(p.decode_contents()) for p in first.select("p")] == ["One.<br/>Two.", "Three."]


def test_a_comment_of_another_year_says_so(tmp_path: Path) -> None:
    days = ("2026-09-30T12:00:00Z", "2027-01-01T04:30:00Z", "2027-01-01T05:30:00Z")
    text = approved(a=[comment(n, created=day) for n, day in enumerate(days, 1)])
    page = build(tmp_path, {"articles/a.md": article()}, text).page("a/")
    shown = [words(time) for time in page.select(".comment time")]
    assert shown == ["Sept. 30", "Dec. 31", "Jan. 1, 2027"]


def test_one_way_to_reply_stands_below_all_answers(talk: BeautifulSoup) -> None:
    thread = one(talk, "#comment-1")
    assert [child.name for child in thread.find_all(recursive=False)] == [
        "article",
        "ol",
        "details",
    ]


def test_what_a_reader_wrote_is_shown_and_never_done(talk: BeautifulSoup) -> None:
    third = one(talk, "#comment-3 > article")
    assert words(one(third, "p")) == words(one(third, "h3")) == HOSTILE
    assert third.select("script, img, a:not([href='#comment-3'])") == []


def test_an_address_in_a_comment_is_no_link(tmp_path: Path) -> None:
    text = approved(a=[comment(1, "See https://spam.example.com and spam@example.com")])
    page = build(tmp_path, {"articles/a.md": article()}, text).page("a/")
    assert page.select("#comment-1 article p a") == []


def test_a_reply_stands_under_what_it_answers_and_hers_bears_her_name(talk: BeautifulSoup) -> None:
    reply = one(talk, "#comment-1 > ol > li#comment-2 > article")
    assert words(one(reply, "h4")).startswith(OWNER.therapist.name)
    assert words(one(reply, "h4")).endswith("author")


def test_a_reply_to_a_removed_comment_stays(talk: BeautifulSoup) -> None:
    assert "A comment was removed." in words(one(talk, "#comment-99 > p"))
    assert words(one(talk, "#comment-99 #comment-4 h4")) == "Anonymous"
    assert talk.select("#comment-99 form") == []


def test_text_from_right_to_left_runs_its_own_way(talk: BeautifulSoup) -> None:
    assert {p["dir"] for p in talk.select(".comment p")} == {"auto"}


def test_the_count_at_the_head_leads_to_the_comments(talk: BeautifulSoup, built: BuiltSite) -> None:
    assert words(one(talk, ".article-header a[href='#comments']")) == "4 comments"
    assert words(one(built.page("over/"), ".article-header a[href='#comments']")) == "1 comment"
    assert built.page("quiet/").select(".article-header a[href='#comments']") == []
    assert one(talk, "#comments")


def test_closed_comments_are_shown_without_a_form(built: BuiltSite) -> None:
    over = built.page("over/")
    assert one(over, "#comment-5")
    assert "closed" in words(one(over, "#comments"))
    assert over.select("form, script[src*=comments]") == []
    assert built.page("never/").select("#comments") == []


def test_an_article_that_she_closed_from_her_pages_says_so(tmp_path: Path) -> None:
    files = {"articles/a.md": article(), "articles/b.md": article("B"), "articles/c.md": article()}
    text = json.dumps({"version": 1, "threads": {"a": [comment(1)]}, "closed": ["a", "b", "gone"]})
    site = build(tmp_path, files, text)
    for path in ("a/", "b/"):
        page = site.page(path)
        assert "Comments on this article are closed." in words(one(page, "#comments"))
        assert page.select("form, script[src*=comments]") == []
        [meta] = page.select("meta[http-equiv=Content-Security-Policy]")
        assert meta["content"] == "form-action 'none'"
    assert one(site.page("a/"), "#comment-1")
    assert one(site.page("c/"), "#comments form")
    told = json.loads(site.text(".insession/threads.json"))["threads"]
    assert told["a"]["comments"] == "open", "what its file says, so that it can be opened again"


def test_comments_that_are_off_leave_nothing(built: BuiltSite) -> None:
    page = built.text("none/")
    assert "Not to be seen." not in page
    assert BeautifulSoup(page, "html.parser").select("#comments, form, [href*=comments]") == []


def test_a_thread_hangs_on_the_id_not_on_the_address(built: BuiltSite) -> None:
    page = built.page("elsewhere/")
    assert "Under the old name." in words(one(page, "#comment-9"))
    assert {field["value"] for field in page.select("[name=thread]")} == {"The old name!"}


# The form


def test_the_form_sends_exactly_what_the_service_takes(built: BuiltSite) -> None:
    form = one(built.page("quiet/"), "form")
    assert (form["method"], form["action"]) == ("post", "/comments/new")
    fields = {field["name"]: field for field in form.select("[name]")}
    assert set(fields) == {"thread", "name", "comment", "website"}
    assert fields["thread"]["value"] == "quiet"
    text = fields["comment"]
    assert text.has_attr("required")
    assert text["maxlength"] == "5000"
    assert not text.has_attr("minlength"), "a single sign can be a comment"
    assert not fields["name"].has_attr("required")
    assert form.select("[type=email], [type=url]") == []


def test_a_comment_can_be_answered_a_reply_cannot(talk: BeautifulSoup) -> None:
    forms = talk.select("details > form")
    assert [one(form, "[name=parent]")["value"] for form in forms] == ["1", "3"]
    assert talk.select(".comment-replies form") == []
    assert talk.select_one("details > summary").get_text() == "Reply to Pat O'Brien"


def test_each_field_has_its_label(talk: BeautifulSoup) -> None:
    for field in talk.select("input:not([type=hidden]), textarea"):
        assert field.find_parent("label"), field


def test_what_to_know_stands_before_each_form_and_describes_it(talk: BeautifulSoup) -> None:
    emergency = [line.call for line in OWNER.crisis.all_lines]
    assert len(talk.select("form")) == 3
    for form in talk.select("form"):
        notes = one(talk, f"#{form['aria-describedby']}")
        assert form["aria-describedby"] == one(form, "textarea")["aria-describedby"]
        assert form in notes.find_all_next("form")
        for number in emergency:
            assert one(notes, f'a[href="tel:{number}"]')
        said = words(notes)
        assert "emergency" in said
        assert "identify you or anyone else" in said
        assert "If you are my client, please bring this to our session" in said
        assert f"usually within {OWNER.articles.comments_read_within}" in said


def test_the_trap_for_programs_is_hidden_from_people(built: BuiltSite) -> None:
    trap = one(built.page("quiet/"), "[name=website]")
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert trap.find_parent(attrs={"aria-hidden": "true"})


def test_how_soon_she_reads_has_a_default(tmp_path: Path) -> None:
    practice = PRACTICE.replace('comments_read_within = "two days"', "")
    files = {"practice.toml": practice, "articles/a.md": article()}
    assert "within a few days" in words(one(build(tmp_path, files).page("a/"), "#comment-notes"))


def test_the_form_can_be_filled_in_again_by_the_service() -> None:
    theme = FileSystemLoader(ROOT / "theme" / "templates")
    environment = Environment(loader=theme, autoescape=True, undefined=StrictUndefined)
    module = environment.get_template("partials/comment_form.html").module
    html = str(
        module.comment_form(
            "/comments/new",
            "talk",
            parent=1,
            name=HOSTILE,
            comment=f"\n{HOSTILE}",
            error="Too many.",
            key="-x",
        )
    )
    form = one(BeautifulSoup(html, "html.parser"), "form")
    assert one(form, "[name=name]")["value"] == HOSTILE
    assert one(form, "textarea").get_text() == f"\n\n{HOSTILE}"  # browsers drop the first newline
    assert one(form, "[name=parent]")["value"] == "1"
    text = one(form, "textarea")
    assert words(one(form, f"#{text['aria-describedby']}[role=alert]")) == "Too many."


def test_the_script_is_small_and_comes_only_where_there_is_a_form(built: BuiltSite) -> None:
    script = one(built.page("quiet/"), "script[src^='/theme/comments.']")
    assert script.has_attr("defer")
    assert len(gzip.compress((built.folder / script["src"][1:]).read_bytes())) <= 2048
    assert built.page("").select("script[src*=comments]") == []


def test_an_article_with_its_form_is_there_after_one_round_trip(site: BuiltSite) -> None:
    for path in (ROOT / "content" / "articles").glob("*.md"):
        assert len(gzip.compress(site.text(f"{path.stem}/").encode())) <= 14_600, path.stem


# The feeds


def test_each_article_has_a_feed_of_its_comments(built: BuiltSite, talk: BeautifulSoup) -> None:
    [link] = talk.select("link[rel=alternate][href*='/feeds/comments/']")
    path = link["href"].removeprefix(f"{OWNER.site.url}/")
    assert feed_problems((built.folder / path).read_bytes()) == []
    feed = feedparser.parse(built.text(path))
    assert [entry.link.split("#")[1] for entry in feed.entries] == [
        "comment-4",
        "comment-3",
        "comment-2",
        "comment-1",
    ]
    assert feed.entries[2].author.startswith(OWNER.therapist.name)
    assert "<script" not in feed.entries[1].content[0].value
    assert feed.entries[1].author == HOSTILE


def test_a_feed_without_comments_is_valid_and_the_same_in_every_build(built: BuiltSite) -> None:
    text = built.text("feeds/comments/quiet.atom.xml")
    assert feed_problems(text.encode()) == []
    assert "<updated>2026-03-04T" in text


def test_an_id_that_is_no_file_name_has_a_feed_too(built: BuiltSite) -> None:
    [link] = built.page("elsewhere/").select("link[rel=alternate][href*='/feeds/comments/']")
    assert built.has(link["href"].removeprefix(f"{OWNER.site.url}/"))


def test_one_feed_has_the_comments_on_all_listed_articles(built: BuiltSite) -> None:
    text = built.text("feeds/comments.atom.xml")
    assert feed_problems(text.encode()) == []
    feed = feedparser.parse(text)
    found = {entry.link.split("#comment-")[1] for entry in feed.entries}
    assert found == {"1", "2", "3", "4", "5", "9"}


# What the service is told


def test_the_service_learns_which_articles_there_are(built: BuiltSite) -> None:
    told = json.loads(built.text(".insession/threads.json"))
    assert (told["version"], told["site"]) == (1, OWNER.site.title)
    assert told["threads"]["talk"] == {"title": "Talk", "url": "/talk/", "comments": "open"}
    assert told["threads"]["The old name!"]["url"] == "/elsewhere/"
    kinds = {key: thread["comments"] for key, thread in told["threads"].items()}
    assert (kinds["over"], kinds["none"], kinds["unlisted"]) == ("closed", "off", "open")
    assert "waiting" not in kinds


def test_the_service_gets_the_sites_frame(built: BuiltSite) -> None:
    text = built.text(".insession/frame.html")
    frame = BeautifulSoup(text, "html.parser")
    assert text.count("<!--title-->") == text.count("<!--main-->") == 1
    assert (
        "<title><!--title--> –" in text
    )  # a title has no comments, only Python before 3.15 sees one
    assert "<!--main-->" in one(frame, "main").decode_contents()
    style = one(built.page("talk/"), "style:first-of-type").get_text()
    assert one(frame, "style").get_text().startswith(style)
    assert "danger-note" in one(frame, "style").get_text().removeprefix(style)
    assert "danger-note" not in style, "what readers never see, they don't fetch"
    assert one(frame, "meta[name=robots]")["content"] == "noindex"
    assert frame.select("link[rel=canonical], meta[property]") == []
    assert one(frame, "body > footer .crisis")


def test_comments_on_another_host_are_sent_there(tmp_path: Path) -> None:
    there = "https://comments.example.org"
    site = build(tmp_path, {"articles/a.md": article()}, COMMENTS_URL=there)
    assert one(site.page("a/"), "form")["action"] == f"{there}/comments/new"
    frame = site.page(".insession/frame.html")
    links = [link["href"] for link in frame.select("a[href], link[href]")]
    assert [link for link in links if link.startswith("/")] == []
    assert "url(" not in one(frame, "style").get_text()


@pytest.mark.parametrize(
    "url", ["comments.example.org", "https://a.example/x", "javascript:alert(1)"]
)
def test_a_host_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(Problems, match="COMMENTS_URL"):
        build(tmp_path, {"articles/a.md": article()}, COMMENTS_URL=url)


# Off for the whole site


def test_without_comments_readers_are_asked_to_write_and_no_server_is_needed(
    tmp_path: Path,
) -> None:
    files = {"articles/a.md": article(), "articles/b.md": article("B", "comments: closed")}
    site = build(tmp_path, files, approved(a=[comment(1)], gone=[comment(2)]), COMMENTS="off")
    page = site.page("a/")
    assert one(page, '.responses a[href^="mailto:"]')
    assert page.select("form, #comments, script[src*=comments], [href*=comments]") == []
    assert "comment" not in "".join(style.get_text() for style in page.select("style"))
    assert site.page("b/").select(".responses") == []
    assert not site.has("feeds/comments.atom.xml")
    told = json.loads(site.text(".insession/threads.json"))
    assert {thread["comments"] for thread in told["threads"].values()} == {"off"}


def test_a_setting_that_is_neither_on_nor_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problems, match='COMMENTS = "on" or COMMENTS = "off"'):
        build(tmp_path, {"articles/a.md": article()}, COMMENTS="yes")


# Never lost


def test_an_id_that_vanishes_stops_the_build_and_says_how_to_keep_its_comments(
    tmp_path: Path,
) -> None:
    text = approved(**{"old-name": [comment(7), comment(8)]})
    with pytest.raises(Problems) as stopped:
        build(tmp_path, {"articles/new-name.md": article()}, text)
    said = str(stopped.value)
    assert "2 comments belong to the article “old-name”" in said
    assert "id: old-name" in said
    assert "comments.delete 7 8" in said
    assert not (tmp_path / "output").exists()
    site = build(tmp_path, {"articles/new-name.md": article(more="id: old-name")}, text)
    assert one(site.page("new-name/"), "#comment-7")


def test_a_draft_keeps_its_comments_to_itself(built: BuiltSite) -> None:
    written = "".join(p.read_text("utf-8") for p in built.folder.rglob("*.[hx]*ml"))
    assert "On a draft." not in written


def test_an_article_with_a_mistake_is_not_taken_for_a_vanished_one(tmp_path: Path) -> None:
    files = {"articles/a.md": article(more="topik: No")}
    with pytest.raises(Problems) as stopped:
        build(tmp_path, files, approved(a=[comment(1)]))
    assert [problem.file for problem in stopped.value.problems] == ["content/articles/a.md"]


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2, "threads": {}}', approved(a=[{}])])
def test_a_list_of_comments_that_cannot_be_read_stops_the_build(tmp_path: Path, text: str) -> None:
    with pytest.raises(Problems, match=r"\.comments/approved\.json: the published comments"):
        build(tmp_path, {"articles/a.md": article()}, text)


# From another host


class Service(ThreadingHTTPServer):
    """Answers each request with `answer`: status, ETag, text; keeps what it was asked."""

    answer: tuple[int, str, str]
    asked: list[str | None]


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        status, etag, text = self.server.answer
        asked = self.headers["If-None-Match"]
        self.server.asked.append(asked)
        status = 304 if asked == etag and status == 200 else status
        self.send_response(status)
        self.send_header("ETag", etag)
        self.end_headers()
        if status != 304:
            self.wfile.write(text.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    """A comments service on another host, as far as the build sees it."""
    server = Service(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetch(tmp_path: Path, service: Service) -> Callable[[], BeautifulSoup]:
    """Build with the comments that the service has now; return the article."""
    url = f"http://127.0.0.1:{service.server_port}/comments/approved.json"
    files = {"articles/a.md": article()}
    return lambda: build(tmp_path, files, COMMENTS_APPROVED=url).page("a/")


def test_comments_are_fetched_and_asked_for_again_only_if_they_changed(
    service: Service, fetch: Callable[[], BeautifulSoup]
) -> None:
    service.answer = (200, '"1"', approved(a=[comment(1)]))
    assert one(fetch(), "#comment-1")
    assert one(fetch(), "#comment-1")
    assert service.asked == [None, '"1"']
    service.answer = (200, '"2"', approved(a=[comment(2)]))
    assert one(fetch(), "#comment-2")
    assert fetch().select("#comment-1") == []


@pytest.mark.parametrize("answer", [(503, "", ""), (200, "", "<h1>Log in to the WLAN</h1>"), None])
def test_when_they_cannot_be_fetched_the_last_ones_are_shown_and_it_is_said(
    service: Service,
    fetch: Callable[[], BeautifulSoup],
    capsys: pytest.CaptureFixture[str],
    answer: tuple[int, str, str] | None,
) -> None:
    service.answer = (200, '"1"', approved(a=[comment(1)]))
    fetch()
    if answer:
        service.answer = answer
    else:
        service.shutdown()
        service.server_close()
    assert one(fetch(), "#comment-1")
    assert "can't be fetched" in capsys.readouterr().out


def test_a_site_is_not_published_without_the_comments_it_should_have(
    service: Service, fetch: Callable[[], BeautifulSoup]
) -> None:
    service.answer = (503, "", "")
    with pytest.raises(Problems, match="can't be fetched"):
        fetch()


def test_comments_are_not_fetched_unprotected(tmp_path: Path) -> None:
    files = {"articles/a.md": article()}
    with pytest.raises(Problems, match="https"):
        build(tmp_path, files, COMMENTS_APPROVED="http://comments.example.org/approved.json")


@pytest.mark.parametrize(("url", "named"), [("", "'self'"), ("https://talk.example.net",) * 2])
def test_an_article_may_send_to_its_service_alone(tmp_path: Path, url: str, named: str) -> None:
    content = write_content(
        tmp_path, {"articles/a.md": article(), "articles/b.md": article("B", "comments: closed")}
    )
    built = build_content(content, tmp_path / "output", COMMENTS_URL=url)
    policy = "meta[http-equiv=Content-Security-Policy]"
    assert one(built.page("a/"), policy)["content"] == f"connect-src {named}; form-action {named}"
    assert one(built.page("b/"), policy)["content"] == "form-action 'none'"
    assert one(built.page(""), policy)["content"] == "form-action 'none'"
    assert not built.page(".insession/frame.html").select(policy)  # the service sends its own


def test_what_was_withdrawn_is_in_no_file_after_the_next_build(tmp_path: Path) -> None:
    """Neither in the folder that the next build begins with, nor in what is remembered."""
    files = {"articles/talk.md": article("Talk"), "articles/quiet.md": article("Quiet")}
    withdrawn = "I have thought better of it."
    for others in (0, 400, 400, 0):  # pages of many sizes, so that some places are left over
        said = [comment(1 + n, f"{withdrawn} {n}") for n in range(others)]
        build(tmp_path, files, approved(talk=said))
    holding = [
        path.relative_to(tmp_path).as_posix()
        for path in tmp_path.rglob("*")
        if path.is_file() and withdrawn.encode() in path.read_bytes()
    ]
    assert holding == []
