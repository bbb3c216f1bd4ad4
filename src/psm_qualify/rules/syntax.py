"""What the YAML parser refused, told so that a rule author can mend it.

The parser notices a mistake where it can't go on, often lines behind it, and speaks of tokens. Each function here
knows one mistake, and finds the place where it was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from psm_qualify.errors import Finding
from psm_qualify.rules import lines
from psm_qualify.rules.refusal import Refusal
from psm_qualify.rules.signs import INVISIBLE, invisible, smart_quotes

QUOTES = "put quotes around such text: inside {…} and […] YAML splits at commas and stumbles over `?`"

_BEFORE_TEXT = r"(?:^[ \t]*(?:- +)*|: +|[\[{] *|, +)"  # what a text may stand behind
_OPENS = r"(?:^|(?<=[\s\[{,]))"  # where a quote opens a text and is no apostrophe
_QUOTED = re.compile(_OPENS + r"""(?:"(?:\\.|[^"\\])*(?P<end>"|$)|'(?:''|[^'])*(?P<last>'|$)|\#.*)""")
_BRACKET = re.compile(_OPENS + r"""(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|\#[^\n]*)|[\[\]{}]""", re.MULTILINE)
_SMART_START = re.compile(_BEFORE_TEXT + "([“”„‟‘«])")
_INVISIBLE_START = re.compile(f"(?:^|^[ \t]*-|:)[ \t]*({INVISIBLE})")
_MARK_START = re.compile(_BEFORE_TEXT + "(?P<mark>[&*])")
_PAIRS = {"[": "]", "{": "}"}


def explain(refusal: Refusal) -> Finding:
    """What is wrong, by the first that knows the mistake."""
    told = (knows(refusal) for knows in _MISTAKES)
    return next((one for one in told if one is not None), None) or refusal.tell(
        "yaml", f"not readable as YAML: {refusal.problem}", "check the indentation and the quotes here and above"
    )


# -- signs that came from elsewhere ------------------------------------------------------------------------------


def _tab(refusal: Refusal) -> Finding | None:
    for number in (refusal.line, refusal.line - 1):
        text = refusal.lines[number] if number >= 0 else ""
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        if "\t" in indent and text.strip():
            at, tabs = (number, indent.index("\t")), indent.count("\t")
            return refusal.tell(
                "tab", "the line is indented with a tab", "indent with spaces: YAML takes no tabs", at, tabs
            )
    return None


def _invisible(refusal: Refusal) -> Finding | None:
    for number in (refusal.line, refusal.line - 1):
        found = _INVISIBLE_START.search(refusal.lines[number]) if number >= 0 else None
        if found is not None:
            return refusal.tell(*invisible(found[1]), (number, found.start(1)))
    return None


def _smart_quote(refusal: Refusal) -> Finding | None:
    found = _SMART_START.search(refusal.before)
    if found is None:
        return None
    return refusal.tell(*smart_quotes(found[1]), (refusal.line, found.start(1)))


def _fence(refusal: Refusal) -> Finding | None:
    if not refusal.text.startswith("```"):
        return None
    hint = "take the lines with ``` out"
    return refusal.tell("yaml", "``` belongs to a document that shows rules, not to the rules", hint, None, 3)


# -- quotes ------------------------------------------------------------------------------------------------------


def _unclosed_quote(refusal: Refusal) -> Finding | None:
    at = refusal.began if "end of stream" in refusal.problem else _quote_that_ends_in(refusal)
    if at is None or refusal.lines[at[0]][at[1] : at[1] + 1] not in ('"', "'"):
        return None
    quote = refusal.lines[at[0]][at[1]]
    message = f"the {quote} that opens here is not closed in this line"
    return refusal.tell("unclosed-quote", message, f"write {quote} at the end of the text", at)


def _quote_that_ends_in(refusal: Refusal) -> tuple[int, int] | None:
    """The quote that opened in a line above and is closed in the one that can't be read: by one that should open."""
    for number in range(refusal.line - 1, -1, -1):
        start = _left_open(refusal.lines[number])
        if start is not None:
            between = [refusal.lines[number][start + 1 :], *refusal.lines[number + 1 : refusal.line]]
            quote = refusal.lines[number][start]
            closed_between = any(quote in text for text in between)
            return None if closed_between or quote not in refusal.before else (number, start)
    return None


def _left_open(text: str) -> int | None:
    """Where a quote opens that this line does not close."""
    for found in _QUOTED.finditer(text):
        if not found.group().startswith("#") and not (found["end"] or found["last"]):
            return found.start()
    return None


def _behind_quote(refusal: Refusal) -> Finding | None:
    quote = refusal.before.rstrip()[-1:]
    if quote not in ('"', "'") or not quote or refusal.sign in ("", ":", "]", "}"):
        return None
    inside = "an apostrophe inside '…' is written twice, ''" if quote == "'" else 'a quote inside "…" is written \\"'
    other = "'" if quote == '"' else '"'
    message = f"the text goes on behind the {quote} that closes it"
    return refusal.tell("text-after-quote", message, f"put {other} around the whole text; or else {inside}")


def _backslash(refusal: Refusal) -> Finding | None:
    if "escape" not in refusal.problem:
        return None
    at = refusal.text.rfind("\\", 0, refusal.column + 1)
    escape = refusal.text[at : at + 2]
    hint = f"put ' around the text instead of \", or write \\{escape}"
    return refusal.tell("backslash", f'{escape} can\'t stand between " and "', hint, (refusal.line, at), 2)


# -- brackets ----------------------------------------------------------------------------------------------------


def _unclosed_bracket(refusal: Refusal) -> Finding | None:
    if refusal.began is None or "',' or" not in refusal.problem:
        return None
    line, column = refusal.began
    opening = refusal.lines[line][column]
    closing = _PAIRS[opening]
    if refusal.sign and refusal.sign in "]}":
        message = f"this {refusal.sign} can't close the {opening} that opens at line {line + 1}, column {column + 1}"
        return refusal.tell("unclosed-bracket", message, f"write {closing} instead of it, or before it")
    if _is_closed("\n".join([refusal.lines[line][column:], *refusal.lines[line + 1 :]])):
        return None
    remark = re.search(r"\s(#.*)", refusal.lines[line][column:])
    if remark is not None:
        message = f"what begins with # is a remark, so the {opening} before it is never closed"
        hint = "put quotes around a text that holds a #" if closing in remark[1] else f"write {closing} before the #"
        return refusal.tell("unclosed-bracket", message, hint, (line, column + remark.start(1)), len(remark[1]))
    message = f"the {opening} that opens here is never closed"
    return refusal.tell("unclosed-bracket", message, f"write {closing} where it ends", (line, column))


def _ends_in_bracket(refusal: Refusal) -> Finding | None:
    """The file ends behind a comma or an opening bracket."""
    if any(text.strip() for text in [refusal.text[refusal.column :], *refusal.lines[refusal.line + 1 :]]):
        return None
    opened: list[int] = []
    before = "\n".join([*refusal.lines[: refusal.line], refusal.before])
    for found in _BRACKET.finditer(before):
        if found.group() in _PAIRS:
            opened.append(found.start())
        elif found.group() in "]}" and opened:
            opened.pop()
    if not opened:
        return None
    above = before[: opened[-1]]
    at = (above.count("\n"), len(above) - above.rfind("\n") - 1)
    message = f"the {before[opened[-1]]} that opens here is never closed: the file ends in it"
    return refusal.tell("unclosed-bracket", message, f"write {_PAIRS[before[opened[-1]]]} where it ends", at)


def _is_closed(text: str) -> bool:
    """Whether the bracket with which a text begins is closed in it."""
    depth = 0
    for found in _BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return True
    return False


def _behind_bracket(refusal: Refusal) -> Finding | None:
    if "expected key" not in refusal.problem or not refusal.before.strip():
        return None
    if refusal.sign and refusal.sign in "]}":
        hint = f"take it out, or write its {'[' if refusal.sign == ']' else '{'}"
        return refusal.tell("unclosed-bracket", f"this {refusal.sign} closes nothing", hint)
    if refusal.before.rstrip()[-1] not in "]}":
        return None
    message = f"the text goes on behind a {refusal.before.rstrip()[-1]}"
    return refusal.tell("needs-quotes", message, "a text that begins with [ or { wants quotes around the whole of it")


# -- texts that want quotes --------------------------------------------------------------------------------------


def _split_in_braces(refusal: Refusal) -> Finding | None:
    """A sign that means something to YAML, in a text in {…} or […]."""
    if refusal.sign == ":" and "',' or" in refusal.problem:
        return _colon(refusal, "put a comma before")
    if refusal.sign and refusal.sign in "[{" and "',' or" in refusal.problem:
        hint = "put quotes around the whole text"
        return refusal.tell("needs-quotes", f"this {refusal.sign} begins something new in the midst of a text", hint)
    if "node content" in refusal.problem or "',' or" in refusal.problem:
        return refusal.tell("needs-quotes", "YAML can't tell what this belongs to", QUOTES)
    return None


def _colon_in_line(refusal: Refusal) -> Finding | None:
    if "mapping values" not in refusal.problem:
        return None
    if re.search(r":\s", refusal.before) or refusal.above is None:
        return _colon(refusal, "begin a new line with")
    return lines.unfit_above(refusal, refusal.above)


def _colon(refusal: Refusal, otherwise: str) -> Finding:
    """A second colon: it belongs to the text, or to a key that was not set apart."""
    text = _text_around(refusal)
    key = re.match(r"(?P<before>.*\s)?(?P<key>[\w-]+)$", refusal.before)
    hint = _quoted(text)
    if key is not None and not text.startswith(key["key"]):
        holds_more = re.match(r":\s*[\[{]", refusal.text[refusal.column :])
        hint = f"{otherwise} {key['key']}" if holds_more else f"{hint}; or {otherwise} {key['key']}, if that is a key"
    elif key is not None and not _in_flow(refusal):
        hint += f"; or, if {key['key']} is a key, {{ }}: {{{text}}}"
    return refusal.tell("needs-quotes", "one colon too many: a text that holds `: ` wants quotes", hint)


def _block_start(refusal: Refusal) -> Finding | None:
    """A text that begins with a sign after which YAML takes a text of several lines."""
    found = re.search(_BEFORE_TEXT + "(?P<mark>[|>])[^|>]*$", refusal.before + refusal.sign)
    if "comment or line break" not in refusal.problem or found is None:
        return None
    message = f"a text that begins with {found['mark']} wants quotes"
    hint = _quoted(refusal.text[found.start("mark") :].strip())
    return refusal.tell("needs-quotes", message, hint, (refusal.line, found.start("mark")))


def _reserved_start(refusal: Refusal) -> Finding | None:
    """A text that begins with a sign that means something to YAML."""
    marks = [found.start("mark") for found in _MARK_START.finditer(refusal.before)]
    if marks:
        column = marks[-1]
    elif "cannot start" in refusal.problem or "directive" in refusal.problem or refusal.sign == "%":
        column = refusal.column
    else:
        return None
    sign = refusal.text[column : column + 1]
    message = f"no text can begin with {sign} unless it stands in quotes"
    return refusal.tell("needs-quotes", message, _quoted(_text_around(refusal)), (refusal.line, column))


def _text_around(refusal: Refusal) -> str:
    """The text that was probably meant around the parser's sign."""
    begins = max((found.end() for found in re.finditer(_BEFORE_TEXT, refusal.before)), default=0)
    rest = "[^,}\\]]*" if _in_flow(refusal) else ".*"
    ends = re.compile(rest).match(refusal.text, refusal.column)
    return refusal.text[begins : ends.end() if ends else None].strip()


def _in_flow(refusal: Refusal) -> bool:
    return re.search(r"[\[{]", refusal.before) is not None


def _quoted(text: str) -> str:
    """How a text is written so that YAML takes it as one."""
    quote = "'" if '"' in text else '"'
    return f"put quotes around the whole text: {quote}{text}{quote}" if quote not in text else QUOTES


# -- all of them, in the order in which they are asked ----------------------------------------------------------

_MISTAKES: Sequence[Callable[[Refusal], Finding | None]] = (
    lines.conflict,
    _tab,
    _invisible,
    _unclosed_quote,
    _backslash,
    _smart_quote,
    _fence,
    _behind_quote,
    _unclosed_bracket,
    _ends_in_bracket,
    _behind_bracket,
    _split_in_braces,
    _block_start,
    _reserved_start,
    _colon_in_line,
    lines.no_colon,
    lines.no_key,
    lines.out_of_line,
)
