"""The quoted sentence of abstracts of other fields than machine learning; all of these are invented."""

from __future__ import annotations

import pytest

from litbook.analyse.evidence import choose_gist

STRUCTURED = (
    "BACKGROUND: Naps are common. AIM: To assess the effect of moss on the naps of bakers. METHODS: Bakers were given "
    "moss. RESULTS: Naps took an hour. CONCLUSIONS: {} Further trials are needed."
)


@pytest.mark.parametrize(
    ("concluded", "quoted"),
    [
        ("Moss significantly reduced the naps of bakers.", "Moss significantly reduced the naps of bakers."),
        ("Bakers should be given moss for their naps.", "To assess the effect of moss on the naps of bakers."),
        ("The naps of bakers on moss are unstable over time.", "The naps of bakers on moss are unstable over time."),
    ],
)
def test_a_conclusion_that_tells_a_finding_is_better_than_an_aim(concluded: str, quoted: str) -> None:
    gist = choose_gist("Moss and the naps of bakers", STRUCTURED.format(concluded))
    assert gist is not None
    assert gist.quote == quoted


@pytest.mark.parametrize(
    ("abstract", "quoted"),
    [
        ("Naps are short. Moss at noon was associated with longer naps of bakers.", "Moss at noon was associated"),
        ("Naps are short. This special issue explores the naps of bakers.", "This special issue explores"),
        ("Naps are short. This research presents a bed for bakers.", "This research presents a bed"),
        ("We nap. The present study examined the naps of bakers in spring.", "The present study examined"),
        ("Naps are short. To answer (a), we show that moss makes naps long.", "We show that moss"),
        (
            "This study examined the naps of bakers. Bakers with moss had 12% longer naps than others without moss.",
            "Bakers with moss had 12% longer",
        ),
        ("Objectives The aim of this study was to see how bakers nap.", "The aim of this study"),
        (
            "The naps of bakers on moss at noon are a matter of debate. This work was done from April to July 2024.",
            "The naps of bakers",
        ),
    ],
)
def test_other_fields_say_what_they_do_in_other_words(abstract: str, quoted: str) -> None:
    gist = choose_gist("Moss and the naps of bakers", abstract)
    assert gist is not None
    assert gist.shown.startswith(quoted)
