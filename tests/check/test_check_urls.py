"""Links to other websites are asked politely, within bounds, and told apart (a real server)."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from insession.check.links import check_urls
from insession.check.links.check_urls import FRESH, Asking, ask_all
from insession.check.links.external_links import asking_for, check_links, external_links
from tests.check.pages import page, site
from tests.support import Counted

MOVES = {
    "/old": (301, "/fine"), "/older": (308, "/old"), "/today": (302, "/fine"),
    "/mixed": (301, "/today"), "/slash": (301, "/slash/"), "/round": (301, "/round"),
    "/out": (301, "ftp://127.0.0.1/x"), "/inside": (302, "http://10.0.0.1/"),
}  # fmt: skip
CODES = {"/gone": 404, "/never": 410, "/secret": 403, "/error": 500, "/busy": 429}


class Handler(BaseHTTPRequestHandler):
    """Answers by the path; notes each request."""

    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        path = self.path.split("?")[0]
        if path in MOVES:
            code, to = MOVES[path]
            self.send_response(code)
            self.send_header("Location", to)
        elif path == "/no-head" and self.command == "HEAD":
            self.send_response(405)
        else:
            self.send_response(CODES.get(path, 200))
        if path == "/busy":
            self.send_header("Retry-After", "3600")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A website on this computer."""

    asked: list[tuple[str, str, str]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def requests(self) -> list[str]:
        return [f"{method} {path}" for method, path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.asked = []
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def how(folder: Path, **changed: object) -> Asking:
    options = {"is_allowed": lambda address: address == "127.0.0.1", "pause": 0.0} | changed
    return Asking("Test/1.0", folder / ".cache" / "links.json", **options)


def ask(server: Server, folder: Path, *paths: str, **changed: object) -> dict[str, str]:
    """Path → what it answered."""
    answers = ask_all([server.url + path for path in paths], how(folder, **changed))
    return {
        address.removeprefix(server.url): f"{a.kind} {a.detail.removeprefix(server.url)}".strip()
        for address, a in answers.items()
    }


def test_good_moved_and_gone_are_told_apart(server: Server, tmp_path: Path) -> None:
    paths = ("/fine", "/old", "/older#part", "/today", "/mixed", "/slash", "/gone", "/never")
    assert ask(server, tmp_path, *paths) == {
        "/fine": "works", "/old": "moved /fine", "/older#part": "moved /fine#part",
        "/today": "works", "/mixed": "moved /today", "/slash": "works",
        "/gone": "gone it answers 404", "/never": "gone it answers 410",
    }  # fmt: skip


def test_a_site_that_lets_no_program_look_is_not_called_broken(
    server: Server, tmp_path: Path
) -> None:
    answers = ask(server, tmp_path, "/secret", "/error", "/round", "/out")
    assert {answer.split()[0] for answer in answers.values()} == {"unsure"}


def test_head_comes_first_and_get_only_where_it_is_needed(server: Server, tmp_path: Path) -> None:
    assert ask(server, tmp_path, "/fine") == {"/fine": "works"}
    assert ask(server, tmp_path, "/no-head") == {"/no-head": "works"}
    assert server.requests == ["HEAD /fine", "HEAD /no-head", "GET /no-head"]
    assert {agent for _, _, agent in server.asked} == {"Test/1.0"}


def test_retry_after_is_obeyed_now_and_in_the_next_run(server: Server, tmp_path: Path) -> None:
    for _ in range(2):
        answers = ask(server, tmp_path, "/busy", "/fine")
        assert {answer.split()[0] for answer in answers.values()} == {"unsure"}
    assert server.requests == ["HEAD /busy"]


def test_good_answers_are_remembered_for_days_and_broken_ones_asked_again(
    server: Server, tmp_path: Path
) -> None:
    for _ in range(2):
        ask(server, tmp_path, "/fine", "/gone")
    assert server.requests.count("HEAD /fine") == 1
    assert server.requests.count("HEAD /gone") == 2
    later = how(tmp_path).now() + FRESH + 1
    ask(server, tmp_path, "/fine", now=lambda: later)
    assert server.requests.count("HEAD /fine") == 2


@pytest.mark.parametrize("damaged", ["", "[]", "{", '{"answers": {"x": 1}, "waits": {}}'])
def test_a_damaged_cache_is_made_anew(server: Server, tmp_path: Path, damaged: str) -> None:
    cache = how(tmp_path).cache
    cache.parent.mkdir()
    cache.write_text(damaged, encoding="utf-8")
    assert ask(server, tmp_path, "/fine") == {"/fine": "works"}
    assert json.loads(cache.read_text(encoding="utf-8"))["answers"]


def test_nothing_inside_a_private_network_is_asked(server: Server, tmp_path: Path) -> None:
    default = Asking("Test/1.0", tmp_path / "links.json", pause=0)
    (answer,) = ask_all([f"{server.url}/fine"], default).values()
    assert (answer.kind, server.requests) == ("unsure", [])
    assert "private network" in answer.detail


def test_a_redirect_into_a_private_network_is_not_followed(server: Server, tmp_path: Path) -> None:
    answers = ask(server, tmp_path, "/inside")
    assert answers == {"/inside": "unsure it leads into a private network, which isn't asked"}


def test_when_time_is_up_the_rest_is_left(server: Server, tmp_path: Path) -> None:
    assert ask(server, tmp_path, "/fine", total=-1.0)["/fine"].startswith(
        "unsure there was no time"
    )
    assert server.requests == []


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        (answer,) = ask_all([address], how(tmp_path, timeout=0.1)).values()
    assert answer.kind == "unsure"


def test_one_request_at_a_time_for_a_host(server: Server, tmp_path: Path) -> None:
    running, most = 0, 0
    plain = Handler.do_HEAD
    lock = threading.Lock()

    def counted(handler: Handler) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)  # as an answer takes a while
        with lock:
            running -= 1
        plain(handler)  # from here on, the next request may come

    server.RequestHandlerClass = type("Counted", (Handler,), {"do_HEAD": counted})
    ask(server, tmp_path, *(f"/{number}" for number in range(12)))
    assert (most, len(server.asked)) == (1, 12)


def test_links_of_texts_sources_and_practice_get_remarks_with_their_lines(
    server: Server, tmp_path: Path
) -> None:
    more = f"sources:\n  - title: A\n    url: {server.url}/gone"
    one = page(f"One\n\n[x]({server.url}/old) [y](#z) [z](mailto:a@b.example)", more=more)
    whole = type(site())((one,))
    remarks, unasked = check_links(whole, how(tmp_path))
    assert [(a.line, a.rule, a.instead) for a in remarks] == [
        (14, "link-moved", f"{server.url}/fine"),
        (9, "link-broken", "look for its new address, or take the link away"),
    ]
    assert unasked == {}
    assert "https://practice.example.org" in {address for _, _, address in external_links(site())}


def test_the_program_says_whose_links_it_asks() -> None:
    agent = asking_for(site()).agent
    assert agent.startswith("InSession")
    assert "https://blog.example.org" in agent


@pytest.mark.parametrize("total", [120.0, -1.0])
def test_each_address_counts_also_when_there_is_no_time_to_ask(
    total: float, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_urls, "progress", counted := Counted())
    ask(server, tmp_path, "/fine", "/gone", "/busy", "/secret", total=total)
    assert counted.all == [("Asking other websites", 4, 4)]
