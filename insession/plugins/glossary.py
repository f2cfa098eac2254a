"""Explains words, from content/glossary.toml: on a page of their own, to which articles lead.

In each article in the blog's language the first use of a word leads to `/glossary/`; not one in a
heading, a link, code or a quotation. Gives the templates the filter `link_terms`, and
`GLOSSARY_URL`, the page's address, empty where no word is explained.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from pathlib import Path

from pelican import Pelican, signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

from insession.common.problems import Problems, collected, shown_path
from insession.content.glossary import FILE, Term, read_glossary
from insession.content.languages import UNSPACED
from insession.output.writer import Writer, keep

URL = "glossary/"
Found = tuple[tuple[str, str], ...]  # each form that a text may have, and the id of its word

TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.S)
NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Where no word leads away: it is a link already, or isn't running text, or not her own.
CLOSED = frozenset(
    "a abbr audio blockquote button cite code dfn h1 h2 h3 h4 h5 h6 iframe kbd label math object "
    "pre q samp script select style summary svg textarea title var video".split()
)
WORDS_ALONE = frozenset(  # elements within a paragraph: a quotation may go on behind them
    "a abbr b bdi bdo br cite code del em i img ins kbd mark s samp small span strong sub sup "
    "time u var wbr".split()
)
QUOTATIONS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"'}
MARKS = f"[{''.join({*''.join(QUOTATIONS), *''.join(QUOTATIONS.values())})}]"


def read_terms(pelican: Pelican) -> None:
    """Read the file, if there is one."""
    settings, path = pelican.settings, Path(pelican.settings["PATH"]) / FILE
    settings["GLOSSARY"], substitutions = (), settings["SLUG_REGEX_SUBSTITUTIONS"]
    try:
        settings["GLOSSARY"] = read_glossary(path, shown_path(path, settings), substitutions)
    except Problems as refused:
        collected(settings).extend(refused.problems)
    settings["GLOSSARY_URL"] = URL if settings["GLOSSARY"] else ""


def finder(terms: tuple[Term, ...], language: str) -> Callable[[Article], Found]:
    """Return a function that says which forms an article may have: quickly, by a part of each.

    So a page depends only on words that may stand on it.
    """
    forms = [(form, term.id, _part(form)) for term in terms for form in term.forms]
    forms.sort(key=lambda each: (-len(each[0]), each[0]))  # the longest of two is meant

    def terms_in(article: Article) -> Found:
        """Return each form that may be in an article, and the id of its word."""
        if article.lang.split("-")[0] != language.lower().split("-")[0]:
            return ()
        return tuple((form, id_) for form, id_, part in forms if part in article.raw_body)

    return terms_in


def _part(form: str) -> str:
    """Return the longest word of a form without its first letter, which may be a capital."""
    return max(re.findall(r"\w+", form), key=len, default="")[1:]


def link_terms(html: str, found: Found, address: str) -> str:
    """Return the HTML in which the first use of each word leads to its place at `address`."""
    if not found:
        return html
    pattern, ids = _pattern(tuple(form for form, _ in found)), [id_ for _, id_ in found]
    parts, closed, quotation = TAG.split(html), 0, ""
    linked: set[str] = set()

    def change(match: re.Match[str]) -> str:
        nonlocal quotation
        written = match[0]
        if match.lastindex is None:
            if quotation and written in QUOTATIONS[quotation]:
                quotation = ""
            elif not quotation and written in QUOTATIONS:
                quotation = written
            return written
        id_ = ids[match.lastindex - 1]
        if quotation or id_ in linked:
            return written
        linked.add(id_)
        return f'<a class="term" href="{escape(address)}#{id_}">{written}</a>'

    for place, part in enumerate(parts):
        if place % 2:
            name = NAME.match(part)
            if name and name[2].lower() in CLOSED:
                closed = max(0, closed - 1) if name[1] else closed + 1
            if name and name[2].lower() not in WORDS_ALONE:
                quotation = ""
        elif not closed:
            parts[place] = pattern.sub(change, part)
    return "".join(parts)


@lru_cache(maxsize=512)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds a quotation mark or, in a group of its own, each form as a whole word."""
    return re.compile("|".join([MARKS, *map(_of_form, forms)]))


def _of_form(form: str) -> str:
    """A small first letter may be a capital: a sentence may begin with it. A capital is meant."""
    written = "".join(_of_signs(escape(form, quote=False)))
    first = form[0]
    if first.islower() and len(first.upper()) == 1:
        written = f"[{first}{first.upper()}]{written[len(re.escape(first)) :]}"
    before = "" if re.match(UNSPACED, form[0]) else r"(?<![\w-])"
    after = "" if re.match(UNSPACED, form[-1]) else r"(?![\w-])"
    return f"{before}({written}){after}"


def _of_signs(form: str) -> Iterator[str]:
    for sign in " ".join(form.split()):
        yield r"\s+" if sign == " " else "['’]" if sign in "'’" else re.escape(sign)


def offer_terms(generator: ArticlesGenerator) -> None:
    """Give the templates the filter, whose answers last until a text has other words."""
    settings, context = generator.settings, generator.context
    terms_in = keep(finder(settings["GLOSSARY"], settings["DEFAULT_LANG"]), context)
    address = f"{settings['SITEURL']}/{URL}"
    generator.env.filters["link_terms"] = lambda html, article: link_terms(
        html, terms_in(article), address
    )
    if settings["GLOSSARY"]:
        context.setdefault("BESIDE", []).append(terms_in)


def add_page(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the page of all words to the writer."""
    if terms := generator.settings["GLOSSARY"]:
        template = generator.get_template("glossary")
        writer.write_file(f"{URL}index.html", template, generator.context, terms=terms)


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(read_terms)
    signals.article_generator_finalized.connect(offer_terms)
    signals.article_writer_finalized.connect(add_page)
