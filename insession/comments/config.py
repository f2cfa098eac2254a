"""What the service is told when it starts, and the mistakes with which it doesn't start."""

import os
import secrets
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from insession.comments import Refusal
from insession.comments.mail_address import read_address
from insession.comments.rate_limits import Limits

PORTS = {"starttls": 587, "tls": 465, "none": 25}
ADDRESS = "preview-address"  # a file of the preview: where it answers, for the terminal


@dataclass(frozen=True)
class Mail:
    """How mail reaches her: a mail server, or (in the preview) files in a folder."""

    sender: str
    recipient: str
    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"
    folder: Path | None = None


@dataclass(frozen=True)
class Config:
    """All that the service knows before the first request.

    `url` is where the service is reached (the start of the links in mails), `site_url` where the
    blog starts, `origins` the sites whose pages may post to it. Without `mail_text` mails hold
    nothing but links.
    """

    site_url: str
    secret: str = field(repr=False)
    url: str
    origins: frozenset[str]
    folder: Path = Path(".comments")
    site: Path = Path("output")
    mail: Mail | None = None
    mail_text: bool = True
    trusted_proxy: str | None = None
    on_change: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def database(self) -> Path:
        """Where all comments are kept."""
        return self.folder / "comments.sqlite3"

    @property
    def lock(self) -> Path:
        """What the process holds that answers readers, and whoever puts back a backup."""
        return self.folder / "service.lock"

    @property
    def store_lock(self) -> Path:
        """What each command holds while it is at the store, so that none is lost in a restore."""
        return self.folder / "store.lock"

    @property
    def approved(self) -> Path:
        """Where the published comments lie for the build."""
        return self.folder / "approved.json"


def from_environment(environ: Mapping[str, str]) -> Config:
    """Read the INSESSION_… variables; a variable that can't be understood is refused."""
    site_url = environ.get("INSESSION_SITE_URL", "").rstrip("/")
    url = environ.get("INSESSION_COMMENTS_URL", "") or origin(site_url)
    more = environ.get("INSESSION_ORIGINS", "").split()
    folder = comments_folder(environ)
    return Config(
        site_url=site_url,
        secret=environ.get("INSESSION_SECRET") or read_secret(folder),
        url=origin(url),
        origins=frozenset(origin(address) for address in (site_url, url, *more)),
        folder=folder,
        site=Path(environ.get("INSESSION_SITE_FOLDER") or "output"),
        mail=_mail(environ),
        mail_text=_mail_text(environ.get("INSESSION_MAIL_TEXT") or "yes"),
        trusted_proxy=environ.get("INSESSION_TRUSTED_PROXY") or None,
        on_change=tuple(shlex.split(environ.get("INSESSION_ON_CHANGE", ""))),
    )


def comments_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder in which comments are kept."""
    return Path(environ.get("INSESSION_COMMENTS_FOLDER") or ".comments")


def origin(address: str) -> str:
    """Return the origin of a web address as browsers write it, such as https://blog.your-name.com."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        wrong = f"“{address}” is not a web address" if address else "INSESSION_SITE_URL is missing"
        raise Refusal(
            f"{wrong}. Write INSESSION_SITE_URL (and INSESSION_COMMENTS_URL, if that differs) "
            "whole, such as https://blog.your-name.com"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _mail(environ: Mapping[str, str]) -> Mail | None:
    given = {name: environ.get(f"INSESSION_{name}", "") for name in ("MAIL_FROM", "MAIL_TO")}
    given["SMTP_HOST"] = environ.get("INSESSION_SMTP_HOST", "")
    if not any(given.values()):
        return None
    for name, value in given.items():
        if not value or any(sign in value for sign in "\r\n"):
            raise Refusal(f"Mail is half set up: INSESSION_{name} is missing or not in one line.")
    tls = environ.get("INSESSION_SMTP_TLS") or "starttls"
    if tls not in PORTS:
        raise Refusal("INSESSION_SMTP_TLS must be starttls, tls or none.")
    port = environ.get("INSESSION_SMTP_PORT") or str(PORTS[tls])
    if not port.isdecimal():
        raise Refusal(f"INSESSION_SMTP_PORT must be a number such as {PORTS[tls]}.")
    sender, recipient = (
        str(read_address(f"INSESSION_{name}", given[name])) for name in ("MAIL_FROM", "MAIL_TO")
    )
    return Mail(
        sender=sender,
        recipient=recipient,
        host=given["SMTP_HOST"],
        port=int(port),
        user=environ.get("INSESSION_SMTP_USER", ""),
        password=environ.get("INSESSION_SMTP_PASSWORD", ""),
        tls=tls,
    )


def _mail_text(typed: str) -> bool:
    if typed not in {"yes", "no"}:
        raise Refusal(f"INSESSION_MAIL_TEXT must be yes or no, and is “{typed}”.")
    return typed == "yes"


def read_secret(folder: Path) -> str:
    """Return what stands in the folder's file `secret`, or nothing."""
    try:
        return (folder / "secret").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def make_secret(folder: Path) -> str:
    """Return the folder's secret, made now if there is none (for the preview)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not read_secret(folder):
        handle = os.open(folder / "secret", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
    return read_secret(folder)


def check(config: Config) -> None:
    """Refuse to start on a configuration that would lose comments or let others read them."""
    _check_secret(config.secret)
    try:
        config.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial = config.folder / f".trial-{os.getpid()}"
        trial.touch(mode=0o600)
        trial.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or "it is not writable"
        raise Refusal(f"The folder {config.folder} can't be written to: {why}.") from None
    for file in (config.database, config.folder / "secret"):
        if os.name == "posix" and file.exists() and file.stat().st_mode & 0o077:
            raise Refusal(f"Others on this machine may read {file}; type: chmod 600 {file}")


def _check_secret(secret: str) -> None:
    how = "put at least 32 random characters there, such as “openssl rand -base64 32” prints."
    if not secret:
        raise Refusal(f"INSESSION_SECRET is missing: {how}")
    if len(secret) < 32 or len(set(secret)) < 10 or "change" in secret.lower():
        raise Refusal(f"INSESSION_SECRET is too short, or an example that others know: {how}")
