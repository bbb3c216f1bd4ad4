"""What changed between two packs, in words: one change for each edit that stands by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, TypeAlias

from psm_qualify.authoring.diffing.atoms import Atoms, Path, atoms, key, owner, scores
from psm_qualify.authoring.diffing.wording import (
    Labels,
    advice_words,
    became,
    condition_changes,
    condition_words,
    inference_words,
    list_changes,
    mapping_changes,
)
from psm_qualify.rules.model import FieldSpec, PackModel

Kind: TypeAlias = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One edit: where, what it did in words, and the pieces of the pack that it touches.

    `owner` is what was edited (a field, a criterion, a band, a scorecard, …), called `title`; `key` is what of it,
    empty where all of it is new or gone. `scores`: it can move a prospect; the others are only said.
    """

    owner: Path
    title: str
    kind: Kind
    key: str
    words: str
    paths: tuple[Path, ...]
    scores: bool

    @property
    def name(self) -> str:
        """The change in two or three words: `Small sales force: points`."""
        return f"{self.title}: {_KEY_NAMES.get(self.key, self.key) if self.key else self.kind}"


def changes(old: PackModel, new: PackModel) -> tuple[Change, ...]:
    """What changed, in the order in which it stands in the packs; what can move a prospect first."""
    before, after = atoms(old), atoms(new)
    differs = [path for path in dict.fromkeys((*after, *before)) if before.get(path) != after.get(path)]
    maker = _Maker(before, after, old, new)
    places, parts = (
        {part: number for number, part in enumerate(dict.fromkeys(map(part_of, (*after, *before))))}
        for part_of in (_place, maker.whole)
    )
    differs.sort(key=lambda path: (places[_place(path)], parts[maker.whole(path)]))
    found = [change for part, paths in groupby(differs, key=maker.whole) for change in maker.make(part, list(paths))]
    return tuple(sorted(found, key=lambda change: not change.scores))


def _place(path: Path) -> Path:
    """What a piece stands in, for the order of changes: the header, phrases, fields, then scorecard by scorecard."""
    return path[:2] if path[0] in ("fields", "scorecards") else path[:1]


class _Maker:
    """Turns the pieces that differ into changes."""

    def __init__(self, before: Atoms, after: Atoms, old: PackModel, new: PackModel) -> None:
        self.before, self.after = before, after
        self.labels: Labels = {name: _label(name, field) for name, field in {**old.fields, **new.fields}.items()}
        self.titles = dict([*_titles(old, self.labels), *_titles(new, self.labels)])
        self.parts = [{path[:length] for path in side for length in (2, 4)} for side in (before, after)]

    def whole(self, path: Path) -> Path:
        """What a piece that differs is told with: the outermost thing that stands in one of the packs only."""
        for part in (path[:2], owner(path)):
            if part[0] in ("fields", "scorecards") and (part in self.parts[0]) != (part in self.parts[1]):
                return part
        return owner(path)

    def make(self, part: Path, paths: Sequence[Path]) -> Iterator[Change]:
        """The changes of one thing."""
        in_old, in_new = (part in side for side in self.parts)
        if len(part) > 1 and part[0] != "phrases" and in_old != in_new:
            kind: Kind = "new" if in_new else "gone"
            words = f"{kind}{self._about(part, self.after if in_new else self.before)}"
            yield Change(part, self.titles.get(part, part[-1]), kind, "", words, tuple(paths), True)
            return
        for group in self._pieces(part, paths):
            yield self._change(part, group)

    def _pieces(self, part: Path, paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
        """Pieces that can only change together: conditions and points where the number of levels changed."""
        when, points = (*part, "when"), (*part, "points")
        sides = [side.get(when) for side in (self.before, self.after)]
        steps = [len(side) if isinstance(side, tuple) else 0 for side in sides]
        joint = tuple(path for path in paths if path in (when, points)) if steps[0] != steps[1] else ()
        if joint:
            yield joint
        yield from ((path,) for path in paths if path not in joint)

    def _change(self, part: Path, paths: tuple[Path, ...]) -> Change:
        path = paths[0]
        old, new = self.before.get(path), self.after.get(path)
        name = "levels" if key(path) in ("when", "points") and self._levels_changed(part) else key(path)
        if part[0] == "phrases":
            name = "pattern"
        elif part == ("tests",):
            name = "tests"
        words = self._levels(part) if name == "levels" else self._words(path, name, old, new)
        kind: Kind = "changed"
        if part[0] == "phrases" and None in (old, new):
            kind = "new" if old is None else "gone"
        return Change(part, self.titles.get(part, part[-1]), kind, name, words, paths, any(map(scores, paths)))

    def _levels_changed(self, part: Path) -> bool:
        before, after = (side.get((*part, "when")) for side in (self.before, self.after))
        return isinstance(before, tuple) and isinstance(after, tuple) and len(before) != len(after)

    def _words(self, path: Path, name: str, old: Any, new: Any) -> str:
        """What became of a piece."""
        if name == "choices":
            text = list_changes(old or (), new or ()) if old and new else "new" if new else "gone"
            return f"choice {path[-1]}: {text}"
        if name == "when":
            return "; ".join(self._conditions(old, new))
        title = _KEY_NAMES.get(name, name)
        if name == "tests":
            return _tests_words(old or (), new or ())
        if name in _LISTS:
            return f"{title}: {_LISTS[name](old or (), new or ())}"
        if name == "words":
            return f"{title}: {mapping_changes(old or {}, new or {})}"
        if name == "type":
            old, new = map(_type_words, (old, new))
        if name == "points":
            old, new = (values[0] if len(values) == 1 else values for values in (old, new))
        return f"{title}: {became(_plain(name, old), _plain(name, new))}"

    def _conditions(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[str]:
        for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
            if one != other:
                level = f"level {number}, " if len(old) > 1 else ""
                yield from (f"{level}{text}" for text in condition_changes(one, other, self.labels))

    def _levels(self, part: Path) -> str:
        """Levels with their points, before and after."""
        sides = []
        for side in (self.before, self.after):
            steps: Any = zip(side[(*part, "when")], side[(*part, "points")], strict=True)  # type: ignore[call-overload]
            sides.append(tuple(f"{points} where {condition_words(when, self.labels)}" for when, points in steps))
        return f"levels: {list_changes(*sides)}"

    def _about(self, part: Path, side: Atoms) -> str:
        """What a thing is that is new or gone."""
        values = {path[len(part)]: value for path, value in side.items() if path[: len(part)] == part}
        if part[0] == "fields":
            return f": a {_type_words(values['type'])} field"
        if len(part) == 2:
            count = len({path[3] for path in side if path[:3] == (*part, "criteria")})
            return f": a scorecard with {count} {'criterion' if count == 1 else 'criteria'}"
        if part[2] == "bands":
            return f": from {values['at_least']} up"
        required = "required, " if values["required"] else ""
        steps: Any = zip(values["when"], values["points"], strict=True)  # type: ignore[call-overload]
        told = "; ".join(f"{points} where {condition_words(when, self.labels)}" for when, points in steps)
        otherwise = f"; otherwise {values['otherwise']}" if values["otherwise"] else ""
        return f": {required}{told}{otherwise}"


def _label(name: str, field: FieldSpec) -> str:
    return field.label or name.replace("_", " ").capitalize()


def _titles(pack: PackModel, labels: Labels) -> Iterator[tuple[Path, str]]:
    """What everything is called."""
    yield ("pack",), "The pack"
    yield ("tests",), "Tests"
    yield from ((("phrases", name), f"Phrase <{name}>") for name in pack.phrases)
    yield from ((("fields", name), labels[name]) for name in pack.fields)
    for name, card in pack.scorecards.items():
        path = ("scorecards", name)
        title = card.title or name.replace("_", " ").capitalize()
        yield path, title
        for one, criterion in card.criteria.items():
            yield (*path, "criteria", one), criterion.title or one.replace("_", " ").capitalize()
        yield from (((*path, "bands", one), f"{title}, band {one}") for one in card.bands)


def _plain(name: str, value: Any) -> Any:
    """A value as an author writes it."""
    return f"{(value * 100).normalize():f}%" if name == "min_known" else value


def _texts(old: Sequence[Any], new: Sequence[Any], words: Callable[[Any], str]) -> str:
    return list_changes(tuple(map(words, old)), tuple(map(words, new)))


def _type_words(name: Any) -> str:
    """What a type is called: that of two words is called by what it says."""
    return str(name).replace("_", "/")


def _tests_words(old: Sequence[Any], new: Sequence[Any]) -> str:
    """How many tests are new, gone or changed."""
    before, after = ({test.name: test for test in side} for side in (old, new))
    counts = {
        "new": len(after.keys() - before.keys()),
        "gone": len(before.keys() - after.keys()),
        "changed": sum(before[name] != after[name] for name in after.keys() & before.keys()),
    }
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "the same in another order"


_LISTS: Mapping[str, Callable[[Sequence[Any], Sequence[Any]], str]] = {
    "columns": list_changes,
    "units": list_changes,
    "unknown_values": list_changes,
    "say": list_changes,
    "infer": lambda old, new: _texts(old, new, inference_words),
    "advice": lambda old, new: _texts(old, new, advice_words),
}
_KEY_NAMES = {
    "when": "condition", "otherwise": "points when not met", "columns": "headers", "choices": "synonyms",
    "infer": "inferred from", "assume": "assumed", "at_least": "from", "min_known": "share that must be known",
    "rank_by": "ranked by", "unknown_values": "unknown values", "say": "names of ways", "source": "sources",
}  # fmt: skip
