"""Gives topics what is said of them in content/topics.toml, such as a sentence of their own.

Sets settings["TOPICS"], by the topic's name, for other plugins, and gives the templates `TOPICS`,
by its slug.
"""

import difflib
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.utils import slugify

from insession.common.problems import Problem, Problems, collected, shown_path
from insession.content.text_file import read_text
from insession.content.toml_file import key_line
from insession.content.topics import FILE, Topic, read_topics


def read_file(pelican: Pelican) -> None:
    """Read the file, if there is one."""
    settings, path = pelican.settings, Path(pelican.settings["PATH"]) / FILE
    settings["TOPICS"] = {}
    try:
        settings["TOPICS"] = read_topics(path, shown_path(path, settings))
    except Problems as refused:
        collected(settings).extend(refused.problems)


def give_topics(generators: list[Generator]) -> None:
    """Find each topic that is spoken of; that no article has it, drafts neither, is a problem."""
    settings, context = generators[0].settings, generators[0].context
    names = {
        article.category.slug: article.category.name
        for generator in generators
        if isinstance(generator, ArticlesGenerator)
        for article in [*generator.articles, *generator.hidden_articles, *generator.drafts]
    }
    found: dict[str, Topic] = {}
    path = Path(settings["PATH"]) / FILE
    for topic, said in settings["TOPICS"].items():
        slug = slugify(topic, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"])
        if slug in names and slug not in found:
            found[slug] = said
            continue
        what = f"no article has the topic “{topic}”."
        how = _how(topic, sorted(names.values()))
        if slug in found:
            what, how = f"the topic “{topic}” stands here twice.", "Remove one of the two."
        shown = shown_path(path, settings)
        line = key_line(read_text(path, shown), topic)
        collected(settings).append(Problem(shown, line, what, how))
    context["TOPICS"] = found


def _how(topic: str, names: list[str]) -> str:
    """Name the topic that was meant, or all there are."""
    if near := difflib.get_close_matches(topic, names, n=1):
        return f'Did you mean “{near[0]}”? Write: "{near[0]}" = "…"'
    known = ", ".join(f"“{name}”" for name in names) or "none yet"
    return f"Write one of yours ({known}), or remove the line."


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(read_file)
    signals.all_generators_finalized.connect(give_topics)
