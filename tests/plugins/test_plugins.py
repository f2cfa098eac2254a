"""Plugins share what they find by name: one name, one plugin that gives it, in whatever order."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pelican.settings import read_settings

from tests.support import ROOT, article, build_content, write_content

PLUGINS = sorted((ROOT / "insession" / "plugins").glob("*.py"))
PELICANS = {"staticfiles"}  # a list of Pelican's, from which each takes what is its own


def given(file: Path) -> Iterator[str]:
    """Yield each key of a context, or of the settings, that a plugin sets."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            shared = ast.unparse(node.value).endswith(("context", "settings"))
            if shared and isinstance(node.slice, ast.Constant):
                yield str(node.slice.value)


def test_no_two_plugins_give_something_by_the_same_name() -> None:
    givers = defaultdict(set)
    for file in PLUGINS:
        for key in given(file):
            givers[key].add(file.stem)
    assert {"ADDRESSES", "PUBLISHED", "PRACTICE", "FILES"} <= givers.keys()
    shared = {key: sorted(names) for key, names in givers.items() if len(names) > 1}
    assert shared.keys() <= PELICANS, shared


def test_the_site_is_the_same_in_whatever_order_the_plugins_are_named(tmp_path: Path) -> None:
    body = '[a](../downloads/Q&A.pdf) {practice.phone} [b]({practice.website}) "said" [c](/b/)'
    files = {"articles/a.md": article("A", body=body), "articles/b.md": article("B")}
    content = write_content(tmp_path, files | {"downloads/Q&A.pdf": b"%PDF"})
    plugins = read_settings(str(ROOT / "pelicanconf.py"))["PLUGINS"]
    sites = []
    for name, order in (("one", plugins), ("other", plugins[::-1])):
        folder = build_content(content, tmp_path / name, PLUGINS=order).folder
        sites.append({
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        })  # fmt: skip
    assert len(sites[0]) > 20
    assert sites[0] == sites[1]
