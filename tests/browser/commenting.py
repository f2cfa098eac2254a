"""A blog and its comments service on this machine, as a strict host would serve them."""

import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.utils import send_file

from insession.comments import outbox, store
from insession.comments.app import make_app
from insession.comments.config import Config, Mail, make_secret
from insession.comments.rate_limits import Limits
from insession.site.build import make_site
from tests.browser.server import policy
from tests.comments.running import FORM, until
from tests.support import ROOT, BuiltSite, write_content

ACTIONS = ("publish", "keep", "delete", "queue")


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits for the browser's next word

    def log(self, *_: object) -> None:
        """Print nothing."""


class Blog(BuiltSite):
    """A built blog and its service at `address`; `elsewhere` gives the service its own origin."""

    def __init__(
        self, folder: Path, files: dict[str, str | bytes], elsewhere: bool = False
    ) -> None:
        super().__init__(folder / "output")
        options = {"threaded": True, "request_handler": _Quiet}
        self.servers = [
            make_server("127.0.0.1", 0, self._answer, **options) for _ in range(1 + elsewhere)
        ]
        origins = [f"http://127.0.0.1:{server.server_port}" for server in self.servers]
        self.address, self.service = origins[0], origins[-1]
        self.content = write_content(folder, files)
        self.build()
        data = folder / ".comments"
        self.config = Config(
            site_url=self.address,
            secret=make_secret(data),
            url=self.service,
            origins=frozenset(origins),
            folder=data,
            site=self.folder,
            mail=Mail("blog@localhost", "hannah@localhost", folder=data / "mail"),
            limits=Limits((), ()),  # all that the tests send comes from one address
        )
        self.comments = make_app(self.config)

    def build(self) -> None:
        """Build it, with the comments that are published by now."""
        more = {"COMMENTS_URL": self.service if self.service != self.address else ""}
        make_site(self.folder, str(ROOT / "pelicanconf.py"), PATH=str(self.content), **more)
        allowed = f"'self' {self.service}"
        rules = policy(self.folder).replace("form-action 'none'", f"form-action {allowed}")
        self.policy = rules.replace("connect-src 'self'", f"connect-src {allowed}")

    @contextmanager
    def running(self) -> Iterator["Blog"]:
        """Answer requests until the end of the block."""
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        yield self
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def _answer(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/comments/"):
            return self.comments(environ, start_response)
        file = self.folder / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        status = 200 if file.is_file() else 404
        file = file if status == 200 else self.folder / "404.html"
        response = send_file(file, environ, max_age=0 if file.suffix == ".html" else 600)
        response.status_code = status
        response.headers["Content-Security-Policy"] = self.policy
        return response(environ, start_response)

    def send(self, path: str, body: bytes) -> tuple[int, str]:
        """Send a form as a browser does from a page of the blog; the last status and its text."""
        headers = {"Content-Type": FORM, "Origin": self.service, "Sec-Fetch-Site": "same-origin"}
        try:
            with urlopen(Request(self.service + path, body, headers)) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def write(self, thread: str, comment: str, name: str = "", parent: int | str = "") -> int:
        """Send a comment and return its id; 0 if it was refused with a 4xx."""
        fields = {"thread": thread, "parent": parent, "name": name, "website": ""}
        status, said = self.send("/comments/new", urlencode(fields | {"comment": comment}).encode())
        assert status == 200 or 400 <= status < 500, said
        return self.newest() if status == 200 else 0

    def newest(self) -> int:
        """The id of the comment that came last."""
        with closing(sqlite3.connect(self.config.database)) as connection:
            return connection.execute("SELECT max(id) FROM comment").fetchone()[0] or 0

    def publish(self, *numbers: int) -> None:
        """Publish comments by the links in the mails about them, and build."""
        for number in numbers:
            [token] = parse_qs(urlsplit(self.links(number)["publish"]).query)["s"]
            status, said = self.send("/comments/moderate", urlencode({"s": token}).encode())
            assert status == 200, said
        self.build()

    def mail(self, number: int) -> EmailMessage:
        """The mail about a comment, sent now if it waits."""
        with closing(store.connect(self.config.database)) as connection:
            outbox.work_outbox(connection, self.config)
        return read_mail(self.config.folder, number)

    def links(self, number: int) -> dict[str, str]:
        """The addresses in the mail about a comment, by what they do."""
        return links(self.mail(number))

    def empty_the_queue(self) -> None:
        """Keep privately all that wait."""
        with closing(store.connect(self.config.database)) as connection:
            for comment in store.pending(connection):
                store.decide(connection, comment.id, "kept")


def read_mail(folder: Path, number: int) -> EmailMessage:
    """The mail about a comment, as soon as it lies in the comments' folder."""
    file = folder / "mail" / f"comment-{number}.eml"
    until(file.is_file)
    return message_from_bytes(file.read_bytes(), policy=default)


def text_of(mail: EmailMessage) -> str:
    """The text of a mail, with plain line ends."""
    return mail.get_content().replace("\r\n", "\n")


def links(mail: EmailMessage) -> dict[str, str]:
    """The service's addresses in a mail; a line that the reader wrote starts otherwise."""
    found = re.findall(r"^(http://\S+/comments/\S+)$", text_of(mail), re.MULTILINE)
    return dict(zip(ACTIONS, found, strict=True))


def own_form(page: Page) -> Locator:
    """The form for a comment, not for a reply."""
    return page.locator("form.comment-form:has(textarea)").last


def fill(form: Locator, comment: str, name: str = "Pat") -> None:
    """Write into a form; what the browser would refuse, the service is to judge."""
    form.evaluate("form => { form.noValidate = true; }")
    form.get_by_label("Name").fill(name)
    form.locator("textarea").fill(comment)


def send(form: Locator) -> None:
    """Press Send."""
    form.get_by_role("button", name="Send").click()


def written(form: Locator) -> tuple[str, str]:
    """The name and the comment that stand in a form."""
    return form.get_by_label("Name").input_value(), form.locator("textarea").input_value()


def said(page: Page) -> str:
    """What the live region of the article's form says, once it is the service's answer."""
    region = own_form(page).get_by_role("status")
    expect(region).not_to_be_empty()
    expect(region).not_to_have_text("Sending …")
    return region.inner_text()


def follow(page: Page, link: Locator) -> None:
    """Click on what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        link.click()
