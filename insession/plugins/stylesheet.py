"""The stylesheet, as one string that every page carries in its head.

Gives the templates `STYLESHEET`. A page is complete after one round trip, and the text is the
same on every page, so that one hash in the Content-Security-Policy allows it.
"""

import re
from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator

from insession.theme_files import published_as, theme_files


def inline_stylesheet(generator: ArticlesGenerator) -> None:
    """Join theme/static/css/*.css in the order of STYLESHEETS, without comments and spaces."""
    folder = Path(generator.settings["THEME"]) / "static" / "css"
    names = generator.settings["STYLESHEETS"]
    css = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    base, files = generator.settings["SITEURL"], theme_files(generator.settings)

    def published(found: re.Match[str]) -> str:
        name = published_as(files[found[1]]) if found[1] in files else f"theme/{found[1]}"
        return f"url({base}/{name})"

    generator.context["STYLESHEET"] = re.sub(r"url\(/theme/([^)]+)\)", published, compact(css))


def compact(css: str) -> str:
    """Return our own CSS without comments and needless white space (every page carries it)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    return re.sub(r":\s(?=[^{}]*[;}])", ":", css).replace(";}", "}").strip()


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_init.connect(inline_stylesheet)
