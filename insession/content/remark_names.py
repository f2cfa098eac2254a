"""The names of the remarks that `check` makes: what a header or content/words.txt can silence."""

import difflib

REMARKS = (
    # It could hurt a reader, or show who a client is.
    *("suicide-wording", "suicide-unannounced"),
    *("illness-wording", "diagnosis-as-metaphor", "addiction-wording"),
    *("disability-wording", "vignette", "identifying-detail", "medicine", "depends-on"),
    # It promises or states what isn't so.
    *("cure", "guarantee", "testimonial", "superlative", "out-of-date"),
    # A part of the page doesn't work.
    *("prompt", "unclosed-tag", "stray-end-tag", "open-comment", "broken-page", "script", "embed"),
    *("blocked-html", "inline-style", "other-site", "own-computer", "heading-order"),
    *("empty-heading", "anchor", "alt-text", "website", "draft-link", "link-broken", "link-moved"),
    *("pasted-indent", "pasted-point", "pasted-address"),
    # It is hard to read, or worth a look.
    *("pasted-heading", "pasted-space", "pasted-sign"),
    *("grade", "long-sentence", "passives", "abbreviation", "same-title", "same-summary"),
    *("heavy-picture", "large-picture", "unused-picture", "spelling", "summary-length"),
    *("review-due", "twice-byline", "twice-share", "twice-comment", "twice-invitation"),
    *("twice-bio", "twice-report", "twice-perspective"),
)


def known_remark(name: str) -> str:
    """Return the name of a remark. Raises ValueError with the nearest name for an unknown one."""
    if name not in REMARKS:
        near = difflib.get_close_matches(name, REMARKS, n=1)
        how = f"Did you mean {near[0]}?" if near else "“python3 tasks.py check” shows each name."
        raise ValueError(f"“{name}” is not the name of a remark. | {how}")
    return name
