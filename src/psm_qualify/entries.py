"""What may be written for a field: the options to choose from, and examples of what its reader reads."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import NumericReader, OptionsReader, Reader
from psm_qualify.facts.text import squash
from psm_qualify.rules.pack import Field

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "number": ("3", "1-6", "10+", "about 5"),
    "money": ("$1,200", "1.5M", "$1-5M", "over $10k"),
    "percent": ("85%", "80-90%", "over 100%"),
    "duration": ("18 months", "2 years", "3-5 years", "10+ years"),
}
"""How values are written, by field type."""

_MOST_WORDS = 6
_MOST_OPTIONS = 12
_MOST_SYNONYMS = 2


def options_of(field: Field) -> tuple[str, ...]:
    """The texts to choose from, each of which the field reads as another name. Empty where anything may stand."""
    reader = field.reader
    if not isinstance(reader, OptionsReader):
        return ()
    texts = (_readable(reader, name) for name in reader.names)
    return tuple(text for text in texts if text is not None)


def _readable(reader: OptionsReader, name: str) -> str | None:
    """The name as a person writes it; where it reads as something else, a synonym. None where nothing is read so."""
    synonyms = (text for text, stands_for in reader.written.items() if stands_for == name)
    texts = (" ".join(name.replace("_", " ").split()), name, *synonyms)
    return next((text for text in texts if reader.read(text).value == name), None)


def accepts(field: Field) -> str:
    """What may be written, in words. Only what the field's own reader reads is named."""
    options = options_of(field)
    if field.type == "choice":
        options = tuple(_with_synonyms(field.reader, option) for option in options)
    if options:
        more = (f"and {len(options) - _MOST_OPTIONS} more",) if len(options) > _MOST_OPTIONS else ()
        said = ("One of: " if len(options) > 2 else "") + _listed((*options[:_MOST_OPTIONS], *more))
    elif isinstance(field.reader, NumericReader):
        said = f"Such as {_listed(_examples(field.type, field.reader))}"
    else:
        said = "Any text"
    assumed = "" if field.assume_text is None else f" Left empty it counts as {field.assume_text}."
    return f"{said[:1].upper()}{said[1:]}.{assumed}"


def _with_synonyms(reader: Reader, option: str) -> str:
    """An option, and what people say for it."""
    assert isinstance(reader, OptionsReader)
    name = reader.read(option).value
    synonyms = [text for text, stands_for in reader.written.items() if stands_for == name]
    others = [text for text in synonyms if squash(text) not in (squash(option), squash(str(name)))]
    return f"{option} ({', '.join(others[:_MOST_SYNONYMS])})" if others else option


def _examples(type_: str, reader: NumericReader) -> tuple[str, ...]:
    """Forms of numbers, then the field's own words, one for each value."""
    forms = (text for text in EXAMPLES[type_] if reader.read(text).value is not None)
    words: dict[Interval, str] = {}
    for word, value in reader.words.items():
        words.setdefault(value, word)
    return (*forms, *islice(words.values(), _MOST_WORDS))


def _listed(texts: tuple[str, ...]) -> str:
    """The texts in a row. Some hold commas of their own (1,200), so that those between them won't do."""
    return " or ".join(texts) if len(texts) <= 2 else " · ".join(texts)
