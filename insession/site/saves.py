"""What a save changes: whether it is only shown, and which texts may be different by it."""

from dataclasses import replace
from typing import Any

from pelican.contents import Content

from insession.content.ids import default_id
from insession.content.practice import PracticeFile
from insession.output.digest import ARRANGED
from insession.site.sources import Text
from insession.site.state import PRACTICE, SiteState

# What no text is arranged or checked by among the others: pages only show it.
SHOWN = {"raw_body", "title", "summary", "content_note", "modified", "reviewed", "sources"}


def copied(text: Text) -> Text:
    """Return a text that can be arranged anew while this one is shown as it is."""
    content = text.content
    if content:
        content = type(content).__new__(type(content))
        vars(content).update(vars(text.content))
    return replace(text, content=content)


def take_shown(text: Text, fresh: Text) -> bool:
    """Put new words, title and the like into the content that all lists hold already.

    Returns False, and changes nothing, if there is anything else that texts are arranged by: a
    date, an address, a topic.
    """
    old, new = text.content, fresh.content
    if old is None or new is None or text.problems or fresh.problems:
        return False
    if type(old) is not type(new) or old.status != new.status:
        return False
    if _arranged_by(old) != _arranged_by(new):
        return False
    gone = {*old._read.attributes, "_read", "_card"} - ARRANGED
    text.left = None
    old.__dict__ = vars(new) | {name: each for name, each in vars(old).items() if name not in gone}
    return True


def dependent(state: SiteState, settings: dict[str, Any], changed: set[str]) -> set[str]:
    """Texts with problems or another id, and those that show what changed elsewhere."""
    texts = state.texts
    if state.facts != facts_of(settings["PRACTICE"]):
        return set(texts)
    changes_practice = PRACTICE in changed
    return {path for path, text in texts.items() if text.problems} | {
        path
        for path, text in texts.items()
        if (content := text.content)
        and (
            _has_other_id(path, content, settings["IDS"])
            or (changes_practice and content.names_practice)
            or content.pictures & changed
        )
    }


def facts_of(practice: PracticeFile) -> tuple[str, ...]:
    """What of practice.toml stands in every text, once it is read."""
    site, therapist = practice.site, practice.therapist
    facts = site.base_path, site.language, site.timezone, therapist.approach, therapist.name
    return *facts, practice.practice.phone


def _has_other_id(path: str, content: Content, ids: dict[str, str]) -> bool:
    """Whether a text's id isn't that with which it was read: a file was renamed."""
    return bool(content.id != (content.own_id or ids.get(path, default_id(path))))


def _arranged_by(content: Content) -> dict[str, Any]:
    """Its header but for what is only shown, topic and tags by name (Pelican compares slugs)."""
    known = {key: value for key, value in content.metadata.items() if key not in SHOWN}
    tags = [str(tag) for tag in known.get("tags", [])]
    return known | {"category": str(known.get("category")), "tags": tags}
