"""What changed between two packs, and whom that moves: as a document for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import floor
from typing import TypeVar

from psm_qualify.authoring.diffing.changes import Change
from psm_qualify.authoring.diffing.moves import CardMove, Diff, Move, Moves, Part
from psm_qualify.authoring.diffing.trials import MOST_PARTS, Outcome, Standing
from psm_qualify.authoring.diffing.wording import listed
from psm_qualify.facts.text import shortened
from psm_qualify.render import markdown, plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Paragraph, Table
from psm_qualify.render.words import VERDICT_WORDS, figure

T = TypeVar("T")
_MOST = 25  # prospects of whom only score or rank moved
_MOST_SETS = 3
_MOST_NUMBERS = 5


def render_table(diff: Diff, target: Target) -> None:
    """Writes it for the terminal."""
    plain.write(document(diff), target)


def render_markdown(diff: Diff, target: Target) -> None:
    """Writes it as Markdown, for a pull request."""
    markdown.write(document(diff), target)


def document(diff: Diff) -> Iterator[Block]:
    """What changed; what that does to a list; who has another verdict or band, and why; whose score or rank moved."""
    yield Heading(f"Rules: {diff.old_name} → {diff.new_name}", 1)
    yield Paragraph(_versions(diff), faint=True)
    if not diff.changes:
        yield Paragraph("Nothing changed.", strong=True)
    numbered = list(enumerate(diff.changes, 1))
    yield from _changes("What can move a prospect", [one for one in numbered if one[1].scores])
    yield from _changes("What is only said", [one for one in numbered if not one[1].scores])
    if diff.moves is not None:
        yield from _moves(diff, diff.moves)


def _versions(diff: Diff) -> str:
    before, after = (f"{one.pack.title} {one.pack.version}" for one in (diff.old, diff.new))
    if before != after:
        return f"{before} → {after}"
    changed = any(change.owner != ("tests",) for change in diff.changes)
    return f"{after} (the version is the same: raise it when you hand these rules on)" if changed else after


def _changes(title: str, numbered: Sequence[tuple[int, Change]]) -> Iterator[Block]:
    if numbered:
        yield Heading(title)
        rows = tuple((f"({number})", change.title, change.words) for number, change in numbered)
        yield Table(("No.", "Where", "Change"), rows)


def _moves(diff: Diff, moves: Moves) -> Iterator[Block]:
    yield Heading(f"Whom it moves: {diff.list_name}")
    yield Paragraph(_counts(moves, diff), strong=True)
    if not diff.comparable:
        old, new = (one.pack.primary.title for one in (diff.old, diff.new))
        yield Paragraph(
            f"The verdict and the first place in ranking pass from one scorecard to another: {old} → {new}. Scores and "
            "bands of two scorecards can't be compared, so only verdicts and ranks are."
        )
    for count, kind in ((moves.only_old, "old"), (moves.only_new, "new")):
        if count:
            yield Paragraph(f"{count} row{'s' if count > 1 else ''} can be read by the {kind} rules only.")
    if moves.joint:
        parts = ", ".join(map(_part, moves.joint))
        yield Paragraph(f"Weighed as one, since the rules work only with all or none of them: {parts}.", faint=True)
    yield from _effects(diff, moves)
    yield from _list("Another verdict or band", [one for one in moves.moves if one.matters], diff)
    others = [one for one in moves.moves if not one.matters and _shown(one, diff)]
    if diff.comparable:
        others.sort(key=lambda one: (-abs(_primary(one.after).score - _primary(one.before).score), one.case.rank))
    yield from _list(f"Only another {'score or ' if diff.comparable else ''}rank", others[:_MOST], diff)
    if len(others) > _MOST:
        yield Paragraph(f"… and {len(others) - _MOST} more who move less; --format json lists them", faint=True)
    coarse = sum(one.coarse for one in moves.moves)
    if coarse:
        yield Paragraph(
            f"More than {MOST_PARTS} changes matter to {coarse} prospect{'s' if coarse > 1 else ''}: there the changes "
            "of one field or criterion, or of one scorecard, were weighed together.",
            faint=True,
        )


def _counts(moves: Moves, diff: Diff) -> str:
    verdicts = sum(one.verdict_moved for one in moves.moves)
    bands = sum(one.band_moved for one in moves.moves)
    ranks = sum(one.rank != one.case.rank for one in moves.moves)
    told = [f"{verdicts or 'none'} with another verdict"]
    if diff.comparable:
        told.append(f"{bands or 'none'} in another band of {diff.new.pack.primary.title}")
    several = "" if moves.prospects == 1 else "s"
    return f"Of {moves.prospects} prospect{several}: {', '.join(told)}, {ranks or 'none'} at another rank."


def _effects(diff: Diff, moves: Moves) -> Iterator[Block]:
    card = diff.new.pack.primary
    effects = [one for one in moves.effects(card.id) if diff.comparable or one.decided]
    if not effects:
        return
    yield Heading("What each change does")
    headers = ("No.", *_scored(diff, "Scores moved", "Mean"), "Decides", "Change")
    rows = tuple(
        (
            _part(one.part),
            *_scored(diff, str(one.scores or ""), points_words(one.mean) if one.scores else ""),
            str(one.decided or ""),
            _names(one.part, diff),
        )
        for one in effects
    )
    yield Table(headers, rows, frozenset(range(1, len(headers) - 1)))
    scores = f"Scores of {card.title}; decides" if diff.comparable else "Decides"
    yield Paragraph(f"{scores}: for how many it has a part in a new verdict or band.", faint=True)
    yield from _idle(diff, moves)


def _idle(diff: Diff, moves: Moves) -> Iterator[Block]:
    """The changes that move nobody. Where it ranks by other scores, a change may move no more than ranks."""
    numbered = enumerate(diff.changes, 1)
    idle = [f"({number})" for number, change in numbered if change.scores and number not in moves.telling]
    if idle and diff.old.pack.rank_by == diff.new.pack.rank_by:
        yield Paragraph(f"{listed(idle)} move{'s' if len(idle) == 1 else ''} nobody.")


def _scored(diff: Diff, *cells: str) -> tuple[str, ...]:
    """Cells of scores and bands, which are there only where both packs have the same primary scorecard."""
    return cells if diff.comparable else ()


def _list(title: str, moves: Sequence[Move], diff: Diff) -> Iterator[Block]:
    if moves:
        yield Heading(title)
        headers = ("Prospect", "Rank", "Verdict", *_scored(diff, "Band", "Score"), "Which change did it")
        yield Table(headers, tuple(_row(one, diff) for one in moves))


def _row(move: Move, diff: Diff) -> tuple[str, ...]:
    old, new = move.before, move.after
    band = _became(_primary(old).band, _primary(new).band, str)
    score = _became(_primary(old).score, _primary(new).score, figure)
    return (
        shortened(move.case.who, 28),
        _became(move.rank, move.case.rank, str),
        _became(old.verdict, new.verdict, VERDICT_WORDS.__getitem__),
        *_scored(diff, band, score),
        "; ".join(_causes(move, diff)) or _otherwise(move, diff),
    )


def _otherwise(move: Move, diff: Diff) -> str:
    """Why a prospect has another rank where neither its verdict nor its primary score tells."""
    if diff.old.pack.rank_by != diff.new.pack.rank_by:
        return "ranked by other scores"
    return "others moved" if move.before == move.after else ""


def _causes(move: Move, diff: Diff) -> Iterator[str]:
    if move.verdict_by:
        yield f"verdict: {sets_words(move.verdict_by)}"
    for card in move.cards:
        own = diff.comparable and card.card == move.after.primary
        if card.band_by:
            bands = "band" if own else f"{diff.new.pack.scorecards[card.card].title} {_bands(move, card)}"
            yield f"{bands}: {sets_words(card.band_by)}"
        if own and card.shares:
            before, after = (one.cards[card.card].potential for one in (move.before, move.after))
            what = "" if card.figure == "score" else f"could be {figure(before)} → {figure(after)}: "
            shown = zip(rounded([share.points for share in card.shares]), card.shares, strict=True)
            yield what + ", ".join(f"{points_words(points)} by {_part(share.part)}" for points, share in shown)


def _bands(move: Move, card: CardMove) -> str:
    return f"{move.before.cards[card.card].band} → {move.after.cards[card.card].band}"


def _shown(move: Move, diff: Diff) -> bool:
    return move.rank != move.case.rank or (diff.comparable and _primary(move.before) != _primary(move.after))


def _primary(outcome: Outcome) -> Standing:
    return outcome.cards[outcome.primary]


def _became(old: T, new: T, words: Callable[[T], str]) -> str:
    return words(new) if old == new else f"{words(old)} → {words(new)}"


def sets_words(sets: Sequence[Sequence[Part]]) -> str:
    """The smallest sets of changes that suffice: `(2) alone or (4) alone`, `(1) and (3) together`."""
    told = [f"{' and '.join(map(_part, one))} {'alone' if len(one) == 1 else 'together'}" for one in sets[:_MOST_SETS]]
    more = len(sets) - len(told)
    return " or ".join(told) + (f" or {more} more sets as small" if more > 0 else "")


def rounded(shares: Sequence[Fraction]) -> list[Fraction]:
    """Shares with one decimal that add up to what the shares add up to, which has no more: each is rounded down, and
    what is then missing goes to those that lost the most."""
    tenths = [floor(share * 10) for share in shares]
    missing = round(sum(shares) * 10) - sum(tenths)
    by_loss = sorted(range(len(shares)), key=lambda place: tenths[place] - shares[place] * 10)
    for place in by_loss[:missing]:
        tenths[place] += 1
    return [Fraction(one, 10) for one in tenths]


def points_words(points: Fraction) -> str:
    """Points of a score with their sign and one decimal, as scores are shown."""
    text = f"{float(points):+.1f}"
    return "0.0" if float(text) == 0 else text


def _part(part: Part) -> str:
    more = len(part) - _MOST_NUMBERS
    numbers = part if more <= 1 else part[:_MOST_NUMBERS]
    return f"({'+'.join(map(str, numbers))}{f' and {more} more' if more > 1 else ''})"


def _names(part: Part, diff: Diff) -> str:
    """The changes of a part by name."""
    names = [diff.changes[number - 1].name for number in part]
    more = len(names) - _MOST_NUMBERS
    return "; ".join(names if more <= 1 else [*names[:_MOST_NUMBERS], f"and {more} more"])
