"""What kind of file each is: in which order it is sent, as what, and for how long it is kept.

Types are those of https://www.iana.org/assignments/media-types/, but for icons, where browsers and
servers know an older name; Cache-Control is RFC 9111.
"""

from pathlib import PurePosixPath

from insession.content.field_types import AUDIO
from insession.publish.manifest import PAGE

FEEDS = {
    ".atom.xml": "application/atom+xml",
    ".feed.json": "application/feed+json",
    ".rss.xml": "application/rss+xml",
}
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".ics": "text/calendar",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mp4": "video/mp4",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".opml": "text/x-opml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vcf": "text/vcard",
    ".webmanifest": "application/manifest+json",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
} | AUDIO
UNKNOWN = "application/octet-stream"
WRITTEN = ("text/", "application/xml", "application/atom", "application/rss", "image/svg")
# For how long browsers and CDNs may keep what lies in a folder. Pages are asked for again each time
# (304 if nothing has changed), so that a page and its files always belong together; in theme/
# and covers/ names change with the bytes (insession/output/theme_files.py, art.py).
CACHED = {
    "": "public, max-age=0, must-revalidate",
    "images/": "public, max-age=3600, must-revalidate",
    "downloads/": "public, max-age=3600, must-revalidate",
    "cards/": "public, max-age=3600, must-revalidate",
    "theme/": "public, max-age=31536000, immutable",
    "covers/": "public, max-age=31536000, immutable",
}


def is_page(path: str) -> bool:
    """Whether readers open it."""
    return path.endswith(PAGE)


def is_announcement(path: str) -> bool:
    """Whether it tells programs which pages there are: a feed, or the map of the site."""
    return path.endswith((*FEEDS, "sitemap.xml"))


def content_type(path: str) -> str:
    """Return the media type of a file, with its encoding if it is text."""
    feed = next((FEEDS[ending] for ending in FEEDS if path.endswith(ending)), "")
    kind = feed or TYPES.get(PurePosixPath(f"x{path}").suffix.lower(), UNKNOWN)
    return f"{kind}; charset=utf-8" if kind.startswith(WRITTEN) else kind


def cache_control(path: str) -> str:
    """Return how long browsers and CDNs may keep a file without asking for it again."""
    return CACHED[max(filter(path.startswith, CACHED), key=len)]
