"""What strangers, programs and hostile readers send: nothing is stored that shouldn't be, nothing
that is stored can do anything, and everyone else is served meanwhile."""

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import quote, quote_from_bytes

import pytest
from bs4 import BeautifulSoup

from tests.comments.running import (
    FORM,
    HERE,
    NO_LIMITS,
    Answer,
    MailServer,
    Running,
    body,
    form,
    fresh_address,
    links,
    until,
)

EVIL = "https://evil.example.org"


def count_after(running: Running, send: Callable[[], Answer]) -> tuple[int, int]:
    """Return the status, and how many comments more there are."""
    before = running.count()
    status = send().status
    return status, running.count() - before


# From elsewhere


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": EVIL, "Sec_Fetch_Site": "cross-site"}, 403),  # a form on another site
        ({"Origin": EVIL, "Sec_Fetch_Site": "same-site"}, 403),  # on a neighbouring host
        ({"Origin": "null", "Sec_Fetch_Site": "cross-site"}, 403),  # in a sandboxed frame
        ({"Origin": "null", "Sec_Fetch_Site": ""}, 403),
        ({"Origin": "", "Sec_Fetch_Site": ""}, 403),
        ({"Origin": HERE, "Sec_Fetch_Site": "cross-site"}, 403),
        ({"Origin": HERE, "Sec_Fetch_Site": "none"}, 403),
        ({"Origin": f"{HERE}.evil.example.org", "Sec_Fetch_Site": ""}, 403),
        ({"Origin": HERE.replace("https", "http"), "Sec_Fetch_Site": ""}, 403),
        ({"Origin": f"{EVIL}, {HERE}", "Sec_Fetch_Site": ""}, 403),
        ({"Origin": EVIL, "Content_Type": ""}, 415),  # fetch with a Blob
        ({"Origin": EVIL, "Content_Type": "text/plain;charset=UTF-8"}, 415),  # with a string
        ({"Origin": HERE, "Content_Type": "multipart/form-data; boundary=x"}, 415),
        ({"Origin": HERE, "Content_Type": "application/json"}, 415),
    ],
)
def test_a_post_from_another_site_stores_nothing(
    service: Running, headers: dict[str, str], status: int
) -> None:
    def send() -> Answer:
        return service.submit("/comments/new", form("From elsewhere"), **headers)

    assert count_after(service, send) == (status, 0)


@pytest.mark.parametrize(
    ("origin", "site"),
    [
        (HERE, ""),  # older than fetch metadata
        ("", "same-origin"),  # Firefox where network.http.sendOriginHeader is 0
        ("null", "same-origin"),
    ],
)
def test_a_browser_that_says_only_half_of_where_a_form_was_may_post(
    service: Running, origin: str, site: str
) -> None:
    headers = {"Origin": origin, "Sec_Fetch_Site": site, "X_Forwarded_For": fresh_address()}
    answer = service.submit("/comments/new", form(f"From {origin} and {site}"), **headers)
    assert answer.status == 303


@pytest.mark.parametrize("origin", ["null", ""])
def test_a_form_that_came_back_proves_itself_where_a_browser_says_nothing(
    service: Running, origin: str
) -> None:
    address, comment = fresh_address(), f"Once more, from {origin or 'nowhere'}."
    refused = service.post("x", address)
    soup = BeautifulSoup(refused.text, "html.parser")
    fields = {field["name"]: field.get("value", "") for field in soup.select("main form input")}
    fields["comment"] = comment
    headers = {"Origin": origin, "Sec_Fetch_Site": ""}

    def send(comes_from: str, **changed: str) -> int:
        more = {"X_Forwarded_For": comes_from} | headers
        return service.submit("/comments/new", fields | changed, **more).status

    assert send(fresh_address()) == 403, "what was given to one visitor serves no other"
    assert send(address, proof=fields["proof"][:-2] + "zz") == 403
    assert send(address, proof="") == 403
    evil = {"Origin": EVIL, "Sec_Fetch_Site": "", "X_Forwarded_For": address}
    assert service.submit("/comments/new", fields, **evil).status == 403
    assert not service.stored(comment)
    assert send(address) == 303
    assert service.stored(comment)
    assert address not in refused.text


def test_another_site_can_not_use_her_links(service: Running, mailbox: MailServer) -> None:
    service.post("Not to be published from elsewhere")
    (mail,) = until(lambda: mailbox.about("Not to be published from elsewhere"))
    token = links(body(mail))["publish"].partition("s=")[2]
    headers = {"Origin": EVIL, "Sec_Fetch_Site": "cross-site"}
    assert service.submit("/comments/moderate", {"s": token}, **headers).status == 403
    assert service.stored("Not to be published from elsewhere")[0][1] == "pending"


# Too much, too fast, too slow


def test_what_a_program_fills_in_everywhere_is_not_stored_but_given_back(service: Running) -> None:
    def send() -> Answer:
        return service.post("Words of a reader", website="https://pills.example.org")

    assert count_after(service, send) == (400, 0)
    form = BeautifulSoup(send().text, "html.parser").select_one("main form")
    assert form.select_one("textarea").get_text().strip() == "Words of a reader"
    assert not form.select_one("[name=website]").get("value")
    assert "people don’t see" in form.find(role="alert").get_text()


@pytest.mark.parametrize("size", [31 * 1024, 70 * 1024])
def test_more_than_a_comment_can_be_is_refused(service: Running, size: int) -> None:
    def send() -> Answer:
        return service.post("x" * size)

    assert count_after(service, send) == (413, 0)


@pytest.mark.parametrize("size", [300 * 1024, 3 * 1024 * 1024])
def test_what_is_far_too_much_is_cut_off_while_it_arrives(service: Running, size: int) -> None:
    before = service.count()
    with suppress(ConnectionError):  # the line is closed, perhaps before the answer is read
        assert service.post("x" * size).status == 413
    assert service.count() == before
    assert service.get("/comments/health").status == 200


@pytest.mark.parametrize("letter", ["a", "é", "ש", "心", "🌿", "\n🌿"])
def test_5000_characters_of_any_script_are_taken(service: Running, letter: str) -> None:
    comment = (letter * 5_000)[:4_996].strip() + " end"
    assert service.post(comment, name=letter.strip() * 60).status == 303
    assert service.stored(comment)


def test_after_many_comments_an_address_has_to_wait_and_others_have_not(service: Running) -> None:
    address, before = fresh_address(), service.count()
    answers = [service.post(f"Flood number {n}", address) for n in range(100)]
    statuses = [answer.status for answer in answers]
    assert statuses == [303] * 40 + [429] * 60
    assert service.count() - before == 40
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 601
    assert "Flood number 99" in answers[-1].text, "what was written isn't lost"
    assert service.post("Another reader").status == 303


def test_the_same_comment_a_hundred_times_is_kept_once(service: Running) -> None:
    address, before = fresh_address(), service.count()
    statuses = [service.post("Again and again", address).status for _ in range(100)]
    assert statuses == [303] + [409] * 99
    assert service.count() - before == 1
    others = [service.post(f"Another one, {number}", address).status for number in range(40)]
    assert others == [303] * 39 + [429], "it counted once"


def test_one_ipv6_site_shuts_out_nobody_else(start: Callable[..., Running]) -> None:
    """All 65,536 networks of a /48 belong to one: it reaches a limit, nobody else does."""
    running = start()
    statuses = [
        running.post(f"Flood {number}", f"2001:db8:77:{number:x}00::1").status
        for number in range(140)
    ]
    assert statuses == [303] * 120 + [429] * 20
    for thread in ("silence", "first"):
        assert running.post("From a neighbour", "2001:db8:78::1", thread=thread).status == 303
        pupils = [running.post(f"Pupil {n}", "203.0.113.7", thread=thread) for n in range(15)]
        assert {pupil.status for pupil in pupils} == {303}


def test_only_the_proxy_is_believed_about_addresses(start: Callable[..., Running]) -> None:
    running = start(INSESSION_TRUSTED_PROXY="192.0.2.1")
    statuses = [running.post(f"Pretending {n}", f"203.{n}.113.7").status for n in range(42)]
    assert statuses == [303] * 40 + [429] * 2


def test_a_client_can_not_add_to_what_the_proxy_says(start: Callable[..., Running]) -> None:
    running = start()
    statuses = [
        running.post(f"Pretending {n}", f"203.{n}.113.7, 198.51.100.7").status for n in range(42)
    ]
    assert statuses == [303] * 40 + [429] * 2


def test_no_address_is_stored(service: Running) -> None:
    address = "203.0.113.77"
    service.post("Where am I", address)
    for path in [path for path in service.folder.rglob("*") if path.is_file()]:
        assert address.encode() not in path.read_bytes(), path


def slow_request(port: int, first: bytes, then: bytes, out: list[bytes]) -> None:
    """Send one byte at a time until there is an answer or the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(first)
        connection.setblocking(False)
        received, sent = b"", 0
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                received += (part := connection.recv(65_536))
                if not part or b"\r\n\r\n" in received:
                    break
            except BlockingIOError:
                time.sleep(0.05)
                connection.send(then[sent : sent + 1])
                sent = (sent + 1) % len(then)
        out.append(received)


def test_a_slow_sender_is_told_so_and_holds_up_no_one(start: Callable[..., Running]) -> None:
    running = start("server.PATIENCE = 1\nserver.CONNECTIONS = 200")
    raw = f"thread=silence&parent=&name=&comment={'slow+' * 500}&website=".encode()
    head = (
        f"POST /comments/new HTTP/1.1\r\nHost: x\r\nOrigin: {HERE}\r\nContent-Type: {FORM}\r\n"
        f"Content-Length: {len(raw)}\r\n\r\n"
    ).encode()
    answers: list[bytes] = []
    cases = [(head, raw)] * 30 + [(b"POST /comments/new HTTP/1.1\r\n", b"X-Slow: yes\r\n")] * 10
    threads = [
        threading.Thread(target=slow_request, args=(running.port, *case, answers)) for case in cases
    ]
    for thread in threads:
        thread.start()
    for number in range(20):
        assert running.post(f"Served meanwhile {number}").status == 303
    for thread in threads:
        thread.join()
    assert [answer.split(b" ")[1] for answer in answers] == [b"408"] * len(cases)
    assert running.count() == 20


def test_a_silent_connection_is_closed(start: Callable[..., Running]) -> None:
    running = start("server.SILENCE = 1\nserver.CLEANUP = 1")
    with socket.create_connection(("127.0.0.1", running.port), timeout=60) as connection:
        connection.sendall(b"POST /comments/new HTTP/1.1\r\nContent-Length: 10\r\n\r\n")
        assert connection.recv(1_000) == b""
    assert running.get("/comments/health").status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"GET /comments/health HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        b"POST /comments/new HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST /comments/new HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /comments/health HTTP/1.1\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n",
    ],
)
def test_what_is_not_http_gets_a_4xx_or_501(service: Running, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=90) as connection:
        connection.sendall(sent)
        status = connection.recv(1_000).split(b" ")[1]
    assert status in {b"400", b"431", b"501"}
    assert service.get("/comments/health").status == 200


# Hostile words

TEXTS = [
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title></style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<svg><script>alert&#40;1&#41;</script>",
    '<a href="javascript:alert(1)">click</a>',
    '<a href="data:text/html,<script>alert(1)</script>">click</a>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '"><script>alert(1)</script>',
    "' onfocus=alert(1) autofocus x='",
    "`${alert(1)}`",
    "<b><i></b></i></div></main></body></html>",
    "<!-- <!--main--> <!--title--> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example.org'>",
    "<base href=https://evil.example.org>",
    "<form action=https://evil.example.org><input name=s></form>",
    "<link rel=stylesheet href=https://evil.example.org/x.css>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}${7*7}#{7*7}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "'; DROP TABLE comment; --",
    "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
    "javascript:alert(1)",
    '=HYPERLINK("https://evil.example.org")',
    "\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>",
    ".\r\nQUIT\r\nMAIL FROM:<x@example.org>",
    "From the start\nFrom: x@example.org",
    "Pat O'Brien",
    "👩🏽‍⚕️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 שלום مرحبا",
    "word" * 1_000,
]
CHANGED = [  # what is sent, and what is left of it
    ("one\x00two<script\x00>", "onetwo<script>"),
    ("gpj.\u202eexe \u2066left", "gpj.exe left"),
    ("Z" + "\u0301\u0489" * 2_500, "\u0179\u0489\u0301"),
    ("\x1b]0;title\x07\x1b[2J cleared", "]0;title[2J cleared"),
    ("line\u2028separator\u0085next", "line\nseparator\nnext"),
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, mailbox: MailServer) -> Running:
    """A service with every hostile text as comment and as name, all of them published."""
    running = Running(tmp_path_factory.mktemp("hostile"), NO_LIMITS, **mailbox.environ).start()
    for text in [*TEXTS, *(sent for sent, _ in CHANGED)]:
        name = " ".join(text.split())[:60]
        answer = running.post(text if len(text) > 2 else f"{text}...", name=name)
        assert answer.status == 303, (text, answer.text)
    return running


def kept(text: str) -> str:
    return dict(CHANGED).get(text, text.replace("\r\n", "\n").strip())


def test_hostile_words_are_stored_as_written_or_without_what_deceives(attacked: Running) -> None:
    stored = [row[0] for row in attacked.rows("SELECT body FROM comment ORDER BY id")]
    assert stored == [kept(text) for text in [*TEXTS, *(sent for sent, _ in CHANGED)]]
    assert len(stored) >= 30
    names = [row[0] for row in attacked.rows("SELECT name FROM comment")]
    assert not any(set(name) & set("\n\r\0\u202e") for name in names)


def frame_of(answer: Answer) -> list[str]:
    """Return the tags of a page outside its main part, and forbidden ones anywhere."""
    soup = BeautifulSoup(answer.text, "html.parser")
    active = soup.find_all(["script", "iframe", "svg", "math", "object", "embed", "base", "link"])
    assert not active
    assert len(soup.find_all("style")) == len(soup.find_all("title")) == 1
    assert len(soup.find_all("main")) == len(soup.find_all("h1")) == 1
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"]
        assert not str(tag.get("href", "https:")).lower().startswith(("javascript", "data"))
        if tag.name == "form":
            assert tag["action"].startswith("/comments/")
    soup.main.decompose()
    return [tag.name for tag in soup.find_all(True)]


def mails(mailbox: MailServer) -> list[EmailMessage]:
    return [mail for mail in mailbox.received if "Why silence helps" in body(mail)]


def test_hostile_words_are_only_words_on_every_page_and_in_every_mail(
    attacked: Running, mailbox: MailServer
) -> None:
    plain = frame_of(attacked.get("/comments/nothing"))
    found = {}
    for text in [*TEXTS, *(sent for sent, _ in CHANGED)]:
        (mail,) = until(lambda text=text: mailbox.about(kept(text)), 60)[:1]
        assert sorted(mail.keys()) == sorted(
            "From To Subject Date Message-ID Auto-Submitted Content-Type MIME-Version "
            "Content-Transfer-Encoding".split()
        )
        assert mail["To"] == "hannah@example.org"
        assert mail["Subject"] == "A comment to “Why silence helps”"
        found[text] = links(body(mail))
        for action in ("publish", "keep", "delete"):
            answer = attacked.get(found[text][action])
            assert frame_of(answer) == plain
            shown = BeautifulSoup(answer.text, "html.parser").select_one("article.comment")
            words = " ".join(kept(text).split())
            assert words in " ".join(shown.get_text(" ").split()), text
    queue = attacked.get(found[text]["queue"])
    assert frame_of(queue) == plain
    soup = BeautifulSoup(queue.text, "html.parser")
    assert len(soup.select(".waiting")) == len(TEXTS) + len(CHANGED)


def test_hostile_words_in_the_form_that_comes_back_are_only_words(attacked: Running) -> None:
    plain = frame_of(attacked.get("/comments/nothing"))
    for text in [*TEXTS, *(sent for sent, _ in CHANGED)]:
        fields = form(text, name=text[:500], thread=text[:500], parent=text[:500])
        answer = attacked.submit("/comments/new", fields)
        assert answer.status in {400, 404, 413}
        assert frame_of(answer) == plain
        soup = BeautifulSoup(answer.text, "html.parser")
        assert [field["name"] for field in soup.select("main [name]")] == [
            *("thread", "parent", "proof", "name", "comment", "website"),
        ]


def test_hostile_words_come_back_from_approved_json_as_written(attacked: Running) -> None:
    before = json.loads(attacked.get("/comments/approved.json").text)
    assert before["threads"] == {}
    attacked.change("UPDATE comment SET status = 'published'")
    attacked.stop()
    attacked.start()
    answer = attacked.get("/comments/approved.json")
    published = {entry["body"] for entry in answer.json["threads"]["silence"]}
    assert published == {kept(text) for text in [*TEXTS, *(sent for sent, _ in CHANGED)]}
    assert answer.headers["Content-Type"] == "application/json"
    attacked.kill()


@pytest.mark.parametrize(
    "sent",
    [
        f"thread=silence&name=&website=&comment={quote_from_bytes(b'caf' + bytes([233]))}",
        "thread=silence&name=&website=&comment=%F0%28%8C%BC%61%61",
        "thread=silence&name=&website=&comment=%C0%AE%C0%AE%61",
        f"thread={quote('silence')}&thread=first&name=&website=&comment=twice",
        "thread=silence&name=&website=&comment=more&status=published&by_author=1",
        "thread=silence&name=&website=&comment=more&id=1",
        "thread=silence&comment=less",
        "thread[]=silence&name=&website=&comment=array",
        "",
        "&&&&",
        "a" * 1_000,
    ],
)
def test_a_body_that_is_not_the_form_is_refused(service: Running, sent: str) -> None:
    def send() -> Answer:
        headers = {"Content-Type": FORM, "Origin": HERE}
        return service.ask("POST", "/comments/new", sent.encode("latin-1"), headers)

    assert count_after(service, send) == (400, 0)
