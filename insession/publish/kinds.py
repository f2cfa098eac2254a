"""What kind of file each is: in which order it is sent, as what, and for how long it is kept.

Types are those of https://www.iana.org/assignments/media-types/; Cache-Control is RFC 9111.
"""

from pathlib import PurePosixPath

from insession.publish.digests import PAGE

FEEDS = {".atom.xml": "application/atom+xml", ".rss.xml": "application/rss+xml"}
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vcf": "text/vcard",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
UNKNOWN = "application/octet-stream"
WRITTEN = ("text/", "application/xml", "application/atom", "application/rss", "image/svg")
# A page is asked for anew after a minute. A picture or font keeps its name when it is changed, so
# it can't be kept for ever.
SHORT = "public, max-age=60, must-revalidate"
LONGER = "public, max-age=3600, must-revalidate"


def is_page(path: str) -> bool:
    """Whether readers open it."""
    return path.endswith(PAGE)


def is_announcement(path: str) -> bool:
    """Whether it tells programs which pages there are: a feed, or the map of the site."""
    return path.endswith((*FEEDS, "sitemap.xml"))


def content_type(path: str) -> str:
    """Return the media type of a file, with its encoding if it is text."""
    feed = next((FEEDS[ending] for ending in FEEDS if path.endswith(ending)), "")
    kind = feed or TYPES.get(PurePosixPath(path).suffix.lower(), UNKNOWN)
    return f"{kind}; charset=utf-8" if kind.startswith(WRITTEN) else kind


def cache_control(path: str) -> str:
    """Return how long browsers and CDNs may keep a file without asking for it again."""
    return SHORT if is_page(path) or path.endswith((".xml", ".txt", ".json")) else LONGER
