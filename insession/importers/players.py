"""The page on which somebody watches or hears what an old blog had embedded."""

import re
from urllib.parse import parse_qs, urlsplit

# What an embedded player's address is, and that of its page.
PAGES = (
    (r"//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed/videoseries|p/)[^#]*?([?&]list=|/p/)([\w-]+)",
     "https://www.youtube.com/playlist?list={2}"),
    (r"//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|e|shorts)/([\w-]+)",
     "https://www.youtube.com/watch?v={1}"),
    (r"//player\.vimeo\.com/video/(\d+)(?:\?|.*[?&;])h=(\w+)", "https://vimeo.com/{1}/{2}"),
    (r"//player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{1}"),
    (r"//(?:www\.)?vimeo\.com/moogaloop\.swf\?.*?clip_id=(\d+)", "https://vimeo.com/{1}"),
    (r"//(?:www\.)?dailymotion\.com/(?:embed/video|swf(?:/video)?)/(\w+)",
     "https://www.dailymotion.com/video/{1}"),
    (r"//open\.spotify\.com/embed(?:-podcast)?/(.+?)(?:\?|$)", "https://open.spotify.com/{1}"),
    (r"//(?:v|video)\.wordpress\.com/(?:v/|embed/)?(\w+)", "https://videopress.com/v/{1}"),
    (r"//videopress\.com/embed/(\w+)", "https://videopress.com/v/{1}"),
    (r"//embed\.ted\.com/(.+?)(?:\?|$)", "https://www.ted.com/{1}"),
)  # fmt: skip
LINKS_ITSELF = re.compile(r"//(?:w\.|www\.)?(?:soundcloud|mixcloud)\.com/(?:player|widget)")


# A line on which WordPress showed a player, because it has nothing but such an address.
LINE = re.compile(
    r"^[ \t]*(https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly"
    r"|soundcloud\.com|mixcloud\.com|spotify\.com|ted\.com|videopress\.com)/[^\s<>\"]+)[ \t]*$",
    re.M | re.I,
)
PRE = re.compile(r"(<pre\b.*?</pre>)", re.S | re.I)


def players_apart(text: str) -> str:
    """Put the players of a classic text into paragraphs of their own."""
    parts = PRE.split(text)
    return "".join(p if PRE.fullmatch(p) else LINE.sub(r"\n\n\1\n\n", p) for p in parts)


def page_of(address: str) -> str:
    """Return the address of a player's page, or of what plays if it isn't a player's."""
    if LINKS_ITSELF.search(address):
        return next(iter(parse_qs(urlsplit(address).query).get("url", [])), address)
    for pattern, page in PAGES:
        if found := re.search(pattern, address):
            return page.format("", *found.groups())
    return address
