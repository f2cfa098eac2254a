"""The addresses that the site uses itself, so that no text and no redirect can have them."""

# First parts of addresses.
RESERVED = {
    "404", "archive", "comments", "downloads", "feeds", "images", "page",
    "tag", "theme", "topic",
}  # fmt: skip
FILES = {
    "404.html", "413.html", "503.html", "contact.vcf", "index.html", "robots.txt", "sitemap.xml",
}  # fmt: skip


def is_reserved(path: str) -> bool:
    """Whether a path such as "/topic/feelings/" is, or lies below, what the site uses itself."""
    first = path.lstrip("/").partition("/")[0].partition("?")[0].lower()
    return first in RESERVED | FILES or first.startswith(".")
