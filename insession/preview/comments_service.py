"""The comments service as a preview has it: in a folder of its own, with mail as files in there.

The worker imports this when pages are answered already, for the sake of the first one.
"""

import threading
from pathlib import Path
from wsgiref.types import WSGIApplication

from insession.comments import upkeep
from insession.comments.app import make_app
from insession.comments.config import ADDRESS, Config, Mail, make_secret
from insession.comments.rate_limits import Limits, Visits
from insession.comments.server import start_work
from insession.comments.troubles import Troubles
from insession.common.locks import alone
from insession.preview.watcher import COMMENTS


def open_service(
    site: Path, port: int, base: str, ended: threading.Event
) -> tuple[WSGIApplication, Config]:
    """Return the service for the site whose files lie in `site`, and how it is set up.

    `base` is where the blog lies at its address. No backup is put back until `ended` is set.
    """
    settings, visits = _settings(site, port, base), Visits()
    threading.Thread(target=_hold, args=(settings, ended), daemon=True).start()
    app = make_app(settings, visits, troubles := Troubles(settings.folder))
    start_work(settings, visits, troubles)
    (settings.folder / ADDRESS).write_text(settings.url, "utf-8")
    return app, settings


def close_service(settings: Config) -> None:
    """Leave no trace behind of what has gone."""
    upkeep.end(settings)


def _hold(settings: Config, ended: threading.Event) -> None:
    """Let no backup be put back while this preview runs, or another one before it."""
    with alone(settings.lock):
        ended.wait()


def _settings(site: Path, port: int, base: str) -> Config:
    folder, here = Path(COMMENTS), "preview@localhost"
    origin = f"http://127.0.0.1:{port}"
    return Config(
        site_url=f"{origin}{base}",
        secret=make_secret(folder),
        url=origin,
        origins=frozenset({origin, origin.replace("127.0.0.1", "localhost")}),
        folder=folder,
        site=site,
        mail=Mail(sender=here, recipient=here, folder=folder / "mail"),
        limits=Limits(networks=(("everyone", ((1000, 60),)),), thread=()),  # for trying things out
    )
