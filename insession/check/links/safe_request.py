"""One request for one address: no body is read, and nothing inside a private network is asked.

The program says its name. Whatever a name or a redirect says, a connection is only ever made to an
address on the public internet. Sources: RFC 9110 (HTTP), RFC 6890 (addresses for special purposes).
"""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO, Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    ProxyHandler,
    Request,
    build_opener,
)

PERMANENT = {301, 308}
GONE = {404, 410}
SAFE = ":/?#[]@!$&'()*+,;=%~"  # what may stand in an address (RFC 3986)

Allowed = Callable[[str], bool]


@dataclass(frozen=True)
class Answer:
    """What an address answered: `detail` is its new address, or why it couldn't be checked.

    `wait` is for how many seconds the host asks to be left alone.
    """

    kind: Literal["works", "moved", "gone", "no host", "unsure"]
    detail: str = ""
    wait: float = 0


class _NotAllowed(OSError):
    """The name leads into a private network."""


def request(method: str, address: str, agent: str, timeout: float, is_allowed: Allowed) -> Answer:
    """Ask once. `is_allowed` says whether an IP address may be asked."""
    redirects = _Redirects()
    opener = build_opener(ProxyHandler({}), _Http(is_allowed), _Https(is_allowed), redirects)
    plain, fragment = urldefrag(address)
    headers = {"User-Agent": agent, "Accept": "*/*"}
    try:
        wanted = Request(quote(plain, safe=SAFE), headers=headers, method=method)  # noqa: S310
        with opener.open(wanted, timeout=timeout):
            moved = redirects.moved_to
            if moved.rstrip("/") in {"", plain.rstrip("/")}:
                return Answer("works")
            return Answer("moved", f"{moved}#{fragment}" if fragment else moved)
    except HTTPError as error:
        with error:
            return _refusal(error)
    except (OSError, HTTPException, ValueError) as error:
        return _failure(error.reason if isinstance(error, URLError) else error)


def _refusal(error: HTTPError) -> Answer:
    if error.code in GONE:
        return Answer("gone", f"it answers {error.code}")
    wait = _retry_after(error.headers.get("Retry-After", ""))
    return Answer("unsure", f"it doesn't let a program look (it answers {error.code})", wait)


def _failure(reason: object) -> Answer:
    if isinstance(reason, socket.gaierror):
        for_good = reason.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)}
        return (
            Answer("no host") if for_good else Answer("unsure", "its name can't be looked up now")
        )
    if isinstance(reason, _NotAllowed):
        return Answer("unsure", "it leads into a private network, which isn't asked")
    if isinstance(reason, ssl.SSLError):
        return Answer("unsure", "its certificate isn't valid")
    if isinstance(reason, TimeoutError):
        return Answer("unsure", "it didn't answer in time")
    return Answer("unsure", "no connection could be made")


def _retry_after(value: str) -> float:
    """Return how many seconds to wait (RFC 9110, 10.2.3: seconds or a date)."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0)
    except (TypeError, ValueError):
        return 0


class _Redirects(HTTPRedirectHandler):
    """Follows the redirects of one address, and notes where the permanent ones at first lead."""

    all_permanent, moved_to = True, ""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request that follows, with the same method."""
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        if new:
            new.method = req.get_method()
            self.all_permanent = self.all_permanent and code in PERMANENT
            self.moved_to = newurl if self.all_permanent else self.moved_to
        return new


class _Http(HTTPHandler):
    """Opens http:// with a look at where the name leads."""

    handler_order = 400

    def __init__(self, is_allowed: Allowed) -> None:
        super().__init__()
        self.is_allowed = is_allowed

    def http_open(self, req: Request) -> HTTPResponse:
        """Open."""
        return self.do_open(_guarded(HTTPConnection, self.is_allowed), req)


class _Https(HTTPSHandler):
    """The same for https://."""

    handler_order = 400

    def __init__(self, is_allowed: Allowed) -> None:
        super().__init__()
        self.is_allowed = is_allowed

    def https_open(self, req: Request) -> HTTPResponse:
        """Open with certificates verified."""
        context = ssl.create_default_context()
        return self.do_open(_guarded(HTTPSConnection, self.is_allowed), req, context=context)


def _guarded(kind: type[HTTPConnection], is_allowed: Allowed) -> Callable[..., HTTPConnection]:
    """Return a maker of connections that go to allowed addresses only."""

    def connect(place: tuple[str, int], *options: Any) -> socket.socket:
        found = socket.getaddrinfo(*place, type=socket.SOCK_STREAM)
        addresses = [str(info[4][0]) for info in found]
        allowed = [each for each in addresses if is_allowed(each.split("%")[0])]
        if not allowed:
            raise _NotAllowed(place[0])
        return socket.create_connection((allowed[0], place[1]), *options)

    def make(*args: Any, **options: Any) -> HTTPConnection:
        connection = kind(*args, **options)
        # The standard library's own place for this, which its types leave out.
        connection._create_connection = connect  # type: ignore[attr-defined]
        return connection

    return make
