"""Who stands differently than before, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from psm_qualify.facts.text import shortened
from psm_qualify.moving import Move, Standing
from psm_qualify.render import plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Item, Items, Paragraph
from psm_qualify.render.words import VERDICT_WORDS, figure

_MOST = 20


def render(moves: Sequence[Move], target: Target) -> None:
    """Writes it for the terminal."""
    plain.write(_document(moves), target)


def _document(moves: Sequence[Move]) -> Iterator[Block]:
    yield Paragraph("")
    yield Heading("Moved since the last save")
    own = [move for move in moves if move.weight]
    if own:
        yield Items(tuple(Item(f"{_name(move)}: {_stood(move.before)} → {_stood(move.after)}") for move in own[:_MOST]))
    if len(own) > _MOST:
        yield Paragraph(f"… and {len(own) - _MOST} more", faint=True)
    others = len(moves) - len(own)
    if others:
        yield Paragraph(
            f"{others} other{'s have' if others > 1 else ' has'} another rank, for others moved.", faint=True
        )
    if not moves:
        yield Paragraph("Nobody.")


def _name(move: Move) -> str:
    one = move.after or move.before
    assert one is not None
    return shortened(one.name)


def _stood(one: Standing | None) -> str:
    if one is None:
        return "not in the list"
    return f"{VERDICT_WORDS[one.verdict].lower()}, {one.band}, {figure(one.score)}, rank {one.rank}"
