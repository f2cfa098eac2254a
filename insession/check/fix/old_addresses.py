"""Old addresses that stood in headers of another program: they lead to the texts from now on."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from insession.common.problems import Problems
from insession.content.url_ledger import add, read_ledger, write_ledger
from insession.importers.posts import addresses_of, find_places


def note_addresses(content: Path, ledger: Path, found: Mapping[str, Iterable[str]]) -> list[str]:
    """Add the old addresses of texts (by their paths in content/) to the ledger.

    An address that a text has today, or that leads to another, stays its own. Returns what to say.
    """
    try:
        before, places = read_ledger(ledger), find_places(content, ledger)
        today = {address: owner for owner, address in addresses_of(content, places).items()}
        owners = {place.file: owner for owner, place in places.items()}
        pairs, said = [], []
        for file, addresses in found.items():
            for address in addresses:
                owner = owners.get(file, "")
                other = before.get(address) or today.get(address) or owner
                if other == owner:
                    pairs.append((address, owner))
                else:
                    said.append(f"The old address {address} belongs to {other} and leads there.")
        added = add(before, [pair for pair in pairs if pair[1]])
        if added != before:
            write_ledger(ledger, added)
            noted = ", ".join(address for address, _ in pairs)
            said.append(f"Old addresses lead to their texts ({ledger.name}): {noted}.")
    except (Problems, OSError) as error:
        return [f"The old addresses could not be noted in {ledger.name}: {error}"]
    return said
