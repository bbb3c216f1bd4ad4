"""Names and web addresses made comparable, column by column: twins of `facts/firms.py`. They run on every record."""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from psm_qualify.engines.codes import Numbers, changed
from psm_qualify.engines.signs import Signs, slices, spelling, table_of
from psm_qualify.engines.threads import in_threads
from psm_qualify.facts.firms import AMPERSAND, AND, ENDINGS, MARKS, NO_NAMES, PREFIX, SHARED, SIGMAS, WHITE
from psm_qualify.facts.types import DEFAULT_UNKNOWN

_SAYS = r"[\p{L}\p{N}]"
_FROM_MARK = rf"[{''.join(MARKS)}].*$"


def _id_keys(texts: pa.Array) -> pa.Array:
    return _trimmed(texts)


def _domain_keys(texts: pa.Array) -> pa.Array:
    found = _small(_trimmed(texts))
    for before_host in ("(?s)^.*://", "(?s)^.*@", f"(?s){_FROM_MARK}"):
        found = pc.replace_substring_regex(found, before_host, "")
    return pc.if_else(pc.starts_with(found, PREFIX), pc.utf8_slice_codeunits(found, len(PREFIX)), found)


def _name_keys(texts: pa.Array) -> pa.Array:
    found = _small(_trimmed(texts))
    signs = Signs.of(found)
    found = changed(found, signs.having(signs.bytes == ord(".")), lambda some: pc.replace_substring(some, ".", ""))
    signs = Signs.of(found)
    joined = signs.having(spelling(signs.bytes, AND))
    found = changed(found, joined, lambda some: pc.replace_substring(some, AND, AMPERSAND))
    ending = pc.match_substring_regex(found, ENDINGS)
    return _squashed(changed(found, ending, lambda some: pc.replace_substring_regex(some, ENDINGS, "")))


def _small(texts: pa.Array) -> pa.Array:
    """In small letters. Of the two that Greek has for one capital, always the same."""
    found = pc.utf8_lower(texts)
    signs = Signs.of(found)
    last = signs.having(spelling(signs.bytes, SIGMAS[0]))
    return changed(found, last, lambda some: pc.replace_substring(some, *SIGMAS))


def _trimmed(texts: pa.Array) -> pa.Array:
    """Without white space around, which few texts have: to see that is quicker than to look for it in all."""
    signs = Signs.of(texts)
    at_ends = signs.beginning(_MAY_BE_WHITE) | signs.ending(_MAY_BE_WHITE)
    return changed(texts, at_ends, lambda some: pc.utf8_trim(some, WHITE))


def _squashed(texts: pa.Array) -> pa.Array:
    """Letters and digits alone, of texts in small letters."""
    lengths, kept = [np.zeros(1, np.int64)], [np.empty(0, np.uint8)]
    for _, some in slices(texts):
        stay = _MAY_SAY.take(some.bytes)
        lengths.append(some.sums(stay))
        kept.append(some.bytes[stay])
    starts, signs = np.cumsum(np.concatenate(lengths), dtype=np.int64), np.concatenate(kept)
    found = pa.LargeStringArray.from_buffers(len(texts), pa.py_buffer(starts), pa.py_buffer(signs))
    found = pc.if_else(texts.is_valid(), found, None) if texts.null_count else found
    beyond = Signs(signs, starts).having(_no_latin(signs))
    return changed(found, beyond, lambda some: pc.replace_substring_regex(some, r"[^\p{L}\p{N}]+", ""))


def _no_latin(signs: Numbers) -> Numbers:
    """Where bytes are of something beyond ASCII and U+00C0 to U+027F, which are letters but for two signs."""
    found: Numbers = (signs >= 0xC0) & (signs < 0xC3) | (signs > 0xC9)
    for sign in "×÷":
        found |= spelling(signs, sign)
    return found


# Of every byte:
_MAY_BE_WHITE = table_of(WHITE, beyond_ascii=True)
_MAY_SAY = table_of(string.ascii_lowercase + string.digits, beyond_ascii=True)

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
    """The same part by part, on every core."""
    return in_threads(_KEYS[kind], texts)


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
