"""What must hold for a pack to work at all. Checked when it loads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from psm_qualify.rules import model
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.pack import Field, Scorecard
from psm_qualify.rules.places import Path

_EXPECTED = ("verdict", "provisional", "criteria")
_RESERVED = (*_EXPECTED, "scorecards")


def check_pack(
    shape: model.PackModel,
    cards: Mapping[str, Scorecard],
    rank_by: Sequence[str],
    fields: Mapping[str, Field],
    findings: Findings,
) -> None:
    """Adds a finding for everything that keeps the pack from working."""
    for index, name in enumerate(rank_by):
        if name not in cards:
            findings.add_unknown("scorecard", name, tuple(cards), ("pack", "rank_by", index))
    if rank_by[0] in cards:
        _check_primary(cards[rank_by[0]], findings)
    for card in cards.values():
        _check_scorecard(card, findings)
        if findings.whole(("scorecards", card.id, "bands")):
            _check_bands(card, findings)
    for index, test in enumerate(shape.tests):
        for name in test.prospect:
            if name not in fields:
                findings.add_unknown("field", name, tuple(fields), ("tests", index, "prospect", name), key=True)
        if not test.expect.model_fields_set and findings.whole(("tests", index, "expect")):
            hint = "write what must come out, such as {verdict: qualified}"
            findings.add(
                "empty-expectation", f"the test {test.name!r} expects nothing", hint, ("tests", index, "expect")
            )
        _check_expectation(test.expect, cards, findings, ("tests", index, "expect"))


def _check_primary(card: Scorecard, findings: Findings) -> None:
    path = ("scorecards", card.id)
    if findings.whole(path) and not any(criterion.required for criterion in card.criteria):
        findings.add(
            "nothing-required",
            f"the primary scorecard {card.id} has no required criterion, so no verdict is possible",
            "mark at least one criterion with `required: true`",
            path,
        )


def _check_scorecard(card: Scorecard, findings: Findings) -> None:
    path = ("scorecards", card.id)
    if card.id in _RESERVED:
        findings.add(
            "reserved-name", f"{card.id!r} is a word of the rule language", "call the scorecard something else", path
        )
    if card.span == 0 and findings.whole(path):
        findings.add(
            "no-points",
            f"no answer can change the score of {card.id}: its floor and ceiling are both {card.floor}",
            "give at least one criterion points that differ from its otherwise",
            path,
        )


def _check_bands(card: Scorecard, findings: Findings) -> None:
    path = ("scorecards", card.id, "bands")
    for above, band in pairwise(card.bands):
        if band.at_least == above.at_least:
            findings.add(
                "same-bound",
                f"the bands {above.id} and {band.id} both begin at {band.at_least}",
                "give each band its own at_least, or take one out",
                (*path, band.id, "at_least"),
            )
    lowest = card.bands[-1]
    if lowest.at_least != 0:
        findings.add(
            "lowest-band",
            f"the lowest band of {card.id} begins at {lowest.at_least}: scores below it have no band",
            "let the lowest band have at_least: 0",
            (*path, lowest.id, "at_least"),
        )
    for band in card.bands:
        if band.id.casefold() == "unknown":
            findings.add(
                "band-unknown",
                "no band can be called unknown: that is what too little evidence gives",
                "call it something else",
                (*path, band.id),
            )


def _check_expectation(
    expect: model.Expectation, cards: Mapping[str, Scorecard], findings: Findings, path: Path
) -> None:
    for name, expected in expect.scorecards.items():
        if name not in cards:
            findings.add_unknown("scorecard", name, (*cards, *_EXPECTED), (*path, name), key=True)
            continue
        bands = (*(band.id for band in cards[name].bands), "unknown")
        for key in ("band", "best_band", "worst_band"):
            band = getattr(expected, key)
            if band is not None and band not in bands:
                findings.add_unknown("band", band, bands, (*path, name, key))
    criteria = [name for card in cards.values() for one in card.criteria for name in (one.id, f"{card.id}.{one.id}")]
    for name in expect.criteria:
        if name not in criteria:
            findings.add_unknown("criterion", name, criteria, (*path, "criteria", name), key=True)
