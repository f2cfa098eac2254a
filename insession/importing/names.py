"""Names of files and addresses from words in any language."""

from pelican.utils import slugify

SUBSTITUTIONS = [(r"[^\w\s-]", ""), (r"^[\s-]+|[\s-]+$", ""), (r"[\s-]+", "-")]
LONGEST = 80
# Names that Windows keeps for itself, whatever their ending.
DEVICES = {
    "aux",
    "con",
    "nul",
    "prn",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}


def slug_of(words: str) -> str:
    """Return words as small letters, digits and hyphens; "" if none of them has a Latin spelling.

    Other scripts are written in Latin letters: "Тишина" becomes "tishina".
    """
    slug = slugify(words.replace(".", " ").replace("_", " "), regex_subs=SUBSTITUTIONS)
    slug = slug.replace("_", "-").strip("-")
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return f"{slug}-file" if slug in DEVICES else slug
