"""Similar abstracts are found without comparing each with each, and none is missed."""

from __future__ import annotations

import pytest
from effort import count_calls
from hypothesis import given
from hypothesis import strategies as st
from invented import make_abstract, make_record

from litbook.enrich.alike import find_alike
from litbook.enrich.merge import enrich
from litbook.text.citekey import SKETCH_SIZE, compare_sketches, make_sketch

LEAST = 0.4
VALUES = st.lists(st.integers(0, 3), min_size=SKETCH_SIZE, max_size=SKETCH_SIZE)
SKETCHES = VALUES.map(lambda values: "".join(f"{value:04x}" for value in values)) | st.just(make_sketch(""))


@pytest.mark.slow
@given(st.lists(SKETCHES, max_size=6), st.lists(SKETCHES, max_size=6))
def test_no_similar_pair_is_missed_and_no_other_is_found(some: list[str], others: list[str]) -> None:
    found = find_alike(dict(enumerate(some)), dict(enumerate(others)), LEAST)
    assert {(one, other) for one, other, _ in found} == {
        (at, to)
        for at, one in enumerate(some)
        for to, other in enumerate(others)
        if compare_sketches(one, other) >= LEAST
    }


@pytest.mark.slow
def test_the_work_grows_with_the_number_of_abstracts_and_not_with_its_square() -> None:
    def compare(number: int) -> int:
        first, second = ({at: make_sketch(make_abstract(start + at)) for at in range(number)} for start in (1, 100_000))
        return count_calls(lambda: list(find_alike(first, second, LEAST)))

    assert compare(800) < 3 * compare(400)


@pytest.mark.parametrize("number", [2, 60])
def test_a_placeholder_for_abstracts_gives_no_paper_the_citekey_of_another(number: int) -> None:
    said = "No abstract is available for this item in this database at this time."
    gone = [make_record(f"Kelp bed number {at} of the coast", said) for at in range(number)]
    new = make_record("Paper hats for penguins", said, authors=("Ada Invent",), year=2031)
    ledger = enrich(gone, (), (), "2031-01-01").ledger
    (paper,) = enrich([new], (), ledger, "2031-01-01").papers
    assert paper.citekey == "invent2031paper"
