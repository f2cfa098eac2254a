"""Gives Pelican and the templates what content/practice.toml says.

Sets Pelican's SITENAME, SITESUBTITLE, SITEURL, TIMEZONE, DEFAULT_LANG and AUTHOR, and makes
`site`, `therapist`, `practice`, `offer`, `crisis` and `requests` (her words at an article's
end) known to every template. Other plugins find the whole file as settings["PRACTICE"].

Where the site isn't in English, `in_english` and `in_site_language` are the attributes of the
theme's own words, and of those in practice.toml among them; elsewhere they are empty. Where a
text is in another language than the site, `in_language(text)` and `back_in_english(text)` are the
attributes of its words, and of the theme's own among them (WCAG 3.1.2).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.contents import Content

from insession.common.problems import Problem, Problems, shown_path
from insession.content.front_matter import read_file
from insession.content.languages import INTERFACE, attributes, direction, is_english
from insession.content.practice import read_practice
from insession.content.text_file import find_texts


def apply_practice(pelican: Pelican) -> None:
    """Read practice.toml into the settings.

    Nothing can be built without it; so its Problems are raised at once, together with those of
    all headers, which can be read all the same.
    """
    settings = pelican.settings
    try:
        file = read_practice(Path(settings["PATH"]) / "practice.toml")
    except Problems as refused:
        raise Problems([*refused.problems, *_header_problems(settings)]) from None
    settings["PRACTICE"] = file
    settings["SITENAME"] = file.site.title
    settings["SITESUBTITLE"] = file.site.tagline
    settings["SITEURL"] = file.site.base_path
    settings["TIMEZONE"] = file.site.timezone
    settings["DEFAULT_LANG"] = file.site.language
    settings["AUTHOR"] = file.therapist.name
    english = is_english(file.site.language)
    settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {
        "site": file.site,
        "therapist": file.therapist,
        "practice": file.practice,
        "offer": file.offer,
        "crisis": file.crisis,
        "requests": file.articles,
        "in_english": "" if english else attributes(INTERFACE),
        "in_site_language": "" if english else attributes(file.site.language),
        **_of_texts(file.site.language),
    }
    settings["JINJA_FILTERS"] = settings["JINJA_FILTERS"] | {
        "attributes": attributes,
        "direction": direction,
    }


def _of_texts(site_language: str) -> dict[str, Callable[[Content], str]]:
    """The functions for words of a text, and among them, where its language isn't the site's."""
    around = "" if is_english(site_language) else attributes(site_language)

    def in_language(text: Content) -> str:
        return attributes(text.lang) if text.lang != site_language.lower() else around

    def back_in_english(text: Content) -> str:
        if around:
            return attributes(INTERFACE)
        return attributes(site_language) if text.lang != site_language.lower() else ""

    return {"in_language": in_language, "back_in_english": back_in_english}


def _header_problems(settings: dict[str, Any]) -> Iterator[Problem]:
    for is_page, folders in ((False, settings["ARTICLE_PATHS"]), (True, settings["PAGE_PATHS"])):
        for folder in folders:
            for path in find_texts(Path(settings["PATH"]), folder, settings["IGNORE_FILES"]):
                try:
                    read_file(path, shown_path(path, settings), is_page)
                except Problems as refused:
                    yield from refused.problems


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(apply_practice)
