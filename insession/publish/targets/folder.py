"""Target *a folder*: for any host that takes the site from a folder of this computer.

Beside the folder lie the earlier releases, in one with “.earlier” at the end of its name. Each says
in `.insession/release.json` when it was made, and which files it only keeps for the one before it:
the scripts and fonts that a page asks for which was opened a moment ago.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from insession.common.problems import Problems
from insession.common.progress import progress
from insession.output import output_folder
from insession.output.output_folder import MARK
from insession.output.swap_folders import put_in_place
from insession.publish.built_site import SiteBuild
from insession.publish.manifest import Digests, digests, names
from insession.publish.target_config import Setting
from insession.publish.web_servers.netlify import add_host_files

TITLE = "a folder, for any other host"
KEYS = {"folder": ("Which folder? It is made if it isn't there", "../my-site")}
KEPT = 5  # releases, with the one that is published
LASTING = "theme/"  # a name in there stands for the same bytes forever
NOTE = f"{MARK}/release.json"  # written last: what has it is complete
FIRST = "11111111-111111-111111"  # the name of a release that says none
RELEASE = re.compile(r"\d{8}-\d{6}-\d{6}a*")


def check(setting: Setting) -> None:
    """Refuse a folder in which something else lives. Raises Problems."""
    folder = _folder(setting)
    if folder.is_relative_to(setting.root) or setting.root.is_relative_to(folder):
        what = f"{folder} is a part of this project, or the project lies in it."
        raise setting.refused(what, "Choose a folder beside the project: ../my-site")
    if folder.exists() and not folder.is_dir():
        raise setting.refused(f"{folder} is a file.", "Choose another name for the folder.")
    with _in_words(setting):
        for place in (folder, _beside(setting, "new"), _beside(setting, "undone")):
            if found := output_folder.foreign(place):
                what = f"{place} holds files that were not made here: {output_folder.named(found)}."
                how = "All in it would be replaced. Move them elsewhere, or choose another folder."
                raise setting.refused(what, how)


def try_out(setting: Setting) -> None:
    """See whether the folder can be written. Raises Problems."""
    with _in_words(setting):
        staging = _beside(setting, "new")
        output_folder.start(staging)
        output_folder.remove(staging)


def prepare(setting: Setting, site: SiteBuild) -> None:
    """Add what Netlify and Cloudflare Pages read."""
    add_host_files(site)


def held(setting: Setting) -> Digests:
    """Return what lies in the folder, but for what is only kept for the release before."""
    folder = _folder(setting)
    with _in_words(setting):
        _mend(setting)
        found = digests(folder)
        return {path: found[path] for path in _own(folder)}


def read(setting: Setting, name: str) -> str:
    """Return what is in a file that is published."""
    with _in_words(setting):
        return (_folder(setting) / name).read_text(encoding="utf-8")


def send(setting: Setting, site: Path) -> None:
    """Copy the site beside the folder, and put it in its place when it is complete."""
    folder = _folder(setting)
    with _in_words(setting):
        _mend(setting)
        shown, now = _name(folder), f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        _beside(setting, "earlier").mkdir(parents=True, exist_ok=True)
        name = max(now, f"{shown}a") if shown else now
        _put(setting, site, {*names(site)}, name, _earlier(setting, folder))
        for old in _releases(setting)[: -(KEPT - 1)]:
            _forget(setting, old)


def undo(setting: Setting) -> None:
    """Bring back the release before this one, which is forgotten."""
    with _in_words(setting):
        _mend(setting)
        if not (earlier := _releases(setting)):
            what = "there is no earlier release to go back to."
            how = "Mend what is wrong and publish again."
            raise setting.refused(what, how, str(_folder(setting)))
        back, undone = earlier[-1], _beside(setting, "undone")
        _put(setting, back, _own(back), back.name, undone)
        output_folder.remove(undone)
        _forget(setting, back)


@contextmanager
def last_two(setting: Setting) -> Iterator[list[Path]]:
    """Yield what is published and what `undo` would bring back, or nothing."""
    with _in_words(setting):
        _mend(setting)
        earlier = _releases(setting)
    yield [_folder(setting), earlier[-1]] if earlier else []


def _put(setting: Setting, site: Path, paths: set[str], name: str, old: Path) -> None:
    """Show these files of a site as the release with this name; what was shown goes to `old`."""
    folder, staging = _folder(setting), _beside(setting, "new")
    kept = sorted(path for path in _own(folder) - paths if path.startswith(LASTING))
    try:
        output_folder.start(staging)
        copies = [*((site, path) for path in paths), *((folder, path) for path in kept)]
        with progress("Copying the files", len(copies)) as advance:
            for source, path in copies:
                (staging / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / path, staging / path)
                advance(1)
        output_folder.finish(staging)
        note = json.dumps({"name": name, "kept": kept}, indent=0)
        (staging / NOTE).with_suffix(".new").write_text(note, encoding="utf-8")
        (staging / NOTE).with_suffix(".new").rename(staging / NOTE)
        put_in_place(staging, folder, old)
    finally:
        output_folder.remove(staging)


def _note(folder: Path) -> dict[str, Any]:
    """Return what a release says of itself; nothing if it isn't complete."""
    note = folder / NOTE
    return json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}


def _name(folder: Path) -> str:
    """When the release was made, as a name that comes after those of all before it."""
    return str(_note(folder).get("name", ""))


def _own(folder: Path) -> set[str]:
    """The files of a release, but for what it keeps for the one before it."""
    return {*names(folder)}.difference(_note(folder).get("kept", ()))


def _mend(setting: Setting) -> None:
    """Clean up after a run that was killed, at whatever moment."""
    folder = _folder(setting)
    staging, undone = _beside(setting, "new"), _beside(setting, "undone")
    if not folder.exists():  # killed between two renames, where one step isn't possible
        if undone.exists():
            undone.rename(folder)
        elif releases := _releases(setting):
            releases[-1].rename(folder)
    was = _earlier(setting, staging)
    if "" < _name(staging) < _name(folder) and not was.exists():
        staging.rename(was)  # it was replaced, and not yet put away
    for left in (staging, undone):
        output_folder.remove(left)
    shown = _name(folder)
    for release in _releases(setting):
        if shown and release.name >= shown:  # it was brought back
            _forget(setting, release)


def _forget(setting: Setting, release: Path) -> None:
    """Remove a release; half of one is never among the others."""
    undone = _beside(setting, "undone")
    release.rename(undone)
    output_folder.remove(undone)


def _earlier(setting: Setting, release: Path) -> Path:
    """Where a release goes when it has been replaced."""
    return _beside(setting, "earlier") / (_name(release) or FIRST)


def _releases(setting: Setting) -> list[Path]:
    """The earlier releases, the oldest first."""
    earlier = _beside(setting, "earlier")
    found = sorted(earlier.iterdir()) if earlier.is_dir() else []
    return [path for path in found if RELEASE.fullmatch(path.name)]


def _folder(setting: Setting) -> Path:
    return (setting.root / Path(setting.values["folder"]).expanduser()).resolve()


def _beside(setting: Setting, ending: str) -> Path:
    folder = _folder(setting)
    return folder.with_name(f"{folder.name}.{ending}")


@contextmanager
def _in_words(setting: Setting) -> Iterator[None]:
    """Turn what the system says about a disk into a sentence."""
    try:
        yield
    except Problems:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        how = "Make room on that disk, or see that you may write there, and publish again."
        what = f"this folder can't be used: {reason}."
        raise setting.refused(what, how, str(_folder(setting))) from None
