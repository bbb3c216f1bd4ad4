"""What must hold for a pack to work at all. Checked when it loads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.errors import did_you_mean
from psm_qualify.rules import model
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.pack import Field, Scorecard

_VERDICT_WORDS = ("verdict", "provisional", "criteria", "scorecards")


def check_pack(
    shape: model.PackModel,
    cards: Mapping[str, Scorecard],
    rank_by: Sequence[str],
    fields: Mapping[str, Field],
    findings: Findings,
) -> None:
    """Adds a finding for everything that keeps the pack from working."""
    primary = cards[rank_by[0]]
    if not any(criterion.required for criterion in primary.criteria):
        findings.add(
            "nothing-required",
            f"the primary scorecard {primary.id} has no required criterion, so no verdict is possible",
            "mark at least one criterion with `required: true`",
            ("scorecards", primary.id),
        )
    for card in cards.values():
        _check_scorecard(card, findings)
    for index, test in enumerate(shape.tests):
        _check_test(index, test, cards, fields, findings)


def _check_scorecard(card: Scorecard, findings: Findings) -> None:
    path = ("scorecards", card.id)
    if card.id in _VERDICT_WORDS:
        findings.add(
            "reserved-name", f"{card.id!r} is a word of the rule language", "call the scorecard something else", path
        )
    if card.span == 0:
        findings.add(
            "no-points",
            f"no answer can change the score of {card.id}: its floor and ceiling are both {card.floor}",
            "give at least one criterion points that differ from its otherwise",
            path,
        )
    _check_bands(card, findings)


def _check_bands(card: Scorecard, findings: Findings) -> None:
    path = ("scorecards", card.id, "bands")
    bounds = [band.at_least for band in card.bands]
    for band, above in zip(card.bands[1:], bounds, strict=False):
        if band.at_least >= above:
            findings.add(
                "band-order",
                f"the band {band.id} begins at {band.at_least}, not below the one before it ({above})",
                "write the highest band first",
                (*path, band.id, "at_least"),
            )
    if min(bounds) != 0:
        findings.add(
            "lowest-band",
            f"the lowest band of {card.id} begins at {min(bounds)}: scores below it have no band",
            "let the last band have at_least: 0",
            (*path, card.bands[-1].id, "at_least"),
        )
    for band in card.bands:
        if band.id.casefold() == "unknown":
            findings.add(
                "band-unknown",
                "no band can be called unknown: that is what too little evidence gives",
                "call it something else",
                (*path, band.id),
            )


def _check_test(
    index: int, test: model.RuleTest, cards: Mapping[str, Scorecard], fields: Mapping[str, Field], findings: Findings
) -> None:
    path = ("tests", index)
    for name in test.prospect:
        if name not in fields:
            findings.add(
                "unknown-field",
                f"there is no field {name!r}",
                did_you_mean(name, tuple(fields)),
                (*path, "prospect", name),
            )
    for name, expected in test.expect.scorecards.items():
        if name not in cards:
            findings.add(
                "unknown-scorecard",
                f"there is no scorecard {name!r}",
                did_you_mean(name, tuple(cards)),
                (*path, "expect", name),
            )
            continue
        bands = (*(band.id for band in cards[name].bands), "unknown")
        for key in ("band", "best_band", "worst_band"):
            band = getattr(expected, key)
            if band is not None and band not in bands:
                findings.add(
                    "unknown-band",
                    f"{name} has no band {band!r}",
                    did_you_mean(band, bands),
                    (*path, "expect", name, key),
                )
    known = [name for card in cards.values() for c in card.criteria for name in (c.id, f"{card.id}.{c.id}")]
    for name in test.expect.criteria:
        if name not in known:
            findings.add(
                "unknown-criterion",
                f"there is no criterion {name!r}",
                did_you_mean(name, known),
                (*path, "expect", "criteria", name),
            )
