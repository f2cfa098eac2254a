"""The house: each module in a room, each room on the rooms below, and no way round in a circle.

What the rooms are for stands in CONTRIBUTING.md. Imports are read from the code, those inside a
function too; nothing is run.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from tests.support import ROOT

FLOORS = (
    {"common"},
    {"content", "comments"},
    {"output", "importers"},
    {"plugins"},
    {"site"},
    {"check", "preview", "desk"},
    {"publish"},
    {"cli"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS, 1) for room in rooms}
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "insession").rglob("*.py"))
}
TREES = {module: ast.parse(path.read_bytes()) for module, path in FILES.items()}


def imports(module: str) -> Iterator[str]:
    """Yield each module of ours that this one imports."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FILES)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} imports by a relative name"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from [name for name in (inner, node.module) if name in FILES][:1]


def room(module: str) -> str:
    """The room in which a module stands, "" for the house itself."""
    return [*module.split("."), ""][1]


def test_no_module_lies_loose() -> None:
    loose = [path.name for path in (ROOT / "insession").iterdir() if path.is_file()]
    assert loose == ["__init__.py"]
    assert {room(module) for module in FILES} - {""} <= FLOOR.keys()


@pytest.mark.parametrize("module", FILES)
def test_a_room_imports_only_from_rooms_below_it(module: str) -> None:
    here = room(module)
    for other in map(room, imports(module)):
        assert other in ("", here) or FLOOR[other] < FLOOR[here], other


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter({module: {*imports(module)} - {module} for module in FILES}).prepare()


def test_plugins_do_not_import_each_other() -> None:
    plugins = [module for module in FILES if module.startswith("insession.plugins.")]
    assert not [(p, other) for p in plugins for other in imports(p) if room(other) == "plugins"]


def test_the_guide_for_contributors_names_each_room() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    there = {path.parent.name for path in (ROOT / "insession").glob("*/__init__.py")}
    for name in there:
        assert f"| {FLOOR[name]} | `{name}/` |" in guide


def test_a_class_has_its_name_for_itself() -> None:
    found = defaultdict(list)
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(module)
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


def test_texts_are_found_in_one_way() -> None:
    # What `new` begins a file with is no text yet.
    alone = {"insession.check.rules.leftover_prompts", "insession.content.beginnings"}
    found = {name for name, path in FILES.items() if 'glob("*.md")' in path.read_text("utf-8")}
    assert found == alone


def test_one_module_knows_the_policy_and_one_replaces_files() -> None:
    """A disk is tried by writing, and a few files are only ever put in place where none was."""
    texts = {name: path.read_text("utf-8") for name, path in FILES.items()}
    assert [name for name in texts if "default-src" in texts[name]] == ["insession.common.csp"]
    syncing = {name for name in texts if "fsync(" in texts[name]}
    assert syncing == {"insession.common.atomic_file", "insession.comments.watch"}
