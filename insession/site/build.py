"""Makes the whole site in a new folder and puts it in the place of the old one.

A build that fails, or is stopped, leaves the old output as it was.
"""

import logging
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pelican
from jinja2.bccache import Bucket, BytecodeCache
from pelican.settings import read_settings

from insession.common.crash_reports import LoggedErrors, of_a_disk, told
from insession.common.locks import alone
from insession.common.problems import Problems, listed
from insession.content.leftovers import EXAMPLE
from insession.content.url_ledger import read_kept, read_ledger, write_ledger
from insession.output import output_folder
from insession.output.swap_folders import put_in_place
from insession.output.writer import Writer


@dataclass
class Built:
    """What a build did: the texts it published, kept back, and knew again under another name.

    `site_id` is what the ids in its feeds hang on (insession/content/url_ledger.py).
    """

    published: int = 0
    pages: int = 0
    kept_back: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    site_id: str = ""


def build(output: str = "output", settings_file: str = "publishconf.py") -> int:
    """Build into `output` and say what was done. Returns the exit code."""
    try:
        built = make_site(Path(output), settings_file, MAKES_SITE_ID=True)
    except Problems as found:
        count = len(found.problems)
        print(listed(found.problems))
        print(f"\n{count} {'problem' if count == 1 else 'problems'}. Nothing was changed.")
        return 1
    for line in [*built.kept_back, *built.renamed]:
        print(line)
    _keep_site_id(settings_file, built.site_id)
    print(
        f"{built.published} {'article' if built.published == 1 else 'articles'} and "
        f"{built.pages} {'page' if built.pages == 1 else 'pages'} are ready in {output}/."
    )
    return 0


def make_site(output: Path, settings_file: str, **changed: Any) -> Built:
    """Build the site at `output`, replacing what an earlier build left there.

    `changed` are settings that differ from the file's. Raises Problems when anything keeps a
    text from being published; `output` is then unchanged. Two builds at once take turns.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with alone(output.with_name(f"{output.name}.lock")):
            return _make_site(output, settings_file, changed)
    except OSError as error:
        raise Problems([of_a_disk(error, f"{output}/")]) from None


def _make_site(output: Path, settings_file: str, changed: dict[str, Any]) -> Built:
    staging, old = output.with_name(f"{output.name}.new"), output.with_name(f"{output.name}.old")
    for folder in (output, staging, old):
        output_folder.refuse_foreign(folder)
    if old.exists() and not output.exists():  # an earlier build was killed between two steps
        old.rename(output)
    try:
        output_folder.start(staging)
        built = _run_pelican(staging, settings_file, changed)
        output_folder.finish(staging)
        output_folder.remove(old)
        put_in_place(staging, output, old)
        output_folder.remove(old)
        return built
    finally:
        output_folder.remove(staging)


def _run_pelican(staging: Path, settings_file: str, changed: dict[str, Any]) -> Built:
    settings = read_settings(settings_file, override=changed | {"OUTPUT_PATH": str(staging)})
    keep_compiled(settings)
    errors, log = LoggedErrors(), logging.getLogger()
    log.addHandler(errors)
    pelican.console.quiet = True
    built = Built()
    context: dict[str, Any] = {}

    def note(generators: list[Any]) -> None:
        nonlocal context
        context, built.renamed = generators[0].context, settings["RENAMED"]
        for generator in generators:
            _note(generator, built)

    pelican.signals.all_generators_finalized.connect(note)
    pelican.signals.get_writer.connect(_our_writer)
    try:
        pelican.Pelican(settings).run()
        settings["WRITER"].write_all()
        built.site_id = context["SITE_ID"]
    except Exception as error:
        raise Problems(told(error, staging.parent)) from error
    finally:
        log.removeHandler(errors)
        pelican.signals.all_generators_finalized.disconnect(note)
        pelican.signals.get_writer.disconnect(_our_writer)
    if problems := errors.problems(staging.parent):
        raise Problems(problems)
    return built


def _keep_site_id(settings_file: str, site_id: str) -> None:
    """Keep it for a site that is brought to its host by hand: publishing does so by itself."""
    settings = read_settings(settings_file)
    path = Path(settings["PATH"]).parent / settings["LEDGER"]
    kept = read_kept(path)
    host = site_id.removeprefix("tag:").partition(",")[0]
    # At nobody's address nothing is kept: two blogs tried out there would have the same ids.
    if kept.site or not site_id.startswith("tag:") or host == "localhost" or EXAMPLE.search(host):
        return
    write_ledger(path, read_ledger(path), replace(kept, site=site_id))
    print(f"What the ids in your feeds hang on is noted in {path.name}: keep it with your blog.")


def _our_writer(_: pelican.Pelican) -> type[Writer]:
    return Writer


def _note(generator: Any, built: Built) -> None:
    """Count what is published, and say which texts are kept back and why."""
    if hasattr(generator, "articles"):
        built.published += len(generator.articles) + len(generator.hidden_articles)
    if hasattr(generator, "pages"):
        built.pages += len(generator.pages) + len(generator.hidden_pages)
    waiting = [*getattr(generator, "drafts", []), *getattr(generator, "draft_pages", [])]
    for content in sorted(waiting, key=lambda content: content.relative_source_path):
        is_draft = content.metadata["status"] == "draft"
        why = "a draft" if is_draft else f"waits until {content.date:%Y-%m-%d}"
        built.kept_back.append(f"Kept back: content/{content.relative_source_path} ({why}).")


class Compiled(BytecodeCache):
    """Templates that Jinja compiled, for the next build of the same process.

    Compiling takes longer than all else in a small blog, and publishing builds twice. A template
    that was changed has another checksum.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if it is known."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take up the template's code."""
        self.known[bucket.key, bucket.checksum] = bucket.code


def keep_compiled(settings: dict[str, Any]) -> None:
    """Let Pelican's environment use what was compiled with the same options."""
    options = settings["JINJA_ENVIRONMENT"]
    settings["JINJA_ENVIRONMENT"] = options | {"bytecode_cache": _compiled(repr(options))}


@cache
def _compiled(_options: str) -> Compiled:
    return Compiled()
