"""Makes the whole site in a new folder and puts it in the place of the old one.

A build that fails, or is stopped, leaves the old output as it was.
"""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pelican.contents import Article, Content
from pelican.settings import read_settings

from insession.common.crash_reports import of_a_disk, problems_in
from insession.common.locks import alone
from insession.common.problems import Problem, Problems, listed
from insession.content.leftovers import EXAMPLE
from insession.content.practice import PracticeFile
from insession.content.url_ledger import read_kept, read_ledger, write_ledger
from insession.output import output_folder
from insession.output.swap_folders import put_in_place
from insession.output.writer import Writer
from insession.site.memory import CODE, FOLDER
from insession.site.site import Site
from insession.site.sources import is_waiting
from insession.site.state import SiteState
from insession.site.unchanged import look, record


@dataclass(frozen=True)
class Built:
    """What a build made, and what it knows of it.

    `contents` are all texts, drafts too. `addresses` is the address of each text and list,
    `redirects` each old address with the new one, `gone` those whose text was taken down
    (insession/content/url_ledger.py). `site_id` is what the ids in its feeds hang on. `kept_back`
    and `renamed` are lines for her; `later` what would be wrong with drafts if they were none.
    `old_comments` says whether the comments that are shown are those of an earlier time.
    """

    settings: dict[str, Any]
    practice: PracticeFile
    contents: list[Content]
    addresses: dict[str, str] = field(default_factory=dict)
    redirects: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    site_id: str = ""
    renamed: list[str] = field(default_factory=list)
    later: list[Problem] = field(default_factory=list)
    old_comments: bool = False

    @property
    def published(self) -> list[Content]:
        """The texts that readers can find, or can with their address."""
        return [content for content in self.contents if content.status != "draft"]

    @property
    def until(self) -> float:
        """The time at which the next text becomes due."""
        due = [content.date.timestamp() for content in self.contents if is_waiting(content)]
        return min(due, default=math.inf)

    @property
    def kept_back(self) -> list[str]:
        """A line for each text that isn't published, and why."""
        waiting = [content for content in self.contents if content.status == "draft"]
        lines = []
        for content in sorted(waiting, key=lambda content: content.relative_source_path):
            why = f"waits until {content.date:%Y-%m-%d}" if is_waiting(content) else "a draft"
            lines.append(f"Kept back: content/{content.relative_source_path} ({why}).")
        return lines


def build(
    output: str = "output", settings_file: str = "publishconf.py", *, fresh: bool = False
) -> int:
    """Build into `output` and say what was done. Returns the exit code.

    With `fresh`, everything is read and made anew.
    """
    settings = read_settings(settings_file)
    seen = look(_goes_in(settings, Path(settings_file)))
    days: list[str] = []
    try:
        try:
            built = make_site(Path(output), settings_file, is_fresh=fresh, MAKES_SITE_ID=True)
        except Problems as found:
            from insession.content.publication_day import write_days  # most builds need none

            days = write_days(found.problems, Path(settings["PATH"]))
            if not days:
                raise
            seen = look(_goes_in(settings, Path(settings_file)))
            built = make_site(Path(output), settings_file, is_fresh=fresh, MAKES_SITE_ID=True)
    except Problems as found:
        count = len(found.problems)
        print(listed(found.problems))
        print(f"\n{count} {'problem' if count == 1 else 'problems'}. Nothing was changed.")
        return 1
    said = [*days, *built.kept_back, *built.renamed]
    articles = sum(isinstance(content, Article) for content in built.published)
    pages = len(built.published) - articles
    said.append(
        f"{articles} {'article' if articles == 1 else 'articles'} and "
        f"{pages} {'page' if pages == 1 else 'pages'} are ready in {output}/."
    )
    print("\n".join(said[:-1] + _keep_site_id(built) + said[-1:]))
    if "://" not in settings["COMMENTS_APPROVED"]:  # those may be others at any time
        record(Path(settings["PATH"]).parent, seen, Path(output).resolve(), built.until, said)
    return 0


def _goes_in(settings: dict[str, Any], settings_file: Path) -> list[Path]:
    """Return every file and folder that a build reads."""
    project, environment = Path(settings["PATH"]).parent, Path(sys.prefix)
    files = ("pelicanconf.py", settings["LEDGER"], settings["COMMENTS_APPROVED"])
    return [
        *(Path(settings["PATH"]), Path(settings["THEME"]), CODE, settings_file.resolve()),
        *(project / name for name in files),
        *(environment / "pyvenv.cfg", environment / "installed", CODE.parent / "requirements.txt"),
    ]


def make_site(output: Path, settings_file: str, *, is_fresh: bool = False, **changed: Any) -> Built:
    """Build the site at `output`, replacing what an earlier build left there.

    With `is_fresh` nothing that is remembered is used. `changed` are settings that differ from the
    file's. Raises Problems when anything keeps a text from being published; `output` is then
    unchanged. Two builds at once take turns.
    """
    site = Site(output.parent, settings_file, changed, is_fresh=is_fresh)
    try:
        with _turn(output):
            site.refresh()
            return _make_site(site, output)
    finally:
        site.close()


def write_site(site: Site, output: Path) -> Built:
    """Build a site that was read and arranged already, else as `make_site`."""
    with _turn(output):
        return _make_site(site, output)


@contextmanager
def _turn(output: Path) -> Iterator[None]:
    """Wait for another build of this folder, and refuse one that holds anything else."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with alone(output.with_name(f"{output.name}.lock")):
            old = _beside(output, "old")
            for folder in (output, _beside(output, "new"), old):
                output_folder.refuse_foreign(folder)
            if old.exists() and not output.exists():  # a build was killed between two steps
                old.rename(output)
            yield
    except OSError as error:
        raise Problems([of_a_disk(error, f"{output}/")]) from None


def _make_site(site: Site, output: Path) -> Built:
    writer = site.state.writer
    if site.problems or writer is None:
        raise Problems(site.problems)
    staging, old = _beside(output, "new"), _beside(output, "old")
    spare = _spare(output, site.state.settings)
    try:
        output_folder.start(staging, spare)
        outdated = _write(site, writer, staging, output if spare else None)
        output_folder.finish(staging, writer.written())
        output_folder.remove(old)
        put_in_place(staging, output, old)
        output_folder.set_aside(old, spare, outdated)
    finally:
        output_folder.set_aside(staging, spare)
    return built_of(site.state)


def _beside(output: Path, ending: str) -> Path:
    return output.with_name(f"{output.name}.{ending}")


def _spare(output: Path, settings: dict[str, Any]) -> Path | None:
    """Return where the folder lies that was the output before, and will be the next one.

    None for a folder that isn't the project's own: it is made anew each time.
    """
    project = Path(settings["PATH"]).parent
    is_own = output.parent.resolve() == project.resolve()
    return project / FOLDER / "outputs" / output.name if is_own else None


def _write(site: Site, writer: Writer, staging: Path, output: Path | None) -> list[str]:
    try:
        outdated = writer.write_all(staging, site.memory, output)
    except Exception as error:
        raise Problems(problems_in(error, staging.parent)) from error
    if logged := site.logged_problems():
        raise Problems(logged)
    return outdated


def built_of(state: SiteState) -> Built:
    """Return what is known of a site that was read and arranged."""
    context = state.context
    return Built(
        settings=state.settings,
        practice=context["PRACTICE"],
        contents=[text.content for text in state.texts.values() if text.content],
        addresses=context["ADDRESSES"],
        redirects=context["REDIRECTS"],
        gone=context["GONE"],
        site_id=context["SITE_ID"],
        renamed=context["RENAMED"],
        later=context["problems_of_drafts"],
        old_comments=context.get("COMMENTS_OLD", False),
    )


def _keep_site_id(built: Built) -> list[str]:
    """Keep it for a site that is brought to its host by hand: publishing does so by itself."""
    path = Path(built.settings["PATH"]).parent / built.settings["LEDGER"]
    kept = read_kept(path)
    host = built.site_id.removeprefix("tag:").partition(",")[0]
    # At nobody's address nothing is kept: two blogs tried out there would have the same ids.
    if kept.site or not built.site_id.startswith("tag:"):
        return []
    if host == "localhost" or EXAMPLE.search(host):
        return []
    write_ledger(path, read_ledger(path), replace(kept, site=built.site_id))
    return [f"What the ids in your feeds hang on is noted in {path.name}: keep it with your blog."]
