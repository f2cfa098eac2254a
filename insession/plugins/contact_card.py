"""contact.vcf: the practice as a card for an address book (vCard 3.0, RFC 2426)."""

from pelican import signals
from pelican.generators import ArticlesGenerator

from insession.content.practice import PracticeFile
from insession.output.feed_format import permanent_id
from insession.output.writer import Writer


def contact_card(file: PracticeFile, site_id: str) -> str:
    """Return the card's text. vCard 3.0, since every address book reads it.

    `site_id` is what its id hangs on, by which an address book knows it again.
    """
    import vobject  # here, because nothing else of a build needs it

    therapist, practice = file.therapist, file.practice
    card = vobject.vCard()
    given, family = therapist.given_and_family_name
    name = vobject.vcard.Name(family=family, given=given, suffix=therapist.credentials)
    card.add("n").value = name
    card.add("fn").value = f"{therapist.name}, {therapist.credentials}"
    card.add("title").value = therapist.credentials_spelled_out.capitalize()
    phone = card.add("tel")
    extension = f" ext. {practice.phone.extension}" if practice.phone.extension else ""
    phone.value, phone.type_param = f"{practice.phone}{extension}", ["WORK", "VOICE"]
    if practice.email:
        email = card.add("email")
        email.value, email.type_param = practice.email, ["INTERNET", "WORK"]
    if practice.address:
        address = card.add("adr")
        address.value = vobject.vcard.Address(street=practice.address, city=practice.area)
        address.type_param = "WORK"
    for url in (practice.website, file.site.url):
        card.add("url").value = url
    card.add("uid").value = permanent_id(site_id, "")
    return str(card.serialize())


def add_card(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand contact.vcf to the writer."""
    file, site_id = generator.settings["PRACTICE"], generator.context["SITE_ID"]
    writer.add("contact.vcf", lambda: contact_card(file, site_id).encode(), lambda: site_id)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(add_card)
