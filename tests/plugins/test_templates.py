"""Templates: what is drawn once for many pages depends on none of them."""

import re
from pathlib import Path

from jinja2 import Environment, meta, nodes

from insession.output.writer import OF_ALL, SHOWN_OF_ALL
from tests.support import ROOT

TEMPLATES = ROOT / "theme" / "templates"
CALL = re.compile(r'draw_once\("(\w+)"((?:, \w+=[^,)]+)*)\)')
OF_ONE_PAGE = {
    *("article", "articles_page", "articles_next_page", "articles_previous_page", "category"),
    *("in_service", "is_all_english", "new", "output_file", "page", "path", "tag", "text"),
    *("SITEURL", "STYLESHEET"),  # other ones in the frame of the comments service
}


def names_in(template: str) -> set[str]:
    """The names that a template, and what it includes, take from outside."""
    environment = Environment(autoescape=True)
    parsed = environment.parse((TEMPLATES / template).read_text(encoding="utf-8"))
    for each in parsed.find_all(nodes.Filter):
        environment.filters.setdefault(each.name, str)
    included = [each.template.value for each in parsed.find_all(nodes.Include)]
    return meta.find_undeclared_variables(parsed).union(*map(names_in, included))


def test_a_template_is_given_what_it_shows_of_the_whole_blog() -> None:
    for path in TEMPLATES.glob("*.html"):
        shown = all_names_in(path.name) & OF_ALL
        assert shown == {*SHOWN_OF_ALL.get(path.name, ())}, path.name


def all_names_in(template: str) -> set[str]:
    """Those that it, and what it extends, imports and includes, take from outside."""
    parsed = Environment(autoescape=True).parse((TEMPLATES / template).read_text(encoding="utf-8"))
    others = parsed.find_all((nodes.Extends, nodes.FromImport, nodes.Include))
    return names_in(template).union(*(all_names_in(each.template.value) for each in others))


def test_what_is_drawn_once_knows_of_a_page_only_what_it_is_given() -> None:
    found = [
        (path.name, *call)
        for path in sorted(Path(TEMPLATES).rglob("*.html"))
        for call in CALL.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(found) >= 5
    for caller, partial, words in found:
        given = {*re.findall(r"(\w+)=", words)}
        assert not names_in(f"partials/{partial}.html") & OF_ONE_PAGE - given, (caller, partial)
