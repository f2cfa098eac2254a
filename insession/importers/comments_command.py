"""Imports what another comment service exported, at the therapist’s word."""

from collections.abc import Container, Iterable
from contextlib import closing
from pathlib import Path

from insession.comments import Refusal, published_writer, store
from insession.comments.cli_support import about, tell_to_wait
from insession.comments.config import Config
from insession.common.locks import alone
from insession.common.problems import Problems
from insession.content.url_ledger import read_ledger
from insession.importers import comments as importer
from insession.importers.comment_formats import read

LEDGER = "urls.json"  # beside the folder of the site


def bring_in(config: Config, file: str, named: Iterable[str]) -> None:
    """Import what another comment service exported, and say what happened to it."""
    addresses = {id_: thread.address for id_, thread in about(config).threads.items()}
    old = _old_addresses(config.site.parent / LEDGER, addresses)
    articles = importer.ArticleFinder(addresses, config.site_url, [*old, *named])
    comments = read(Path(file))
    config.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        alone(config.store_lock, tell_to_wait),
        closing(store.connect(config.database)) as connection,
    ):
        report = importer.bring_in(connection, comments, articles)
        published_writer.write(connection, config)
    print(report)


def _old_addresses(ledger: Path, articles: Container[str]) -> list[str]:
    """Return "/2019/old/=article-id" for each address that an article had before."""
    try:
        owners = read_ledger(ledger)
    except Problems as found:
        raise Refusal(str(found)) from None
    pairs = ((url, owner.removeprefix("article:")) for url, owner in owners.items())
    return [f"{url}={id_}" for url, id_ in pairs if id_ in articles]
