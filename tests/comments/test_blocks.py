"""She stops a flood from the page of all that wait, for a while, and no address is kept for it."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag

from insession.comments import Refusal, blocks, rate_limits, signed_links, store
from insession.comments.rate_limits import Visits
from insession.comments.sanitize import Refused
from tests.comments.running import SECRET, Answer, Running, until

NOON = 1_789_948_800.0 + 43_200


def main(answer: Answer) -> Tag:
    found = BeautifulSoup(answer.text, "html.parser").main
    assert found
    return found


def queue(running: Running) -> Tag:
    return main(running.get(f"/comments/queue?s={signed_links.queue_token(SECRET)}"))


def send(running: Running, page: Answer, **chosen: str) -> Answer:
    """Press the button of the form on a page, with these choices; else as it is set."""
    form = main(page).select_one("form")
    assert form
    fields = {
        field["name"]: field.get("value", "")
        for field in form.select("input")
        if field.get("type") not in {"radio", "checkbox"} or field.has_attr("checked")
    }
    return running.submit(form["action"], fields | chosen, Origin="null")


def link(page: Tag, comment: str) -> str:
    """Return where “Block” below a comment leads."""
    item = next(item for item in page.select(".waiting") if comment in item.get_text())
    return item.select_one("a[href^='/comments/block?']")["href"]


def test_an_address_is_blocked_from_the_page_of_all_that_wait(
    start: Callable[..., Running],
) -> None:
    running = start()
    for number in range(3):
        assert running.post(f"Flood {number}", "2001:db8:77:1::5").status == 303
    assert running.post("A neighbour writes", "2001:db8:77:2::5").status == 303
    ask = running.get(link(queue(running), "Flood 1"))
    assert ask.status == 200
    assert "Flood 1" in main(ask).get_text()
    assert running.post("Flood, while she is asked", "2001:db8:77:1::6").status == 303
    done = send(running, ask, delete="1")
    assert done.status == 200
    assert "4 comments that waited are deleted" in main(done).get_text()
    stopped = running.post("Flood again", "2001:db8:77:1::7")
    assert stopped.status == 403
    assert "from the network that you are in" in stopped.text
    assert "Flood again" in stopped.text, "what was written isn't lost"
    assert "emergency" in stopped.text
    assert running.post("The neighbour goes on", "2001:db8:77:2::6").status == 303
    waiting = [item.get_text() for item in queue(running).select(".waiting")]
    assert len(waiting) == 2
    assert not any("Flood" in text for text in waiting)
    # She ends it before its time.
    end = queue(running).select_one(".block-list a")["href"]
    assert "End this block?" in running.get(end).text
    assert running.post("Still stopped", "2001:db8:77:1::7").status == 403
    assert send(running, running.get(end)).status == 200
    assert running.post("Taken again", "2001:db8:77:1::7").status == 303
    assert running.get(end).status == 404


def test_a_network_is_blocked_with_all_its_addresses(start: Callable[..., Running]) -> None:
    running = start()
    running.post("Flood", "203.0.113.7")
    ask = running.get(link(queue(running), "Flood"))
    assert send(running, ask, kind="network", days="30").status == 200
    assert running.post("Flood from beside it", "203.0.113.99").status == 403
    assert running.post("From the next network", "203.0.114.7").status == 303
    assert running.stored("Flood")[0][1] == "pending", "nothing is deleted unasked"


def test_a_word_is_blocked_in_names_and_texts(start: Callable[..., Running]) -> None:
    running = start()
    running.post("Best Casino in town")
    form = next(
        form for form in queue(running).select("form") if form["action"] == "/comments/block"
    )
    fields = {field["name"]: field.get("value", "") for field in form.select("input")}
    ask = running.get("/comments/block?" + urlencode(fields | {"word": " casino "}))
    assert "stands in 1 comment of those that wait" in " ".join(main(ask).get_text().split())
    assert send(running, ask, delete="1").status == 200
    assert running.count() == 0
    stopped = running.post("The CASINO, again")
    assert stopped.status == 403
    assert "The CASINO, again" in stopped.text
    assert running.post("A quiet text", name="Casino").status == 403
    assert running.post("The casinos of my youth").status == 303
    assert "the word “casino”" in queue(running).get_text()


def test_blocking_needs_the_signed_link_and_asks_first(start: Callable[..., Running]) -> None:
    running = start()
    running.post("Flood", "203.0.113.7")
    token = signed_links.queue_token(SECRET)
    for path in (f"/comments/block?s={token}&comment=1", f"/comments/block?s={token}&word=flood"):
        assert running.get(path).status == 200
        assert running.get(path.replace(token, "x" + token)).status == 403
    fields = {"s": "forged", "comment": "1", "kind": "host", "days": "7"}
    assert running.submit("/comments/block", fields).status == 403
    fields["s"] = token
    assert running.submit("/comments/block", fields, Sec_Fetch_Site="cross-site").status == 403
    for wrong in ({"days": "9999"}, {"kind": "provider"}, {"kind": "word"}, {"days": "x"}):
        assert running.submit("/comments/block", fields | wrong).status == 400, wrong
    assert running.submit("/comments/block", fields | {"comment": "99"}).status == 404
    assert running.submit("/comments/block", fields | {"comment": "9" * 30}).status == 400
    assert running.get(f"/comments/block?s={token}&word=a").status == 400
    assert running.get(f"/comments/block?s={token}").status == 400
    assert running.get(f"/comments/unblock?s={token}&block=1").status == 404
    assert running.rows("SELECT count(*) FROM block") == [(0,)]
    assert running.post("Nothing is blocked", "203.0.113.7").status == 303


def test_with_nothing_to_read_and_nothing_blocked_the_page_says_nothing_of_floods(
    start: Callable[..., Running],
) -> None:
    assert not queue(start()).select(".blocks")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = store.connect(tmp_path / "comments.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def visits() -> Visits:
    return Visits()


def stopped(connection: sqlite3.Connection, address: str, at: float, text: str = "x") -> bool:
    return blocks.stopping(connection, rate_limits.networks(address), (text,), at) is not None


def test_a_block_outlives_the_salt_of_its_day_and_where_others_wrote_is_forgotten(
    connection: sqlite3.Connection, visits: Visits
) -> None:
    for number, address in enumerate(("203.0.113.7", "198.51.100.7")):
        places = rate_limits.networks(address)
        blocks.note_origin(visits, number, rate_limits.visitor(visits, places, NOON), places)
    salt = bytes(visits.salts[rate_limits.day_of(NOON)])
    blocks.block_place(connection, visits, 0, "host", 7, NOON)
    tomorrow = NOON + rate_limits.DAY
    rate_limits.forget(visits, rate_limits.day_of(tomorrow), 1_000)
    assert visits.origins == {}
    assert connection.execute("SELECT salt = ? FROM block", (salt,)).fetchone() == (0,)
    assert stopped(connection, "203.0.113.7", tomorrow)
    assert not stopped(connection, "203.0.113.8", tomorrow)
    with pytest.raises(Refusal, match="forgotten by now"):
        blocks.block_place(connection, visits, 1, "host", 7, tomorrow)


def test_a_block_ends_by_itself_and_no_wrong_clock_makes_it_last(
    connection: sqlite3.Connection,
) -> None:
    blocks.block_word(connection, "casino", 7, NOON)
    assert stopped(connection, "", NOON + 6 * rate_limits.DAY, "Casino!")
    assert not stopped(connection, "", NOON + 8 * rate_limits.DAY, "Casino!")
    blocks.forget(connection, NOON + 8 * rate_limits.DAY)
    assert connection.execute("SELECT count(*) FROM block").fetchone() == (0,)
    blocks.block_word(connection, "casino", 30, NOON + 365 * rate_limits.DAY)
    assert not stopped(connection, "", NOON, "Casino!"), "made while the clock was ahead"


def test_the_same_word_again_takes_the_place_of_the_first(connection: sqlite3.Connection) -> None:
    blocks.block_word(connection, "Casino", 7, NOON)
    blocks.block_word(connection, "casino", 1, NOON)
    assert [block.value for block in blocks.active(connection, NOON)] == ["casino"]
    assert not stopped(connection, "", NOON + 2 * rate_limits.DAY, "casino")


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("pills", "Buy PILLS now", True),
        ("pills", "pills", True),
        ("pill", "a pillow", False),
        ("pill", "a pill, two pills", True),
        ("buy pills", "Buy\n  pills", True),
        ("café", "Cafe\u0301 noir", True),
        ("ﬁx", "FIX it", True),
        ("straße", "In der STRASSE", True),
        ("c++", "I like C++.", True),
        ("casino.example", "see casino.example/now", True),
        ("賭場", "最好的賭場在這裡", True),  # no spaces there
        ("קזינו", "בקזינו", True),  # “in the” is written at the word
        ("a.c", "abc", False),
    ],
)
def test_a_word_is_found_as_people_would_find_it(word: str, text: str, found: bool) -> None:
    assert blocks.holds(text, blocks.clean_word(word)) is found


@pytest.mark.parametrize("word", ["", "a", " x ", "...", "w" * 61])
def test_a_word_that_would_stop_everything_or_nothing_is_refused(word: str) -> None:
    with pytest.raises(Refused, match="Write a word or a few"):
        blocks.clean_word(word)


def test_no_address_is_in_a_file_while_it_is_blocked(start: Callable[..., Running]) -> None:
    running = start()
    running.post("Flood", "203.0.113.7")
    send(running, running.get(link(queue(running), "Flood")))
    assert running.post("Flood", "203.0.113.7").status == 403
    for path in [path for path in running.folder.rglob("*") if path.is_file()]:
        assert b"203.0.113" not in path.read_bytes(), path


def test_a_block_holds_after_the_next_start_and_is_forgotten_when_it_is_over(
    start: Callable[..., Running],
) -> None:
    running = start()
    running.post("Flood", "203.0.113.7")
    page = link(queue(running), "Flood")
    send(running, running.get(page))
    running.stop()
    running.start()
    assert running.post("Flood again", "203.0.113.7").status == 403
    late = running.get(page)
    assert late.status == 409
    assert "forgotten by now" in late.text
    assert not queue(running).select("a[href^='/comments/block?']")
    running.change(
        "UPDATE block SET since = ?1, until = ?1 + 86400", time.time() - rate_limits.DAY * 8
    )
    until(lambda: running.rows("SELECT count(*) FROM block") == [(0,)])
    assert running.post("Welcome back", "203.0.113.7").status == 303
