"""A small client for WebDriver, the W3C's standard for driving browsers: https://w3.org/TR/webdriver

WebKitGTK's driver takes its commands over HTTP, Firefox itself over a socket of its own,
Marionette. Playwright drives neither of the two as distributions ship them.
"""

import base64
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from pypdf import PdfReader

LIMIT = 90  # seconds; only a fault takes so long
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's name of a reference to an element
# The commands that the tests use, and where the standard has them.
PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "FindElement": "element",
    "ElementClick": "element/{id}/click",
    "ElementSendKeys": "element/{id}/value",
    "SetWindowRect": "window/rect",
    "Print": "print",
}
ASKED = {"GetCurrentURL": "url"}  # what WebDriver has as a GET
Send = Callable[[str, dict[str, Any]], Any]


class DriverError(Exception):
    """What a browser answers to a command that it can't carry out."""


class Page:
    """What a window of the browser shows."""

    def __init__(self, send: Send) -> None:
        self.send = send

    def goto(self, url: str) -> None:
        """Open an address, and wait until it is loaded."""
        self.send("Navigate", {"url": url})

    def reload(self) -> None:
        """Load the page again, as F5 does: Firefox keeps what stands in forms."""
        self.evaluate("(window.isOld = true)")
        self.evaluate("void setTimeout(() => location.reload())")
        self.until("!window.isOld && document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in JavaScript."""
        return self.send("ExecuteScript", {"script": f"return {expression}", "args": []})

    def resize(self, width: int) -> None:
        """Make the window's inside this wide; less than 500 pixels is refused by some."""
        outside = width + self.evaluate("outerWidth - innerWidth")
        self.send("SetWindowRect", {"width": outside, "height": 800})
        self.until(f"innerWidth === {width}")

    def click(self, selector: str) -> None:
        """Click on the first element that the selector finds."""
        self.send("ElementClick", {"id": self._find(selector)})

    def type(self, selector: str, text: str) -> None:
        """Type a text into a field."""
        self.send("ElementSendKeys", {"id": self._find(selector), "text": text})

    def until(self, condition: str) -> None:
        """Wait until an expression in JavaScript is true."""
        stop = time.monotonic() + LIMIT
        while not self._is_true(condition):
            assert time.monotonic() < stop, condition
            time.sleep(0.05)

    def until_at(self, path: str) -> None:
        """Wait until the page at this path of the site has come.

        No script is sent meanwhile: WebKit never answers one whose page was just being left.
        """
        stop = time.monotonic() + LIMIT
        while urlsplit(self.send("GetCurrentURL", {})).path != path:
            assert time.monotonic() < stop, path
            time.sleep(0.05)

    def _is_true(self, condition: str) -> bool:
        try:
            return self.evaluate(condition)
        except DriverError:  # the page was just being left
            return False

    def pdf(self, height: float = 29.7) -> PdfReader:
        """The page as it is printed on A4, or on sheets of another height in centimetres."""
        size = {"width": 21.0, "height": height}
        return PdfReader(BytesIO(base64.b64decode(self.send("Print", {"page": size}))))

    def _find(self, selector: str) -> str:
        found = self.send("FindElement", {"using": "css selector", "value": selector})
        return found[ELEMENT]


def drawn_lines(printed: PdfReader) -> int:
    """How many lines and rectangles are drawn on the last sheet; letters aren't among them."""
    return sum(sign in (b"l", b"re") for _, sign in printed.pages[-1].get_contents().operations)


@contextmanager
def firefox(program: Path, folder: Path) -> Iterator[Page]:
    """A Firefox without a window, with a profile of its own in `folder`."""
    (folder / "user.js").write_text('user_pref("marionette.port", 0);\n', "utf-8")
    command = [program, "--marionette", "--headless", "--no-remote", "--profile", folder]
    command += ["--remote-allow-system-access"]  # for `reading_view`
    with _running(command):
        told = folder / "MarionetteActivePort"
        port = int(_wait_for(lambda: told.is_file() and told.read_text("utf-8")))
        address = ("127.0.0.1", port)
        with socket.create_connection(address, LIMIT) as wire, wire.makefile("rwb") as stream:
            _receive(stream)  # it says who it is
            send = _over_socket(stream)
            send("NewSession", {})
            yield Page(send)


def reading_view(page: Page, url: str) -> str:
    """What Firefox's reading view shows of a page, as HTML."""
    module = "moz-src:///toolkit/components/reader/ReaderMode.sys.mjs"
    load = f"ChromeUtils.importESModule({json.dumps(module)}).ReaderMode"
    page.send("Marionette:SetContext", {"value": "chrome"})
    try:
        return page.evaluate(
            f"{load}.downloadAndParseDocument({json.dumps(url)}).then((article) => article.content)"
        )
    finally:
        page.send("Marionette:SetContext", {"value": "content"})


@contextmanager
def webkit(driver: Path, display: str) -> Iterator[Page]:
    """The browser that WebKitGTK's driver brings along, in a window on that display."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with _running([driver, f"--port={port}"], DISPLAY=display):
        start = f"http://127.0.0.1:{port}/session"
        _wait_for(lambda: _answers(port))
        session = _post(start, {"capabilities": {"alwaysMatch": {}}})["sessionId"]
        yield Page(_over_http(f"{start}/{session}"))
        urlopen(Request(f"{start}/{session}", method="DELETE"), timeout=LIMIT).close()


@contextmanager
def display(program: Path) -> Iterator[str]:
    """A screen that nobody sees; gives its name."""
    command = [program, "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with _running(command, stdout=subprocess.PIPE) as process:
        yield f":{process.stdout.readline().decode().strip()}"


@contextmanager
def _running(
    command: list[str | Path], stdout: int = subprocess.DEVNULL, **env: str
) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "GDK_BACKEND": "x11", **env},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # and what it has started
        process.wait()


def _wait_for(find: Callable[[], Any]) -> Any:
    stop = time.monotonic() + LIMIT
    while not (found := find()):
        assert time.monotonic() < stop, "the browser didn't start"
        time.sleep(0.05)
    return found


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _over_http(session: str) -> Send:
    def send(name: str, parameters: dict[str, Any]) -> Any:
        if name in ASKED:
            return _send(Request(f"{session}/{ASKED[name]}"))
        return _post(f"{session}/{PATHS[name].format(**parameters)}", parameters)

    return send


def _post(url: str, body: dict[str, Any]) -> Any:
    headers = {"Content-Type": "application/json"}
    return _send(Request(url, json.dumps(body).encode(), headers))


def _send(request: Request) -> Any:
    try:
        with urlopen(request, timeout=LIMIT) as answer:
            return json.load(answer)["value"]
    except HTTPError as error:
        raise DriverError(error.read().decode()) from None


def _over_socket(stream: Any) -> Send:
    """Marionette, https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html"""

    def send(name: str, parameters: dict[str, Any]) -> Any:
        command = name if ":" in name else f"WebDriver:{name}"
        message = json.dumps([0, 1, command, parameters]).encode()
        stream.write(b"%d:%s" % (len(message), message))
        stream.flush()
        _, _, error, result = _receive(stream)
        if error:
            raise DriverError(error["message"])
        return result.get("value") if isinstance(result, dict) else result

    return send


def _receive(stream: Any) -> Any:
    length = b""
    while not length.endswith(b":"):
        length += stream.read(1)
    return json.loads(stream.read(int(length[:-1])))
