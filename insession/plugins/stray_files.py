"""Sees to it that nothing in content/ is silently skipped, and nothing outside it is read.

Every Markdown file must have become an article or a page; a file in the wrong folder or of the
wrong kind is a problem with its name, and so is a name that can't be read. Symbolic links that lead
out of content/, and those to folders (which can go round in circles), are refused and never
followed.
"""

import os
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import Generator

from insession.common.invisible import INVISIBLE
from insession.common.problems import Problem, collected, shown_path
from insession.common.walk import walk

# Read by In Session itself, never published.
HERS = {"practice.toml", "words.txt", "topics.toml", "glossary.toml"}
EXCLUDES = ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES")


def refuse_early(pelican: Pelican) -> None:
    """Find links and names that Pelican must not come to, and keep it from them."""
    root = Path(pelican.settings["PATH"]).resolve()
    for entry in walk(Path(pelican.settings["PATH"]), pelican.settings["IGNORE_FILES"]):
        path = Path(entry.path)
        if wrong := _wrong_name(entry.name) or (entry.is_symlink() and _wrong_link(path, root)):
            shown = shown_path(path, pelican.settings)
            collected(pelican.settings).append(Problem(shown, 0, *wrong))
            relative = path.relative_to(pelican.settings["PATH"]).as_posix()
            for name in EXCLUDES:
                pelican.settings[name] = [*pelican.settings[name], relative]


def _wrong_name(name: str) -> tuple[str, str] | None:
    """Say what is wrong with a file's name; one in another encoding has surrogates in it."""
    if "\\" in name:
        return "the name of this file has a \\ in it.", "Give it a name without that sign."
    if not INVISIBLE.search(name):
        return None
    what = "the name of this file has a sign in it (shown as \ufffd) that can't be read."
    return what, "Give it a new name, with letters and digits."


def _wrong_link(path: Path, root: Path) -> tuple[str, str] | None:
    if path.is_dir():
        return "this is a link to a folder.", "Put the folder itself here."
    if not Path(os.path.realpath(path)).is_relative_to(root):
        return "this is a link to a file outside content/.", "Put the file itself here."
    if not path.exists():
        return "this is a link to a file that doesn't exist.", "Remove it."
    return None


def account_for_every_file(generators: list[Generator]) -> None:
    """Report each file that is neither read, nor copied, nor already reported."""
    settings, context = generators[0].settings, generators[0].context
    root, start = Path(settings["PATH"]), len(str(Path(settings["PATH"]))) + 1
    written = settings["ARTICLE_PATHS"] + settings["PAGE_PATHS"]
    reported = {problem.file for problem in collected(settings)}
    for entry in walk(root, settings["IGNORE_FILES"]):
        if entry.is_symlink() or entry.is_dir():
            continue
        if context["generated_content"].get(entry.path[start:].replace(os.sep, "/")) is not None:
            continue  # before anything else: so it is with most
        relative = Path(entry.path).relative_to(root)
        path, shown = Path(entry.path), shown_path(entry.path, settings)
        folder = relative.parts[0] if len(relative.parts) > 1 else ""
        if shown in reported:
            continue
        if folder in written and path.suffix == ".md":
            what, how = "this file could not be read.", "Compare it with one that works."
            collected(settings).append(Problem(shown, 0, what, how))
        elif folder in written:
            what = "only Markdown files (their names end in .md) belong in this folder."
            how = "Rename it if it is an article; pictures belong in content/images."
            collected(settings).append(Problem(shown, 0, what, how))
        elif path.suffix.lower() in {".md", ".markdown"} and folder != "well-known":
            what = "this file is not in a folder whose files are published."
            how = "Move it to content/articles or content/pages."
            collected(settings).append(Problem(shown, 0, what, how))
        elif (
            folder not in [*settings["STATIC_PATHS"], "well-known"]
            and relative.as_posix() not in HERS
        ):
            what = "this file is not in a folder whose files are published."
            how = "Move it to content/images or content/downloads, or out of content/."
            collected(settings).append(Problem(shown, 0, what, how))


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(refuse_early)
    signals.all_generators_finalized.connect(account_for_every_file)
