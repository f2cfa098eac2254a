"""The service as a process of its own, a mail server that can be away, and a plain client."""

import hashlib
import http.client
import itertools
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.signals import default_signals
from tests.support import ROOT

SECRET = "ZwV9vE3rGq0yJ1uYt7s5pLx2cB8nMkHd"  # noqa: S105  (of tests only)
HERE = "https://blog.example.org"
ADDRESS = HERE  # where the service is reached from outside, as from behind a proxy
FORM = "application/x-www-form-urlencoded"
FRAME = (
    '<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title><!--title--> – The '
    "Other Chair</title><style>body{margin:0}</style></head><body><header>The Other Chair</header>"
    '<main class="frame" id="main"><!--main--></main><footer>Call 988</footer></body></html>'
)
THREADS = {
    "silence": {"title": "Why silence helps", "url": "/silence/", "comments": "open"},
    "first": {"title": "The “first” <hour>", "url": "/first/", "comments": "open"},
    "closed": {"title": "Closed", "url": "/closed/", "comments": "closed"},
    "off": {"title": "Off", "url": "/off/", "comments": "off"},
}
START = """
import dataclasses, os
from insession.comments import config, rate_limits, server
settings = config.from_environment(os.environ)
{prelude}
server.serve(settings, port=0)
"""
NO_LIMITS = "settings = dataclasses.replace(settings, limits=rate_limits.Limits((), (), None))\n"
EACH_MAIL = "settings = dataclasses.replace(settings, limits=rate_limits.Limits(mails=None))\n"
T = TypeVar("T")


def write_site(folder: Path) -> Path:
    """Write what a build writes for the service."""
    inside = folder / "output" / ".insession"
    inside.mkdir(parents=True, exist_ok=True)
    about = {"version": 1, "base": "", "site": "The Other Chair", "author": "Hannah Vale"}
    text = json.dumps(about | {"threads": THREADS})
    (inside / "threads.json").write_text(text, encoding="utf-8")
    (inside / "frame.html").write_text(FRAME, encoding="utf-8")
    return folder / "output"


def until(found: Callable[[], T], seconds: float = 90) -> T:
    """Return what `found` returns as soon as it is something; fail after `seconds`."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, "it didn't happen in time"
        time.sleep(0.02)
    return value


class Answer:
    """A response: status, headers, text."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers = response.status, response.headers
        self.raw = response.read()
        self.text = self.raw.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


class Running:
    """A service on loopback with its own folder. `prelude` is Python run before it starts."""

    def __init__(self, folder: Path, prelude: str = "", **environ: str) -> None:
        self.folder, self.prelude = folder, prelude
        self.site = write_site(folder)
        self.data = folder / "comments"
        self.database = self.data / "comments.sqlite3"
        self.log = folder / "service.log"
        self.environ = {
            "INSESSION_SITE_URL": HERE,
            "INSESSION_SECRET": SECRET,
            "INSESSION_COMMENTS_FOLDER": str(self.data),
            "INSESSION_SITE_FOLDER": str(self.site),
            "INSESSION_TRUSTED_PROXY": "127.0.0.1",
        } | environ
        self.process: subprocess.Popen | None = None
        self.port = 0

    def start(self) -> "Running":
        """Start it and wait until it says where it is."""
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log, default_signals():
            self.process = subprocess.Popen(
                [sys.executable, "-c", START.format(prelude=self.prelude)],
                cwd=ROOT,
                env=os.environ | self.environ | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

        def said() -> re.Match[bytes] | None:
            assert self.process and self.process.poll() is None, self.log.read_text("utf-8")
            return re.search(rb"http://127.0.0.1:(\d+)/", self.log.read_bytes()[before:])

        self.port = int(until(said)[1])
        return self

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        assert self.process
        self.process.terminate()
        return self.process.wait(90)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request and return the answer; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """Get a page of the service; a whole address will do."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path.removeprefix(ADDRESS), headers=given)

    def submit(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form as a browser does from a page of the blog."""
        given = {"Content-Type": FORM, "Origin": HERE, "Sec-Fetch-Site": "same-origin"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in given.items() if value}
        return self.ask("POST", path, urlencode(fields).encode(), kept)

    def post(self, comment: str, address: str = "", **fields: str) -> Answer:
        """Send a comment; each test has its own address unless it says otherwise."""
        return self.submit(
            "/comments/new", form(comment, **fields), X_Forwarded_For=address or fresh_address()
        )

    def rows(self, sql: str, *values: object) -> list[tuple]:
        """Look into the store."""
        connection = sqlite3.connect(self.database, timeout=90)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def change(self, sql: str, *values: object) -> None:
        """Change something in the store, such as the time of the next try."""
        connection = sqlite3.connect(self.database, timeout=90)
        with connection:
            connection.execute(sql, values)
        connection.close()

    def stored(self, comment: str) -> list[tuple]:
        """Return (id, status) of the comments with this text."""
        return self.rows("SELECT id, status FROM comment WHERE body = ?", comment)

    def is_settled(self) -> bool:
        """Whether what is published was dealt with: it says so beside the file."""
        done = self.data / "approved.done"
        shown = bytes(Path(self.environ["INSESSION_SITE_FOLDER"]).resolve())
        found = hashlib.sha256((self.data / "approved.json").read_bytes() + shown)
        return done.is_file() and done.read_text("ascii") == found.hexdigest()

    def count(self) -> int:
        return self.rows("SELECT count(*) FROM comment")[0][0]


_addresses = iter(range(1, 1 << 24))


def fresh_address() -> str:
    """Return an address in a network from which nothing came yet."""
    number = next(_addresses)
    return f"{10 + (number & 63)}.{number >> 14}.{number >> 6 & 255}.7"


_words = itertools.count()


def words() -> str:
    """Return a comment that no other test writes."""
    return f"Words that are only here, number {next(_words)}."


def form(comment: str, **fields: str) -> dict[str, str]:
    """Return the fields of the comment form."""
    given = {"thread": "silence", "parent": "", "name": "Pat O'Brien", "website": ""}
    return given | {"comment": comment} | fields


class MailServer:
    """A real mail server on loopback that can be away, or refuse."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refusing = ""
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.controller: Controller | None = None

    async def handle_DATA(  # noqa: N802  (the server's own name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.refusing:
            return self.refusing
        self.received.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"

    def start(self, **more: Any) -> "MailServer":
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **more)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def environ(self) -> dict[str, str]:
        """The settings with which the service finds it."""
        return {
            "INSESSION_SMTP_HOST": "127.0.0.1",
            "INSESSION_SMTP_PORT": str(self.port),
            "INSESSION_SMTP_TLS": "none",
            "INSESSION_MAIL_FROM": "Blog <blog@example.org>",
            "INSESSION_MAIL_TO": "hannah@example.org",
        }

    def about(self, comment: str) -> list[EmailMessage]:
        """Return the mails that quote this comment."""
        quoted = "\n".join(f"> {line}" for line in comment.split("\n"))
        return [mail for mail in list(self.received) if quoted in body(mail)]


def body(mail: EmailMessage) -> str:
    """Return the text of a mail, with plain line ends."""
    return mail.get_content().replace("\r\n", "\n")


def links(text: str) -> dict[str, str]:
    """Return the addresses in a mail by what they do."""
    found = re.findall(r"^(https://\S+)$", text, re.MULTILINE)
    wanted = [address for address in found if "/comments/" in address]
    return dict(zip(("publish", "keep", "delete", "queue"), wanted, strict=True))
