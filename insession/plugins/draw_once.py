"""Partials that are the same on many pages, drawn once; what is imported, imported once.

Gives the templates the function `draw_once`.
"""

from collections.abc import Callable, Mapping, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import (  # type: ignore[attr-defined]  # the part of `escape` for a str
    Markup,
    _escape_inner,
    escape,
)
from pelican import signals
from pelican.generators import Generator

from insession.output.writer import frame, keep


class SharedTemplate(Template):
    """A template whose macros are the same for all that import them."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002  (Jinja's name)
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Give it one plain dictionary: Jinja's chain of two is walked for each partial anew."""
        template = super().from_code(environment, code, dict(globals), uptodate)
        template.root_render_func.__globals__["escape"] = escape_quickly
        return template

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002  (Jinja's name)
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> Context:
        """Join what all templates know with what this one is given, which takes Jinja long."""
        known = vars or {} if shared else {**self.globals, **(vars or {})}
        return super().new_context(known, True, locals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Not ask at each import whether it brings globals of its own: no template has any."""
        return super()._get_default_module()


def escape_quickly(value: object) -> str:
    """Escape what a template shows as Jinja does, but make no Markup of what is only joined."""
    if type(value) is Markup:
        return value
    return _escape_inner(value) if type(value) is str else escape(value)


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
    generator.env.template_class = SharedTemplate


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(offer_draw_once)
