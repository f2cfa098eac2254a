"""Small sites that are sent to a server, for what needs no blog."""

from pathlib import Path

from insession.publish.target_config import Setting
from insession.publish.targets import ssh_server


def send(setting: Setting, text: str, script: str = "script.js") -> None:
    """Send a site of three files, one of which says `text`."""
    site = setting.root / f"small-{script}"
    for name, data in (("font.woff2", "always the same"), ("one/index.html", text), (script, text)):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(data, encoding="utf-8")
    ssh_server.send(setting, site)


def page(shown: Path) -> str:
    """What the page says."""
    return (shown / "one/index.html").read_text(encoding="utf-8")


def listed(folder: Path) -> set[str]:
    """What is in a folder for people to see."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}
