"""Columns that are coded part by part, and what is picked from them, against plain Python."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psm_qualify.engines import codes
from psm_qualify.engines.duckdb_cells import _taken

TEXTS = st.lists(st.lists(st.sampled_from(["a", "b", "", "ab", None, "Zoë"]) | st.text(max_size=3)), max_size=6)
SOON, LATE = 1, 1 << 40
BOUNDS = [(SOON, LATE, LATE), (LATE, LATE, LATE), (LATE, SOON, LATE), (SOON, LATE, 3), (4, 10, 3)]
"""How long texts wait for others, in two ways, and how many distinct ones are too many."""


def chunked(parts: Sequence[Sequence[str | None]]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(part, pa.large_string()) for part in parts], pa.large_string())


@pytest.mark.parametrize("bounds", BOUNDS)
@given(parts=TEXTS)
@settings(deadline=None)
def test_a_column_is_the_same_however_long_its_texts_wait(
    bounds: tuple[int, int, int], parts: list[list[str | None]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in zip(("_TIMES", "_WAITING", "_MANY"), bounds, strict=True):
            patch.setattr(codes, name, value)
        coding = codes.Coding()
        for part in parts:
            coding.add(chunked([part[:2], part[2:]]))
        found = coding.done()
    texts = found.texts.to_pylist()
    assert texts[0] is None
    assert len(set(texts)) == len(texts)
    assert [texts[number] for number in found.of.tolist()] == [text for part in parts for text in part]
    assert found.column.cast(pa.large_string()).to_pylist() == [text for part in parts for text in part]


@given(parts=TEXTS, seed=st.integers(0, 9))
@settings(deadline=None)
def test_texts_are_picked_from_pieces_in_the_order_asked_for(parts: list[list[str | None]], seed: int) -> None:
    every = [text for part in parts for text in part]
    wanted = np.random.default_rng(seed).integers(0, max(len(every), 1), 20 if every else 0)
    assert _taken(chunked(parts), wanted).to_pylist() == [every[at] for at in wanted.tolist()]
