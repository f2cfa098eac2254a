"""The addresses of the old blog: as links in it are written, and as the ledger keeps them."""

from collections.abc import Iterable, Mapping

from insession.content.url_ledger import Ledger, add, address_of
from insession.importers.posts import Post
from insession.importers.wxr import Export, Item


def written_as(item: Item) -> tuple[str, ...]:
    """Return the ways in which links in the old blog name a text."""
    return (item.link, item.guid, f"?p={item.id}" if item.id else "", *item.aliases)


def old_address(text: Post, base: str) -> str:
    """Return the address of a published text in the old blog, as the ledger has it, or "".

    `base` is the folder in which this site lies on its host.
    """
    is_public = text.item.status == "publish" and not text.item.has_password
    return address_of(text.item.link, base) if is_public else ""


def short_address(text: Post, export: Export, base: str) -> str:
    """Return the address that WordPress gives each text by its number, as the ledger has it."""
    if not text.item.id:
        return ""
    return address_of(f"{export.home}/?p={text.item.id}", base)


def kept(
    ledger: Ledger,
    taken: Iterable[str],
    texts: Iterable[Post],
    lists: Mapping[str, str],
    export: Export,
    base: str,
) -> Ledger:
    """Return the ledger with the old addresses of texts and lists (taxonomies.py).

    An address in `taken` is one of today and stays with its text; what can't lead here is said in
    the text's `said`.
    """
    taken, pairs = set(taken), []
    for text in texts:
        address, is_public = old_address(text, base), text.item.status == "publish"
        is_free = address not in taken and ledger.get(address, text.owner) == text.owner
        if address and is_free:
            pairs.append((address, text.owner))
            taken.add(address)
        elif address:
            said = f"Its old address {address} belongs to another text here; it leads to that one."
            text.said.insert(0, said)
        elif is_public and not text.item.has_password and text.item.link:
            said = f"Its old address can't lead here from this site: {text.item.link}"
            text.said.insert(0, said)
        if address and (short := short_address(text, export, base)):
            pairs.append((short, text.owner))
        for alias in text.item.aliases if address else ():
            known = address_of(alias, base)
            if known and known not in taken and ledger.get(known, text.owner) == text.owner:
                pairs.append((known, text.owner))
                taken.add(known)
    pairs += [(known, owner) for url, owner in lists.items() if (known := address_of(url, base))]
    return add(ledger, pairs)
