"""The service as a process: waitress in front, the mail and the rebuilding behind."""

import logging
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from types import FrameType

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.utilities import Error

from insession import look_for_garbage
from insession.comments import (
    Refusal,
    blocks,
    config,
    on_change,
    outbox,
    rate_limits,
    store,
    upkeep,
    watch,
)
from insession.comments.app import make_app
from insession.comments.config import Config
from insession.comments.service import MOST_SENT
from insession.comments.site_manifest import SiteManifest
from insession.comments.troubles import Troubles
from insession.common.locks import hold

PATIENCE = 20  # seconds for a whole request to arrive
SILENCE, CLEANUP = 30, 5  # seconds that a connection may say nothing; how often we look
THREADS = 4
CONNECTIONS = 500
log = logging.getLogger("insession.comments")


class TooSlow(Error):
    """The answer to a request that trickles in."""

    code, reason = 408, "Request Timeout"


class Channel(HTTPChannel):
    """A connection on which each request has to arrive in a limited time.

    Waitress reads without a thread for each connection, so that a slow sender holds up no one;
    but it would wait for one for ever as long as a byte comes now and then.
    """

    begun = 0.0

    def received(self, data: bytes) -> bool:
        """Take what has arrived of a request; called by the one thread that reads."""
        if self.request is None:
            self.begun = time.monotonic()
        taken: bool = super().received(data)
        if self.request is not None and time.monotonic() - self.begun > PATIENCE:
            self._give_up(self.request)
        return taken

    def _give_up(self, request: HTTPRequestParser) -> None:
        with self.requests_lock:
            if not request.headers_finished:
                request.parse_header(b"GET / HTTP/1.0\r\n")  # an answer needs some request
            request.error, request.completed = TooSlow("The request took too long."), True
            self.requests.append(request)
            self.request = None
            if len(self.requests) == 1:
                self.server.add_task(self)


def serve(settings: Config, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve until the process is told to end. Raises Refusal where it must not start."""
    config.check(settings)
    held = hold(settings.lock)
    if not held:
        raise Refusal(f"Another comments service, or a restore, is at work in {settings.folder}.")
    with held:
        _serve(settings, host, port)


def _serve(settings: Config, host: str, port: int) -> None:
    visits, troubles = rate_limits.Visits(), Troubles(settings.folder)
    application = make_app(settings, visits, troubles)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            raise Refusal(f"{host}:{port} can't be used: {error.strerror}.") from None
        server = create_server(
            application,
            sockets=[listening],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=SILENCE,
            cleanup_interval=CLEANUP,
            max_request_header_size=16 * 1024,
            max_request_body_size=4 * MOST_SENT,
            clear_untrusted_proxy_headers=True,
            ident=None,
            **_proxy(settings),
        )
        server.channel_class = Channel
        if hasattr(signal, "SIGTERM") and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _end)
        end_work = start_work(settings, visits, troubles)
        look_for_garbage()
        print(f"Comments are taken at http://{host}:{server.effective_port}/comments/", flush=True)
        try:
            SiteManifest(settings.site, settings.site_url).about()
        except Refusal as why:
            print(f"No comment can be taken yet: {why}", flush=True)
        if not settings.mail:
            print("No mail is set up: see what waits with “tasks.py comments.queue”.", flush=True)
        try:
            server.run()
        finally:
            end_work()
            server.close()
            upkeep.end(settings)


def _proxy(settings: Config) -> dict[str, object]:
    """Where a request really comes from, believed only if the proxy itself says it."""
    if not settings.trusted_proxy:
        return {}
    believed = {"trusted_proxy_headers": "x-forwarded-for", "trusted_proxy_count": 1}
    return {"trusted_proxy": settings.trusted_proxy} | believed


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def start_work(
    settings: Config, visits: rate_limits.Visits, troubles: Troubles
) -> Callable[[], None]:
    """Start what goes on beside the answers, here and in the preview; return what ends it."""
    stop = threading.Event()

    def start(work: Callable[..., None], *given: object) -> threading.Thread:
        thread = threading.Thread(target=work, args=(*given, stop), daemon=True)
        thread.start()
        return thread

    start(upkeep.keep_up, settings, visits)
    start(send_mail, settings, troubles)
    start(watch.watch, settings, troubles)
    follower = start(on_change.follow, settings, troubles)

    def end() -> None:
        stop.set()
        follower.join(2 * on_change.GRACE)  # the command that it runs ends with us

    return end


def send_mail(settings: Config, troubles: Troubles, stop: threading.Event) -> None:
    """Send what waits in the outbox, until told to stop."""
    attempts = outbox.Attempts()
    if not settings.mail:
        troubles.end(outbox.KIND)  # of an earlier setting
    while not stop.wait(0.5):
        try:
            with closing(store.connect(settings.database)) as connection:
                outbox.try_again(connection)
                while not stop.wait(0.5):
                    now = time.time()
                    for place in outbox.work_outbox(connection, settings, now, attempts):
                        if settings.mail and settings.mail.folder:
                            print(f"Mail about a comment: {place}", flush=True)
                    if settings.mail:
                        outbox.say_what_fails(connection, attempts, troubles, now)
                    blocks.forget(connection, now)
        except Exception as error:  # a full disk, perhaps: the mail waits, and so do we
            log.error("The outbox can't be worked on (%s).", type(error).__name__)
            if isinstance(error, (OSError, sqlite3.Error)):
                troubles.begin("storing", str(getattr(error, "strerror", None) or error))
            stop.wait(5)
