"""Templates escape what they show, however quickly they are drawn."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, Undefined
from markupsafe import Markup, escape

from insession.plugins.draw_once import SharedTemplate, escape_quickly


class Safe:
    """What says itself how it is written in HTML, as Jinja's convention has it."""

    def __html__(self) -> str:
        return "<b>safe</b>"


class Name(str):
    """A str of a kind that nobody said is safe."""


DANGEROUS = "<script>alert('\"&\"')</script>"
VALUES = ["", "plain", DANGEROUS, Name(DANGEROUS), Markup("<b>b</b>"), Safe(), 3, None, [DANGEROUS]]


@pytest.mark.parametrize("value", [*VALUES, Undefined()])
def test_what_a_template_shows_is_escaped_as_jinja_does(value: Any) -> None:
    assert escape_quickly(value) == escape(value)


def test_a_partial_a_macro_and_a_block_are_escaped_once() -> None:
    sources = {
        "base": "{% from 'macros' import named %}{% block all %}{% endblock %}{{ named(word) }}",
        "macros": "{% macro named(word) %}<i>{{ word }}{{ site }}</i>{% endmacro %}",
        "part": "{% set mine = word ~ '<' %}{{ mine }}{{ '<hr>' | safe }}",
        "page": "{% extends 'base' %}{% block all %}{% include 'part' %}{{ 1 }}{% endblock %}",
    }
    drawn = []
    for kind in (SharedTemplate, Environment.template_class):
        environment = Environment(loader=DictLoader(sources), autoescape=True)
        environment.template_class = kind
        environment.globals["site"] = "A & B"
        drawn.append(environment.get_template("page").render(word=DANGEROUS))
    assert drawn[0] == drawn[1]
    assert "<script>" not in drawn[0]
