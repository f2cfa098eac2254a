"""A small blog of a test's own, with a setting that says where it is published."""

import shutil
from pathlib import Path

from insession.publish import command, registry
from insession.publish.built_site import build_site
from insession.publish.manifest import Digests, digests
from tests.support import CONTACT, HER_PRACTICE, ROOT, article, write_content

SETTINGS = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
URL = "https://blog.amsel.test/"
WELL_KNOWN = ".well-known/acme/token"  # which a service asked her to put there


class Blog:
    """The blog: `write` a text, `publish` it, `undo` that; `said` is what was printed last."""

    def __init__(self, folder: Path, values: dict[str, str] | None = None) -> None:
        self.root = folder / "blog"
        self.settings = self.root / "publishconf.py"
        write_content(
            self.root,
            {
                "practice.toml": HER_PRACTICE,
                "articles/one.md": article("One title"),
                "articles/two.md": article("Two titles"),
                "pages/contact.md": CONTACT,
                WELL_KNOWN.removeprefix("."): b"for the service",
            },
        )
        self.set(values)

    def set(self, values: dict[str, str] | None) -> None:
        """Choose where it goes."""
        publishing = f"PUBLISH = {values!r}\n" if values else ""
        theme = f"THEME = {str(ROOT / 'theme')!r}\n"
        text = f'{SETTINGS}\n{theme}COMMENTS = "off"\n{publishing}'
        self.settings.write_text(text, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a text."""
        (self.root / "content" / name).write_text(text, encoding="utf-8")

    def publish(self, dry_run: bool = False, yes: bool = False) -> int:
        """Type `publish`."""
        return command.publish(dry_run, yes, settings_file=str(self.settings))

    def undo(self, yes: bool = False) -> int:
        """Type `undo`."""
        return command.undo(yes, str(self.settings))

    def built(self) -> Digests:
        """The site as a build makes it."""
        shutil.rmtree(self.root / "aside", ignore_errors=True)
        site = build_site(self.root / "aside", str(self.settings))
        if setting := registry.read_setting(self.settings):
            registry.target_of(setting).prepare(setting, site)
        return digests(self.root / "aside")
