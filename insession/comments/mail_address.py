"""An e-mail address of the settings, read as a mail program reads it, or refused in words."""

import re
from email.errors import NonASCIILocalPartDefect, ObsoleteHeaderDefect
from email.headerregistry import Address
from email.policy import SMTP

from insession.comments import Refusal

LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.A)  # RFC 5321, 4.1.2
HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?", re.I | re.A)
HOW = "Write you@example.org, or with a name: Your Name <you@example.org>"


def read_address(setting: str, text: str) -> Address:
    """Return the one address in a setting, with its name. Raises Refusal."""
    found = _parsed(text)
    if len(found) > 1:
        raise Refusal(
            f"{setting} reads as more than one address. One is used; a name with a comma in it "
            'goes between double quotes: "Your Name, PhD" <you@example.org>'
        )
    if not found:
        raise Refusal(f"{setting} is “{text}”, which is no e-mail address. {HOW}")
    if not found[0].username.isascii():
        raise Refusal(
            f"{setting} is “{text}”: before the @ only letters from a to z arrive everywhere. "
            "Take an address without others; the name before it may have them."
        )
    if not found[0].domain.isascii():
        try:
            plain = found[0].domain.encode("idna").decode()
        except UnicodeError:
            raise Refusal(f"{setting} is “{text}”, which is no e-mail address. {HOW}") from None
        raise Refusal(f"{setting}: write {found[0].username}@{plain}, as mail servers know it.")
    if not (LOCAL.fullmatch(found[0].username) and HOST.fullmatch(found[0].domain)):
        raise Refusal(f"{setting} is “{text}”, which is no e-mail address. {HOW}")
    return found[0]


def _parsed(text: str) -> list[Address]:
    """Return all addresses in a text; none where it isn't what an address looks like."""
    try:
        header = SMTP.header_factory("to", text)
        # What it can't read it leaves out, or (since 3.14) gives as an address that is empty.
        addresses = [each for each in header.addresses if each.username or each.domain]
    except (IndexError, ValueError):  # email's parser, on some that end too early
        return []
    named = any(group.display_name is not None for group in header.groups)
    wrong = [
        defect
        for defect in header.defects
        if not isinstance(defect, ObsoleteHeaderDefect)
        and not isinstance(defect, NonASCIILocalPartDefect)
    ]
    if len(addresses) > 1 and not named:
        return addresses
    return [] if named or wrong else addresses
