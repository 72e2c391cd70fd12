"""Each service is asked as it documents, and its answer is read field by field. All works are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from fetching import ABSTRACT, AUTHORS, CONTACT, KELP, TITLE, added, crane, playing, read_lines, run, start

from litbook.commands.fetch.facts import SERVICES

SURVEY = "A Survey of Mountain Folds & Valleys"


def test_arxiv_gives_authors_dates_and_the_doi_of_a_known_identifier(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-id"):
        report = run(project, crane(arxiv="3102.00001", abstract=ABSTRACT), only=["arxiv"])
    (line,) = read_lines(project)
    origin = {
        "service": "arxiv",
        "url": "https://arxiv.org/abs/3102.00001",
        "date": "2031-12-01",
        "proof": "identifier",
    }
    assert line == {
        "title": TITLE,
        "arxiv_id": "3102.00001",
        "confidence": "exact",
        "authors": list(AUTHORS),
        "year": 2031,
        "published": "2031-02",
        "doi": "10.99999/crane.2032.7",
        "origins": dict.fromkeys(["authors", "year", "published", "doi"], origin),
        "sources": ["https://arxiv.org/abs/3102.00001"],
        "url": "https://arxiv.org/abs/3102.00001",
        "fetched": {"arxiv": "2031-12-01"},
    }
    assert report.unknown == []


def test_arxiv_is_asked_for_many_identifiers_at_once_and_its_order_does_not_matter(tmp_path: Path) -> None:
    project = start(tmp_path)
    records = [crane(arxiv="3102.00001"), crane(title=KELP, arxiv="3204.00002")]
    with playing("arxiv-two-ids") as mock:
        run(project, *records, only=["arxiv"])
        assert len(mock.calls) == 1
    assert {line["title"]: line["authors"] for line in read_lines(project)} == {
        TITLE: list(AUTHORS),
        KELP: ["Cy Nobody"],
    }


def test_a_paper_known_only_by_identifier_gets_title_and_abstract(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-id"):
        run(project, crane(title="", arxiv="3102.00001"), only=["arxiv"])
    (line,) = read_lines(project)
    assert line["title"] == TITLE
    assert line["abstract"].startswith(
        "We fold paper cranes with robots that wait for the paper. Where $a < b$ the crane"
    )


def test_arxiv_finds_a_title_below_a_wrong_first_hit(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("arxiv-title"):
        report = run(project, crane(authors=("A. Invented",)), only=["arxiv"])
    (line,) = read_lines(project)
    assert line["arxiv_id"] == "3102.00001"
    assert line["confidence"] == "title-match"
    assert line["origins"]["arxiv_id"]["proof"] == "title and author"
    assert not report.near_misses


def test_crossref_joins_title_and_subtitle_and_reads_its_markup(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("crossref-doi"):
        run(project, crane(title="", doi="https://doi.org/10.99999/CRANE.2032.7"), only=["crossref"])
    (line,) = read_lines(project)
    assert line["title"] == TITLE
    assert line["abstract"].endswith("Where a < b the crane flies & lands.")
    assert line["abstract"].startswith("We fold")
    assert (line["venue"], line["venue_year"], line["year"], line["published"]) == (
        "Invented Letters",
        2032,
        2032,
        "2032-01",
    )
    assert line["authors"] == list(AUTHORS)


def test_crossrefs_year_is_the_venues_if_a_preprint_came_first(tmp_path: Path) -> None:
    project = start(tmp_path, {"title": TITLE, "arxiv_id": "3102.00001", "doi": "10.99999/crane.2032.7", "year": 2031})
    with playing("crossref-doi"):
        report = run(project, crane(arxiv="3102.00001"), only=["crossref"])
    (line,) = read_lines(project)
    assert (line["year"], line["venue_year"]) == (2031, 2032)
    assert "published" not in line
    assert not report.contradictions


def test_crossref_is_searched_by_title_and_the_narrowest_container_is_the_venue(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("crossref-title"):
        run(project, crane(title=SURVEY, authors=("Bo van der Made",)), only=["crossref"])
    (line,) = read_lines(project)
    assert (line["doi"], line["venue"]) == ("10.99999/978-0-000-00000-0_4", "Folding 2030")


def test_two_matching_works_are_both_reported_and_neither_is_used(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("crossref-title-twice"):
        report = run(project, crane(title=SURVEY, authors=("Bo van der Made",)), only=["crossref"])
    assert read_lines(project) == []
    assert [miss.why for miss in report.near_misses] == ["one of several works with this title"] * 2


def test_openalex_is_asked_by_the_doi_of_the_preprint_and_its_abstract_put_together(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("openalex-arxiv"):
        report = run(project, crane(arxiv="3102.00001"), only=["openalex"])
    (line,) = read_lines(project)
    assert line["abstract"] == "We fold paper cranes with robots that wait for the paper"
    assert (line["venue"], line["doi"], line["openreview_id"]) == (
        "Invented Letters",
        "10.99999/crane.2032.7",
        "Cr4neF0ld_",
    )
    assert "year" not in added(report)  # It does not say whether its date is the preprint's.


def test_openalex_is_searched_by_title_with_our_address(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("openalex-title") as mock:
        run(project, crane(title=KELP, authors=("Cy Nobody",)), only=["openalex"])
        assert f"(mailto:{CONTACT})" in str(mock.calls[0].request.headers["User-Agent"])
    (line,) = read_lines(project)
    assert (line["arxiv_id"], line["confidence"]) == ("3204.00002", "title-match")
    assert "venue" not in line  # An archive is not a venue.


def test_semantic_scholar_answers_for_many_identifiers_at_once_and_skips_unknown_ones(tmp_path: Path) -> None:
    project = start(tmp_path)
    records = [crane(arxiv="3102.00001"), crane(title="", doi="10.99999/unheard.1")]
    with playing("semanticscholar-batch"):
        report = run(project, *reversed(records), only=["semanticscholar"])
    (line,) = read_lines(project)
    assert (line["doi"], line["acl_id"], line["venue"]) == (
        "10.99999/crane.2032.7",
        "2031.folding-main.7",
        "Invented Letters",
    )
    assert len(report.unknown) == 1


def test_semantic_scholar_matches_a_title_and_ignores_archives_as_venues(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("semanticscholar-match"):
        run(project, crane(title=KELP, authors=("Cy Nobody",)), only=["semanticscholar"])
    (line,) = read_lines(project)
    assert line["arxiv_id"] == "3204.00002"
    assert not line.keys() & {"venue", "doi", "year"}  # Its DOI is arXiv's; its year may be the preprint's.


def test_semantic_scholar_says_that_it_has_no_match_with_a_404(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("semanticscholar-no-match"):
        report = run(project, crane(), only=["semanticscholar"])
    assert not project.facts.exists()
    assert len(report.unknown) == 1
    assert not report.troubles


def test_an_api_key_is_sent_in_a_header(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S2_API_KEY", "inventedkey")
    monkeypatch.setenv("OPENALEX_API_KEY", "other key\r\nX-Injected: 1")
    with playing("semanticscholar-no-match") as mock:
        run(start(tmp_path), crane(), only=["semanticscholar"])
        assert mock.calls[0].request.headers["x-api-key"] == "inventedkey"
    openalex = next(service for service in SERVICES if service.name == "openalex")
    assert openalex.headers() == {}  # A key with characters that are invalid in a header is ignored.


def test_the_acl_anthology_gives_bibtex_whose_tex_is_read(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("acl-bib"):
        run(project, crane(doi="10.18653/v1/2031.folding-main.7"), only=["acl"])
    (line,) = read_lines(project)
    assert line["authors"] == ["Adélaïde Invented", "Bo van der Made"]
    assert line["venue"] == "Proceedings of the 3rd Invented Workshop on Folding & Paper"
    assert line["abstract"].endswith("90% of them at once.")
    assert (line["acl_id"], line["year"], line["published"]) == ("2031.folding-main.7", 2031, "2031-07")


def test_the_acl_anthology_is_asked_only_for_identifiers(tmp_path: Path) -> None:
    with playing():
        report = run(start(tmp_path), crane(), only=["acl"])
    assert report.asked == set()
    with playing("acl-unknown"):
        report = run(start(tmp_path), crane(acl="2031.folding-main.7"), only=["acl"])
    assert len(report.unknown) == 1


def test_hugging_face_gives_code_and_project_page_but_no_hidden_names(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("huggingface-paper"):
        run(project, crane(arxiv="3102.00001"), only=["huggingface"])
    (line,) = read_lines(project)
    assert line["code_url"] == "https://github.com/invented-cranes/cranefold"
    assert line["project_url"] == "https://cranes.example.org/fold/"
    assert line["authors"] == list(AUTHORS)


def test_hugging_face_is_searched_by_title_and_the_abstract_is_the_proof(tmp_path: Path) -> None:
    project = start(tmp_path)
    with playing("huggingface-search"):
        run(project, crane(abstract="We fold paper cranes with robots that wait for the paper!"), only=["huggingface"])
    (line,) = read_lines(project)
    assert line["arxiv_id"] == "3102.00001"
    assert line["origins"]["authors"]["proof"] == "title and abstract"


@pytest.mark.parametrize(
    ("service", "recording"), [("arxiv", "arxiv-id-unknown"), ("huggingface", "huggingface-unknown")]
)
def test_a_service_that_knows_only_an_identifier_is_not_asked_by_title_as_well(
    tmp_path: Path, service: str, recording: str
) -> None:
    with playing(recording) as mock:
        report = run(start(tmp_path), crane(arxiv="3102.00001"), only=[service])
        assert len(mock.calls) == 1
    assert len(report.unknown) == 1


def test_each_service_finds_what_the_next_one_needs(tmp_path: Path) -> None:
    project = start(tmp_path)
    names = ["arxiv-title", "huggingface-paper", "crossref-doi"]
    with playing(*names):
        report = run(project, crane(authors=AUTHORS), only=["crossref", "arxiv", "huggingface"])
    services = added(report)
    assert (services["doi"], services["code_url"], services["venue"]) == ("arxiv", "huggingface", "crossref")
    assert len(read_lines(project)) == 1
