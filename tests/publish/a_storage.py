"""A real S3 server on this machine, rclone's own, with an observer on the way to it."""

import http.client
import socket
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from insession.publish.manifest import Digests, digests
from tests.signals import default_signals

RCLONE = Path(sysconfig.get_path("scripts"), "rclone")
KEY, SECRET = "HERKEY1234567890", "her/secret/that+nobody=may/read"
ERROR = "<Error><Code>{0}</Code><Message>{0}</Message></Error>"
FAULTS = {"500": (500, "InternalError"), "forbidden": (403, "AccessDenied")}


def holds(told: str, folder: Path, *secrets: str) -> bool:
    """Whether any of these stands in what was said, or in a file of the folder or its name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    texts = [told.encode(), *(f"{file}".encode() + file.read_bytes() for file in files)]
    return any(secret.encode() in text for secret in secrets for text in texts)


class Asked(NamedTuple):
    """A request that came by."""

    method: str
    path: str  # in the bucket
    headers: dict[str, str]

    @property
    def changes(self) -> bool:
        return self.method in ("PUT", "DELETE")


class Storage:
    """The server: `bucket` is where it keeps the files, `asked` what it was asked for.

    `fail` lets a fault begin; `meeting` is called before each request that changes something.
    """

    def __init__(self, folder: Path) -> None:
        # It remembers what it has seen, so each test takes a bucket that it hasn't looked into yet.
        self.unused = [folder / f"bucket-{number}" for number in range(30)]
        for bucket in self.unused:
            bucket.mkdir()
        self.bucket = self.unused[0]
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [RCLONE, "serve", "s3", f"--addr=127.0.0.1:{self.port}", "--config="]
        command += [f"--auth-key={KEY},{SECRET}", str(folder)]
        with default_signals():
            self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 90
        while not self._answers():
            assert time.monotonic() < deadline, "the S3 server doesn't start"
            time.sleep(0.02)
        self.observer = ThreadingHTTPServer(("127.0.0.1", 0), type("", (Way,), {"storage": self}))
        threading.Thread(target=self.observer.serve_forever, daemon=True).start()
        self.one_at_a_time = threading.Lock()  # in which order changes come is sure
        self.begin()

    def environment(self, name: str = "BLOG") -> dict[str, str]:
        """What rclone has to know; it tries nothing twice."""
        known = {
            "TYPE": "s3",
            "PROVIDER": "Rclone",
            "ENDPOINT": f"http://127.0.0.1:{self.observer.server_port}",
            "ACCESS_KEY_ID": KEY,
            "SECRET_ACCESS_KEY": SECRET,
        }
        once = {"RCLONE_RETRIES": "1", "RCLONE_LOW_LEVEL_RETRIES": "1"}
        remote = {f"RCLONE_CONFIG_{name}_{key}": value for key, value in known.items()}
        return {"RCLONE_CONFIG": str(self.bucket.parent.parent / "rclone.conf"), **once, **remote}

    def forget(self) -> None:
        """Count from here."""
        self.asked: list[Asked] = []
        self.meeting: Callable[[], None] = lambda: None

    def changes(self) -> list[Asked]:
        """The requests that changed something, or would have."""
        return [asked for asked in self.asked if asked.changes]

    def fail(self, kind: str, number: int = 0) -> None:
        """Let this fault begin after so many requests that change something.

        “500” and “forbidden” are refusals, of everything or of every change; “cut” lets one more
        change be done and answers nothing any more.
        """
        self.fault, self.number = kind, number

    def shown(self) -> Digests:
        """The site as it lies in the bucket."""
        return digests(self.bucket)

    def texts(self) -> dict[str, str]:
        """The same, with what stands in each file."""
        return {path: (self.bucket / path).read_text(encoding="utf-8") for path in self.shown()}

    def signed(self, path: str) -> str:
        """An address under which a file can be read without a key."""
        command = [RCLONE, "link", "--expire=1h", f"{self.remote}/{path}"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def begin(self) -> None:
        """Begin anew: an empty bucket, no fault."""
        self.bucket = self.unused.pop()
        self.remote = f"blog:{self.bucket.name}"
        self.forget()
        self.fail("")

    def stop(self) -> None:
        """End it."""
        self.observer.shutdown()
        self.observer.server_close()
        self.process.terminate()
        self.process.wait(90)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


class Way(BaseHTTPRequestHandler):
    """What stands between rclone and the server: it notes what comes by, and makes the faults."""

    protocol_version = "HTTP/1.1"
    storage: Storage

    def pass_on(self) -> None:
        path = self.path.partition("?")[0].removeprefix(f"/{self.storage.bucket.name}").lstrip("/")
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, path, headers)
        body = self.rfile.read(int(headers.get("content-length", 0)))
        with self.storage.one_at_a_time if asked.changes else nullcontext():
            if asked.changes:
                self.storage.meeting()
            self.storage.asked.append(asked)
            self.pass_on_or_fail(asked, body)

    def pass_on_or_fail(self, asked: Asked, body: bytes) -> None:
        storage, count = self.storage, len(self.storage.changes())
        fault = storage.fault if count > storage.number else ""
        is_first = asked.changes and count == storage.number + 1
        if fault in FAULTS and (asked.changes or fault == "500"):
            status, code = FAULTS[fault]
            self.answer(status, {"Content-Type": "application/xml"}, ERROR.format(code).encode())
        elif fault == "cut" and not is_first:  # nothing gets through any more
            self.close_connection = True
        else:
            status, answered, data = self.ask(body)
            if fault == "cut":  # it was done, but nobody learns of it
                self.close_connection = True
            else:
                self.answer(status, answered, data)

    def ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        server = http.client.HTTPConnection("127.0.0.1", self.storage.port, timeout=90)
        server.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            server.putheader(name, value)
        server.endheaders(body)
        answer = server.getresponse()
        data = answer.read()
        server.close()
        return answer.status, dict(answer.getheaders()), data

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = pass_on  # noqa: N815

    def answer(self, status: int, headers: dict[str, str], data: bytes) -> None:
        self.send_response_only(status)
        headers.setdefault("Content-Length", str(len(data)))
        for name, value in headers.items():
            if name.lower() not in ("connection", "transfer-encoding"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass
