"""The stylesheets: colours, sizes of type and breakpoints stand in tokens.css and nowhere else."""

import re
from pathlib import Path

import pytest
from PIL import ImageColor

from insession.plugins.stylesheet import apply_custom_media, compact, paper_colour, shorten_names
from tests.support import ROOT

THEME = ROOT / "theme"
TOKENS = THEME / "static/css/tokens.css"
STYLES = [
    *sorted((THEME / "static/css").glob("*.css")),
    *sorted((ROOT / "insession").rglob("*.css")),
]
OTHERS = [path for path in STYLES if path != TOKENS]
DRAWING = [*OTHERS, *sorted(THEME.rglob("*.html")), *sorted((ROOT / "insession").rglob("*.html"))]
DRAWING += [
    *sorted((THEME / "static/js").glob("*.js")),
    *sorted((ROOT / "insession").rglob("*.js")),
]
A_COLOUR = re.compile(
    r"(?<![&\w])#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.I
)
NAMES = {*ImageColor.colormap}


def declarations(path: Path) -> list[tuple[str, str]]:
    """Return each property of a stylesheet with its value, without what is in quotes or url()."""
    css = re.sub(
        r"/\*.*?\*/|\"[^\"]*\"|'[^']*'|url\([^)]*\)", "", path.read_text("utf-8"), flags=re.S
    )
    return re.findall(r"([\w-]+)\s*:\s*([^;{}]+)[;}]", css)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DRAWING, ids=name)
def test_only_the_tokens_name_a_colour(path: Path) -> None:
    assert not A_COLOUR.findall(path.read_text("utf-8"))
    if path.suffix == ".css":
        values = [re.sub(r"--[\w-]+", "", value) for _, value in declarations(path)]
        assert not {word for value in values for word in re.findall(r"[a-z]+", value)} & NAMES


@pytest.mark.parametrize("path", OTHERS, ids=name)
def test_only_the_tokens_name_a_size_of_type(path: Path) -> None:
    for key, value in declarations(path):
        if key == "font-size":
            assert re.fullmatch(r"var\(--text-\w+\)|[\d.]+em", value), value
        if key == "font":
            size = r"((\d+|italic) )?(var\(--text-\w+\)/|[\d.]+em )"
            assert value == "inherit" or re.match(size, value), value


@pytest.mark.parametrize("path", OTHERS, ids=name)
def test_only_the_tokens_name_a_width_of_the_window(path: Path) -> None:
    queries = re.findall(r"@(?:media|container)([^{]*)\{", path.read_text("utf-8"))
    assert not [query for query in queries if re.search(r"width|height|\d", query)]


def test_each_token_is_known_and_used() -> None:
    text = "\n".join(path.read_text("utf-8") for path in STYLES)
    set_, used = {*re.findall(r"(--[\w-]+):", text)}, {*re.findall(r"var\((--[\w-]+)\)", text)}
    assert used <= set_
    assert {each for each in set_ if each.startswith("--text-")} <= used
    media = re.findall(r"@custom-media (--[\w-]+)", text)
    assert {*media} == {*re.findall(r"@media \((--[\w-]+)\)", text)}
    assert len(media) == len({*media})


def test_a_query_stands_where_its_name_stood() -> None:
    css = "@custom-media --a (min-width: 1rem); @media (--a) { b { c: d } } @media print { b {} }"
    expected = "@media (min-width:1rem){b{c:d}}@media print{b{}}"
    assert re.sub(r"\s*([{}])\s*", r"\1", apply_custom_media(compact(css))) == expected
    with pytest.raises(KeyError, match="--unknown"):
        apply_custom_media("@media (--unknown){b{c:d}}")


def test_the_colour_of_the_paper_is_found_behind_its_names() -> None:
    css = ":root { --snow: #fefefe; --milk: var(--snow); --paper: var(--milk); --ink: #111; }"
    dark = "@media (prefers-color-scheme: dark) { :root { --paper: var(--ink); } }"
    later = "@media print { :root { --paper: #fff; } }"
    both = compact(f"{css}{dark}{later}")
    assert (paper_colour(both), paper_colour(both, "dark")) == ("#fefefe", "#111")
    assert paper_colour(compact(css), "dark") == "#fefefe"
    assert paper_colour(compact(css), role="--ink") == "#111"


def test_each_custom_property_has_a_short_name_of_its_own() -> None:
    css = ":root{--ink:#111;--ink-quiet:#222}.a--b{color:var(--ink-quiet,var(--ink));margin:-1px}"
    short = ":root{--a:#111;--b:#222}.a--b{color:var(--b,var(--a));margin:-1px}"
    assert shorten_names(css) == short
    many = shorten_names("".join(f"--property-{n}:0;" for n in range(100)))
    assert len({*re.findall(r"--[a-z]{1,2}(?=:)", many)}) == 100
