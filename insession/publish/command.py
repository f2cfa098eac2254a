"""The commands `publish` and `undo`: each step in its order, each said in a line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pelican.settings import read_settings

from insession.check.command import examine
from insession.check.rules import applicability
from insession.common.problems import Problem, Problems, listed
from insession.content.ids import exchanged
from insession.content.leftovers import listed_leftovers
from insession.content.practice import read_practice
from insession.publish.built_site import SiteBuild, site_of
from insession.publish.lineage import NAME, ReleaseMemory, marks, read, remember
from insession.publish.losses import Now, memory_of, place_of, questions, stops, taken_down
from insession.publish.manifest import (
    Changes,
    Digests,
    compare,
    count_pages,
    digests,
    in_words,
    names,
)
from insession.publish.prompts import confirm, is_interactive, sentence, step
from insession.publish.registry import read_setting, target_of
from insession.publish.run_guard import FOLDER, Unsure, after_sending, one_at_a_time
from insession.publish.send import bring_back, send
from insession.publish.target_config import Setting
from insession.publish.update_ledger import record
from insession.publish.verify import verify
from insession.publish.withdrawn_comments import comments_of_then, keep_to_published
from insession.publish.wizard import explained, set_up
from insession.site.build import write_site
from insession.site.site import WITH_DRAFTS, Site

MOST_NAMES = 30  # that --dry-run lists of each kind
SAMPLE = Problem(
    "content/",
    0,
    "a part of it is still the sample’s, and readers would take it for yours.",
    "Work off the list above, and publish again.",
)
AS_IT_WAS = "Your blog is as it was."
PUBLISH_AFTER = "Publish right after, so that they are gone again: python3 tasks.py publish"
UNCHANGED = "Nothing was published; your blog is as it was."


def publish(
    dry_run: bool = False,
    yes: bool = False,
    setup: bool = False,
    settings_file: str = "publishconf.py",
    setting: Setting | None = None,
) -> int:
    """Publish the blog, or with `dry_run` say what that would change. Returns the exit code.

    `yes` publishes whatever would be taken down, and also while the comments can't be fetched;
    `setup` asks where the blog is to go; `setting` says it in place of the settings file.
    """
    path = Path(settings_file)
    return one_at_a_time(path, UNCHANGED, lambda: _publish(path, dry_run, yes, setup, setting))


def undo(yes: bool = False, settings_file: str = "publishconf.py") -> int:
    """Bring back what was published before. Returns the exit code.

    `yes` does so also if that shows comments again that aren't shown now.
    """
    path = Path(settings_file)
    return one_at_a_time(path, AS_IT_WAS, lambda: _undo(path, yes))


def _publish(
    settings_file: Path, dry_run: bool, yes: bool, setup: bool, setting: Setting | None
) -> int:
    again = setting is not None  # what is public already, with other comments
    if not setting and not setup:
        setting = read_setting(settings_file)
    if not setting and is_interactive() and (setting := set_up(settings_file)):
        if not (yes or dry_run or confirm("\nPublish your blog there now?")):
            print("Nothing was published. When you are ready, type: python3 tasks.py publish")
            return 0
        print()
    if not setting:
        print(explained())
        return 1
    _refuse_trial_comments(settings_file)
    with _arranged(settings_file) as engine:
        _check(engine, settings_file, dry_run or again)
        site = _build(engine, setting.root / FOLDER)
    site = keep_to_published(site, setting, str(settings_file), yes or dry_run)
    _verify(site)
    built = _prepare(setting, site)
    before = _looked_up(setting)
    changes = compare(before, built)
    now = Now(setting, site, before, changes, memory_of(setting))
    if dry_run:
        print(f"\n{_summary(now)}{_names(changes)}")
        if found := [*stops(now), *questions(now, built)]:
            print(f"\nPublishing would stop here:\n\n{listed(found)}\n")
        print("This was a dry run: nothing was published.")
        return 0
    lost = taken_down(now)
    if not (yes or _is_meant(now, built)):
        print(UNCHANGED)
        return 1
    if changes:
        _keep_in_mind(setting, _while_sending(now, built))
        send(setting, site, before, built)
    with after_sending(setting.root):
        print(f"\n{_summary(now)}")
        for line in lost:
            print(f"  {line}")
        _record(site)
        _keep_in_mind(setting, ReleaseMemory(built[NAME], site.made_from))
        print(f"Your blog: {site.url}/")
    return 0


def _refuse_trial_comments(settings_file: Path) -> None:
    """The comments beside content/ are those that she tried out in the preview."""
    where = _setting(settings_file, "COMMENTS_APPROVED")
    if _setting(settings_file, "COMMENTS") == "off" or "://" in where or Path(where).is_absolute():
        return
    what = f"“{where}” holds the comments that you tried out in the preview."
    how = "Say where the service has those of your readers, with the address of your blog:\n"
    how += '    COMMENTS_APPROVED = "https://blog.your-name.com/comments/approved.json"'
    raise Problems([Problem(settings_file.name, 0, what, how)])


@contextmanager
def _arranged(settings_file: Path) -> Iterator[Site]:
    """Yield the site as it was read and arranged: what is checked is what is built."""
    step("Checking")
    engine = Site(settings_file.parent, str(settings_file), WITH_DRAFTS | {"MAKES_SITE_ID": True})
    try:
        engine.refresh()
        yield engine
    finally:
        engine.close()


def _check(engine: Site, settings_file: Path, keeps_sample: bool) -> None:
    """Stop at mistakes and, unless `keeps_sample`, at what readers would take for hers."""
    settings = read_settings(str(settings_file))
    result = examine(engine, settings)
    days: list[str] = []
    if result.problems and not keeps_sample:
        from insession.content.publication_day import write_days  # seldom needed

        days = write_days(result.problems, Path(settings["PATH"]))
    if days:
        engine.refresh()
        result = examine(engine, settings)
        print("".join(f"\n  {each}" for each in days))
    if result.problems:
        raise Problems(result.problems)
    if result.sample:
        print(f"\n\n{listed_leftovers(result.sample)}")
    if not keeps_sample and any(entry.blocks for entry in result.sample):
        raise Problems([SAMPLE])
    count = len(result.remarks)
    remarks = "1 remark" if count == 1 else f"{count} remarks" if count else "no remarks"
    more = "; “python3 tasks.py check” shows them" if count else ""
    print(f"nothing stands in the way, {remarks}{more}.")
    for said in applicability.summary(result.remarks):
        print(f"  {said}")


def _build(engine: Site, folder: Path) -> SiteBuild:
    step("Building")
    site = site_of(folder, write_site(engine, folder))
    built = [*names(folder)]
    print(f"{count_pages(built)} pages, {len(built)} files in all.")
    for line in site.notes:
        print(f"  {line}")
    return site


def _verify(site: SiteBuild) -> None:
    step("Verifying the built site")
    if problems := [*verify(site), *exchanged(site.content, site.ledger, site.texts)]:
        raise Problems(problems)
    print("every link leads somewhere, every feed can be read.")


def _prepare(setting: Setting, site: SiteBuild) -> Digests:
    """Add what the host reads beside the pages; return all that is to be sent."""
    target_of(setting).prepare(setting, site)
    return digests(site.folder)


def _looked_up(setting: Setting) -> Digests:
    step("Looking at what is published now")
    before = target_of(setting).held(setting)
    print(f"{count_pages(before)} pages." if before else "nothing yet.")
    return before


def _is_meant(now: Now, built: Digests) -> bool:
    """Whether what readers would find no more may go; she is asked, if she is there.

    Raises Problems if it may not.
    """
    found = stops(now)
    if found or not is_interactive():
        found += questions(now, built)
        if found:
            raise Problems(found)
        return True
    asked = questions(now, built)
    if asked:
        print(f"\n{listed(asked)}\n")
    return not asked or confirm("Publish all the same?")


def _keep_in_mind(setting: Setting, memory: ReleaseMemory) -> None:
    """Remember which release this computer follows."""
    remember(setting.root, place_of(setting), memory)


def _while_sending(now: Now, built: Digests) -> ReleaseMemory:
    """Return what is to be remembered should this be the last that is known of it."""
    memory, made_from = now.memory, now.site.made_from
    had = memory.had | marks(memory.sources) | marks(made_from)
    return ReleaseMemory(memory.release, memory.sources | made_from, had, built[NAME])


def _brought_back(setting: Setting, after: Digests) -> ReleaseMemory:
    """Return what is to be remembered after an undo."""
    text = target_of(setting).read(setting, NAME) if NAME in after else ""
    release, known = read(text) or {}, memory_of(setting).sources.items()
    sources = {file: source for file, source in known if source.fingerprint in release}
    return ReleaseMemory(after.get(NAME, ""), sources, frozenset(release))


def _record(site: SiteBuild) -> None:
    try:
        if noted := record(site):
            print(noted)
    except OSError as error:
        what = f"it was published, but this file can't be written: {error.strerror}."
        how = "See that you may write it, and publish again; it keeps old addresses alive."
        raise Unsure([Problem(site.ledger.name, 0, what, how)]) from None


def _undo(settings_file: Path, yes: bool) -> int:
    setting = read_setting(settings_file)
    if not setting:
        print(explained())
        return 1
    before = _looked_up(setting)
    returning = comments_of_then(setting)
    if returning and not yes and not _may_return(returning):
        print(AS_IT_WAS)
        return 1
    after = bring_back(setting, before)
    changes = compare(before, after)
    with after_sending(setting.root):
        _keep_in_mind(setting, _brought_back(setting, after))
        print(f"\n{sentence(in_words(changes))}")
        print("Your texts on this computer are as you wrote them; the next publish publishes them.")
        if returning:
            print(f"Comments of then are shown again. {PUBLISH_AFTER}")
        print(f"Your blog: {_url(settings_file)}/")
    return 0


def _may_return(pages: list[str]) -> bool:
    """Whether comments may be shown again; she is asked. Raises Problems if nobody is there."""
    rows = "".join(f"\n      {line}" for line in pages)
    what = "these pages would come back with comments that they don't show now, or not in these "
    what += f"words. Some may have been withdrawn or deleted since:{rows}"
    how = "Mend your texts instead, and publish them. If you have to go back all the same, type:\n"
    how += f"    python3 tasks.py undo --yes\n    {PUBLISH_AFTER}"
    problem = Problem("Comments", 0, what, how)
    if not is_interactive():
        raise Problems([problem])
    print(f"\n{listed([problem])}\n")
    return confirm("Go back all the same?")


def _url(settings_file: Path) -> str:
    return read_practice(Path(_setting(settings_file, "PATH")) / "practice.toml").site.url


def _setting(settings_file: Path, name: str) -> str:
    return str(read_settings(str(settings_file))[name])


def _summary(now: Now) -> str:
    """What readers find new, in a sentence."""
    return sentence(in_words(now.changes, now.site.articles, now.renamed))


def _names(changes: Changes) -> str:
    """The files of a dry run, a line each."""
    rows: list[str] = []
    for word, paths in (("new", changes.new), ("changed", changes.changed), ("gone", changes.gone)):
        rows += [f"\n  {word}: {path}" for path in paths[:MOST_NAMES]]
        if len(paths) > MOST_NAMES:
            rows.append(f"\n  {word}: and {len(paths) - MOST_NAMES} more")
    return "".join(rows)
