"""A QR code of its address for each article, for whoever has it on paper.

It lies beside the page, as qr.svg: so one rule of handout.css, the same for all articles, shows
each its own, and a browser asks for it when the page is printed. insession/output/qr_code.py draws.
"""

from functools import partial

from pelican import signals
from pelican.contents import Article
from pelican.generators import PagesGenerator

from insession.output.digest import digest
from insession.output.qr_code import NAME, code, draw
from insession.output.writer import Writer


def add_codes(generator: PagesGenerator, writer: Writer) -> None:
    """Hand a code for each article that has a page to the writer."""
    site = generator.settings["PRACTICE"].site.url
    for page, text in [*writer.shown.items()]:
        if isinstance(text, Article) and page.endswith("/index.html"):
            path, url = f"{page.removesuffix('index.html')}{NAME}", f"{site}/{text.url}"
            writer.add_slow(path, partial(draw, url), digest(code(), url))
            writer.shown[path] = text  # that of a draft isn't published


def register() -> None:
    """Connect to Pelican."""
    signals.page_writer_finalized.connect(add_codes)
