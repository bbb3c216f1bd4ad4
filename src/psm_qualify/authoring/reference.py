"""The reference of the rule language, as Markdown: every part of a rule file with its keys, made from the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from psm_qualify.rules import model
from psm_qualify.rules.model import Model, PackModel

_HEAD = """\
# The rule language, key by key

<!-- Made from src/psm_qualify/rules/model.py; a test keeps it in step. -->

[Writing rules](rules.md) tells how it goes together; this lists what may be written where. Every value is read as the
text that stands there, so that `no`, `1.10` and `010` mean what they look like. A key that is not listed is an error.
The same is known to editors by `psm-qualify rules schema`."""

_PLAIN: Mapping[type, str] = {str: "text", int: "whole number", Decimal: "number", bool: "yes or no"}
_MANY: Mapping[str, str] = {"text": "texts", "whole number": "whole numbers", "number": "numbers"}


def reference_text() -> str:
    """The reference as the text of its file."""
    parts = dict.fromkeys(_parts(PackModel))
    return "\n\n".join((_HEAD, *("\n".join(_section(part)) for part in parts))) + "\n"


def _parts(part: type[Model]) -> Iterator[type[Model]]:
    """A part and all that it is made of, each before its own parts."""
    waiting, seen = [part], set()
    while waiting:
        first = waiting.pop(0)
        if first in seen:
            continue
        seen.add(first)
        yield first
        inner = [one for hint in _hints(first).values() for one in _models(hint)]
        waiting = [*inner, *waiting]


def _models(hint: Any) -> Iterator[type[Model]]:
    """The parts that a type names."""
    if isinstance(hint, type) and issubclass(hint, Model):
        yield hint
    for inner in get_args(hint):
        yield from _models(inner)


def _hints(part: type[Model]) -> dict[str, Any]:
    """The types of a part's keys."""
    hints = get_type_hints(part, vars(model), include_extras=True)
    return {name: hints[name] for name in part.model_fields}


def _section(part: type[Model]) -> Iterator[str]:
    yield f"## {_title(part)}"
    yield ""
    yield _safe(part.__doc__ or "")
    yield ""
    yield "| key | takes | |"
    yield "|---|---|---|"
    for name, hint in _hints(part).items():
        info = part.model_fields[name]
        implied = name == part.implied
        key = "*any other*" if implied else f"`{info.alias or name}`"
        takes = _takes(get_args(_bare(hint))[1] if implied else hint)
        needed = "" if not info.is_required() else "Needed in one of the files. " if part.partial else "Needed. "
        yield f"| {key} | {takes} | {needed}{_safe(info.description or '')}{_default(info)} |"


def _default(info: FieldInfo) -> str:
    value = info.get_default(call_default_factory=True, validated_data={})
    said = bool(value) or type(value) is int
    return f" Left out, {value}." if said and not info.is_required() else ""


def _title(part: type[Model]) -> str:
    return part.model_config.get("title") or part.__name__


def _safe(text: str) -> str:
    """A description in one line, its `<name>` no tag."""
    return " ".join(text.split()).replace("<", "\\<")


def _takes(hint: Any) -> str:
    """What may be written, in words."""
    if get_origin(hint) is Annotated:
        return _annotated(hint)
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(dict.fromkeys(_takes(one) for one in get_args(hint) if one is not NoneType))
    if get_origin(hint) is Literal:
        *others, last = (f"`{one}`" for one in get_args(hint))
        return f"{', '.join(others)} or {last}"
    if get_origin(hint) is tuple:
        inner = _takes(get_args(hint)[0])
        return f"list of {_MANY.get(inner, inner)}"
    if isinstance(hint, type) and issubclass(hint, Model):
        return f"[{_title(hint)}](#{_title(hint).lower().replace(' ', '-')})"
    arguments = get_args(hint)
    return f"name: {_takes(arguments[1])}" if arguments else _PLAIN[hint]


def _annotated(hint: Any) -> str:
    """What the type takes, or its validator, where that takes more."""
    inner, *marks = get_args(hint)
    for mark in marks:
        if isinstance(mark, FieldInfo) and mark.title:
            return mark.title
        if isinstance(mark, BeforeValidator) and mark.json_schema_input_type is not None:
            wider = mark.json_schema_input_type
            if isinstance(wider, type) or get_args(wider):
                return _takes(wider)
    return _takes(inner)


def _bare(hint: Any) -> Any:
    """A type without what is said about it, and without None."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    inner = [one for one in get_args(hint) if one is not NoneType]
    return _bare(inner[0]) if get_origin(hint) in (Union, UnionType) else hint
