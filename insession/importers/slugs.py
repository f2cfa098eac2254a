"""Names of files and addresses from words in any language."""

from pelican.utils import slugify

from pelicanconf import SLUG_REGEX_SUBSTITUTIONS

LONGEST = 80
# Names that Windows keeps for itself, whatever their ending.
DEVICES = {
    "aux",
    "con",
    "nul",
    "prn",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}


def site_slug(words: str) -> str:
    """Return the slug that the site itself gives a topic, a tag or a file's name."""
    slug: str = slugify(words, regex_subs=SLUG_REGEX_SUBSTITUTIONS)
    return slug


def slug_of(words: str) -> str:
    """Return words as small letters, digits and hyphens; "" if none of them has a Latin spelling.

    Other scripts are written in Latin letters: "Тишина" becomes "tishina".
    """
    slug = site_slug(words.replace(".", " ").replace("_", " "))
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return f"{slug}-file" if slug in DEVICES else slug
