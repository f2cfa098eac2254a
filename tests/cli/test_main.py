"""The door of the project: what happens between a bare Python and a running command.

A copy of tasks.py is started in a folder of its own, as a person would start it. pip is the real
one; it is only told to look for packages on the disk, where a single one lies: it opens the
packages of the environment that runs these tests to the new `.venv`. So nothing is downloaded.
"""

import ast
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from insession.cli import commands
from insession.common import venv
from insession.common.locks import alone
from tests.signals import default_signals

HERE = Path(__file__).resolve().parents[2]
BARE = [getattr(sys, "_base_executable", sys.executable), "-S"]  # no installed package in reach
OFFLINE = {"PIP_NO_INDEX": "", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}

PREVIEW = """\
import os
import sys


def serve(port, open_browser):
    print("served", port, open_browser, os.getcwd(), os.environ.get("PYTHONPATH"), sys.prefix)
    return 3 if port == 3 else 0
"""
BUILD = """\
def build(fresh=False):
    print("built")
    return 0
"""


def wheel(folder: Path, name: str, files: dict[str, str]) -> None:
    """Write a package of these files, as pip takes it."""
    info = f"{name}-1.0.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{info}/RECORD", "".join(f"{path},,\n" for path in files))


class Project:
    """A copy of the door in a folder, and the ways to knock at it."""

    def __init__(self, root: Path, wheels: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.stamp = self.venv / "installed"
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
        dropped = ("PIP_", "PYTEST_", "PYTHON", "CI")
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(dropped)} | pip

    def copy(self, to: Path) -> "Project":
        """The same project, with its `.venv`, in another folder."""
        shutil.copytree(self.root, to, symlinks=True)
        return Project(to, Path(self.env["PIP_FIND_LINKS"]))

    def command(self, *args: str) -> list[str]:
        return [*BARE, str(self.root / "tasks.py"), *args]

    def type(self, *args: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess:
        """Start tasks.py with these words and wait for its end."""
        return run(self.command(*args), cwd or self.root, self.env | env)

    def pretend(self, prepared: str) -> subprocess.CompletedProcess:
        """Start `preview` in a Python that was first changed by a line of code."""
        start = "sys.argv = ['', 'preview']; runpy.run_path('tasks.py', run_name='__main__')"
        code = f"import sys, runpy; sys.path[0] = '.'; {prepared}; {start}"
        return run([*BARE, "-c", code], self.root, self.env)


def run(command: list[str], cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def is_one_sentence(told: subprocess.CompletedProcess) -> bool:
    """Whether it ended with 1 and a line on standard error that is no traceback."""
    return told.returncode == 1 and re.fullmatch(r"[A-Z“][^\n]+\n", told.stderr) is not None


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project as it is after cloning: no `.venv`. Nothing may be installed in this one."""
    folder = tmp_path_factory.mktemp("door")
    root, wheels = folder / "my blog", folder / "wheels"
    for made in (
        root / "insession/site",
        root / "insession/cli",
        root / "insession/common",
        root / "tests",
        wheels,
    ):
        made.mkdir(parents=True)
    for name in (
        "tasks.py",
        "insession/__init__.py",
        "insession/cli/__init__.py",
        "insession/cli/arguments.py",
        "insession/cli/commands.py",
        "insession/cli/main.py",
        "insession/common/__init__.py",
        "insession/common/locks.py",
        "insession/common/progress.py",
        "insession/common/venv.py",
        "insession/site/__init__.py",
        "insession/site/unchanged.py",
    ):
        shutil.copy(HERE / name, root / name)
    (root / "insession/preview.py").write_text(PREVIEW, "utf-8")
    (root / "insession/site/build.py").write_text(BUILD, "utf-8")
    wanted = "--only-binary :all:\nborrowed==1.0\nabsent==1.0 ; sys_platform == 'abacus'\n"
    (root / "requirements.txt").write_text(wanted, "utf-8")
    (root / "requirements-test.txt").write_text("-r requirements.txt\n", "utf-8")
    (root / "tests/__init__.py").touch()
    (root / "tests/programs.py").write_text('print("Chromium: found")\n', "utf-8")
    (root / "tests/test_sum.py").write_text("def test_sum():\n    assert 1 + 1 == 2\n", "utf-8")
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    wheel(wheels, "borrowed", {"borrowed.pth": "\n".join(sorted(paths)) + "\n"})
    wheel(wheels, "added", {"added.py": ""})
    return Project(root, wheels)


@pytest.fixture(scope="module")
def first_start(bare: Project) -> tuple[Project, subprocess.CompletedProcess]:
    """A project that has been started once, and what it said."""
    project = bare.copy(bare.root.with_name("started once"))
    told = project.type("preview", "--port", "8001", "--no-browser", cwd=bare.root.parent)
    return project, told


@pytest.fixture
def project(first_start: tuple[Project, subprocess.CompletedProcess], tmp_path: Path) -> Project:
    """A project of the test's own, with everything installed."""
    return first_start[0].copy(tmp_path / "my own blog")


def test_without_a_word_the_commands_are_listed_and_nothing_is_installed(bare: Project) -> None:
    told = bare.type()
    assert told.returncode == 0
    listed = re.findall(r"^  (\w+) +[A-Z].+\.$", told.stdout, re.M)
    everyday = ["preview", "start", "new", "check", "build", "publish", "undo"]
    assert listed == [*everyday, "import", "test", "bench", "picture", "lock", "comments"]
    assert not bare.venv.exists()


def test_an_unknown_command_is_answered_with_the_nearest_one(bare: Project) -> None:
    told = bare.type("prevew")
    assert told.returncode == 1
    assert told.stderr.startswith("There is no command “prevew”. Did you mean “preview”?\n")
    assert "Traceback" not in told.stderr
    assert not bare.venv.exists()


@pytest.mark.parametrize("version", [(3, 8, 10), (3, 10, 19), (3, 16, 0), (4, 0, 0)])
def test_a_python_too_old_or_too_new_is_told_so_before_anything_of_ours_is_imported(
    bare: Project, version: tuple[int, ...]
) -> None:
    code = f"sys.version_info = (*{version}, 'final', 0); sys.modules['insession'] = None"
    told = bare.pretend(code)
    assert is_one_sentence(told)
    assert f"needs Python 3.11 to 3.15; this is {'.'.join(map(str, version))}." in told.stderr
    assert "python3.15 tasks.py" in told.stderr
    assert not bare.venv.exists()


def test_the_readme_names_the_pythons_that_tasks_py_takes() -> None:
    (numbers,) = re.findall(
        r"^OLDEST, NEWEST = (.+)$", (HERE / "tasks.py").read_text("utf-8"), re.M
    )
    (oldest, newest) = ast.literal_eval(numbers)
    readme = (HERE / "README.md").read_text("utf-8")
    assert "{}.{} to {}.{}".format(*oldest, *newest) in readme
    assert sys.version_info[:2] <= newest, "the tests run on a Python that tasks.py refuses"


def test_an_old_python_can_read_tasks_py() -> None:
    ast.parse((HERE / "tasks.py").read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_named_and_leaves_no_folder(bare: Project, missing: str) -> None:
    told = bare.pretend(f"sys.modules['{missing}'] = None")
    assert is_one_sentence(told)
    package = "sudo apt install python{}.{}-venv".format(*sys.version_info)
    assert (package if shutil.which("apt") else "python.org") in told.stderr
    assert not bare.venv.exists()


def test_the_first_start_installs_with_visible_steps_and_runs_the_command(
    first_start: tuple[Project, subprocess.CompletedProcess],
) -> None:
    project, told = first_start
    assert told.returncode == 0, told.stderr
    steps = told.stdout.splitlines()
    assert steps[0].startswith("Making .venv")
    assert steps[1:5] == [
        "Installing 1 package:",
        "  borrowed",
        "Putting them in place …",
        "Ready.",
    ]
    assert steps[5] == f"served 8001 False {project.root} None {project.venv}"


def test_the_next_start_costs_less_than_a_second_and_says_nothing(project: Project) -> None:
    seconds = []
    for _ in range(3):
        before = _time_of_the_processor()
        told = project.type("build")
        seconds.append(_time_of_the_processor() - before)
        assert told.stdout == "built\n"
    assert min(seconds) < 1


@pytest.mark.parametrize("options", [(), ("--fresh",)], ids=["alone", "with an option"])
def test_what_is_typed_plainly_loads_nothing_that_reads_what_is_typed(
    project: Project, options: tuple[str, ...]
) -> None:
    listed = 'import sys\n\n\ndef build(fresh=False):\n    print(fresh, "invoke" in sys.modules)\n'
    (project.root / "insession/site/build.py").write_text(listed, "utf-8")
    assert project.type("build", *options).stdout == f"{bool(options)} False\n"


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("build", {}),
        ("build --fresh", {"fresh": True}),
        ("publish --dry-run --yes", {"dry_run": True, "yes": True}),
        ("preview --no-browser", {"no_browser": True}),
        ("check", {}),
        ("check a.md b --strict", {"files": ["a.md", "b"], "strict": True}),
        ("comments --everything", {"everything": True}),
        ("comments.queue", {}),
    ],
)
def test_what_has_no_value_is_read_plainly(typed: str, options: dict[str, object]) -> None:
    plain = commands.plainly(typed.split())
    assert plain is not None
    assert plain[1] == options


@pytest.mark.parametrize(
    "typed",
    [
        *("build -f", "build --fesh", "build --fresh=1", "build x", "new Silence"),
        *("preview --port 3", "check --help", "check -- x", "test -- -k x", "comments.erase 3"),
        "publish --again folder",
    ],
)
def test_whatever_else_is_typed_is_left_to_invoke(typed: str) -> None:
    assert commands.plainly(typed.split()) is None


@pytest.mark.skipif(os.name == "nt", reason="there the Python in .venv is always asked")
def test_the_python_in_the_venv_is_asked_once_and_again_when_it_is_another(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.symlink_to(project.venv / "bin" / "python")
    for name, path in (("VENV", project.venv), ("PYTHON", python), ("STAMP", project.stamp)):
        monkeypatch.setattr(venv, name, path)
    asked = []
    monkeypatch.setattr(venv, "ask_python", lambda *args: asked.append(args) or "")
    files = [project.root / "requirements.txt"]
    assert venv.is_installed(files)
    assert not asked
    python.unlink()
    shutil.copy(Path(sys.executable).resolve(), python)
    assert not venv.is_installed(files)
    assert asked


def _time_of_the_processor() -> float:
    """What the programs that were started have cost: another one beside them doesn't count."""
    times = os.times()
    return times.children_user + times.children_system


def test_what_would_break_the_venv_is_not_passed_on(project: Project, tmp_path: Path) -> None:
    (tmp_path / "invoke.py").write_text("raise SystemExit('the wrong invoke')", "utf-8")
    told = project.type("preview", PYTHONPATH=str(tmp_path), VIRTUAL_ENV="elsewhere")
    assert told.stdout == f"served 8000 True {project.root} None {project.venv}\n"


def test_the_exit_code_is_the_commands_own(project: Project) -> None:
    assert project.type("preview", "--port=3").returncode == 3


@pytest.mark.parametrize("typed", [["preview"], [], ["build"]])
def test_a_reader_that_stops_reading_is_no_fault(project: Project, typed: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run(
        project.command(*typed), cwd=project.root, env=project.env, stdout=writing, stderr=-1
    )
    os.close(writing)
    assert (told.returncode, told.stderr) == (141, b"")


@pytest.mark.parametrize("words", [["--prot", "1"], ["--port"], ["--port", "high"], ["aloud"]])
def test_options_that_cannot_be_read_are_answered_with_those_there_are(
    project: Project, words: list[str]
) -> None:
    told = project.type("preview", *words)
    assert told.returncode == 1
    sentence, *options = told.stderr.splitlines()
    assert sentence == f"“preview {' '.join(words)}” is not understood. “preview” takes"
    assert [line.split(":")[0] for line in options] == ["  --port NUMBER", "  --no-browser"]


def test_changed_requirements_are_installed_at_the_next_start(project: Project) -> None:
    with (project.root / "requirements.txt").open("a") as file:
        file.write("added==1.0\n")
    assert "  added\n" in project.type("build").stdout
    assert project.type("build").stdout == "built\n"


def test_without_a_network_it_says_so_and_the_next_start_tries_again(project: Project) -> None:
    with (project.root / "requirements.txt").open("a") as file:
        file.write("added==1.0\n")
    told = project.type("build", **OFFLINE, PIP_FIND_LINKS="")
    assert is_one_sentence(told)
    log = project.venv / "install.log"
    assert "online" in told.stderr
    assert str(log) in told.stderr
    assert "added==1.0" in log.read_text("utf-8")
    assert not project.stamp.exists()
    assert project.type("build").stdout.endswith("Ready.\nbuilt\n")


def test_a_package_that_does_not_exist_is_told_in_pips_words(project: Project) -> None:
    (project.root / "requirements.txt").write_text("borrowed==2.0\n", "utf-8")
    told = project.type("build")
    assert is_one_sentence(told)
    assert "No matching distribution found for borrowed==2.0." in told.stderr


def test_a_venv_whose_python_is_gone_is_made_anew(project: Project) -> None:
    for python in project.venv.glob("[bS]*/python*"):
        python.unlink()
    steps = project.type("build").stdout.splitlines()
    assert steps[0].startswith("Making .venv")
    assert steps[-2:] == ["Ready.", "built"]


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for rights to make symbolic links")
def test_a_venv_that_lies_elsewhere_is_used(project: Project, tmp_path: Path) -> None:
    project.venv.symlink_to(project.venv.rename(tmp_path / "elsewhere"), target_is_directory=True)
    told = project.type("preview")
    assert told.returncode == 0, told.stderr
    assert "served 8000" in told.stdout


def test_a_venv_for_another_python_is_not_taken_as_complete(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(venv, "VENV", project.venv)
    monkeypatch.setattr(venv, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(venv, "STAMP", project.stamp)
    files = [project.root / "requirements.txt"]
    for version, complete in [("{} {}\n".format(*sys.version_info), True), ("3 10\n", False)]:
        monkeypatch.setattr(venv, "ask_python", lambda *_, answer=version: answer)
        assert venv.is_installed(files) is complete


def test_a_second_window_waits_for_the_first(project: Project) -> None:
    project.stamp.unlink()
    with alone(project.root / ".venv.lock"):
        second = subprocess.Popen(
            project.command("build"), env=project.env, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert second.stdout.readline().startswith("Another window is installing")
        assert second.poll() is None
    said, _ = second.communicate(timeout=90)
    assert said.endswith("Ready.\nbuilt\n")


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of a server that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_while_installing_ends_in_one_line(project: Project, silent_server: int) -> None:
    project.stamp.unlink()
    (project.root / "requirements.txt").write_text("added==1.0\n", "utf-8")
    slow = {"PIP_NO_INDEX": "", "PIP_INDEX_URL": f"http://127.0.0.1:{silent_server}/simple"}
    with default_signals():
        window = subprocess.Popen(
            project.command("build"),
            env=project.env | slow,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert window.stdout.readline() == "Installing 1 package:\n"
    window.send_signal(signal.SIGINT)
    said, complaint = window.communicate(timeout=90)
    assert (said, complaint, window.returncode) == ("\nStopped.\n", "", 130)
    assert not project.stamp.exists()


def test_a_failed_check_is_named_and_the_counts_of_the_tests_come_last(project: Project) -> None:
    shutil.copy(
        shutil.which("ruff", path=sysconfig.get_path("scripts")),
        project.venv / venv.PYTHON.parent.name,
    )
    (project.root / "ruff.toml").write_text("line-length = 100\nlint.select = ['F']\n", "utf-8")
    (project.root / "mypy.ini").write_text("[mypy]\nfiles = insession/site/build.py\n", "utf-8")
    told = project.type("test", "--", "-k", "sum or nothing")
    assert "Failed before the tests began" not in told.stdout
    assert told.returncode == 0, told.stdout
    (project.root / "insession/site/build.py").write_text('import os\n\nsize: int = "9"\n', "utf-8")
    told = project.type("test", "--", "-k", "sum or nothing")
    assert told.returncode == 1
    assert "Failed before the tests began: ruff check ., mypy\n" in told.stdout
    assert "1 passed" in told.stdout.splitlines()[-1]


def test_each_package_is_named_once_whatever_pip_says_besides(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = """\
Collecting pelican==4.12.0 (from -r requirements.txt (line 9))
  Obtaining dependency information for pelican==4.12.0 from somewhere
  Downloading pelican-4.12.0-py3-none-any.whl.metadata (5 kB)
  Downloading pelican-4.12.0-py3-none-any.whl (1.4 MB)
  Using cached pillow-13.0.0-cp311-cp311-manylinux_2_28_x86_64.whl (7.1 MB)
Processing /a folder/python_dateutil-4.0.0-py2.py3-none-any.whl (from -r requirements.txt)
Requirement already satisfied: invoke==3.0.3 in ./.venv
WARNING: Retrying (Retry(total=4)) after connection broken
WARNING: Retrying (Retry(total=3)) after connection broken
Installing collected packages: pelican, pillow, python-dateutil
Successfully installed pelican-4.12.0 pillow-13.0.0 python-dateutil-4.0.0
"""
    with (tmp_path / "log").open("w") as log:
        venv.show(said.splitlines(keepends=True), log)
    assert (tmp_path / "log").read_text() == said
    plain = capsys.readouterr().out
    assert "\r" not in plain
    assert plain.splitlines() == [
        "  pelican  pillow  python_dateutil",
        "The network does not answer; trying again …",
        "Putting them in place …",
    ]


def test_at_a_terminal_a_bar_counts_the_packages_and_is_gone_at_the_end(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        "  Downloading pelican-4.12.0-py3-none-any.whl.metadata (5 kB)\n",
        "  Downloading pelican-4.12.0-py3-none-any.whl (1.4 MB)\n",
        "Requirement already satisfied: invoke==3.0.3 in ./.venv\n",
        "  Using cached pillow-13.0.0-cp311-cp311-manylinux_2_28_x86_64.whl (7.1 MB)\n",
        "Installing collected packages: pelican, pillow\n",
    ]
    with (tmp_path / "log").open("w") as log:
        venv.show(said, log, 4)
        assert capsys.readouterr().out.split() == "Putting them in place …".split()  # too early
        monkeypatch.setattr(venv, "PATIENCE", 0)
        venv.show(said, log, 4)
    assert (tmp_path / "log").read_text() == "".join(said) * 2
    drawn = capsys.readouterr().out
    assert "[######                  ] 1 of 4  about 1 s left     pelican" in drawn
    assert "[##################      ] 3 of 4  about 1 s left     pillow" in drawn
    assert max(map(len, re.split("[\r\n]", drawn))) <= venv.WIDTH
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in drawn.split("\n")]
    assert [line.strip() for line in lines] == ["Putting them in place …", ""]


def test_every_requirement_is_pinned_and_asks_for_no_compiler() -> None:
    lines = "".join((HERE / f"requirements{kind}.in").read_text() for kind in ("", "-test"))
    wanted = [line for line in lines.splitlines() if line and not line.startswith("#")]
    assert "--only-binary :all:" in wanted
    assert "-r requirements.in" in wanted
    assert [w for w in wanted if not re.match(r"\w[\w.-]*==\d|-", w)] == []
