"""Comments that leave or are to be forgotten: export, erasing and purging."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from insession.comments import Refusal, files, published_writer, store, traces
from insession.comments.cli_support import counted, listed, numbers_in, opened
from insession.comments.config import Config
from insession.comments.database import TIME

MOST_DAYS = 36_500


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
        published_writer.write(connection, config)
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
