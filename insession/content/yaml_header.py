"""A header's YAML, read as text, lists and dicts, with the line of every value.

No value is guessed at (`title: No` stays "No"), and whatever YAML would drop without a word, or
gives a meaning of its own, is refused: a title is published whole or not at all.
"""

import re
from typing import Any

import yaml

from insession.common.problems import Problem, Problems
from insession.content.schema import Location

TEXTS = {"title", "summary", "topic", "content_note", "perspective", "cover_alt"}
OWN_MEANING = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)

# libyaml reads a header thirty times as quickly as PyYAML itself; not every wheel brings it.
QUICK_LOADER = getattr(yaml, "CSafeLoader", None)
# What the two read in different ways, or libyaml in such depth that Python couldn't go on.
# In the middle of a text & * ! ? and ... are nothing but themselves.
ODD = re.compile(r"[\t\ufeff#{]|(?:^|[-:,?\[])\s*[&*!?]|\[[^\]]*[\[?]|-\s+-|^\.\.\.", re.MULTILINE)
DEEPEST = 50  # brackets in brackets: thousands take PyYAML seconds
TOO_DEEP = ("this header has too many brackets.", "Write each line as key: text.")


def read_header(
    block: str, shown: str, first_line: int
) -> tuple[dict[str, Any], dict[Location, int]]:
    """Return the header's values and the line of each. Raises Problems.

    `block` is what stands between the --- lines; it starts on `first_line` of the file `shown`.
    """
    rows = block.split("\n")
    try:
        _refuse_depth(rows, shown, first_line)
        root = _compose_quickly(block)
        if root is None:
            for token in yaml.scan(block):
                if isinstance(token, OWN_MEANING):
                    raise _refused(shown, first_line, *_own_meaning(rows, token.start_mark))
            root = yaml.compose(block, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.MappingNode):
            row, what, _ = _slip(rows, 0)
            how = "Write one line for each: title: …, date: …, summary: …, topic: …"
            raise _refused(shown, first_line, row, what, how)
        return _values(root, rows, shown, first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        number = min(mark.line, len(rows) - 1) if mark else 0
        raise _refused(shown, first_line, *_slip(rows, number)) from None
    except RecursionError:
        raise _refused(shown, first_line, 0, *TOO_DEEP) from None


def _refuse_depth(rows: list[str], shown: str, first_line: int) -> None:
    """Refuse brackets in brackets in brackets before anything takes them apart."""
    depth = 0
    for row, text in enumerate(rows):
        for sign in re.findall(r"[\[\]{}]", text):
            depth = depth + 1 if sign in "[{" else max(depth - 1, 0)
            if depth > DEEPEST:
                raise _refused(shown, first_line, row, *TOO_DEEP)


def _compose_quickly(block: str) -> yaml.Node | None:
    """Parse a plain header with libyaml. Return None for any other, and for all that it refuses."""
    if QUICK_LOADER is None or ODD.search(block):
        return None
    try:
        return yaml.compose(block, Loader=QUICK_LOADER)
    except yaml.YAMLError:
        return None


def _values(
    root: yaml.MappingNode, rows: list[str], shown: str, first_line: int
) -> tuple[dict[str, Any], dict[Location, int]]:
    lines: dict[Location, int] = {}
    problems: list[Problem] = []

    def value(node: yaml.Node, location: Location) -> Any:
        lines.setdefault(location, first_line + node.start_mark.line)
        if isinstance(node, yaml.SequenceNode):
            return [value(item, (*location, n)) for n, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(pair(key, each, location) for key, each in node.value)
        return node.value

    def pair(key_node: yaml.Node, value_node: yaml.Node, location: Location) -> tuple[str, Any]:
        number = key_node.start_mark.line
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else rows[number]
        if (*location, key) in lines:
            how = f"Keep one of the lines that start with {key}: and remove the other."
            what = f"{key} stands here twice."
            problems.append(Problem(shown, first_line + number, what, how))
        elif key in TEXTS and _is_cut_off(value_node, rows):
            what = f"everything after the # would be lost from this {key}."
            problems.append(Problem(shown, first_line + number, what, _in_quotes(rows[number])))
        lines[(*location, key)] = first_line + number
        return key, value(value_node, (*location, key))

    data = value(root, ())
    if problems:
        raise Problems(problems)
    return data, lines


def _is_cut_off(node: yaml.Node, rows: list[str]) -> bool:
    """Whether what follows an unquoted text on its line is a comment to YAML."""
    rest = rows[node.end_mark.line][node.end_mark.column :] if rows[node.end_mark.line :] else ""
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return plain and re.match(r"\s*#", rest) is not None


def _own_meaning(rows: list[str], mark: yaml.Mark) -> tuple[int, str, str]:
    sign = rows[mark.line][mark.column]
    what = f"a text can't start with {sign} unless it stands in quotes."
    return mark.line, what, _in_quotes(rows[mark.line])


def _slip(rows: list[str], number: int) -> tuple[int, str, str]:
    """Find the slip of the pen behind a header that YAML can't read: row, what, how."""
    for row, text in enumerate(rows):
        if "\t" in text:
            return row, "this line of the header has a tab in it.", "Use spaces in its place."
        if glued := re.match(r"([\w-]+):([^\s:/].*)", text):
            what = "a space is missing after the colon."
            return row, what, f"Write: {glued[1]}: {glued[2]}"
        if row == 0 and (indented := re.match(r"(?: +|- +)([\w-]+:.*)", text)):
            return row, "this line must start at the left edge.", f"Write: {indented[1]}"
        if re.match(r"[\w-]+: +\[[^\]]*$", text) and not any("]" in later for later in rows[row:]):
            return row, "this list is opened but never closed.", f"Close the list: {text}]"
        if re.match(r"""[\w-]+: +(["'])(?:(?!\1).)*$""", text):
            what = "a quotation mark is opened here and never closed."
            return row, what, _in_quotes(text)
        if re.match(r"[^\s#-][^:]*$", text):
            return row, "this line of the header can't be read.", _in_quotes(text)
    if re.match(r"[\w-]+: .*: ", rows[number]):
        return number, "there is a second colon in this text.", _in_quotes(rows[number])
    return number, "this line of the header can't be read.", _in_quotes(rows[number])


def quoted(row: str) -> str:
    """Return a line of a header with its text in quotes, or "" if it isn't written key: text."""
    pair = re.match(r"(\s*(?:- +)?[\w-]+):\s+(\S.*)", row)
    if not pair or pair[2].startswith(("[", "{")):
        return ""
    text = pair[2].strip()
    if text[0] in "\"'" and text.count(text[0]) % 2:  # opened and never closed
        text = text[1:]
    return f"{pair[1]}: {in_quotes(text)}"


def in_quotes(text: str) -> str:
    """Return a text as YAML in quotes that it doesn't contain itself."""
    if '"' in text or "\\" in text:  # only in double quotes has a \ a meaning
        return "'{}'".format(text.replace("'", "''"))
    return f'"{text}"'


def _in_quotes(row: str) -> str:
    """Show the line as it is right."""
    right = quoted(row).strip()
    if not right:
        return "Each line of the header is written as key: text."
    return f"Put the text in quotes: {right}"


def _refused(shown: str, first_line: int, row: int, what: str, how: str) -> Problems:
    return Problems([Problem(shown, first_line + row, what, how)])
