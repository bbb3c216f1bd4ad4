"""All checks, in the order in which they are told where they stand at the same place. A new one is one entry."""

from __future__ import annotations

from collections.abc import Collection

from psm_qualify.authoring.review import advice, bands, criteria, data, fields, patterns, tests
from psm_qualify.authoring.review.base import Check, Subject
from psm_qualify.authoring.review.tally import Tally
from psm_qualify.errors import Finding
from psm_qualify.rules.findings import in_order
from psm_qualify.rules.loader import PackSource

CHECKS: tuple[Check, ...] = (
    *fields.CHECKS,
    *patterns.CHECKS,
    *criteria.CHECKS,
    *advice.CHECKS,
    *bands.CHECKS,
    *tests.CHECKS,
    *data.CHECKS,
)


def review(source: PackSource, tally: Tally | None = None, own: Collection[str] | None = None) -> tuple[Finding, ...]:
    """What a careful reader would ask about a pack, errors first, each in the order of the files.

    `tally`: how a list came out under it. `own`: the files of the last layer, where it lies over others.
    """
    subject = Subject(source, tally, own)
    found = in_order((one for check in CHECKS for one in check.findings(subject)), source.files)
    return tuple(sorted(found, key=lambda one: one.severity != "error"))
