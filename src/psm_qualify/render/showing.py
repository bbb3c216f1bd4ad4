"""A pack as a document."""

from __future__ import annotations

from collections.abc import Iterator

from psm_qualify.authoring.showing import Demand, ShownBand, ShownCard, ShownCriterion, ShownPack, ShownQuestion
from psm_qualify.render import markdown, plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Item, Items, Paragraph
from psm_qualify.render.words import cited
from psm_qualify.rules.model import Advice
from psm_qualify.rules.pack import Criterion, Pack

_EARNS = (
    "Points are written as “when met / when not met”; where there are levels, those of each come first. What is not "
    "known earns neither: it stays open, and the score shows what it could still become."
)


def render_table(shown: ShownPack, target: Target) -> None:
    """Writes it for the terminal."""
    plain.write(document(shown), target)


def render_markdown(shown: ShownPack, target: Target) -> None:
    """Writes it as Markdown."""
    markdown.write(document(shown), target)


def document(shown: ShownPack) -> Iterator[Block]:
    """What the pack is; its scorecards; what is asked; what is assumed and inferred."""
    yield from _head(shown)
    for card in shown.cards:
        yield from _card(card, shown.pack)
    yield from _questions(shown)
    yield from _facts(shown)


def _head(shown: ShownPack) -> Iterator[Block]:
    pack = shown.pack
    yield Heading(pack.title, 1)
    yield Paragraph(f"{pack.name} {pack.version}; by the rules of {' + '.join(pack.origin)}", faint=True)
    titles = [pack.scorecards[name].title for name in pack.cards_in_order]
    yield Paragraph(f"Judged by {_counted(len(titles), 'scorecard')}: {', '.join(titles)}. {_EARNS}")
    required = _listed([criterion.title for criterion in pack.required])
    yield Paragraph(
        f"The verdict comes from what {pack.primary.title} requires ({required}): all of it met is qualified, one not "
        "met is disqualified, and else more needs to be known."
    )
    order = ", ".join(pack.scorecards[name].title for name in pack.rank_by)
    yield Paragraph(f"The list is ordered by verdict, then by the score of {order}.")


def _card(shown: ShownCard, pack: Pack) -> Iterator[Block]:
    card = shown.card
    yield Heading(cited(card.title, shown.source))
    yield Paragraph(
        f"{_counted(len(card.criteria), 'criterion', 'criteria')}, together {card.floor} to {card.ceiling} points: "
        "they make a score from 0 to 100."
    )
    primary = card is pack.primary
    yield Items(tuple(_criterion(one, primary) for one in shown.criteria))
    yield Heading("Bands", 3)
    yield Items(tuple(_band(band) for band in shown.bands))
    if card.min_known:
        yield Paragraph(
            f"While less than {(card.min_known * 100).normalize():f}% of the evidence is known, the band is unknown.",
            faint=True,
        )


def _criterion(shown: ShownCriterion, primary: bool) -> Item:
    one = shown.criterion
    levels = [demand.points for demand in shown.demands if demand.points is not None] or [one.levels[0].points]
    points = " / ".join(map(_signed, (*levels, one.otherwise)))
    required = ", required" if one.required and primary else ""
    details = ["Any of these:"] if len(shown.demands) > 1 and len(one.levels) == 1 else []
    details += [_demand(demand) for demand in shown.demands]
    details += [f"Note: {one.note}"] if one.note else []
    details += [_advice(each, one) for each in one.advice]
    return Item(cited(f"{one.title}: {points}{required}", one.source), tuple(details))


def _demand(demand: Demand) -> str:
    """What is asked for; before it what a level earns, and what the level or way is called."""
    points = "" if demand.points is None else f"{_signed(demand.points)} "
    return f"{points}{demand.name} – {demand.text}" if demand.name else f"{points}{demand.text}"


def _band(shown: ShownBand) -> Item:
    band = shown.band
    title = f"{band.id}, {band.title}" if band.title != band.id else band.id
    if shown.below is None:
        bounds = f"{band.at_least:f} and more"
    else:
        bounds = f"{band.at_least:f} to below {shown.below:f}" if band.at_least else f"below {shown.below:f}"
    advice = (cited(f"For the {each.for_}: {each.say}", _own(each, band.source)) for each in band.advice)
    return Item(cited(f"{title}: {bounds}", band.source), tuple(advice))


def _advice(each: Advice, criterion: Criterion) -> str:
    when = f" when {getattr(each, 'when', 'met')}"
    return cited(f"For the {each.for_}{when}: {each.say}", _own(each, criterion.source))


def _own(each: Advice, source: str | None) -> str | None:
    """The source of advice, where it is another than that of what it belongs to."""
    return each.source if each.source != source else None


def _questions(shown: ShownPack) -> Iterator[Block]:
    yield Heading("Questions, in the order of a conversation")
    yield Items(tuple(_question(one) for one in shown.questions), numbered=True)


def _question(one: ShownQuestion) -> Item:
    titles = _listed(list(dict.fromkeys(criterion.title for criterion in one.criteria)))
    return Item(one.field.question, (f"{one.field.label}. {one.accepts}", f"Counts for {titles}."))


def _facts(shown: ShownPack) -> Iterator[Block]:
    if shown.assumed:
        yield Heading("Assumed where nothing is known")
        yield Paragraph("Always shown as assumed, and still asked.", faint=True)
        yield Items(tuple(Item(f"{field.label}: {field.assume_text}") for field in shown.assumed))
    if shown.inferred:
        yield Heading("Inferred where a list does not say")
        yield Paragraph("Always shown as inferred, with the words that it rests on.", faint=True)
        yield Items(tuple(Item(f"{label}: {', '.join(ways)}") for label, ways in shown.inferred.items()))


def _signed(points: int) -> str:
    return f"{points:+d}" if points else "0"


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _listed(texts: list[str]) -> str:
    return " and ".join((", ".join(texts[:-1]), texts[-1]) if len(texts) > 1 else texts)
