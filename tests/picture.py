"""The picture of the blog in README.md: the front page by day, an article on a phone at night.

`python -m tests.picture` builds the sample, takes both with Chromium, and writes PICTURE anew.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.server import served
from tests.browsers import chromium
from tests.support import ROOT, build_content

PICTURE = ROOT / "docs" / "blog.png"
COLOURS = 128  # enough for paper, ink and flat pictures
HEIGHT, GAP = 760, 24
WIDE, PHONE = 1024, 360  # pixels
ARTICLE = "why-silence-helps/"


def take_picture(folder: Path) -> bytes:
    """Return the picture as PNG; what it needs is built in the folder."""
    left_out = {"COMMENTS_APPROVED": "none/approved.json", "LEDGER": "none/urls.json"}
    site = build_content(ROOT / "content", folder / "output", **left_out)
    with served(site.folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        front = _shot(browser, address, WIDE, "light")
        article = _shot(browser, address + ARTICLE, PHONE, "dark")
        browser.close()
    whole = Image.new("RGB", (WIDE + GAP + PHONE, HEIGHT), "white")
    whole.paste(front, (0, 0))
    whole.paste(article, (WIDE + GAP, 0))
    data = BytesIO()
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def _shot(browser: Browser, url: str, width: int, scheme: str) -> Image.Image:
    page = browser.new_page(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page.goto(url)
    for style in ("normal", "italic"):
        page.evaluate(f"document.fonts.load('{style} 1em \"Text Serif\"')")
    page.reload(wait_until="networkidle")  # only now are they sure to be used: they are optional
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def main() -> int:
    """Write the picture. Returns the exit code."""
    if chromium() is None:
        print("This needs Chromium, Chrome or Edge: python3 tasks.py test installs one.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_bytes(take_picture(Path(folder)))
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
