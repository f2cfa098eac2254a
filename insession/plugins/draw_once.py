"""Partials that are the same on many pages, drawn once.

Gives the templates the function `draw_once`.
"""

from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from insession.output.writer import frame, keep


def offer_draw_once(generator: Generator) -> None:
    """Give the templates of a generator a `draw_once` that lasts as long as what it shows."""
    known: dict[str, Any] = {}

    def draw_once(partial: str, **words: object) -> Markup:
        """Return the partial of this name without its last line's end.

        It knows what every page knows, and `words`: whatever of a page it needs is among those.
        """
        nonlocal known
        known = known or frame(generator.context)
        template = generator.get_template(f"partials/{partial}")
        return Markup(template.render(known, **words).removesuffix("\n"))  # noqa: S704

    generator.env.globals["draw_once"] = keep(draw_once, generator.context)


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(offer_draw_once)
