"""The templates: each names what it takes, and leans on nothing that another has set."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment, Template, meta, nodes

from insession.comments.responses import ENVIRONMENT
from tests.support import ROOT, article, build_blog

FOLDER = ROOT / "theme" / "templates"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
PARTIALS = [name for name in FILES if name.startswith("partials/")]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Environment, set[str]]]:
    """The environment of a build, and every name that Python gives a template in it."""
    seen: list[Environment] = []
    names: set[str] = set()
    render = Template.render

    def note(self: Template, *args: Any, **words: Any) -> str:
        if self.environment.globals.get("site"):
            seen.append(self.environment)
            names.update(*args, words)
        return render(self, *args, **words)

    files = {f"articles/{n}.md": article(f"Article {n}") for n in range(20)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", note)
        build_blog(tmp_path_factory.mktemp("blog"), files)
    return seen[0], names


def unnamed(tree: nodes.Template, environment: Environment) -> set[str]:
    """The names that a template uses without setting, importing or knowing them."""
    return meta.find_undeclared_variables(tree) - environment.globals.keys()


@pytest.mark.parametrize("name", FILES)
def test_a_macro_names_what_it_takes(name: str, given: tuple[Environment, set[str]]) -> None:
    environment = ENVIRONMENT if name.startswith("comments/") else given[0]
    tree = environment.parse((FOLDER / name).read_text("utf-8"))
    macros = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
    imported = {
        each if isinstance(each, str) else each[1]
        for found in tree.find_all(nodes.FromImport)
        for each in found.names
    }
    assert not any(found.with_context for found in tree.find_all(nodes.FromImport))
    for macro in macros.values():
        body = nodes.Template([macro], lineno=1)
        body.environment = environment
        leans_on = unnamed(body, environment) - macros.keys() - imported
        assert not leans_on, f"{macro.name} leans on {', '.join(sorted(leans_on))}"


@pytest.mark.parametrize("name", PARTIALS)
def test_a_partial_leans_on_no_name_that_another_template_sets(
    name: str, given: tuple[Environment, set[str]]
) -> None:
    environment, names = given
    tree = environment.parse((FOLDER / name).read_text("utf-8"))
    assert not unnamed(tree, environment) - names


@pytest.mark.parametrize("name", FILES)
def test_templates_are_written_alike(name: str) -> None:
    """A comment says what a partial is; then what it imports; then the rest, two spaces a step."""
    text = (FOLDER / name).read_text("utf-8")
    lines = text.splitlines()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not [line for line in lines if line != line.rstrip() or "\t" in line]
    assert "/" not in name or text.startswith("{#"), "the first line says what it is"
    comments = re.sub(r"\{#.*?#\}\n?", "", text, flags=re.S).splitlines()
    imports = [number for number, line in enumerate(comments) if line.startswith("{% from")]
    assert imports in ([*range(len(imports))], [*range(1, len(imports) + 1)])
    assert [comments[n] for n in imports] == sorted(comments[n] for n in imports)


@pytest.mark.parametrize("name", FILES)
def test_no_template_decides_whether_an_article_takes_comments(name: str) -> None:
    """The plugin says it once: `comments_open`, `comments_closed` and `answers_by_email`."""
    text = (FOLDER / name).read_text("utf-8")
    assert not re.findall(r"article\.comments\b", text)
    if "article" in name:
        assert "COMMENTS ==" not in text
