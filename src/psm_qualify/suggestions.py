"""Which field a column may mean that nothing claims. A suggestion is shown; it is never applied.

Headers are compared word by word. Every word that says what is meant has to stand in both, up to typing errors, so
`Total headcount` is not taken for `sales headcount`: no suggestion costs less than a silly one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from rapidfuzz.utils import default_process

from psm_qualify.facts.text import squash
from psm_qualify.facts.types import Numeric
from psm_qualify.rules.pack import Field, Pack

_CUTOFF = 80  # of 100
_LOOKED_AT = 30  # known headers that are compared word by word, the most similar first
_SIMILAR = 55  # of 100: below this a known header is not looked at
_LONGEST = 80  # letters; what is longer is no header

_SAME = {
    "#": "number", "no": "number", "nr": "number", "num": "number", "qty": "number", "quantity": "number",
    "count": "number", "%": "percent", "pct": "percent", "percentage": "percent", "avg": "average", "ave": "average",
    "mean": "average", "est": "estimated", "approx": "estimated", "approximate": "estimated", "biz": "business",
    "emp": "employees", "empl": "employees", "emps": "employees", "mgr": "manager", "mgmt": "management",
    "rev": "revenue", "org": "organization", "organisation": "organization", "dept": "department", "yrs": "years",
    "desc": "description", "acct": "account", "acc": "account", "reps": "reps", "salesman": "salesperson",
    "salesmen": "salespeople", "saleswoman": "salesperson", "saleswomen": "salespeople", "corp": "company",
    "salespersons": "salespeople", "salespeople": "salespeople", "personnel": "staff", "ppl": "people",
}  # fmt: skip
"""Words that people write for one another."""
_FIRM = frozenset({"company", "organization", "account", "business", "firm", "prospect", "lead"})
_LIGHT = frozenset({"the", "a", "an", "total", "current", "latest", "estimated", "now"})
_COUNT = frozenset({"number", "how", "many", "size"})
_LINKS = frozenset({"of", "in", "for", "to", "by", "on", "at", "with", "and", "or", "is", "are", "from", "per",
                    "our", "your", "their", "its"})  # fmt: skip
_ATTRIBUTES = frozenset({
    "email", "mail", "phone", "mobile", "tel", "fax", "date", "time", "created", "updated", "modified", "id", "ids",
    "url", "link", "city", "state", "zip", "postal", "country", "street", "address", "region", "growth", "change",
    "last", "first", "next", "name", "names", "photo", "logo", "linkedin", "twitter", "facebook", "target", "plan",
    "status", "type", "currency", "notes", "previous", "former", "old", "not", "lost", "open", "new", "lead", "budget",
    "cost", "source", "code", "cycle", "length", "stage", "quota", "goal", "tools", "software", "crm", "area",
    "territory",
})  # fmt: skip
"""With one of these words more, a header speaks of something else: `Account owner email`, `Annual revenue growth`."""

_SCALED = re.compile(r"\b0{3,}s?\b|\b(?:thousands?|millions?|billions?)\b|[$€£] ?(?:k|mm?|bn?)\b", re.IGNORECASE)
"""What says that the numbers of a column are not what they look like."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+|[#%]")
_YEAR = re.compile(r"(?:19|20)\d\d|fy\d\d(?:\d\d)?|q[1-4]")
_PREFIX = re.compile(r"^\s*([^:|>./-]+?)\s*(?:\s-\s|[:|>]|\.(?=\S))\s*(?=\S)")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A field that a column may mean: how sure that is (of 100), and the known header that it resembles."""

    field: str
    label: str
    score: int
    like: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A header of the pack."""

    field: Field
    header: str
    words: tuple[str, ...]


class Suggester:
    """Finds the field that a header may mean."""

    def __init__(self, pack: Pack) -> None:
        self._known = [
            _Known(field, header, _words(header)) for field in pack.fields.values() for header in field.columns
        ]
        self._texts = [_joined(known.words) for known in self._known]

    def suggest(self, header: str, samples: Sequence[str], fed: Collection[str]) -> Suggestion | None:
        """The field that a column may mean, if it is none of those that are `fed` and can read the samples."""
        if not header.strip() or len(header) > _LONGEST or _SCALED.search(header):
            return None
        found = [(score, known) for words in _variants(header) for score, known in self._similar(words)]
        if not found:
            return None
        score, known = max(found, key=lambda one: one[0])
        field = known.field
        # What means a field that has its column already means no other: `Sales Owner` beside `Account Owner`.
        if field.id in fed or any(other.field != field and close == score for close, other in found):
            return None
        return Suggestion(field.id, field.label, score, known.header) if _reads(field, samples) else None

    def _similar(self, words: tuple[str, ...]) -> list[tuple[int, _Known]]:
        near = process.extract(
            _joined(words), self._texts, scorer=fuzz.token_sort_ratio, limit=_LOOKED_AT, score_cutoff=_SIMILAR
        )
        scored = [(_score(words, self._known[index]), self._known[index]) for _, _, index in near]
        return [one for one in scored if one[0] >= _CUTOFF]


def _reads(field: Field, samples: Sequence[str]) -> bool:
    """Whether some sample says something to the field; without samples nothing speaks against it."""
    return not samples or any(field.reader.read(text).value is not None for text in samples)


def _joined(words: Sequence[str]) -> str:
    return " ".join(filter(_telling, words)) or " ".join(words)


def _words(header: str) -> tuple[str, ...]:
    """The words of a header, in small letters, each written in one way; years left out."""
    found = [word.lower() for word in _WORD.findall(_CAMEL.sub(" ", header))]
    words: list[str] = []
    for word in found:
        if words and words[-1] + word in _SAME:  # `sales men`
            word = words.pop() + word
        if not _YEAR.fullmatch(word):
            words.append(_SAME.get(word, word))
    return tuple(word for before, word in pairwise(["", *words]) if (before, word) != ("number", "of"))


def _variants(header: str) -> list[tuple[str, ...]]:
    """A header's words; those without what stands in brackets, and without the name of a firm's record before it."""
    texts = [header]
    if not any(char.isdigit() for aside in _ASIDE.findall(header) for char in aside):
        texts.append(_ASIDE.sub(" ", header))
    for text in tuple(texts):
        before = _PREFIX.match(text)
        if before is not None and squash(before[1]) in _FIRM:
            texts.append(text[before.end() :])
    return [words for words in dict.fromkeys(map(_words, texts)) if words]


def _score(words: tuple[str, ...], known: _Known) -> int:
    """How surely a header means a known one, of 100."""
    if not _type_fits(words, known.field):
        return 0
    left, slips = list(known.words), 0
    extra: list[str] = []
    for word in words:
        twin = next((other for other in left if other == word), None) or next(
            (other for other in left if _mistyped(word, other)), None
        )
        if twin is None:
            extra.append(word)
        else:
            left.remove(twin)
            slips += twin != word
    first, *others = known.words
    telling = [word for word in others if word in _FIRM or _telling(word)] + [first] * _telling(first)
    shared = [word for word in telling or known.words if word not in left]  # `company` may be all that a header says
    return max(0, 100 - 5 * slips - _cost_of_rest(extra, left, shared, known.field)) if shared else 0


def _cost_of_rest(extra: Sequence[str], missing: Sequence[str], shared: Sequence[str], field: Field) -> int:
    """What the words cost that stand in one of two headers alone, of 100. One that says something new costs all."""
    several = len(shared) > 1
    small = _LIGHT | (_COUNT if several or isinstance(field.kind, Numeric) else frozenset())
    small |= (_LINKS | _FIRM | {"percent"}) if several else frozenset()
    rest = [word for word in (*extra, *missing) if word not in small]
    cost = 2 * (len(extra) + len(missing) - len(rest))
    if rest and rest[0] in _FIRM and rest[0] in extra and len(shared[0]) > 4:  # `Company sector`, not `Account site`
        return cost + 10 if len(rest) == 1 else 100
    new = several and len(rest) == 1 and rest[0] in extra and rest[0] not in _ATTRIBUTES and rest[0].isalpha()
    return cost + (16 if new else 100 if rest else 0)


def _telling(word: str) -> bool:
    return word not in _LIGHT and word not in _COUNT and word not in _LINKS and word not in _FIRM


def _type_fits(words: Sequence[str], field: Field) -> bool:
    """Whether a header that counts, or tells a share, is one of a field that can hold that."""
    if "percent" in words:
        return field.type == "percent"
    return isinstance(field.kind, Numeric) or not ("number" in words or ("how" in words and "many" in words))


def _mistyped(word: str, other: str) -> bool:
    """Whether two words are one with a letter too many, missing, or in the wrong place; long ones with two faults."""
    shorter = min(len(word), len(other))
    if word + "s" == other or other + "s" == word:
        return shorter > 2
    distance = OSA.distance(word, other, score_cutoff=2)
    if shorter >= 8:
        return distance <= 2
    # One letter for another makes a new word too easily: state and stage, firm and form.
    return shorter >= 4 and distance <= 1 and (len(word) != len(other) or sorted(word) == sorted(other))


def near_names(text: str, names: Sequence[str]) -> list[str]:
    """The names that a text was probably meant for, the nearest first."""
    found = process.extract(text, list(dict.fromkeys(names)), scorer=fuzz.WRatio, processor=default_process, limit=3,
                            score_cutoff=70)  # fmt: skip
    return [name for name, *_ in found]
