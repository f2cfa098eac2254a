"""Makes the blog hers: asks who she is, and takes away what she doesn't keep of the sample.

Each answer is written into content/practice.toml at once, so that nothing is lost when she stops.
"""

import textwrap
from datetime import date
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from insession.common.problems import Problems, listed, shown_path
from insession.content.inventory import readable
from insession.content.leftovers import Written, find_leftovers, listed_leftovers, text_fields
from insession.content.new import ROOT, ask
from insession.content.practice import PracticeFile
from insession.content.questions import WIDTH, Editor, ask_all, tell
from insession.content.removal import Removal, Sample, find_samples, remove_samples

INTRODUCTION = """\
This asks for what every page says about you, one thing at a time. Each answer
is written into content/practice.toml at once.

  Enter   keeps what stands in [brackets], or leaves a question for later
  -       leaves out what you don’t want to show
  Ctrl-C  stops; the same command goes on from there"""


def start(content: str = "content") -> int:
    """Ask, write down, take away, and list what is left to be done. Returns the exit code."""
    folder = Path(content).resolve()
    settings = read_settings(str(ROOT / "pelicanconf.py"), override={"PATH": str(folder)})
    changed = False
    try:
        editor = Editor(folder / "practice.toml")
        print(INTRODUCTION)
        try:
            ask_all(editor)
        finally:
            changed = editor.is_changed
        _ask_samples(settings)
        print(f"\n{_what_is_left(folder, editor.practice, settings)}")
    except (EOFError, KeyboardInterrupt):
        kept = "What you answered stands in content/practice.toml; the same command goes on."
        print(f"\nStopped. {kept if changed else 'Nothing was changed.'}")
        return 130
    except Problems as found:
        print(f"{listed(found.problems)}\n\nMend this first, and start again.")
        return 1
    except OSError as error:
        print(f"{error.filename or 'A file'} can’t be written: {(error.strerror or '').lower()}.")
        return 1
    return 0


def _ask_samples(settings: dict[str, Any]) -> None:
    """Ask which articles of the sample she keeps to write over, and remove the others."""
    found = find_samples(settings)
    untouched = [sample for sample in found if sample.is_untouched]
    for sample in found:
        if not sample.is_untouched:
            shown = shown_path(sample.path, settings)
            tell(f"{shown} is still mostly the sample’s, with words of yours: it stays.")
    published = [sample for sample in untouched if not sample.is_draft]
    if not published:
        return
    print("\nThe sample’s articles\n")
    for number, sample in enumerate(untouched, 1):
        print(f"  {number:2}  {sample.title}{' (a draft)' if sample.is_draft else ''}")
    print()
    kept = _ask_kept(untouched)
    if kept is None:
        return
    gone = [sample for sample in untouched if sample not in kept]
    print(f"\n{_told(remove_samples(gone, kept, settings))}")


def _ask_kept(samples: list[Sample]) -> list[Sample] | None:
    """Return those that she wants to keep as drafts; None if she doesn't say."""
    numbers = {str(number): sample for number, sample in enumerate(samples, 1)}
    words = "Which will you write over? Their numbers, all or none (Enter: later): "
    while True:
        typed = ask(words).lower().replace(",", " ").split()
        if not typed:
            return None
        if typed in (["none"], ["all"]):
            return samples if typed == ["all"] else []
        if all(word in numbers for word in typed):
            return [numbers[word] for word in dict.fromkeys(typed)]
        tell(f"Type numbers from 1 to {len(samples)} with spaces between them, all, or none.")


def _told(done: Removal) -> str:
    rows = []
    if done.removed:
        rows += ["Removed:", *(f"  {shown}" for shown in done.removed)]
    if done.drafts:
        rows += ["Drafts now, which you alone see:", *(f"  {shown}" for shown in done.drafts)]
    if done.lines:
        said = "On these lines a link led to one of them. Its words still stand there; see whether "
        rows += [*textwrap.wrap(f"{said}the sentence still says what it should:", WIDTH)]
        rows += [f"  {place}" for place in done.lines]
    return "\n".join(rows)


def _what_is_left(folder: Path, practice: PracticeFile, settings: dict[str, Any]) -> str:
    texts = []
    for each, path, header, body in readable(settings):
        state = each.is_page, header.status == "draft", header.reviewed
        texts.append(Written(path, each.shown, *state, text_fields(header), body))
    left = find_leftovers(folder / "practice.toml", practice, texts, date.today())
    if left:
        return listed_leftovers(left).rstrip()
    return "Nothing is the sample’s any more. “python3 tasks.py preview” shows your blog."
