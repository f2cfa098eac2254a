"""Gives Pelican and the templates what content/practice.toml says.

Sets Pelican's SITENAME, SITESUBTITLE, SITEURL, TIMEZONE, DEFAULT_LANG and AUTHOR, and makes
`site`, `therapist`, `practice`, `offer`, `crisis` and `requests` (her words at an article's
end) known to every template. Other plugins find the whole file as settings["PRACTICE"].
"""

from pathlib import Path

from pelican import Pelican, signals

from insession.practice import read_practice


def apply_practice(pelican: Pelican) -> None:
    """Read practice.toml into the settings. Raises Problems."""
    settings = pelican.settings
    file = read_practice(Path(settings["PATH"]) / "practice.toml")
    settings["PRACTICE"] = file
    settings["SITENAME"] = file.site.title
    settings["SITESUBTITLE"] = file.site.tagline
    settings["SITEURL"] = file.site.base_path
    settings["TIMEZONE"] = file.site.timezone
    settings["DEFAULT_LANG"] = file.site.language
    settings["AUTHOR"] = file.therapist.name
    settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {
        "site": file.site,
        "therapist": file.therapist,
        "practice": file.practice,
        "offer": file.offer,
        "crisis": file.crisis,
        "requests": file.articles,
    }


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(apply_practice)
