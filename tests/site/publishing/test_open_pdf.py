"""A free PDF is named where a source tells it, and nowhere else; no one here exists."""

from __future__ import annotations

import json

import pytest

from litbook.enrich.merge import enrich
from litbook.ingest.sources import read_source
from litbook.site.publishing.open_pdf import find_open_pdf


def find(name: str, text: str) -> str:
    reading = read_source(name, text.encode())
    assert reading is not None
    (paper,) = enrich(list(reading.records), (), (), "2031-01-01").papers
    return find_open_pdf(paper)


@pytest.mark.parametrize(
    ("fields", "pdf"),
    [
        ("eprint={2301.00001}, archiveprefix={arXiv}", "https://arxiv.org/pdf/2301.00001"),
        ("url={https://aclanthology.org/2031.made-1.7}", "https://aclanthology.org/2031.made-1.7.pdf"),
        ("url={https://openreview.net/forum?id=AbCdEfGh12}", "https://openreview.net/pdf?id=AbCdEfGh12"),
        ("pmcid={PMC123}", "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/pdf/"),
        ("pdf={http://proceedings.mlr.press/v1/made.pdf}", "http://proceedings.mlr.press/v1/made.pdf"),
        ("url={https://www.jmlr.org/papers/v1/made.pdf}", "https://www.jmlr.org/papers/v1/made.pdf"),
        ("url={https://publisher.example.org/made.pdf}", ""),  # who may read it is not known
        ("url={https://proceedings.mlr.press/v1/made.html}", ""),
        ("url={https://evil.example/proceedings.mlr.press/made.pdf}", ""),
        ("url={http://[broken/made.pdf}", ""),
        ("doi={10.5555/kelp}", ""),
    ],
)
def test_a_pdf_of_bibtex_is_named_where_it_is_open(fields: str, pdf: str) -> None:
    assert find("x.bib", f"@misc{{k, title={{Kelp}}, author={{Made, Bo}}, year=2031, {fields}}}") == pdf


@pytest.mark.parametrize(
    ("said", "pdf"),
    [
        ({"openAccessPdf": {"url": "https://kelp.example.org/a.pdf", "status": "GREEN"}}, "https://kelp.example.org/a.pdf"),
        ({"openAccessPdf": {"url": "https://doi.org/10.5555/kelp"}}, ""),
        ({"openAccessPdf": {"url": "javascript:a.pdf"}}, ""),
        ({"openAccessPdf": None}, ""),
    ],
)  # fmt: skip
def test_semantic_scholar_says_which_pdf_is_open(said: dict[str, object], pdf: str) -> None:
    item = {"paperId": "a" * 40, "title": "Kelp", "year": 2031, "authors": [{"authorId": "1", "name": "Bo Made"}],
            "abstract": "Kelp grows.", "externalIds": {"DOI": "10.5555/kelp"}}  # fmt: skip
    assert find("x.json", json.dumps({"data": [{**item, **said}]})) == pdf


@pytest.mark.parametrize("is_open", [True, False])
def test_openalex_says_which_place_is_open(is_open: bool) -> None:
    pdf = "https://a.example.org/k.pdf"
    work = {"id": "https://openalex.org/W1", "title": "Kelp", "display_name": "Kelp", "publication_year": 2031,
            "authorships": [{"author": {"display_name": "Bo Made"}}], "doi": "https://doi.org/10.5555/kelp",
            "best_oa_location": {"is_oa": is_open, "landing_page_url": "", "pdf_url": pdf}}  # fmt: skip
    assert find("x.json", json.dumps({"results": [work]})) == (pdf if is_open else "")


def test_columns_of_a_table_say_which_place_is_open() -> None:
    head = "title,authors,year,best_oa_location.pdf_url,primary_location.is_oa,primary_location.pdf_url"
    assert find("x.csv", f"{head}\nKelp,Bo Made,2031,https://a.example.org/k.pdf,,\n") == "https://a.example.org/k.pdf"
    assert find("x.csv", f"{head}\nKelp,Bo Made,2031,,false,https://a.example.org/k.pdf\n") == ""
    assert (
        find("x.csv", f"{head}\nKelp,Bo Made,2031,,True,https://a.example.org/k.pdf\n") == "https://a.example.org/k.pdf"
    )
