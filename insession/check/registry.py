"""All rules for one text or page. A new rule is one more function in one of these lists.

Those for the whole blog are in site_rules.py. This module isn't imported before something has to be
found, since the rules' patterns take a while to compile.
"""

from collections.abc import Callable, Iterator
from datetime import date

from insession.check.remark import Remark
from insession.check.rules import (
    applicability,
    confidentiality,
    content_notes,
    csp,
    frame,
    html,
    language,
    leftover_prompts,
    medicine,
    pasted,
    pictures,
    promises,
    readability,
    spelling,
    stale,
    structure,
    summaries,
)
from insession.check.text.page import CheckedPage, CheckedSite
from insession.check.text.text import CheckedText, RuleContext

# What a text says, and how: its words.
TEXT_RULES: tuple[Callable[[CheckedText, RuleContext], Iterator[Remark]], ...] = (
    language.suicide_wording,
    content_notes.suicide_unannounced,
    language.illness_wording,
    language.diagnosis_as_metaphor,
    language.addiction_wording,
    language.disability_wording,
    confidentiality.vignette_declared,
    confidentiality.identifying_details,
    promises.cure,
    promises.certainty,
    promises.testimonial,
    promises.superlative,
    medicine.medicine,
    leftover_prompts.left_prompts,
    pasted.traces,
    readability.grade,
    readability.long_sentences,
    readability.passives,
    readability.abbreviations,
    spelling.misspelling,
    stale.out_of_date,
)

# What a text says on a certain day.
DATED_RULES: tuple[Callable[[CheckedText, RuleContext, date], Iterator[Remark]], ...] = (
    applicability.written_for_another,
    stale.review_due,
)

# What a text becomes: its page.
PAGE_RULES: tuple[Callable[[CheckedPage, CheckedSite], Iterator[Remark]], ...] = (
    html.unclosed_tags,
    html.lost_comments,
    html.whole_page,
    csp.blocked_by_policy,
    csp.asks_others,
    csp.own_computer,
    structure.heading_order,
    structure.empty_headings,
    structure.anchors,
    pictures.alt_text,
    summaries.summary_length,
    frame.said_twice,
    frame.website_nowhere,
)
