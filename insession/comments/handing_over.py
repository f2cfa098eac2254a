"""Comments that leave, come, or are to be forgotten: export, import and erasing."""

import json
import os
import sys
from collections.abc import Container, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from insession.comments import Refusal, approved, files, importing, store, traces
from insession.comments.config import Config
from insession.comments.database import TIME
from insession.comments.importing_formats import read
from insession.comments.terminal import about, counted, listed, numbers_in, opened
from insession.ledger import read_ledger
from insession.problems import Problems

MOST_DAYS = 36_500
LEDGER = "urls.json"  # beside the folder of the site


def export(config: Config, output: str, number: str) -> None:
    """Write comments as JSON: all, or one with what it answers and its answers."""
    with opened(config) as connection:
        rows = store.export(connection)
    if number:
        rows = _conversation(rows, numbers_in(number)[0])
    document = {"version": 1, "comments": rows}
    raw = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
    if not output:
        sys.stdout.buffer.write(raw)  # as UTF-8, whatever this terminal takes
        sys.stdout.buffer.flush()
        return
    with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(raw)
    print(f"{len(rows)} {'comment is' if len(rows) == 1 else 'comments are'} in {output}.")


def _conversation(rows: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    wanted = next((row for row in rows if row["id"] == number), None)
    if wanted is None:
        raise Refusal(f"There is no comment {number}.")
    top = wanted["parent"] or number
    return [row for row in rows if top in (row["id"], row["parent"])]


def erase(config: Config, numbers: str) -> None:
    """Remove comments without a trace: from the database's bytes, the mails, what is published."""
    wanted = numbers_in(numbers)
    with opened(config) as connection:
        found = store.remove(connection, wanted)
        approved.write(connection, config)
        answers = [row["id"] for row in store.export(connection) if row["parent"] in wanted]
        with store.transaction(connection):
            files.remove_leftovers(config.folder)
    if missing := sorted(set(wanted) - {comment.id for comment in found}):
        print(f"Not found, perhaps erased before: {listed(missing)}.")
    if found:
        done = listed(comment.id for comment in found)
        print(f"Erased: {done}. With the next build it is gone from the articles too.")
    if answers:
        print(f"Answers to it stay: {listed(answers)}. Name them as well to erase them.")
    print("Mails about it in your mailbox are for you to delete, and backups elsewhere.")
    live = [config.database.with_name(config.database.name + end) for end in ("", "-wal", "-shm")]
    texts = [comment.body for comment in found]
    if copies := traces.find(config.folder, texts, [*live, config.approved]):
        print("These files still hold it, or can't be read. Make a new backup, and delete them:")
        print("\n".join(f"  {path}" for path in copies))


def purge(config: Config, days: int) -> None:
    """Remove what has waited for her, or been kept privately, longer than so many days."""
    if not 0 < days < MOST_DAYS:
        raise Refusal("Say after how many days: comments.purge --days 365")
    before = datetime.now(UTC) - timedelta(days=days)
    with opened(config) as connection:
        found = store.purge(connection, before.strftime(TIME))
    waited = sum(comment.status == "pending" for comment in found)
    print(f"Removed: {counted(waited, 'comment')} that waited longer than {counted(days, 'day')},")
    print(f"and {counted(len(found) - waited, 'comment')} that you had kept privately so long.")


def bring_in(config: Config, file: str, named: Iterable[str]) -> None:
    """Import what another comment service exported, and say what happened to it."""
    addresses = {id_: thread.address for id_, thread in about(config).threads.items()}
    old = _old_addresses(config.site.parent / LEDGER, addresses)
    articles = importing.Articles(addresses, config.site_url, [*old, *named])
    comments = read(Path(file))
    config.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(store.connect(config.database)) as connection:
        report = importing.bring_in(connection, comments, articles)
        approved.write(connection, config)
    print(report)


def _old_addresses(ledger: Path, articles: Container[str]) -> list[str]:
    """Return "/2019/old/=article-id" for each address that an article had before."""
    try:
        owners = read_ledger(ledger)
    except Problems as found:
        raise Refusal(str(found)) from None
    pairs = ((url, owner.removeprefix("article:")) for url, owner in owners.items())
    return [f"{url}={id_}" for url, id_ in pairs if id_ in articles]
