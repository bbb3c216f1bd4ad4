"""Lines of a rule file that don't fit together: no colon, no space behind it, the wrong indentation."""

from __future__ import annotations

import re

from psm_qualify.errors import Finding
from psm_qualify.rules.refusal import Refusal

_CONFLICT = re.compile("<{7} |>{7} |={7}$")
_WIDE_COLON = re.compile(r"\s*(?:- +)*(?P<key>[\w-]+) *(?P<colon>[：﹕︓])\s*(?P<value>.*)")
_WORD_LIST = re.compile(r"\s*(?P<mark>[—–•·▪◦‣*]|[0-9]+[.)]|[a-z][.)])\s+(?P<item>.*)")
_KEY_WITHOUT_SPACE = re.compile(r"(?P<before>\s*(?:- +)*(?P<key>[\w-]+)):(?P<value>[^\s:].*)")


def conflict(refusal: Refusal) -> Finding | None:
    """A line that git leaves where two versions of a file clash."""
    marked = (number for number in range(refusal.line + 1) if _CONFLICT.match(refusal.lines[number]))
    at = next(marked, None)
    if at is None:
        return None
    message = "git left this line where two versions of the file clash"
    hint = "keep one of the two versions, and take out the lines with <<<<<<<, ======= and >>>>>>>"
    return refusal.tell("merge-conflict", message, hint, (at, 0), len(refusal.lines[at]))


def unfit_above(refusal: Refusal, above: int) -> Finding:
    """A key below a line that can hold none: that line is no `key: value`, or this one is indented too far."""
    text = refusal.lines[above]
    indent = len(text) - len(text.lstrip())
    if _KEY_WITHOUT_SPACE.fullmatch(text):
        return _no_colon(refusal, above)
    listed = _WORD_LIST.fullmatch(text)
    if listed is not None:
        message, hint = f"no list item begins with {listed['mark']}", f"write `- {listed['item'].strip()}`"
        return refusal.tell("no-dash", message, hint, (above, listed.start("mark")), len(listed["mark"]))
    if re.match(r"\s*-[^\s-]", text):
        hint = "write a dash, a space, then the item"
        return refusal.tell("no-space", "no space behind the dash", hint, (above, indent))
    if not re.search(r":(\s|$)", text):
        return _no_colon(refusal, above)
    column = len(refusal.before) - len(refusal.before.lstrip())
    keys = len(text) - len(re.sub(r"^\s*(?:- +)*", "", text))
    message = "this line is indented as if it belonged to the line above, which has its value already"
    hint = f"indent it by {keys} spaces, like what stands in the line above"
    return refusal.tell("indentation", message, hint, (refusal.line, column), refusal.column - column)


def no_colon(refusal: Refusal) -> Finding | None:
    """A line with no colon, among keys."""
    if refusal.began is None or "find expected ':'" not in refusal.problem:
        return None
    return _no_colon(refusal, refusal.began[0])


def _no_colon(refusal: Refusal, line: int) -> Finding:
    text = refusal.lines[line].rstrip()
    if (unspaced := _KEY_WITHOUT_SPACE.fullmatch(text)) is not None:
        hint = f"write `{unspaced['key']}: {unspaced['value'].strip()}`"
        return refusal.tell("no-space", "no space behind the colon", hint, (line, unspaced.end("before")))
    if (wide := _WIDE_COLON.fullmatch(text)) is not None:
        hint = f"type a plain one: `{(wide['key'] + ': ' + wide['value']).strip()}`"
        return refusal.tell("no-colon", f"{wide['colon']} is a wide colon", hint, (line, wide.start("colon")))
    indent = len(text) - len(text.lstrip())
    key, _, rest = text.strip().partition(" ")
    hint = f"write `{key}: {rest.lstrip('= ')}`" if rest else f"write `{key}:`"
    return refusal.tell("no-colon", "this line is no `key: value`", hint, (line, indent), len(text) - indent)


def no_key(refusal: Refusal) -> Finding | None:
    """A colon with nothing before it."""
    if refusal.sign != ":" or refusal.before.strip():
        return None
    return refusal.tell("no-key", "no key stands before this colon", "write a name before it, or take the line out")


def out_of_line(refusal: Refusal) -> Finding | None:
    """A line that belongs to none of those above."""
    if not re.search("find expected key|'-' indicator|document start", refusal.problem):
        return None
    text, above = refusal.text, refusal.above
    indent = len(text) - len(text.lstrip())
    there = refusal.lines[above] if above is not None else ""
    beside = len(there) - len(there.lstrip())
    message = f"the indentation does not fit: {indent} spaces here, {beside} in the line above"
    if indent == beside:
        message = "a list item (with a dash) and a key (with a colon) can't stand side by side"
    hint = "what stands on one level begins in one column; what belongs to a key stands further in"
    return refusal.tell("indentation", message, hint, (refusal.line, indent), len(text.strip()))
