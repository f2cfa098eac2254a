"""How to reach her: the contact page that links out, and the card for an address book."""

from collections.abc import Callable

import pytest
import vobject
from bs4 import BeautifulSoup

from insession.content.practice import read_practice
from tests.site.test_articles import says
from tests.site.test_names import OTHER
from tests.support import ROOT, BuiltSite, one, words

OWNER = read_practice(ROOT / "content" / "practice.toml")
CONTACT = (
    "---\ntitle: Contact\nsummary: How.\ntemplate: contact\n---\n\nWhat happens after you call.\n"
)
OPTIONAL = ("email", "address", "booking_url", "hours", "portrait")
Blog = Callable[[dict[str, str | bytes]], BuiltSite]


@pytest.fixture
def contact(site: BuiltSite) -> BeautifulSoup:
    """The contact page of the sample blog."""
    return site.page("contact/")


def practice(without: tuple[str, ...] = ()) -> str:
    """Return a practice.toml without these keys."""
    lines = OTHER.splitlines()
    return "\n".join(line for line in lines if line.split(" =")[0] not in without)


def test_the_card_says_everything_that_an_address_book_keeps(blog: Blog) -> None:
    built = blog({"practice.toml": practice(("portrait",))})
    card = vobject.readOne(built.text("contact.vcf"))
    assert card.version.value == "3.0"
    assert card.fn.value == "Ines Adair-Müller, LCSW"
    name = card.n.value
    assert (name.given, name.family, name.suffix) == ("Ines", "Adair-Müller", "LCSW")
    assert card.title.value == "Licensed clinical social worker"
    assert (card.tel.value, card.tel.params["TYPE"]) == ("+12075550123", ["WORK", "VOICE"])
    assert card.email.value == "ines@rooms.example.net"
    assert card.adr.value.street == "9 Harbor Lane"
    urls = [each.value for each in card.contents["url"]]
    assert urls == ["https://rooms.example.net", "https://example.net/blog"]
    card.validate()


def test_the_card_knows_the_family_name_that_practice_toml_says(blog: Blog) -> None:
    toml = practice(("portrait",)).replace("Ines Adair-Müller", "María José García Márquez")
    toml = toml.replace("\ncredentials =", '\nfamily_name = "García Márquez"\ncredentials =', 1)
    card = blog({"practice.toml": toml}).text("contact.vcf")
    assert "N:García Márquez;María José;" in card


def test_the_card_is_written_as_address_books_read_it(blog: Blog) -> None:
    """RFC 2426: lines end in CRLF and are folded at 75 octets; RFC 6350: UTF-8, no BOM."""
    long = practice(("portrait",)).replace("9 Harbor Lane", "The long house; behind, é " * 6)
    raw = (blog({"practice.toml": long}).folder / "contact.vcf").read_bytes()
    assert raw.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n") and raw.endswith(b"END:VCARD\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    card = vobject.readOne(raw.decode())
    assert card.adr.value.street == ("The long house; behind, é " * 6).strip()


def test_a_card_without_e_mail_and_address_opens_as_well(blog: Blog) -> None:
    card = vobject.readOne(blog({"practice.toml": practice(OPTIONAL)}).text("contact.vcf"))
    assert card.tel.value == "+12075550123"
    assert not {"email", "adr"} & card.contents.keys()
    card.validate()


def test_the_card_of_the_sample_has_her_number_and_name(site: BuiltSite) -> None:
    card = vobject.readOne(site.text("contact.vcf"))
    assert card.tel.value == OWNER.practice.phone
    assert card.fn.value == f"{OWNER.therapist.name}, {OWNER.therapist.credentials}"


def test_the_contact_page_begins_with_the_telephone(contact: BeautifulSoup) -> None:
    links = [link["href"] for link in contact.select("main a")]
    assert links[0] == f"tel:{OWNER.practice.phone}"
    assert words(one(contact, ".reach-phone")) == OWNER.practice.phone.local
    main = one(contact, "main")
    assert says(main, OWNER.practice.area)
    if OWNER.practice.hours:
        assert says(main, OWNER.practice.hours)


def test_the_contact_page_offers_the_card(contact: BeautifulSoup, site: BuiltSite) -> None:
    card = one(contact, 'main a[href$=".vcf"]')
    assert site.has(card["href"].lstrip("/"))
    assert card["type"] == "text/vcard"


def test_each_way_out_says_that_it_leads_to_another_site(contact: BeautifulSoup) -> None:
    practice = OWNER.practice
    for url in filter(None, (practice.contact_url, practice.booking_url, practice.website)):
        link = one(contact, f'main a[href="{url}"]')
        assert link.get_text(strip=True)
        assert url.split("/")[2] in words(link.parent) and "outside" in words(link.parent)


def test_the_contact_page_says_what_to_do_in_an_emergency(contact: BeautifulSoup) -> None:
    footer = one(contact, "body > footer .crisis")
    notice = next(p for p in contact.select("main p") if "emergency" in words(p))
    assert [a["href"] for a in notice("a")] == [a["href"] for a in footer("a")] != []


def test_no_page_asks_anyone_to_write_about_her_health_into_a_form(site: BuiltSite) -> None:
    for path in site.pages():
        page = site.page(path)
        for form in page.select(".comments form"):  # what readers say to all is another matter
            form.decompose()
        for form in page.select("[role=search]"):  # nor is it sent what somebody looks for
            assert not form.has_attr("action"), path
            form.decompose()
        assert page.select("form, input, textarea, select") == [], path


def test_the_contact_page_leaves_out_what_she_does_not_give(blog: Blog) -> None:
    files = {"practice.toml": practice(OPTIONAL), "pages/contact.md": CONTACT}
    page = blog(files).page("contact/")
    assert page.select('main a[href^="mailto:"]') == []
    assert "None" not in words(one(page, "main"))
    assert all(dd.get_text(strip=True) for dd in page.select("dd"))
    assert "rooms.example.net/times" not in str(page)
    assert "What happens after you call." in words(one(page, "main"))
