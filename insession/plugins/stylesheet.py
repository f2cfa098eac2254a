"""The stylesheet, as one string that every page carries in its head.

Gives the templates `STYLESHEET`, and `SERVICE_STYLESHEET` with what the comments service's own
pages need besides. A page is complete after one round trip, and the text is the same on every page,
so that one hash in the Content-Security-Policy allows it. `PAGE_STYLES` is what few kinds of page
need besides, by their template. Gives them `PAPER` as well: the paper's colour in the `light` and
the `dark` scheme, which a browser's own frame takes; and `ACTION`, the colour of what is pressed.
"""

import re
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator

from insession.output.theme_files import published_as, theme_files


def inline_stylesheet(generator: ArticlesGenerator) -> None:
    """Give the templates what STYLESHEETS names, and with it what the other settings do."""
    settings, context = generator.settings, generator.context
    common, own = settings["STYLESHEETS"], settings["PAGE_STYLESHEETS"]
    css = _joined(settings, common)
    context["STYLESHEET"] = shorten_names(css)
    of_service = [*common, *settings["STYLESHEETS_OF_SERVICE"]]
    context["SERVICE_STYLESHEET"] = shorten_names(_joined(settings, of_service))
    # What is common comes first, and so has the same short names.
    more = {name: shorten_names(_joined(settings, [*common, name])) for name in {*own.values()}}
    styles = {name: whole.removeprefix(context["STYLESHEET"]) for name, whole in more.items()}
    context["PAGE_STYLES"] = {template: styles[own[template]] for template in own}
    context["PAPER"] = {"light": paper_colour(css), "dark": paper_colour(css, "dark")}
    context["ACTION"] = paper_colour(css, role="--action")


def _joined(settings: dict[str, Any], names: list[str]) -> str:
    """Join some of theme/static/css/*.css in this order, without comments and spaces."""
    folder = Path(settings["THEME"]) / "static" / "css"
    css = "".join(compact((folder / name).read_text(encoding="utf-8")) for name in names)
    base, files = settings["SITEURL"], theme_files(settings)

    def published(found: re.Match[str]) -> str:
        name = published_as(files[found[1]]) if found[1] in files else f"theme/{found[1]}"
        return f"url({base}/{name})"

    return re.sub(r"url\(/theme/([^)]+)\)", published, apply_custom_media(css))


@lru_cache(maxsize=64)  # files, most of which are in several sheets
def compact(css: str) -> str:
    """Return our own CSS without comments and needless white space (every page carries it)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r"(?<![\w.-])0\.(?=\d)", ".", css)
    return re.sub(r":\s(?=[^{}]*[;}])", ":", css).replace(";}", "}").strip()


def shorten_names(css: str) -> str:
    """Return CSS with custom properties of one or two letters: every page carries hundreds of them.

    Nothing outside the stylesheet knows their names.
    """
    custom = r"(?<![\w-])--[a-z][\w-]*"
    short = {
        name: _letters(place) for place, name in enumerate(dict.fromkeys(re.findall(custom, css)))
    }
    return re.sub(custom, lambda found: f"--{short[found[0]]}", css)


def _letters(number: int) -> str:
    """Return a, b, … z, ba, bb and so on."""
    rest, last = divmod(number, len(ascii_lowercase))
    return (_letters(rest) if rest else "") + ascii_lowercase[last]


def apply_custom_media(css: str) -> str:
    """Return compact CSS with the query that a `@custom-media` names wherever its name stands.

    https://www.w3.org/TR/mediaqueries-5/#custom-mq. Raises KeyError for a name that isn't known.
    """
    pattern = r"@custom-media (--[\w-]+) ([^;]+);"
    queries = dict(re.findall(pattern, css))
    css = re.sub(pattern, "", css)
    return re.sub(r"(?<=@media )\((--[\w-]+)\)", lambda found: queries[found[1]], css)


def paper_colour(css: str, scheme: str = "light", role: str = "--paper") -> str:
    """Return the colour of the paper, or another `role`, in compact CSS. Raises KeyError."""
    rules = re.findall(r":root\{([^}]*)\}", css.partition("@media")[0])
    if scheme == "dark":
        rules += re.findall(r"@media \(prefers-color-scheme: dark\)\{:root\{([^}]*)\}", css)
    roles: dict[str, str] = dict(re.findall(r"(--[\w-]+):([^;]+)", ";".join(rules)))
    value = roles[role]
    while name := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = roles[name[1]]
    return value


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_init.connect(inline_stylesheet)
