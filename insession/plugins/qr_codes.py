"""A QR code of its address for each article, for whoever has it on paper.

It lies beside the page, as qr.svg: so one rule of handout.css, the same for all articles, shows
each its own, and a browser asks for it when the page is printed. insession/output/qr_code.py draws;
what was drawn is kept in .cache/codes (insession/output/drawings.py).
"""

from functools import partial
from pathlib import Path

from pelican import signals
from pelican.contents import Article
from pelican.generators import PagesGenerator

from insession.output.digest import digest
from insession.output.drawings import forget_others, kept_or_drawn
from insession.output.qr_code import NAME, code, draw
from insession.output.writer import Writer

FOLDER = ".cache/codes"


def add_codes(generator: PagesGenerator, writer: Writer) -> None:
    """Hand a code for each article that has a page to the writer."""
    site = generator.settings["PRACTICE"].site.url
    folder, keys = Path(generator.settings["PATH"]).parent / FOLDER, set()
    for page, text in [*writer.shown.items()]:
        if isinstance(text, Article) and page.endswith("/index.html"):
            path, url = f"{page.removesuffix('index.html')}{NAME}", f"{site}/{text.url}"
            key = digest(code(), url)
            keys.add(key)
            writer.add_slow(path, partial(kept_or_drawn, folder, key, partial(draw, url)), key)
            writer.shown[path] = text  # that of a draft isn't published
    forget_others(folder, keys)


def register() -> None:
    """Connect to Pelican."""
    signals.page_writer_finalized.connect(add_codes)
