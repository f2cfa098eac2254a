"""Target *a git branch*: the built site on a branch of its own, as git hosts show it.

All of it happens in a repository that is thrown away, so her checkout is never touched. Each
release is a commit; `undo` is one more commit, with the files of an earlier one.
"""

import re
import subprocess
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from insession.common.progress import Advance, progress
from insession.output.output_folder import MARK
from insession.publish.built_site import SiteBuild
from insession.publish.manifest import Digests, digests
from insession.publish.run_program import follow, run
from insession.publish.target_config import Setting
from insession.publish.targets.git_errors import in_words
from insession.publish.web_servers.netlify import add_host_files

TITLE = "a branch of a git repository, for GitHub or Codeberg Pages"
KEYS = {
    "remote": ("Which repository", "git@codeberg.org:me/blog.git"),
    "branch": ("Which branch; not the one with your texts", "pages"),
}
NAME = re.compile(r"\w[\w-]*", re.A)
REMOTE = re.compile(
    r"https://(?![^/]*:[^/]*@)\S+|ssh://\S+|[\w.-]+@[\w.-]+:\S+|([A-Za-z]:|\.\.?)?[\\/].+"
)
BRANCH = re.compile(r"\w[\w-]*(?:[./][\w-]+)*", re.A)
LASTING = "theme/"  # a name in there stands for the same bytes forever
# What hosts keep on the branch: the domain, and that the files are to be shown as they are.
DOMAIN, AS_IS = ("CNAME", ".domains"), ".nojekyll"
MADE_BY = "Made-by: In Session"
BRINGS_BACK = "Brings-back: "
SENT = re.compile(r"Writing objects: +\d+% \((\d+)/(\d+)\)")
# No address of hers is published with the commits.
WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "In Session"), ("EMAIL", "insession@localhost"))
}
# The bytes are published as they are, whatever is usual on her computer.
CONFIG = (
    *("core.autocrlf=false", "core.safecrlf=false", "core.attributesFile="),
    *("gc.auto=0", "core.quotePath=false"),
)


def check(setting: Setting) -> None:
    """Refuse what is no repository, or the branch she works on. Raises Problems."""
    remote, branch = setting.values["remote"], setting.values["branch"]
    if not (NAME.fullmatch(remote) or REMOTE.fullmatch(remote)):
        what = f"“{remote}” is not the address of a repository that can be used."
        how = "Write it without a password, so: git@codeberg.org:me/blog.git"
        raise setting.refused(what, how)
    if not BRANCH.fullmatch(branch):
        raise setting.refused(f"“{branch}” is not the name of a branch.", "Write it so: pages")
    if branch == _asked(setting, "branch", "--show-current") and (
        _address(setting) in re.split(r"\s", _asked(setting, "remote", "-v"))
    ):
        what = f"“{branch}” is the branch on which your texts are."
        raise setting.refused(what, "Choose another for the finished site: pages")


def try_out(setting: Setting) -> None:
    """See whether the branch is free and can be pushed to. Raises Problems."""
    with _repository(setting) as repository:
        tip = _fetch(setting, repository)
        _push(setting, repository, tip, "Try", options=("--dry-run",))


def prepare(setting: Setting, site: SiteBuild) -> None:
    """Add what some hosts of this kind read."""
    add_host_files(site, plain=True)


def held(setting: Setting) -> Digests:
    """Return what is on the branch, but for what is only kept for the release before."""
    with _repository(setting) as repository:
        if not (tip := _fetch(setting, repository)):
            return {}
        kept = _kept(setting, repository, tip)
        found = digests(_checked_out(setting, repository, tip))
    return {name: found[name] for name in found if name not in {*DOMAIN, AS_IS, MARK, *kept}}


def read(setting: Setting, name: str) -> str:
    """Return what is in a file on the branch."""
    with _repository(setting) as repository:
        tip = _fetch(setting, repository)
        return _git(setting, repository, "show", f"{tip}:{name}")


def send(setting: Setting, site: Path) -> None:
    """Push the site as one commit."""
    with _repository(setting) as repository:
        tip = _fetch(setting, repository)
        add = ("add", "--force", "--all", "--", ".", f":!{MARK}")
        _git(setting, repository, *_inside(site), *add)
        blob = _written(setting, repository, MADE_BY)
        _take_in(setting, repository, "100644", blob, AS_IS)
        _mark(setting, repository, tip, [])
        _push(setting, repository, tip, "Publish")


def undo(setting: Setting) -> None:
    """Push one more commit, with the files that were published before."""
    with _repository(setting) as repository:
        tip = _fetch(setting, repository, whole=True)
        if not (earlier := _earlier(setting, repository, tip)):
            what = "there is no earlier release to go back to."
            how = "Mend what is wrong and publish again."
            raise setting.refused(what, how, setting.values["remote"])
        _git(setting, repository, "read-tree", earlier)
        _mark(setting, repository, tip, _kept(setting, repository, earlier))
        _push(setting, repository, tip, "Undo", f"{BRINGS_BACK}{earlier}\n")


@contextmanager
def last_two(setting: Setting) -> Iterator[list[Path]]:
    """Yield what is published and what `undo` would bring back, or nothing."""
    with _repository(setting) as repository:
        tip = _fetch(setting, repository, whole=True)
        earlier = _earlier(setting, repository, tip)
        yield [_checked_out(setting, repository, each) for each in (tip, earlier) if earlier]


def _earlier(setting: Setting, repository: Path, tip: str) -> str:
    """Return the commit whose files were published before those of `tip`, "" if there is none."""
    shown = _shown(setting, repository, _ours(setting, repository, tip)) if tip else ""
    earlier = _ours(setting, repository, shown, "--skip=1") if shown else ""
    return _shown(setting, repository, earlier) if earlier else ""


def _checked_out(setting: Setting, repository: Path, commit: str) -> Path:
    """Return a folder with the files of a commit."""
    out = repository / f"out-{commit}"
    out.mkdir(exist_ok=True)
    _git(setting, repository, "read-tree", commit)
    _git(setting, repository, *_inside(out), "checkout-index", "--all", "--force")
    return out


def _fetch(setting: Setting, repository: Path, whole: bool = False) -> str:
    """Return the branch's newest commit, "" if there is no branch yet. Raises Problems."""
    remote, name = _address(setting), f"refs/heads/{setting.values['branch']}"
    if not _git(setting, repository, "ls-remote", remote, name):
        return ""
    depth = [] if whole else ["--depth=1"]
    _git(setting, repository, "fetch", "--quiet", "--no-tags", *depth, remote, name)
    tip = _git(setting, repository, "rev-parse", "FETCH_HEAD")
    if not _git(setting, repository, "ls-tree", "--name-only", tip, "--", MARK):
        what = f"the branch “{setting.values['branch']}” holds something that was not made here."
        how = "Choose a branch that doesn't exist yet; publishing makes it: pages"
        raise setting.refused(what, how)
    return tip


def _mark(setting: Setting, repository: Path, tip: str, kept: list[str]) -> None:
    """Mark what stands in the index as made here, and name what is only `kept` in it.

    That are also the scripts and fonts of the last release: pages that are open ask for them.
    """
    index = _git(setting, repository, "ls-files", "--", LASTING).splitlines()
    listed = ("ls-tree", "-r", tip, "--", LASTING)
    before = _git(setting, repository, *listed).splitlines() if tip else []
    own = {name: row.split() for row, _, name in (row.partition("\t") for row in before)}
    left = own.keys() - {*index, *(_kept(setting, repository, tip) if tip else [])}
    for name in left:
        mode, _, blob = own[name]
        _take_in(setting, repository, mode, blob, name)
    blob = _written(setting, repository, MADE_BY, *sorted({*kept, *left}))
    _take_in(setting, repository, "100644", blob, MARK)


def _written(setting: Setting, repository: Path, *lines: str) -> str:
    """Put a file with these lines into the repository, and return its name there."""
    typed = "".join(f"{line}\n" for line in lines)
    return _git(setting, repository, "hash-object", "-w", "--stdin", typed=typed)


def _kept(setting: Setting, repository: Path, commit: str) -> list[str]:
    """Return what a release only keeps for the one before it: its mark says so."""
    return _git(setting, repository, "show", f"{commit}:{MARK}").splitlines()[1:]


def _ours(setting: Setting, repository: Path, tip: str, *options: str) -> str:
    """Return the newest commit of ours up to this one: the host may have added some, too."""
    log = ("log", "-1", "--first-parent", "--format=%H", f"--grep=^{MADE_BY}$", *options, tip)
    return _git(setting, repository, *log)


def _shown(setting: Setting, repository: Path, commit: str) -> str:
    """Return the commit whose files this one has: itself, or what it brought back."""
    message = _git(setting, repository, "log", "-1", "--format=%B", commit)
    found = re.search(rf"^{BRINGS_BACK}([0-9a-f]+)$", message, re.M)
    return found[1] if found else commit


def _push(
    setting: Setting,
    repository: Path,
    tip: str,
    title: str,
    more: str = "",
    options: tuple[str, ...] = (),
) -> None:
    """Commit what stands in the index and push it; what the host keeps there stays."""
    if tip:
        for row in _git(setting, repository, "ls-tree", tip, "--", *DOMAIN).splitlines():
            mode, _, blob, name = row.split()
            _take_in(setting, repository, mode, blob, name)
    tree = _git(setting, repository, "write-tree")
    parent = ["-p", tip] if tip else []
    message = f"{title}\n\n{more}{MADE_BY}\n"
    commit = _git(setting, repository, "commit-tree", *parent, tree, typed=message)
    to = f"{commit}:refs/heads/{setting.values['branch']}"
    _send_changes(setting, repository, *options, _address(setting), to)


def _send_changes(setting: Setting, repository: Path, *words: str) -> None:
    """Push, with a bar: git counts what it sends."""
    advance: Advance | None = None
    done = 0
    with (
        ExitStack() as bar,
        closing(_git_lines(setting, repository, "push", "--progress", *words)) as lines,
    ):
        for line in lines:
            if counted := SENT.match(line):
                now, total = int(counted[1]), int(counted[2])
                advance = advance or bar.enter_context(progress("Sending the changes", total))
                advance(now - done)
                done = now


def _take_in(setting: Setting, repository: Path, mode: str, blob: str, name: str) -> None:
    _git(setting, repository, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}")


def _inside(folder: Path) -> tuple[str, ...]:
    """Options with which git works on the files of a folder."""
    return "-C", str(folder), "--work-tree=."


def _address(setting: Setting) -> str:
    """Return where the repository is; in her checkout it may have a name, such as origin."""
    remote = setting.values["remote"]
    if NAME.fullmatch(remote):
        return _asked(setting, "remote", "get-url", remote) or remote
    return str((setting.root / remote).resolve()) if remote.startswith(".") else remote


def _asked(setting: Setting, *words: str) -> str:
    """Return what git says about her checkout, nothing if it says nothing."""
    try:
        return run(["git", "-C", str(setting.root), *words]).strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


@contextmanager
def _repository(setting: Setting) -> Iterator[Path]:
    """Make an empty repository, and throw it away afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        repository = Path(folder).resolve() / "repository"
        _git(setting, repository, "init", "--quiet", "--bare", str(repository))
        yield repository


def _git(setting: Setting, repository: Path, *words: str, typed: str = "") -> str:
    """Return what git prints. Raises Problems."""
    with _in_words(setting):
        return run(_command(words), typed, _environ(repository)).strip()


def _git_lines(setting: Setting, repository: Path, *words: str) -> Generator[str]:
    """Yield what git says of how far it is, line by line. Raises Problems."""
    with _in_words(setting):
        yield from follow(_command(words), _environ(repository), stream="stderr")


def _command(words: Iterable[str]) -> list[str]:
    return ["git", *(part for line in CONFIG for part in ("-c", line)), *words]


def _environ(repository: Path) -> dict[str, str]:
    return {**WHO, "GIT_DIR": str(repository), "GIT_INDEX_FILE": str(repository / "site-index")}


@contextmanager
def _in_words(setting: Setting) -> Iterator[None]:
    """Say in words to her what git complains of."""
    try:
        yield
    except FileNotFoundError:
        how = "Install it from git-scm.com and publish again."
        raise setting.refused("the program “git” is not on this computer.", how) from None
    except subprocess.CalledProcessError as failed:
        what, how = in_words(failed.stderr)
        raise setting.refused(what, how, setting.values["remote"]) from None
