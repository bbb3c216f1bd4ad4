"""What changed between two packs, and whom that moves, as JSON. Keys are only ever added."""

from __future__ import annotations

from collections.abc import Sequence

from psm_qualify.authoring.diffing.changes import Change
from psm_qualify.authoring.diffing.moves import CardMove, Diff, Move, Moves, Part
from psm_qualify.authoring.diffing.trials import Outcome
from psm_qualify.render.base import Target
from psm_qualify.render.json import Json, pack_dict, write


def render(diff: Diff, target: Target) -> None:
    """Writes the changes, and all who moved."""
    write(
        {
            "schema": 1,
            "old": pack_dict(diff.old.pack),
            "new": pack_dict(diff.new.pack),
            "comparable": diff.comparable,
            "changes": [_change(number, change) for number, change in enumerate(diff.changes, 1)],
            "list": None if diff.moves is None else _list(diff, diff.moves),
        },
        target,
    )


def _change(number: int, change: Change) -> dict[str, Json]:
    return {
        "number": number, "can_move": change.scores, "kind": change.kind, "part": list(change.owner),
        "key": change.key or None, "title": change.title, "text": change.words,
    }  # fmt: skip


def _list(diff: Diff, moves: Moves) -> dict[str, Json]:
    return {
        "file": diff.list_name, "prospects": moves.prospects, "only_old": moves.only_old, "only_new": moves.only_new,
        "moved": moves.failing, "verdicts": sum(one.verdict_moved for one in moves.moves),
        "bands": sum(one.band_moved for one in moves.moves),
        "ranks": sum(one.rank != one.case.rank for one in moves.moves),
        "joint": [list(part) for part in moves.joint],
        "effects": [{"changes": list(one.part), "scores": one.scores, "mean": float(one.mean), "decided": one.decided}
                    for one in moves.effects(diff.new.pack.primary.id)],
        "moves": [_move(one) for one in moves.moves],
    }  # fmt: skip


def _move(move: Move) -> dict[str, Json]:
    case = move.case
    return {
        "file": case.place.file, "row": case.place.row, "line": case.place.line, "id": case.id, "name": case.name,
        "before": _outcome(move.rank, move.before), "after": _outcome(case.rank, move.after),
        "verdict_by": _sets(move.verdict_by), "scorecards": {one.card: _card(one) for one in move.cards},
        "coarse": move.coarse,
    }  # fmt: skip


def _outcome(rank: int, outcome: Outcome) -> dict[str, Json]:
    cards: dict[str, Json] = {
        name: {"score": float(card.score), "potential": float(card.potential), "band": card.band}
        for name, card in outcome.cards.items()
    }
    return {"rank": rank, "verdict": outcome.verdict, "primary": outcome.primary, "scorecards": cards}


def _card(move: CardMove) -> dict[str, Json]:
    return {
        "figure": move.figure, "band_by": _sets(move.band_by),
        "shares": [{"changes": list(one.part), "points": float(one.points)} for one in move.shares],
    }  # fmt: skip


def _sets(sets: Sequence[Sequence[Part]]) -> list[Json]:
    return [[list(part) for part in one] for one in sets]
