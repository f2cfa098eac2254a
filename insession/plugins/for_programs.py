"""What programs look for at fixed addresses: robots.txt, security.txt, and her own /.well-known/.

Sources: RFC 9309 (robots.txt), RFC 9116 (security.txt), RFC 8615 (/.well-known/).
"""

from datetime import datetime, timedelta
from pathlib import Path

from pelican import signals
from pelican.contents import Content
from pelican.generators import ArticlesGenerator

from insession.common.problems import Problem, collected
from insession.common.walk import walk
from insession.content.practice import PracticeFile
from insession.output.feed_format import BEFORE_ALL
from insession.output.writer import Writer

WELL_KNOWN = "well-known"  # her folder; one whose name starts with a dot would be hidden from her
SECURITY = ".well-known/security.txt"
# Those that say themselves that they gather texts for language models: GPTBot
# (https://platform.openai.com/docs/bots), ClaudeBot (https://support.anthropic.com/en/articles/8896518),
# Google-Extended (https://developers.google.com/search/docs/crawling-indexing/google-common-crawlers),
# Applebot-Extended (https://support.apple.com/en-us/119829), CCBot (https://commoncrawl.org/ccbot),
# Meta-ExternalAgent (https://developers.facebook.com/docs/sharing/webmasters/web-crawlers),
# Amazonbot (https://developer.amazon.com/amazonbot), Bytespider (ByteDance's, without a page).
GATHERERS = (
    *("Amazonbot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "Google-Extended"),
    *("GPTBot", "Meta-ExternalAgent"),
)


def robots(file: PracticeFile) -> str:
    """Return robots.txt: everyone is welcome, but for those that she asks to stay away."""
    welcome = ["User-agent: *", "Allow: /"]
    asked = [] if file.site.language_models else [f"User-agent: {name}" for name in GATHERERS]
    refused = [*asked, "Disallow: /", ""] if asked else []
    return "\n".join([*refused, *welcome, f"Sitemap: {file.site.url}/sitemap.xml", ""])


def security(file: PracticeFile, texts: list[Content]) -> str:
    """Return security.txt: whom to tell of a hole.

    It expires a year after the day of the newest text, or of its last change: who publishes is
    there to read. So the same content makes the same file, on whichever day it is built.
    """
    days = [getattr(text, name, BEFORE_ALL) for text in texts for name in ("date", "modified")]
    expires: datetime = max(days, default=BEFORE_ALL) + timedelta(days=365)
    contact = f"mailto:{file.practice.email}" if file.practice.email else file.practice.contact_url
    rows = {
        "Contact": contact,
        "Expires": expires.isoformat(timespec="seconds"),
        "Preferred-Languages": file.site.language,
        "Canonical": f"{file.site.url}/{SECURITY}",
    }
    return "".join(f"{name}: {value}\n" for name, value in rows.items())


def add_files(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand them to the writer. Her own security.txt takes the place of ours."""
    file = generator.settings["PRACTICE"]
    writer.add("robots.txt", robots(file).encode)
    folder = Path(generator.settings["PATH"], WELL_KNOWN)
    files = _files(folder, generator.settings["IGNORE_FILES"])
    hers = {f".well-known/{path.relative_to(folder).as_posix()}": path for path in files}
    for name, path in hers.items():
        writer.add(name, path.read_bytes)
    # Programs look for it at the root of a host only.
    if SECURITY not in hers and not file.site.base_path:
        writer.add(SECURITY, lambda: security(file, generator.articles).encode())


def _files(folder: Path, ignored: list[str]) -> list[Path]:
    entries = walk(folder, ignored) if folder.is_dir() else ()
    return [Path(entry.path) for entry in entries if entry.is_file()]


def name_hidden_folder(generator: ArticlesGenerator) -> None:
    """Say that a folder with a dot isn't published, to whom was told to make one."""
    if Path(generator.settings["PATH"], f".{WELL_KNOWN}").exists():
        what = "a folder whose name starts with a dot is hidden, and isn't published."
        how = f"Name it {WELL_KNOWN}: what lies in content/{WELL_KNOWN} stands at /.{WELL_KNOWN}/."
        problem = Problem(f"content/.{WELL_KNOWN}", 0, what, how)
        collected(generator.settings).append(problem)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(name_hidden_folder)
    signals.article_writer_finalized.connect(add_files)
