"""A real S3 server on this machine, rclone's own, with an observer on the way to it."""

import http.client
import socket
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from insession.publish.digests import Digests, digests
from insession.publish.storage import MARK

RCLONE = Path(sysconfig.get_path("scripts"), "rclone")
KEY, SECRET = "HERKEY1234567890", "her/secret/that+nobody=may/read"
ERROR = "<Error><Code>{0}</Code><Message>{0}</Message></Error>"
FAULTS = {"500": (500, "InternalError"), "forbidden": (403, "AccessDenied")}


class Asked(NamedTuple):
    """A request that came by."""

    method: str
    path: str  # in the bucket
    headers: dict[str, str]

    @property
    def changes(self) -> bool:
        return self.method in ("PUT", "DELETE")


class Storage:
    """The server: `bucket` is where it keeps its files, `asked` what it was asked for.

    `fail` lets a fault begin at a certain request that changes something; `meeting` is called
    before each request that does.
    """

    def __init__(self, folder: Path) -> None:
        self.bucket = folder / "my-bucket"
        self.bucket.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [RCLONE, "serve", "s3", f"--addr=127.0.0.1:{self.port}", "--config="]
        command += [f"--auth-key={KEY},{SECRET}", str(folder)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < deadline, "the S3 server doesn't start"
            time.sleep(0.02)
        self.observer = ThreadingHTTPServer(("127.0.0.1", 0), type("", (Way,), {"storage": self}))
        threading.Thread(target=self.observer.serve_forever, daemon=True).start()
        self.forget()
        self.fail("")

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
        return {"RCLONE_CONFIG": str(self.bucket.parent / "rclone.conf"), **once, **remote}

    def forget(self) -> None:
        """Count from here."""
        self.asked: list[Asked] = []
        self.meeting: Callable[[], None] = lambda: None

    def changes(self) -> list[Asked]:
        """The requests that changed something, or would have."""
        return [asked for asked in self.asked if asked.changes]

    def fail(self, kind: str, number: int = 0, for_good: bool = True) -> None:
        """Let this fault begin at a request that changes something: see FAULTS, or “cut”."""
        self.fault, self.number, self.for_good = kind, number, for_good

    def fails(self, changes: bool) -> bool:
        """Whether this request meets the fault."""
        count = len(self.changes())
        return bool(self.fault) and (
            (count > self.number + changes and self.for_good)
            or (changes and count == self.number + 1)
        )

    def shown(self) -> Digests:
        """The site as it lies in the bucket."""
        return digests(self.bucket)

    def marked(self) -> bool:
        return (self.bucket / MARK).is_file()

    def stop(self) -> None:
        """End it."""
        self.observer.shutdown()
        self.observer.server_close()
        self.process.terminate()
        self.process.wait(30)

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
        storage = self.storage
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0].removeprefix("/my-bucket").removeprefix("/")
        headers = {name.lower(): value for name, value in self.headers.items()}
        storage.asked.append(Asked(self.command, path, headers))
        changes = storage.asked[-1].changes
        if changes:
            storage.meeting()
        fails = storage.fails(changes)
        if fails and storage.fault in FAULTS:
            status, code = FAULTS[storage.fault]
            self.answer(status, {"Content-Type": "application/xml"}, ERROR.format(code).encode())
            return
        begins = changes and len(storage.changes()) == storage.number + 1
        if fails and not begins:  # nothing gets through any more
            self.close_connection = True
            return
        server = http.client.HTTPConnection("127.0.0.1", storage.port, timeout=30)
        server.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            server.putheader(name, value)
        server.endheaders(body)
        answer = server.getresponse()
        data = answer.read()
        server.close()
        if fails:  # it was done, but nobody learns of it
            self.close_connection = True
            return
        self.answer(answer.status, dict(answer.getheaders()), data)

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
