"""What an interview says: who it is, each question, what an answer changed, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from psm_qualify.entries import accepts
from psm_qualify.facts.text import shortened
from psm_qualify.interviews import Refused, Understood
from psm_qualify.render.blocks import Block, Heading, Item, Items, Paragraph
from psm_qualify.render.words import VERDICT_WORDS, called, effect, origin, standing
from psm_qualify.results import Prospect, Question
from psm_qualify.rules.pack import WHO, Pack

COMMANDS = "Enter passes a question over, back undoes, ? helps, done ends; every answer is kept at once."


def introduced(one: Prospect, pack: Pack, scored: int) -> Iterator[Block]:
    """Who it is, how it stands, and what is known."""
    yield Heading(called(one), 1)
    yield Paragraph(f"{_verdict(one)}. {pack.primary.title}: {standing(one.primary)}{_rank(one, scored)}", strong=True)
    if one.duplicates:
        times = len(one.duplicates) + 1
        yield Paragraph(f"It seems to stand {times} times in the list: answers count for each, and ranks are about.")
    known = [fact for field, fact in one.facts.items() if field in pack.used_fields or field in pack.searched]
    if known:
        yield Heading("Known")
        line = one.line if one.file else None
        yield Items(tuple(Item(f"{pack.fields[fact.field].label}: {origin(fact, line)}") for fact in known
                          if fact.field not in WHO))  # fmt: skip
    yield Paragraph(COMMANDS, faint=True)


def asked(question: Question, pack: Pack, one: Prospect) -> Iterator[Block]:
    """A question, why it is asked, and what is known so far that leaves it open."""
    yield Heading(question.ask)
    yield Paragraph(effect(question, pack, one.verdict), faint=True)
    fact = one.facts.get(question.field)
    if fact is not None and not question.assumed:
        yield Paragraph(f"So far: {fact.read}, which leaves it open; a closer figure, or Enter to go on.", faint=True)


def helped(question: Question, pack: Pack) -> Iterator[Block]:
    """What may be said."""
    field = pack.fields[question.field]
    yield Paragraph(f"{field.label}. {accepts(field)}")
    yield Paragraph(COMMANDS, faint=True)
    yield Paragraph(f"Another fact, or a correction, goes by its name: “{field.label}: …”.", faint=True)


def refused(reply: Refused) -> Iterator[Block]:
    """An answer that can't be read."""
    hint = f": {reply.hint}" if reply.hint else ""
    yield Paragraph(f"“{shortened(reply.text)}” is not understood{hint}. {reply.accepts}")


def passed_over() -> Iterator[Block]:
    """An answer that says that it is not known."""
    yield Paragraph("Not known: passed over.", faint=True)


def understood(reply: Understood, pack: Pack, scored: int) -> Iterator[Block]:
    """What was understood, and what it changed."""
    yield Paragraph(f"Understood: {reply.words.replace('_', ' ')}.")
    changes = list(_changes(reply.before, reply.after, pack, scored))
    for change in changes:
        yield Paragraph(change, strong=True)
    if not changes:
        yield Paragraph("Nothing changes by this alone.", faint=True)
    if reply.after.verdict == "disqualified" and not any(one.bears_on_verdict for one in reply.after.questions):
        yield Paragraph("Nothing that is left can change the verdict: done ends here.", faint=True)


def no_more(why: str, can_undo: bool) -> Iterator[Block]:
    """That there is no question left."""
    yield Heading(why)
    if can_undo:
        yield Paragraph("back undoes the last answer, Enter ends.", faint=True)


def answered_elsewhere() -> Iterator[Block]:
    """That an answer can't be taken back."""
    yield Paragraph("It stays as it is kept: somebody else has answered this meanwhile.")


def nothing_to_undo() -> Iterator[Block]:
    """That `back` has nothing to go back to."""
    yield Paragraph("There is nothing to undo.")


def summed_up(one: Prospect, pack: Pack, scored: int) -> Iterator[Block]:
    """How it stands in the end, and what to do."""
    yield Heading("In the end")
    yield Paragraph(f"{called(one)}: {_verdict(one)}{_rank(one, scored)}", strong=True)
    for name, card in one.scorecards.items():
        yield Paragraph(f"{pack.scorecards[name].title}: {standing(card)}")
    for_you = [item for item in one.advice if item.for_ == "consultant"]
    if for_you:
        yield Heading("For you")
        yield Items(tuple(Item(item.say) for item in for_you))


def _changes(before: Prospect, after: Prospect, pack: Pack, scored: int) -> Iterator[str]:
    if _verdict(before) != _verdict(after):
        yield f"{_verdict(before)} → {_verdict(after)}"
    for name, card in after.scorecards.items():
        if standing(before.scorecards[name]) != standing(card):
            yield f"{pack.scorecards[name].title}: {standing(before.scorecards[name])} → {standing(card)}"
    if scored and before.rank != after.rank:
        yield f"Rank {before.rank} → {after.rank} of {scored}"


def _verdict(one: Prospect) -> str:
    return VERDICT_WORDS[one.verdict] + (" (provisional)" if one.provisional else "")


def _rank(one: Prospect, scored: int) -> str:
    return f"; rank {one.rank} of {scored}" if scored else ""
