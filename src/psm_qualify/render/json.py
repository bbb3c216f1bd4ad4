"""JSON: the document that scripts rely on, and the same prospects one to a line. Keys are only ever added."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TypeAlias

from psm_qualify.render.base import Target
from psm_qualify.results import CriterionResult, Fact, JoinedContacts, NotUnderstood, Prospect, Question, Summary
from psm_qualify.rules.pack import Pack
from psm_qualify.rules.scoring import OUTCOMES
from psm_qualify.scoring import Ranking

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def render_document(ranking: Ranking, target: Target) -> None:
    """Writes one document. Prospects are written as they come, so that its size needs no memory."""
    head = json.dumps(summary_dict(ranking.summary), ensure_ascii=False, indent=1)
    with target.open() as out:
        out.write(head[: head.rindex("\n")] + ',\n "prospects": [')
        comma = ""
        for prospect in ranking:
            out.write(f"{comma}\n  {_line(prospect)}")
            comma = ","
        out.write(f"{comma and chr(10) + ' '}]\n}}\n")


def render_lines(ranking: Ranking, target: Target) -> None:
    """Writes one prospect a line."""
    with target.open() as out:
        for prospect in ranking:
            out.write(_line(prospect) + "\n")


def summary_dict(summary: Summary) -> dict[str, Json]:
    """The document without its prospects: schema, pack, input, and the count by verdict."""
    pack, read = summary.pack, summary.input
    return {
        "schema": 1,
        "pack": pack_dict(pack),
        "input": {
            "files": list(read.files), "rows": read.rows, "scored": read.scored, "rejected": read.rows - read.scored,
            "returned": read.returned, "columns": dict(read.columns), "unused_columns": list(read.unused_columns),
            "not_understood": [not_understood_dict(one) for one in read.not_understood],
            "rejected_rows": [{"file": one.file, "row": one.row or None, "line": one.line or None,
                               "reason": one.reason, "text": one.text[:500]} for one in read.rejected],
            "notes": list(read.notes),
            "sources": [{"file": file, "format": origin.format, "encoding": origin.encoding, "part": origin.part,
                         "header_line": origin.header_line}
                        for file, origin in zip(read.files, read.origins, strict=True)],
            "duplicates": read.repeated,
            "contacts": _contacts(read.contacts),
            "answers": [{"file": used.file, "answers": used.answers, "prospects": used.prospects,
                         "left": list(used.left)} for used in read.answers]},
        "verdicts": {str(verdict): count for verdict, count in summary.verdicts.items()},
    }  # fmt: skip


def pack_dict(pack: Pack) -> dict[str, Json]:
    """Which rules it was."""
    return {"name": pack.name, "version": pack.version, "digest": pack.digest, "rank_by": list(pack.rank_by),
            "title": pack.title, "rules": list(pack.origin)}  # fmt: skip


def not_understood_dict(one: NotUnderstood) -> dict[str, Json]:
    """One element of `not_understood`."""
    return {
        "field": one.field, "value": one.value, "count": one.count, "rows": list(one.rows), "hint": one.hint,
        "places": [{"file": place.file, "row": place.row, "line": place.line} for place in one.places],
    }  # fmt: skip


def prospect_dict(one: Prospect) -> dict[str, Json]:
    """One element of `prospects`."""
    return {
        **who_dict(one),
        "scorecards": {
            name: {"score": float(card.score), "low": float(card.low), "high": float(card.high),
                   "known": float(card.known), "band": card.band, "best_band": card.best_band,
                   "worst_band": card.worst_band} for name, card in one.scorecards.items()},
        "facts": {name: _fact(fact) for name, fact in one.facts.items()},
        "criteria": [_criterion(result) for result in one.criteria],
        "ways_in": list(one.ways),
        "conflicts": [{"field": clash.field, "counts": _fact(clash.counts), "other": _fact(clash.other)}
                      for clash in one.conflicts],
        "duplicates": [{"file": twin.place.file, "row": twin.place.row, "line": twin.place.line, "by": twin.by}
                       for twin in one.duplicates],
        "questions": [question_dict(ask) for ask in one.questions],
        "advice": [{"for": item.for_, "say": item.say, "source": item.source, "because": item.because,
                    "scorecard": item.scorecard, "criterion": item.criterion, "band": item.band}
                   for item in one.advice],
    }  # fmt: skip


def write(document: dict[str, Json], target: Target) -> None:
    """Writes one document."""
    with target.open() as out:
        out.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def who_dict(one: Prospect) -> dict[str, Json]:
    """Who a prospect is and how it stands."""
    primary = one.primary
    return {
        "rank": one.rank, "file": one.file, "row": one.row or None, "line": one.line or None, "id": one.id,
        "name": one.name, "verdict": one.verdict, "provisional": one.provisional,
        "score": float(primary.score), "potential": float(primary.high), "known": float(primary.known),
        "band": primary.band,
    }  # fmt: skip


def question_dict(ask: Question) -> dict[str, Json]:
    """One element of `questions`."""
    return {
        "field": ask.field, "ask": ask.ask, "swing": float(ask.swing), "scorecard": ask.scorecard,
        "decides_verdict": ask.decides_verdict, "assumed": ask.assumed, "bears_on_verdict": ask.bears_on_verdict,
        "bears_on": list(ask.bears_on), "bands": list(ask.bands), "ranks": ranks_of(ask),
    }  # fmt: skip


def ranks_of(ask: Question) -> Json:
    """The best and the worst rank that the answers could give."""
    return None if ask.ranks is None else list(ask.ranks)


def _contacts(found: JoinedContacts | None) -> Json:
    if found is None:
        return None
    return {"people": found.people, "joined": found.joined, "prospects": found.prospects, "left": list(found.left)}


def _fact(fact: Fact) -> dict[str, Json]:
    shown: dict[str, Json] = {"value": fact.value, "read": fact.read}
    if fact.numeric:
        shown |= {"low": _number(fact.low), "high": _number(fact.high)}
    if fact.words is not None:
        shown["words"] = fact.words
    if fact.date is not None:
        shown["date"] = fact.date
    return shown | {"how": fact.how, "column": fact.column}


def _criterion(result: CriterionResult) -> dict[str, Json]:
    criterion = result.criterion
    return {
        "scorecard": criterion.scorecard, "id": criterion.id, "verdict": OUTCOMES[result.verdict],
        "points": result.earned, "least": result.least, "most": result.most, "floor": criterion.floor,
        "ceiling": criterion.ceiling, "evidence": list(result.evidence), "ways": list(result.ways),
        "reason": result.reason, "source": criterion.source, "required": criterion.required,
    }  # fmt: skip


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _line(prospect: Prospect) -> str:
    return json.dumps(prospect_dict(prospect), ensure_ascii=False)
