"""What every answer needs: the request as it is read here, the store, the site, the pages."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug import exceptions as http
from werkzeug.wrappers import Request as BaseRequest
from werkzeug.wrappers import Response

from insession.comments import Refusal, files, published_writer, removed, responses, sanitize, store
from insession.comments.config import Config
from insession.comments.rate_limits import Visits
from insession.comments.site_manifest import SiteManifest, Thread
from insession.comments.troubles import Troubles

FORM = "application/x-www-form-urlencoded"
MOST_SENT = 64 * 1024  # as a browser encodes it: up to twelve bytes for one emoji
MOST_READ = 30 * 1024  # decoded
log = logging.getLogger("insession.comments")


View = Callable[["Service", "Request"], Response]


class Request(BaseRequest):
    """A request that keeps what was sent, so that an answer can give it back."""

    max_content_length = MOST_SENT
    fields: dict[str, str]
    view: View | None


class Service:
    """What every answer needs. Each thread has its own connection to the store."""

    def __init__(self, config: Config, visits: Visits, troubles: Troubles) -> None:
        self.config, self.site = config, SiteManifest(config.site, config.site_url)
        self.visits, self.troubles = visits, troubles
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if not known:
            known = self._local.connection = store.connect(self.config.database)
        return known

    def reconnect(self) -> None:
        """Begin anew after an error of the disk or the database."""
        if getattr(self._local, "connection", None):
            self._local.connection.close()
            self._local.connection = None

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return one of our pages."""
        known = self.troubles.all()
        late = any(trouble.kind == "publishing" for trouble in known)
        values = {"late": late, "troubles": known, "zone": self.site.zone()} | values
        return responses.page(self.site, template, status, **values)

    def thread(self, key: str) -> Thread | None:
        """Return the article with this id, if the site has it (and is there)."""
        try:
            return self.site.about().threads.get(key)
        except Refusal:
            return None

    def thread_of(self, comment: store.Comment | None) -> Thread | None:
        """Return the article that a comment belongs to."""
        return self.thread(comment.thread) if comment else None

    def tidy_up(self) -> None:
        """Finish what an earlier run couldn't, and remove what it has left."""
        with store.transaction(self.connection):
            removed.reconcile(self.connection)
            files.remove_leftovers(self.config.folder)

    def show_approved(self) -> None:
        """Bring what the build reads up to date; if that fails, it is tried again (on_change.py).

        What was decided is in the store by now, so that is no reason to refuse it.
        """
        try:
            published_writer.write(self.connection, self.config, self.site)
        except (OSError, sqlite3.Error) as error:
            log.error("approved.json can't be written (%s).", type(error).__name__)
            why = str(getattr(error, "strerror", None) or error)
            self.troubles.begin("publishing", why)


def sent_form(request: Request, required: Iterable[str], optional: Iterable[str] = ()) -> None:
    """Read the form into `request.fields`, or refuse it."""
    if request.mimetype != FORM:
        raise http.UnsupportedMediaType("Only the form on the page can be read here.")
    raw = request.get_data(cache=False)
    request.fields = sanitize.read_form(raw, [*required], [*optional])
    if sum(len(value.encode()) for value in request.fields.values()) > MOST_READ:
        raise http.RequestEntityTooLarge


def refuse_strangers(request: Request) -> None:
    """The link is the permission; but no other site's page may use it in her browser."""
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise http.Forbidden("This wasn’t sent from a page of this site.")
