"""One prospect explained, as a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from psm_qualify.explaining import Explanation, Step, Waterfall
from psm_qualify.facts.text import shortened
from psm_qualify.hints import hint
from psm_qualify.render import markdown, plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Item, Items, Paragraph, Table
from psm_qualify.render.words import (
    VERDICT_WORDS,
    called,
    cited,
    count_words,
    effect,
    figure,
    goal_words,
    lift_words,
    origin,
    standing,
)
from psm_qualify.results import Fact, Prospect
from psm_qualify.rules.pack import Field, Pack
from psm_qualify.rules.scoring import OUTCOMES

_MOST_WAYS = 3
_MOST_QUESTIONS = 8
_AUDIENCES = {"consultant": "For you", "prospect": "For their people"}


def render_table(explanation: Explanation, target: Target) -> None:
    """Writes it for the terminal."""
    plain.write(document(explanation), target)


def render_markdown(explanation: Explanation, target: Target) -> None:
    """Writes it as Markdown."""
    markdown.write(document(explanation), target)


def document(explanation: Explanation) -> Iterator[Block]:
    """Who it is and how it stands; why, scorecard by scorecard; what would change that; what to ask and to do."""
    yield from _head(explanation)
    for waterfall in explanation.waterfalls:
        yield from _waterfall(waterfall, explanation)
    yield from _troubles(explanation)
    yield from _lifts(explanation)
    yield from _questions(explanation)
    yield from _advice(explanation.prospect)


def _head(explanation: Explanation) -> Iterator[Block]:
    one, pack = explanation.prospect, explanation.pack
    yield Heading(called(one), 1)
    provisional = ", provisional: it rests on assumed values" if one.provisional else ""
    yield Paragraph(f"{VERDICT_WORDS[one.verdict]}{provisional}. {pack.primary.title}: {standing(one.primary)}", True)
    if one.ways:
        yield Paragraph(f"Way in: {', '.join(one.ways)}")
    assumed = [f"{pack.fields[name].label}: {fact.read}" for name, fact in one.facts.items() if fact.how == "assumed"]
    if assumed:
        yield Paragraph(f"“Could be” takes for true what is assumed: {', '.join(assumed)}.", faint=True)
    rank = f"rank {one.rank} of {explanation.scored}, " if explanation.scored else ""
    id_ = f", id {one.id}" if one.id else ""
    place = f"{one.file} line {one.line}{id_}" if one.file else "not in a list"
    yield Paragraph(
        f"{rank}{place}; by the rules of {' + '.join(pack.origin)} ({pack.title} {pack.version})", faint=True
    )


def _waterfall(waterfall: Waterfall, explanation: Explanation) -> Iterator[Block]:
    one = explanation.prospect
    result = one.scorecards[waterfall.card.id]
    yield Heading(f"{waterfall.card.title}: {standing(result)}")
    rows: list[tuple[str, ...]] = [("", "nothing known", "", figure(waterfall.start), figure(waterfall.start), "")]
    rows += [_step(step, one, explanation.pack) for step in waterfall.steps]
    headers = ("", "Criterion", "Points", "Score", "Could be", "Why")
    yield Table(headers, tuple(rows), frozenset({2, 3, 4}))


def _step(step: Step, one: Prospect, pack: Pack) -> tuple[str, ...]:
    result, criterion = step.result, step.result.criterion
    title = f"{criterion.title}{' (required)' if criterion.required else ''}"
    least = f"{criterion.floor} to " if criterion.floor else ""
    points = f"{result.earned} of {least}{criterion.ceiling}"
    line = one.line if one.file else None
    facts = (one.facts[field] for field in result.evidence if field in one.facts)
    cells = [cell for fact in facts if (cell := _cell(fact, pack, line, result.reason))]
    why = cited("; ".join((result.reason, *cells)), criterion.source)
    return OUTCOMES[result.verdict], title, points, figure(step.after), figure(step.possible), why


def _cell(fact: Fact, pack: Pack, line: int | None, reason: str) -> str:
    """Where a fact comes from, and how it was read; of that what the reason does not say already."""
    label = pack.fields[fact.field].label
    if fact.how in ("assumed", "answered") and f"{label}: {fact.read} ({fact.how}" in reason:
        return ""
    if fact.how == "cell" and _says(reason, shortened(fact.value)):
        read = "" if fact.read == fact.value or _says(reason, fact.read) else f", read as {fact.read.replace('_', ' ')}"
        return f"{fact.column}{f' line {line}' if line is not None else ''}{read}"
    if fact.column is not None:
        return origin(fact, line)
    return f"{label}{':' if fact.how == 'assumed' else ''} {origin(fact, line)}"


def _says(reason: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", reason) is not None


def _troubles(explanation: Explanation) -> Iterator[Block]:
    one, fields = explanation.prospect, explanation.pack.fields
    if one.conflicts:
        yield Heading("Conflicts")
        yield Items(
            tuple(
                Item(
                    f"{fields[clash.field].label}: {clash.counts.read.replace('_', ' ')} counts",
                    (origin(clash.counts, one.line), f"against it: {origin(clash.other, one.line)}"),
                )
                for clash in one.conflicts
            )
        )
    if one.not_understood:
        yield Heading("Not understood")
        yield Items(tuple(_odd(fields[field], text, one) for field, text in one.not_understood.items()))
    if one.duplicates:
        yield Heading("The same firm, it seems")
        yield Items(
            tuple(Item(f"{twin.place.file} line {twin.place.line} (same {twin.by})") for twin in one.duplicates)
        )


def _odd(field: Field, text: str, one: Prospect) -> Item:
    meant = hint(field, text)
    line = f", line {one.line}" if one.file else ""
    return Item(f"{field.label}{line}: “{text.strip()}”", () if meant is None else (meant,))


def _lifts(explanation: Explanation) -> Iterator[Block]:
    reached = [lifts for lifts in explanation.lifts if lifts.size or not lifts.complete]
    if not reached:
        yield Heading("What would change it")
        yield Paragraph("Nothing that is still open can change the verdict or lift a band.")
        return
    yield Heading("What would change it")
    items = []
    for lifts in reached:
        ways = [lift_words(lift, explanation.pack) for lift in lifts.ways[:_MOST_WAYS]]
        more = len(lifts.ways) - len(ways)
        least = "" if lifts.complete else "at least "
        ways += [f"and {least}{more} other way{'s' if more > 1 else ''}; --json lists them"] if more else []
        items.append(Item(f"{goal_words(lifts.goal, explanation.pack)}: {count_words(lifts)}", tuple(ways)))
    yield Items(tuple(items))


def _questions(explanation: Explanation) -> Iterator[Block]:
    one, pack = explanation.prospect, explanation.pack
    if not one.questions:
        return
    yield Heading("Ask, in this order")
    shown = one.questions[:_MOST_QUESTIONS]
    yield Items(tuple(Item(each.ask, (effect(each, pack, one.verdict),)) for each in shown), numbered=True)
    if len(one.questions) > len(shown):
        yield Paragraph(f"… and {len(one.questions) - len(shown)} more; --json lists them", faint=True)


def _advice(one: Prospect) -> Iterator[Block]:
    for audience, title in _AUDIENCES.items():
        items = [item for item in one.advice if item.for_ == audience]
        if items:
            yield Heading(title)
            yield Items(tuple(Item(each.say, (cited(each.because, each.source),)) for each in items))
