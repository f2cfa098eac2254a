"""What is installed is what was locked: each file of each requirement, by its digest."""

import hashlib
import os
import re
from pathlib import Path

import pytest

from insession.cli.lock import LISTS, lock, requirements
from tests.cli.test_main import wheel
from tests.support import ROOT


def pins(text: str) -> set[str]:
    found = re.findall(r"^(\w[\w.-]*)==([\w.]+)", text, re.MULTILINE)
    return {f"{re.sub(r'[-_.]+', '-', name).lower()} {version}" for name, version in found}


@pytest.mark.parametrize("name", LISTS)
def test_each_lock_is_that_of_its_list_and_names_no_place(name: str) -> None:
    wanted, locked = ((ROOT / f"{name}.{end}").read_text("utf-8") for end in ("in", "txt"))
    assert pins(locked) == pins(wanted), "type: python3 tasks.py lock"
    assert "--require-hashes" in locked.split("\n")
    assert all("--hash=sha256:" in each for each in requirements(locked))
    assert "://" not in locked
    for option in re.findall(r"^-.*", wanted, re.MULTILINE):
        assert option.replace(".in", ".txt") in locked.split("\n")


def test_a_lock_has_the_digests_of_all_files_and_each_package_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name in ("one", "two"):
        wheel(wheels, name, {f"{name}.py": ""})
    places = {"UV_FIND_LINKS": str(wheels), "UV_NO_INDEX": "1", "UV_CACHE_DIR": str(tmp_path / "c")}
    for key, value in (places | {"PIP_CONFIG_FILE": os.devnull}).items():
        monkeypatch.setenv(key, value)
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    more = "-r requirements.in\ntwo==1.0 ; sys_platform == 'win32'\n"
    written = ("# Why\none==1.0\n", more, "", "")
    for name, text in zip(LISTS, written, strict=True):
        (tmp_path / f"{name}.in").write_text(text, "utf-8")
    assert lock(tmp_path) == 0
    digests = {
        name: hashlib.sha256((wheels / f"{name}-1.0-py3-none-any.whl").read_bytes()).hexdigest()
        for name in ("one", "two")
    }
    made = [(tmp_path / f"{name}.txt").read_text("utf-8").split("\n", 1)[1] for name in LISTS]
    assert made[0] == f"--require-hashes\none==1.0 \\\n    --hash=sha256:{digests['one']}\n"
    assert made[1] == (
        "--require-hashes\n-r requirements.txt\n"
        f"two==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{digests['two']}\n"
    )
    (tmp_path / "requirements.in").write_text("three==1.0\n", "utf-8")
    assert lock(tmp_path) != 0
