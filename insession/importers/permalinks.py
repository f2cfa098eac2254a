"""The address at which another program showed a text, from its settings and the file's place.

Sources: https://jekyllrb.com/docs/permalinks/, https://gohugo.io/content-management/urls/,
https://www.getzola.org/documentation/content/page/, https://www.11ty.dev/docs/permalinks/
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

STYLES = {  # Jekyll's names of patterns
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
CONFIGS = (
    ("jekyll", ("_config.yml", "_config.yaml", "_config.toml")),
    ("hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default/hugo.toml")),
    ("hugo", ("config.toml", "config.yaml", "config.yml", "config/_default/config.toml")),
    (
        "eleventy",
        (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
    ),
)
DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_](.+)")
LARGEST = 1_000_000  # bytes of settings


@dataclass(frozen=True)
class Program:
    """The program that made a blog: its name, its settings, and where the blog was."""

    name: str  # jekyll, hugo, zola, eleventy, or "" if it can't be told
    home: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


def find_program(folder: Path) -> Program:
    """Tell by its settings which program a folder belongs to."""
    for name, files in CONFIGS:
        for file in files:
            path = folder / file
            if not path.is_file() or path.is_symlink() or path.stat().st_size > LARGEST:
                continue
            settings = _settings(path)
            if name == "hugo" and "base_url" in settings:
                name = "zola"
            # Nothing is made of what isn't a text: YAML can say very much in few lines.
            kinds = (str, dict)
            found = {str(k).lower(): v for k, v in settings.items() if isinstance(v, kinds)}
            keys = ("baseurl", "base_url") if name in {"hugo", "zola"} else ("url",)
            home = next((text for key in keys if (text := _text(found, key))), "")
            if name == "jekyll" and home:
                home = home.rstrip("/") + "/" + _text(found, "baseurl").strip("/")
            is_address = re.match(r"https?://[^/\s]", home)
            return Program(name, home.rstrip("/") if is_address else "", found)
    return Program("jekyll" if (folder / "_posts").is_dir() else "")


def _text(settings: Mapping[str, Any], key: str) -> str:
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _settings(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix == ".toml":
            return tomllib.loads(text)
        if path.suffix not in {".yml", ".yaml", ".json"}:
            return {}
        found = yaml.safe_load(text) if text.count("*") < 100 else {}  # JSON is YAML
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def address_in(
    program: Program, file: str, date: datetime | None, slug: str, data: Mapping[str, Any]
) -> str:
    """Return the path at which a text was shown.

    `file` is its path in the folder, `data` its header.
    """
    own = data.get("permalink") or data.get("url") or data.get("path")
    categories = data.get("categories") or data.get("category") or []
    categories = categories.split() if isinstance(categories, str) else [*map(str, categories)]
    place = PurePosixPath(file)
    dated = DATED.fullmatch(place.stem)
    name = slug or (dated[4] if dated else place.stem)
    if isinstance(own, str) and own not in {"", "false"} and "{{" not in own:
        return "/" + _fill(STYLES.get(own, own), date, name, categories).lstrip("/")
    if program.name == "jekyll":
        pattern = _text(program.settings, "permalink") or "date"
        if "_posts" in place.parts or "_drafts" in place.parts:
            above = [part for part in place.parts[:-1] if part not in {"_posts", "_drafts"}]
            pattern = STYLES.get(pattern, pattern)
            return _fill(pattern, date, name, [*above, *categories])
        ending = "/" if pattern == "pretty" or pattern.endswith("/") else ".html"
        folder = "".join(f"/{part}" for part in place.parts[:-1])
        return f"{folder}/" if place.stem == "index" else f"{folder}/{place.stem}{ending}"
    parts = [*place.parts[:-1]]
    inside = {"content"} if program.name in {"hugo", "zola"} else {"src", "content"}
    parts = parts[1:] if parts and parts[0] in inside else parts
    if place.stem == "index" and parts:
        dated = DATED.fullmatch(parts[-1])
        name = slug or (dated[4] if dated and program.name != "hugo" else parts[-1])
        parts.pop()
    elif program.name == "hugo" and not slug:
        name = place.stem
    patterns = program.settings.get("permalinks")
    patterns = patterns.get("page", patterns) if isinstance(patterns, dict) else {}
    if program.name == "hugo" and parts and isinstance(patterns.get(parts[0]), str):
        return _fill(patterns[parts[0]], date, name, parts)
    return "/" + "/".join(_urlized(part) for part in [*parts, name]) + "/"


def _fill(pattern: str, date: datetime | None, name: str, categories: list[str]) -> str:
    """Return a pattern with its words filled in."""
    words = {
        "categories": "/".join(map(_urlized, categories)),
        "sections": "/".join(map(_urlized, categories)),
        "section": _urlized(categories[0]) if categories else "",
        "output_ext": ".html",
    }
    words |= dict.fromkeys(
        ("title", "slug", "filename", "contentbasename", "slugorfilename", "slugorcontentbasename"),
        _urlized(name),
    )
    if date:
        words |= {"year": f"{date:%Y}", "short_year": f"{date:%y}", "month": f"{date:%m}"}
        words |= {"day": f"{date:%d}", "i_month": str(date.month), "i_day": str(date.day)}
        words |= {"y_day": f"{date:%j}", "yearday": str(date.timetuple().tm_yday)}
        words |= {"monthname": f"{date:%B}".lower()}
    for word in sorted(words, key=len, reverse=True):  # :slugorfilename has :slug in it
        pattern = pattern.replace(f":{word}", words[word])
    return "/" + re.sub("/{2,}", "/", pattern).lstrip("/")


def _urlized(words: str) -> str:
    return re.sub(r"\s+", "-", words.strip()).lower()
