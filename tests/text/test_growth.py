"""Functions on untrusted text take linear effort: no run of any piece costs more than its length."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from growth import find_slow

from litbook.analyse.abstract import read_abstract
from litbook.analyse.standalone import lighten
from litbook.ingest.formats.choice import choose
from litbook.ingest.formats.tex import decode_maths
from litbook.site.publishing.twins import render_paper_page
from litbook.text.citekey import make_citekey, make_sketch, normalise_title
from litbook.text.escape import clean, escape
from litbook.text.numbers import find_numbers
from litbook.text.person_names import split_name
from litbook.text.repair import normalise, repair
from litbook.text.sentences import shorten, split_sentences
from litbook.text.venues import name_series

# Effort is compared by the processor's time within one run, which a busy machine now and then measures badly.
pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=2)]
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "repair": repair,
    "normalise": normalise,
    "clean": clean,
    "escape": escape,
    "split_name": split_name,
    "make_citekey": lambda text: make_citekey(text, (text,), 2031),
    "make_sketch": make_sketch,
    "normalise_title": normalise_title,
    "find_numbers": find_numbers,
    "split_sentences": split_sentences,
    "shorten": lambda text: shorten(text, 200),
    "lighten": lambda text: lighten(text.removeprefix("We find ")),
    "an abstract": lambda text: read_abstract("An invented title", text),
    "a title": lambda text: read_abstract(text, "We fold a crane."),
    "name_series": name_series,
    "decode_maths": decode_maths,
    "a page as Markdown": render_paper_page,
}
EXPORTS = {
    "field.bib": "@article{{k,\n  title = {{Invented}},\n  author = {{Doe, Ada}},\n  abstract = {{{}}}\n}}\n",
    "names.bib": "@article{{k,\n  title = {{Invented}},\n  author = {{{}}}\n}}\n",
    "raw.bib": "@article{{k,\n  title = {{Invented}}\n}}\n{}",
    "field.csv": "title,author,year,abstract\nInvented,Ada Doe,2031,{}\n",
    "names.csv": "title,author,year,abstract\nInvented,{},2031,Folded.\n",
    "field.ris": "TY  - JOUR\nTI  - Invented\nAU  - Doe, A\nAB  - {}\nER  - \n",
    "field.nbib": "PMID- 1\nTI  - Invented\nAB  - {}\n\n",
    "field.enw": "%0 Journal Article\n%T Invented\n%A Doe, A\n%X {}\n\n",
    "list.md": "# List\n\n- Doe (2031). Invented. {}\n",
    "page.html": "<html><body><h1>Invented</h1><p>{}</p></body></html>",
    "text.txt": "{}",
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_takes_linear_effort(name: str) -> None:
    assert find_slow(FUNCTIONS[name]) == []


@pytest.mark.parametrize("name", EXPORTS)
def test_all_readers_together_take_linear_effort(name: str) -> None:
    def read(text: str) -> object:
        return choose(name.partition(".")[2], EXPORTS[name].format(text).encode("utf-8"))

    assert find_slow(read) == []


def test_the_readers_of_json_take_linear_effort() -> None:
    def read(text: str) -> object:
        record = {"title": "Invented", "authors": text, "abstract": text, "date": text, "venue": text}
        return choose("a.json", json.dumps([record]).encode("utf-8"))

    assert find_slow(read) == []
