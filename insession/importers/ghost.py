"""What Ghost exports (Settings, Advanced, Import/Export), as an Export.

Source: https://ghost.org/docs/migration/ghost/ and its JSON's tables.
"""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from insession.common.problems import Problem, Problems
from insession.importers.decode import decode
from insession.importers.markdown_blog import NOWHERE, make_item
from insession.importers.packed import pack
from insession.importers.wxr import LARGEST, MB, Export, Item

SELF = "__GHOST_URL__"
STATES = {"published": "publish", "scheduled": "future"}
Row = Mapping[str, Any]


def read_ghost(path: Path) -> Export:
    """Read an export of Ghost. Raises Problems if it isn't one."""
    how = "In Ghost choose Settings, Import/Export, Export content, and name the .json file."
    try:
        if path.stat().st_size > LARGEST * MB:
            raise Problems([Problem(path.name, 0, f"it is larger than {LARGEST} MB.", how)])
        with path.open("rb") as file:
            found = json.loads("".join(decode(file)))
        data = (found["db"][0] if "db" in found else found)["data"]
        tables = {
            name: _rows(data, name) for name in ("tags", "posts_tags", "posts_meta", "settings")
        }
        posts = [row for row in data["posts"] if isinstance(row, dict)]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        what = "this file can't be imported: it isn't what Ghost exports."
        raise Problems([Problem(path.name, 0, what, how)]) from None
    settings = {str(row.get("key")): row.get("value") for row in tables["settings"]}
    home = str(settings.get("url") or NOWHERE).rstrip("/")
    export = Export(home=home, language=str(settings.get("locale") or ""), name=path.name)
    export.lists = ("tag", "tag")
    tags = {str(row.get("id")): row for row in tables["tags"]}
    alts = {str(row.get("post_id")): row for row in tables["posts_meta"]}
    of_post: dict[str, list[Row]] = {}
    for row in sorted(tables["posts_tags"], key=lambda row: _number(row.get("sort_order"))):
        if tag := tags.get(str(row.get("tag_id"))):
            of_post.setdefault(str(row.get("post_id")), []).append(tag)
    for row in posts:
        id_ = str(row.get("id"))
        export.texts.append(_item(row, of_post.get(id_, []), alts.get(id_, {}), export))
    return export


def _rows(data: Row, name: str) -> list[Row]:
    found = data.get(name) or []
    return [row for row in found if isinstance(row, dict)]


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _text(row: Row, *names: str) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")


def _item(row: Row, tags: list[Row], more: Row, export: Export) -> Item:
    id_, slug = _text(row, "id"), _text(row, "slug")
    said, html = [], _text(row, "html").replace(SELF, export.home)
    if not html and (plain := _text(row, "plaintext")):
        said.append("Its export holds its words alone: without links, pictures and headings.")
        html = "".join(f"<p>{escape(each)}</p>" for each in plain.split("\n\n"))
    html = html.replace('src="/content/', f'src="{export.home}/content/')
    meta = {}
    if picture := _text(row, "feature_image").replace(SELF, export.home):
        meta["_thumbnail_id"] = f"of {id_}"
        alt = _text(more, "feature_image_alt") or _text(row, "feature_image_alt")
        export.attachments[f"of {id_}"] = make_item(
            kind="attachment", file_url=picture, meta={"_wp_attachment_image_alt": alt}
        )
    status = STATES.get(_text(row, "status"), "draft")
    if status != "draft" and _text(row, "visibility") not in {"", "public"}:
        status = "draft"
        said.append("It was for members alone, which this site can't do; it is a draft now.")
    named = [(_text(tag, "slug"), _text(tag, "name")) for tag in tags]
    shown = [
        pair for pair in named if pair[1] and not pair[1].startswith("#")
    ]  # the others are hidden
    is_page = _text(row, "type") == "page" or str(row.get("page", "")).lower() in {"1", "true"}
    return make_item(
        kind="page" if is_page else "post",
        status=status,
        title=escape(_text(row, "title"), quote=False),
        link=f"{export.home}/{slug}/",
        guid=f"ghost:{_text(row, 'uuid') or id_}",
        slug=slug,
        date=_date(_text(row, "published_at") or _text(row, "created_at")),
        modified=_date(_text(row, "updated_at")),
        packed=pack(f"<!-- wp:html -->{html.replace('[', '&#91;')}<!-- /wp:html -->"),
        excerpt=escape(_text(row, "custom_excerpt", "excerpt"), quote=False),
        categories=tuple(shown[:1]),
        tags=tuple(shown[1:]),
        meta=meta,
        healed=tuple(said),
    )


def _date(written: str) -> str:
    """Return a date of Ghost's, to the minute; "" if it is none."""
    return written.replace("T", " ")[:16] if written[:4].isdigit() else ""
