"""Literals of rules, read by the field's own reader. What can't be read is a finding."""

from __future__ import annotations

import re

from psm_qualify.facts.readers import NumericReader, OptionsReader, Reader, Value
from psm_qualify.facts.text import clean
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.places import Path

_EXAMPLES = {
    "number": "a number is written like 5, 1,200, 1-6, 10+ or over 10",
    "money": "a sum is written like $1,200, 1.5M or $1-5M",
    "percent": "a percent is written like 85% or over 100%",
    "duration": "a duration is written like 18 months, 2 years or 10+ years",
    "text": "text needs at least one letter or digit",
}


def read_literal(findings: Findings, reader: Reader, type_name: str, text: str, path: Path) -> Value | None:
    """A literal of a rule, read by the field's own reader. None where it is a finding."""
    if isinstance(reader, OptionsReader):
        return _read_option(findings, reader, type_name, text, path)
    reading = reader.read(text)
    if reading.value is None:
        state = "reads as unknown" if reading.understood else f"can't be read as {type_name}"
        findings.add("bad-literal", f"{text!r} {state}", _EXAMPLES[type_name], path)
        return None
    sign = reader.kind.sign if isinstance(reader, NumericReader) else None
    if sign and sign not in text and clean(text) not in getattr(reader, "words", {}):
        bare = re.sub(r" ?percent\b", "", text, flags=re.IGNORECASE)
        findings.add("percent-sign", f"{text!r} is a percent without its sign", f"write {bare}{sign}", path)
        return None
    return reading.value


def _read_option(findings: Findings, reader: OptionsReader, type_name: str, text: str, path: Path) -> Value | None:
    if text in reader.names:
        return text
    if not reader.names:
        return None  # that there are none is told at the field
    synonym = reader.read(text).value
    if type_name == "yes_no" and synonym is not None:
        return synonym
    if isinstance(synonym, str) and synonym.casefold() == text.casefold():
        findings.add("choice-synonym", f"{text!r} is no choice: its letters differ", f"write {synonym}", path)
    elif synonym is not None:
        findings.add(
            "choice-synonym", f"{text!r} is a synonym; a rule names the choice itself", f"write {synonym}", path
        )
    else:
        findings.add_unknown("choice", text, reader.names, path)
    return None
