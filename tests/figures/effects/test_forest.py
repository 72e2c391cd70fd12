"""Forest plots for a desk and for a phone; the studies are invented."""

from __future__ import annotations

import pandas as pd
from bs4 import BeautifulSoup

from litbook.figures.effects.forest import draw_forest


def test_a_phone_has_names_and_numbers_above_the_lines_of_a_plot_of_its_width() -> None:
    found = pd.DataFrame([
        {"citekey": f"p{at}", "paper": f"Made {at} 2030", "value": f"0.{at} (0.1 to 0.9)", "number": at / 10,
         "low": 0.1, "high": 0.9, "level": "95", "unit": "ratio", "quote": "", "where": ""}
        for at in range(4, 8)
    ])  # fmt: skip
    known = {"column": "effect", "name": "Effect", "unit": "ratio", "level": "95", "scale": "ratio", "null": "1"}
    column = pd.Series({**known, "estimate": "", "low": "", "high": ""})
    wide, narrow = BeautifulSoup(draw_forest(found, column).data, "html.parser").select("figure svg")
    texts = [[text.get_text() for text in drawing.select("text")] for drawing in (wide, narrow)]
    assert {"Made 4 2030", "0.4 (0.1 to 0.9)"} <= set(texts[0]) & set(texts[1])
    assert float(str(narrow["viewbox"]).split()[2]) * 4 / 3 <= 350
