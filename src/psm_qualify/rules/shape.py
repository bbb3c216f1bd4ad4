"""Tree -> model. What does not fit is told in a rule author's words and mended, so that the rest can be checked.

An unknown key takes the name that was probably meant; whatever else is wrong is left out of the tree. Then the
tree is read again, until it fits. What only follows from something that was told already is not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import ValidationError

from psm_qualify.errors import did_you_mean
from psm_qualify.rules import model
from psm_qualify.rules.findings import Findings, within
from psm_qualify.rules.places import Path
from psm_qualify.rules.tree import Entry, Node, plain
from psm_qualify.rules.wrong_values import MESSAGES, MISSING, meant_key, remedy


def read_shape(findings: Findings, complete: bool = True) -> model.PackModel | None:
    """The model of the pack whose tree `findings` knows. None where too little is left of it.

    Where the tree is not complete, what other files may hold is not missing in it.
    """
    mender = _Mender(findings, complete)
    while True:
        try:
            return model.PackModel.model_validate(plain(findings.places.root))
        except ValidationError as error:
            if not mender.mend(error.errors(include_url=False)):
                return None


_AT_ONCE = 500
"""So many unknown keys are looked at before the tree is read again: there may be enough to tell by then."""


class _Mender:
    """Tells what is wrong with the shape of a tree, and takes it out."""

    def __init__(self, findings: Findings, complete: bool) -> None:
        self.findings = findings
        self.complete = complete
        self.told: set[Path] = set()  # with all that they lie in
        self.taken_out: set[Path] = set()
        self.strange: dict[Path, Sequence[str]] = {}

    def mend(self, errors: Sequence[Any]) -> bool:
        """Tells the errors and changes the tree. False where a pack without these parts is none."""
        unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
        if unknown:  # first, since a misspelt key makes the right one missing
            return self._mend_keys(unknown[:_AT_ONCE])
        wrong = []
        for error in sorted(errors, key=lambda error: -len(error["loc"])):  # what is in a list before the list
            path, owner = _follow(error["loc"])
            may_lack = path[:-1] in self.strange or (owner.partial and not self.complete)
            follows = path in self.told or (error["type"] == "missing" and may_lack)
            if not follows:
                self._tell(error, path)
            wrong.append(list(self.findings.places.walk(path)))
        taken_out = [self._take_out(steps) for steps in wrong]
        return all(taken_out)

    def _mend_keys(self, locs: Sequence[Sequence[str | int]]) -> bool:
        """Gives each key the name that was probably meant. Those of a mapping that are like none are told together."""
        strange: dict[Path, list[str]] = {}
        for loc in locs:
            path, owner = _follow(loc)
            if meant_key(str(path[-1]), _keys(owner)) is None:
                strange.setdefault(path[:-1], []).append(str(path[-1]))
        mended = [self._mend_key(*_follow(loc), strange) for loc in locs]
        self.strange.update(strange)
        return any(mended)

    def _mend_key(self, path: Path, owner: type[model.Model], strange: Mapping[Path, Sequence[str]]) -> bool:
        """Gives the key the name that was probably meant, or takes it out. False where it is there no more."""
        key, known = str(path[-1]), _keys(owner)
        steps = list(self.findings.places.walk(path))
        if len(steps) < len(path):  # an alias repeats the fault
            return False
        meant = meant_key(key, known)
        others = strange.get(path[:-1], ()) if meant is None else ()
        if not others or (key == others[0] and path[:-1] not in self.strange):
            self._tell_unknown(path, owner, others)
        holder = _holder(steps, self.findings.places.root)
        if meant is None or meant in holder:
            return self._take_out(steps)
        holder[meant] = holder.pop(key)
        self.told.update(within((*path[:-1], meant)))
        return True

    def _tell_unknown(self, path: Path, owner: type[model.Model], others: Sequence[str]) -> None:
        """Tells of an unknown key, or of all those of a mapping that are like none."""
        key, known = str(path[-1]), _keys(owner)
        if owner is model.FieldSpec and "criteria" in others:
            self.told.add(("scorecards",))
            message, hint = f"{path[-2]!r} is a scorecard among the fields", "write `scorecards:` in a line above it"
            self.findings.add("unknown-key", message, hint, path[:-1], key=True)
            return
        message = f"there is no key {key!r} here" + "".join(f", nor {other!r}" for other in others[1:6])
        meant = meant_key(key, known)
        hint = did_you_mean(key, known) if meant is None else f"did you mean {meant!r}?"
        if owner is model.Expectation and key in _keys(model.ExpectScorecard):
            hint = f"it stands in a scorecard: write {self._first_scorecard()}: {{{key}: …}}"
        elif owner is model.Expectation and others:
            hint += f"; what a scorecard must come to is a mapping: {key}: {{band: A}}"
        self.findings.add("unknown-key", message + (" …" if len(others) > 6 else ""), hint, path, key=True)

    def _first_scorecard(self) -> str:
        for _, item in self.findings.places.walk(("scorecards",)):
            node = item.value if isinstance(item, Entry) else item
            return next(iter(node.mapping or ()), "fit")
        return "fit"

    def _tell(self, error: Any, path: Path) -> None:
        kind, context = error["type"], error.get("ctx", {})
        if kind == "missing":
            self.findings.add(
                "missing-key",
                f"the key {path[-1]!r} is missing",
                f"add `{path[-1]}: {MISSING.get(str(path[-1]), '…')}`",
                path,
            )
        elif kind.startswith("model_") and path[-1] in _keys(
            getattr(model, context.get("class_name", ""), model.Model)
        ):
            self._tell_further_out(path)
        else:
            message = MESSAGES.get(kind, error["msg"]).format(**context)
            self.findings.add("bad-value", message, context.get("hint") or remedy(error), path)
        self.told.update(within(path))

    def _tell_further_out(self, path: Path) -> None:
        """A key that stands among the things that it could be a part of; what stands above lacks it for that."""
        above = list(self._holder_of(path))
        owner = above[max(above.index(str(path[-1])) - 1, 0)]
        message = f"{path[-1]!r} stands among the {path[-2]} here, as if it were one of them"
        self.findings.add("indentation", message, f"indent it further, like what {owner} holds", path, key=True)
        self.findings.lose((*path[:-1], owner), ())

    def _holder_of(self, path: Path) -> Mapping[str, Entry]:
        return _holder(list(self.findings.places.walk(path)), self.findings.places.root)

    def _take_out(self, steps: list[tuple[str | int, Entry | Node]]) -> bool:
        """Takes out the innermost entry of a path. False where there is none."""
        last = max((number for number, (_, item) in enumerate(steps) if isinstance(item, Entry)), default=None)
        if last is None:
            return False
        key, entry = steps[last]
        assert isinstance(key, str)
        assert isinstance(entry, Entry)
        path = tuple(step for step, _ in steps[: last + 1])
        if path not in self.taken_out:
            self.taken_out.add(path)
            self.told.update(within(path))
            self.findings.lose(path, (key, *_names(entry.value)))
        _holder(steps[: last + 1], self.findings.places.root).pop(key, None)
        return True


def _holder(steps: Sequence[tuple[str | int, Entry | Node]], root: Node) -> dict[str, Entry]:
    """The mapping that holds the last step."""
    above = steps[-2][1] if len(steps) > 1 else root
    node = above.value if isinstance(above, Entry) else above
    return node.mapping or {}


def _names(node: Node) -> Iterator[str]:
    """Every key in the tree below, and what is listed: a list of names may stand where a mapping belongs."""
    if isinstance(node.value, dict):
        for key, entry in node.value.items():
            yield key
            yield from _names(entry.value)
    elif isinstance(node.value, list):
        for item in node.value:
            yield from (item.value,) if isinstance(item.value, str) else _names(item)


# -- the model's own account of itself ---------------------------------------------------------------------------


def _follow(loc: Sequence[str | int]) -> tuple[Path, type[model.Model]]:
    """Where pydantic's `loc` stands in the tree (implied keys left out), and the model that its last step is in."""
    path: list[str | int] = []
    owner: type[model.Model] = model.PackModel
    shape: Any = model.PackModel
    for step in loc:
        implied = False
        if isinstance(shape, type) and issubclass(shape, model.Model):
            owner, implied = shape, step == shape.implied
            shape = _parts(shape).get(str(step))
        else:
            shape = _item(shape)
        if not implied:
            path.append(step)
    return tuple(path), owner


def _parts(shape: type[model.Model]) -> dict[str, Any]:
    """The types behind the keys of a model."""
    return {info.alias or name: _bare(info.annotation) for name, info in shape.model_fields.items()}


def _keys(shape: type[model.Model]) -> tuple[str, ...]:
    """The keys of a model that an author writes."""
    return tuple(key for key in _parts(shape) if key != shape.implied)


def _item(shape: Any) -> Any:
    """The type of what a list or mapping holds."""
    arguments = get_args(shape)
    if not arguments:
        return None
    return _bare(arguments[1] if get_origin(shape) is Mapping else arguments[0])


def _bare(annotation: Any) -> Any:
    """A type without `Annotated` and `| None`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    choices = [one for one in get_args(annotation) if one is not NoneType]
    return _bare(choices[0]) if NoneType in get_args(annotation) else annotation
