"""Names and web addresses made comparable, column by column: twins of `facts/firms.py`. They run on every record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from psm_qualify.engines.codes import Numbers, changed
from psm_qualify.engines.signs import Signs, table_of
from psm_qualify.engines.threads import in_threads
from psm_qualify.facts.firms import AMPERSAND, AND, ENDINGS, MARKS, NO_NAMES, PREFIX, SHARED, WHITE
from psm_qualify.facts.types import DEFAULT_UNKNOWN

_PIECE = 100_000  # texts that a thread makes comparable at once
_USUAL = "&,'-"
"""Signs that are most of what names hold besides letters, digits and spaces."""
_SAYS = r"[\p{L}\p{N}]"
_FROM_MARK = rf"[{''.join(MARKS)}].*$"


def _id_keys(texts: pa.Array) -> pa.Array:
    return _trimmed(texts)


def _domain_keys(texts: pa.Array) -> pa.Array:
    found = pc.utf8_lower(_trimmed(texts))
    for before_host in ("(?s)^.*://", "(?s)^.*@", f"(?s){_FROM_MARK}"):
        found = pc.replace_substring_regex(found, before_host, "")
    return pc.if_else(pc.starts_with(found, PREFIX), pc.utf8_slice_codeunits(found, len(PREFIX)), found)


def _name_keys(texts: pa.Array) -> pa.Array:
    found = pc.utf8_lower(_trimmed(texts))
    found = pc.replace_substring(pc.replace_substring(found, ".", ""), AND, AMPERSAND)
    found = pc.replace_substring(pc.replace_substring_regex(found, ENDINGS, ""), " ", "")
    # Most are letters and digits by now, and to see that is quicker than to search for anything else.
    return changed(found, pc.invert(pc.ascii_is_alnum(found)), _squashed)


def _trimmed(texts: pa.Array) -> pa.Array:
    """Without white space around, which few texts have: to see that is quicker than to look for it in all."""
    signs = Signs.of(texts)
    at_ends = signs.beginning(_MAY_BE_WHITE) | signs.ending(_MAY_BE_WHITE)
    return changed(texts, pa.array(at_ends), lambda some: pc.utf8_trim(some, WHITE))


def _squashed(texts: pa.Array) -> pa.Array:
    """Letters and digits alone."""
    for sign in _USUAL:
        texts = pc.replace_substring(texts, sign, "")
    rest = pc.invert(pc.ascii_is_alnum(texts))
    return changed(texts, rest, lambda some: pc.replace_substring_regex(some, r"[^\p{L}\p{N}]+", ""))


_MAY_BE_WHITE = table_of(WHITE, beyond_ascii=True)
_KEYS: Mapping[str, Callable[[pa.Array], pa.Array]] = {"id": _id_keys, "domain": _domain_keys, "name": _name_keys}
_TELLS: Mapping[str, Callable[[pa.Array], pa.Array]] = {
    "id": lambda keys: pc.and_(_says(keys), _none_of(pc.utf8_lower(keys), DEFAULT_UNKNOWN)),
    "domain": lambda keys: pc.and_(pc.and_(pc.match_substring(keys, "."), _says(keys)), _none_of(keys, SHARED)),
    "name": lambda keys: pc.and_(pc.not_equal(keys, ""), _none_of(keys, NO_NAMES)),
}


def made(kind: str, texts: pa.Array) -> pa.Array:
    """The keys of texts, NULL where there is none; '' or what `tells` nothing where a text is no firm's own."""
    return _KEYS[kind](texts)


def of(kind: str, texts: Iterator[pa.Array]) -> Iterator[pa.Array]:
    """The same part by part."""
    return in_threads(_KEYS[kind], (part.slice(at, _PIECE) for part in texts for at in range(0, len(part), _PIECE)))


def tells(kind: str, keys: pa.Array) -> Numbers:
    """Whether each key tells a firm from others."""
    found: Numbers = pc.fill_null(_TELLS[kind](keys), False).to_numpy(zero_copy_only=False)
    return found


def among(kind: str, texts: Iterator[pa.Array], wanted: Collection[str]) -> Numbers:
    """The numbers of the texts whose key is one of some."""
    found = [pc.is_in(part, pa.array(wanted, part.type)).to_numpy(zero_copy_only=False) for part in of(kind, texts)]
    return np.flatnonzero(np.concatenate([np.empty(0, bool), *found]))


def _says(keys: pa.Array) -> pa.Array:
    return pc.match_substring_regex(keys, _SAYS)


def _none_of(keys: pa.Array, words: Iterable[str]) -> pa.Array:
    return pc.invert(pc.is_in(keys, pa.array(sorted(words), keys.type)))
