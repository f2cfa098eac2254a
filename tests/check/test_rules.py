"""Each rule is asked by the command: without its line in rules.py, something here isn't found."""

import json
import shutil
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from insession.check import command
from insession.check.read_site import Reading, read_site
from insession.check.registry import DATED_RULES, PAGE_RULES, TEXT_RULES
from insession.check.site_rules import SITE_RULES
from insession.check.text.page import card_of
from insession.content.remark_names import REMARKS
from insession.site.site import WITH_DRAFTS, Site
from tests.check.texts import KNOWN, TODAY
from tests.support import PRACTICE, ROOT, article, write_content

LONG = (
    "When you come for the first time and sit down in the chair by the window, and look at the "
    "plant, and wonder what you should say to someone whom you have never seen before, you may "
    "find that the words which you had put together on the train have gone out of your head."
)
LEARNED = (
    "Psychotherapeutic conceptualizations necessitate considerable differentiation regarding "
    "intersubjective phenomenology. Institutional considerations complicate interdisciplinary "
    "communication. Characterological organization influences interpersonal expectations. "
) * 6
PASSIVES = (
    "Notes are kept in a safe. They are read by nobody. They were written for you. After some "
    "years they are destroyed."
)
# Each rule with the name of its remark, and a text in which it finds something.
BODIES = {
    "frame.said_twice": ("twice-comment", "The door closed.\n\nLeave a comment below."),
    "frame.website_nowhere": ("website", "For more, visit my website:"),
    "language.suicide_wording": ("suicide-wording", "Her brother committed suicide."),
    "content_notes.suicide_unannounced": ("suicide-unannounced", "## After a suicide\n\nWe wait."),
    "language.illness_wording": ("illness-wording", "She suffers from depression."),
    "language.diagnosis_as_metaphor": ("diagnosis-as-metaphor", "The weather is bipolar today."),
    "language.addiction_wording": ("addiction-wording", "He is a drug addict."),
    "language.disability_wording": ("disability-wording", "He is confined to a wheelchair."),
    "confidentiality.vignette_declared": ("vignette", "A client of mine told me a dream."),
    "confidentiality.identifying_details": ("identifying-detail", "My client Maria cried."),
    "promises.cure": ("cure", "I can cure your anxiety."),
    "promises.certainty": ("guarantee", "I guarantee results."),
    "promises.testimonial": ("testimonial", "My clients say that I changed their lives."),
    "promises.superlative": ("superlative", "I am the best therapist in town."),
    "medicine.medicine": ("medicine", "Stop taking your pills."),
    "leftover_prompts.left_prompts": (
        "prompt",
        "> The short answer, for someone who reads no further.",
    ),
    "pasted.traces": ("pasted-point", "• breathing\n• walking"),
    "readability.grade": ("grade", LEARNED),
    "readability.long_sentences": ("long-sentence", LONG),
    "readability.passives": ("passives", PASSIVES),
    "readability.abbreviations": ("abbreviation", "I was trained in EMDR."),
    "spelling.misspelling": ("spelling", "You recieve a letter."),
    "stale.out_of_date": ("out-of-date", "Some call it multiple personality disorder."),
    "html.unclosed_tags": ("unclosed-tag", "Some <b>words."),
    "html.lost_comments": ("open-comment", "One\n\n<!-- never closed\n\nMore."),
    "csp.blocked_by_policy": ("script", "<script>let x = 1</script>"),
    "csp.asks_others": ("other-site", '<img src="https://www.example.org/x.png" alt="A field">'),
    "csp.own_computer": ("own-computer", "[here](http://localhost:8000/)"),
    "structure.heading_order": ("heading-order", "#### Deep"),
    "structure.empty_headings": ("empty-heading", "##\n\nText."),
    "structure.anchors": ("anchor", "[there](#nowhere)"),
    "pictures.alt_text": ("alt-text", "![](../images/small.png)"),
}
HEADERS = {
    "applicability.written_for_another": ("depends-on", "depends_on:\n  state: Oregon"),
    "stale.review_due": ("review-due", "reviewed: 2019-05-01"),
}
# Those that take more than a header or a body, with the file that they speak of.
OTHERS = {
    "summaries.summary_length": ("summary-length", "content/articles/short.md"),
    "summaries.twins": ("same-title", "content/articles/twin.md"),
    "html.whole_page": ("broken-page", "content/pages/follow.md"),
    "pictures.heavy_pictures": ("large-picture", "content/images/large.png"),
    "pictures.orphaned_pictures": ("unused-picture", "content/images/unused.png"),
}
RULES = (*TEXT_RULES, *DATED_RULES, *PAGE_RULES, *SITE_RULES)


def name_of(rule: Any) -> str:
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"


def file_of(name: str) -> str:
    return f"content/articles/{name.replace('.', '-').replace('_', '-')}.md"


EXPECTED = {name: (rule, file_of(name)) for name, (rule, _) in (BODIES | HEADERS).items()} | OTHERS


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """What was read of a blog in which each rule finds something; its theme leaves a tag open."""
    folder = tmp_path_factory.mktemp("rules")
    files: dict[str, str | bytes] = {"practice.toml": PRACTICE}
    for number, name in enumerate(BODIES | HEADERS):
        body, more = BODIES.get(name, ("", "Some text."))[1], HEADERS.get(name, ("", ""))[1]
        text = article(f"Title {number}", more, body)
        summary = f"What text number {number} of all these is about."
        files[file_of(name).removeprefix("content/")] = text.replace(
            "A short summary of what this article is about.", summary
        )
    files["articles/short.md"] = article("Short").replace(
        "A short summary of what this article is about.", "Too short."
    )
    for name in ("twin", "other"):
        files[f"articles/{name}.md"] = article("The same", body=f"This is the {name}.").replace(
            "A short", f"The {name}’s short"
        )
    files["pages/follow.md"] = (
        "---\ntitle: Follow\nsummary: How to hear of new articles.\ntemplate: follow\n---\n\nSo.\n"
    )
    files["articles/shown.md"] = article("Shown", body="![A field](../images/large.png)").replace(
        "A short", "A shown short"
    )
    content = write_content(folder, files)
    for name, side in (("small", 40), ("large", 6400), ("unused", 40)):
        Image.new("L", (side, 40)).save(content / "images" / f"{name}.png")
    shutil.copytree(ROOT / "theme", folder / "theme")
    template = folder / "theme/templates/follow.html"
    words = template.read_text("utf-8")
    template.write_text(words.replace("after_text %}", "after_text %}<select>"), "utf-8")
    settings = {"PATH": str(content), "THEME": str(folder / "theme")}
    site = Site(folder, str(ROOT / "publishconf.py"), WITH_DRAFTS | settings)
    site.refresh()
    site.close()
    return read_site(site, site.state.settings)


def test_the_command_asks_every_rule(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "read_site", lambda *_: reading)
    assert command.check(as_json=True, settings_file=str(ROOT / "publishconf.py")) == 0
    said = json.loads(capsys.readouterr().out)["remarks"]
    found = {(remark["rule"], remark["file"]) for remark in said}
    assert {name: pair for name, pair in EXPECTED.items() if pair not in found} == {}
    assert {rule for rule, _ in found} <= {*REMARKS}


def test_every_rule_has_a_text_that_it_alone_finds(reading: Reading) -> None:
    assert reading.problems == ()
    assert {*map(name_of, RULES)} == {*EXPECTED}
    said = {name_of(rule): remarks(rule, reading) for rule in RULES}
    for name, pair in EXPECTED.items():
        assert [giver for giver in said if pair in said[giver]] == [name], pair


def remarks(rule: Any, reading: Reading) -> set[tuple[str, str]]:
    """What one rule says of the whole blog: the name and the file of each remark."""
    if rule in SITE_RULES:
        said = list(
            rule(replace(reading.site, cards=tuple(card_of(p.text) for p in reading.site.pages)))
        )
    elif rule in PAGE_RULES:
        said = [remark for page in reading.site.pages for remark in rule(page, reading.site)]
    else:
        more = [TODAY] if rule in DATED_RULES else []
        said = [remark for page in reading.site.pages for remark in rule(page.text, KNOWN, *more)]
    return {(remark.rule, remark.file) for remark in said}
