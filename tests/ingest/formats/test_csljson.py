"""CSL-JSON as Zotero, Better BibTeX, pandoc and doi.org write it, and Zotero's own shapes; all items are invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reads import check, claims, faults, garble, lines_of, minified, sample, titles

from litbook.ingest.formats.csljson import matches, read_csljson
from litbook.model.review import Reading, Record

NAMES = ("zotero.csl.json", "better-csl.json", "betterbibtex.json", "zotero-api.json")


def read(text: str) -> Reading:
    return check(read_csljson, text)


def item(**fields: object) -> Record:
    (record,) = read(json.dumps([{"type": "article-journal", "title": "Owls", **fields}])).records
    return record


def zotero(**fields: object) -> Record:
    (record,) = read(json.dumps({"items": [{"itemType": "journalArticle", "title": "Owls", **fields}]})).records
    return record


@pytest.mark.parametrize("name", NAMES)
def test_the_format_is_recognised(name: str) -> None:
    assert claims(sample(name)) == "csljson"
    assert claims(minified(sample(name))) == "csljson"
    assert faults(read(sample(name))) == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"type": "article"}', '[{"name": "owl", "type": "bird"}]', "@article{a,}"]
)
def test_other_files_are_not_claimed(text: str) -> None:
    assert matches(text) == 0


def test_zoteros_csl_json_is_read_whole() -> None:
    article, preprint, chapter = read(sample("zotero.csl.json")).records
    assert article.title == "How owls hear \\textit{Mus nivalis} under 10^{3} layers of snow"
    assert article.abstract == "Owls hear mice under snow. We measure how deep. They hear them down to 40 cm."
    assert article.authors == ("Anna van der Veer", "Chidi Okafor Jr.", "Snow Hearing Consortium")
    assert (article.year, article.published) == (2021, "2021-03-09")
    assert article.venue == "Journal of Invented Ornithology"
    assert article.links == {"doi": "10.5555/jio.2021.0042"}
    assert article.extra == {
        "id": "http://zotero.org/users/1234567/items/QK3ABCDE",
        "type": "article-journal",
        "ISSN": "0000-0019",
        "issue": "3",
        "journalAbbreviation": "J. Inv. Ornith.",
        "language": "en",
        "note": "Citation Key: vanderveer2021owls",
        "page": "12-34",
        "volume": "7",
        "editor": '[{"family": "Lindqvist", "given": "Maja"}]',
        "accessed": '{"date-parts": [["2024", 2, 1]]}',
    }
    assert (article.first_line, article.last_line) == (2, 55)
    assert preprint.title == "Voles are In-Context Counters: A k-NN View"
    assert preprint.links == {"arxiv": "2310.99901"}
    assert (preprint.published, preprint.venue) == ("2023-10", None)
    assert preprint.extra["publisher"] == "arXiv"
    assert (chapter.year, chapter.published, chapter.extra["issued"]) == (1998, "1998", '{"literal": "winter 1998"}')


def test_better_csl_json_has_its_keys_and_an_item_a_line() -> None:
    records = read(sample("better-csl.json")).records
    assert [(record.first_line, record.last_line) for record in records] == [(2, 2), (3, 3), (4, 4)]
    assert [record.extra["citation-key"] for record in records] == ["veer2021owls", "tamm2023voles", "nameless2020"]
    assert [record.published for record in records] == ["2021-03-09", "2023", "2019"]
    assert records[1].links == {"acl": "2023.volelearn-1.7"}
    assert records[1].venue == "Workshop on Vole Learning"
    assert "issued" not in records[0].extra
    assert json.loads(records[2].extra["issued"]) == {"date-parts": [["2019"], ["2020"]]}


def test_better_bibtex_json_is_read_without_its_preferences() -> None:
    article, preprint = read(sample("betterbibtex.json")).records
    assert article.authors == ("Anna van der Veer", "Snow Hearing Consortium")
    assert json.loads(article.extra["creators"])[2]["lastName"] == "Lindqvist"
    assert (article.published, article.extra["date"]) == ("2021-03-09", "March 9, 2021")
    assert article.extra["citationKey"] == "veer2021"
    assert article.extra["notes"] == '["<p>Read again!</p>"]'
    assert preprint.links == {"arxiv": "2310.99901", "doi": "10.5555/vole.7"}
    assert preprint.extra["extra"] == "arXiv:2310.99901 [cs]\nDOI: 10.5555/vole.7"
    assert not {"archiveID", "url", "date", "creators", "title"} & preprint.extra.keys()


def test_zoteros_api_gives_papers_and_understands_their_notes() -> None:
    reading = read(sample("zotero-api.json"))
    (record,) = reading.records
    assert record.authors == ("Anna van der Veer", "Chidi Okafor")
    assert record.venue == "Proceedings of the Invented Owl Conference"
    assert record.links == {"openreview": "HkOwl5PhYS"}
    assert record.extra["key"] == "5W7FAVI3"
    assert not [name for name in record.extra if name.startswith("item.")]
    assert json.loads(record.extra["meta"])["parsedDate"] == "2021-03-09"
    (note,) = [piece for piece in reading.unread if "Read again" in piece.raw]
    assert (note.understood, note.reason) == (True, "a note or attachment of another entry")


def test_pandocs_references_and_the_answer_of_doi_org_are_read() -> None:
    text = json.dumps({"references": json.loads(sample("better-csl.json"))})
    assert titles(read(text)) == ["How owls hear mice", "Voles count", "Nameless forests"]
    answer = {"indexed": {"timestamp": 1}, "reference-count": 2, "DOI": "10.5555/a", "type": "journal-article",
              "title": "Owls", "container-title": "J. Inv. Ornith.",
              "author": [{"given": "A", "family": "B", "sequence": "first"}],
              "issued": {"date-parts": [[2021]]}}  # fmt: skip
    assert claims(json.dumps(answer)) == "csljson"
    (record,) = read(json.dumps(answer)).records
    assert (record.title, record.venue, record.authors) == ("Owls", "J. Inv. Ornith.", ("A B",))
    assert "sequence" in record.extra["author"]


def test_items_on_lines_are_read() -> None:
    assert len(read(lines_of(sample("better-csl.json"))).records) == 3


@pytest.mark.parametrize(
    ("issued", "published", "kept"),
    [
        ({"date-parts": [[2021, 3, 9]]}, "2021-03-09", False),
        ({"date-parts": [["2021", "03"]]}, "2021-03", False),
        ({"date-parts": [[2021, 13, 40]]}, "2021", False),
        ({"date-parts": [[2021, 2, 30]]}, "2021-02", False),
        ({"date-parts": [[2021]], "circa": True}, "2021", True),
        ({"raw": "2021-03-09"}, "2021-03-09", False),
        ({"raw": "March 2021"}, "2021-03", True),
        ({"literal": "in press"}, None, True),
        ({"date-parts": [[]]}, None, True),
        ({"date-parts": [["x", {}]]}, None, True),
        ("2021", "2021", False),
        (2021, "2021", False),
    ],
)
def test_a_date_is_read_as_far_as_it_is_certain(issued: object, published: str | None, kept: bool) -> None:
    record = item(issued=issued)
    assert record.published == published
    assert ("issued" in record.extra) == kept


@pytest.mark.parametrize(
    ("fields", "links", "kept"),
    [
        ({"DOI": "https://doi.org/10.5555/A.b"}, {"doi": "10.5555/A.b"}, ""),
        ({"DOI": "doi:10.5555/a"}, {"doi": "10.5555/a"}, ""),
        ({"DOI": "10.48550/arXiv.2310.99901"}, {"arxiv": "2310.99901"}, ""),
        ({"DOI": "10.18653/v1/P19-9999"}, {"doi": "10.18653/v1/P19-9999", "acl": "P19-9999"}, ""),
        ({"DOI": "see the publisher"}, {}, "DOI"),
        ({"URL": "https://arxiv.org/abs/2310.99901"}, {"arxiv": "2310.99901"}, ""),
        ({"URL": "https://arxiv.org/pdf/2310.99901v3"}, {"arxiv": "2310.99901"}, "URL"),
        ({"URL": "https://github.com/invented/owls"}, {"code": "https://github.com/invented/owls"}, ""),
        ({"URL": "https://openreview.net/forum?id=HkOwl5PhYS"}, {"openreview": "HkOwl5PhYS"}, ""),
        ({"URL": "https://owls.example.org/paper"}, {}, "URL"),
        ({"DOI": "10.5555/a", "URL": "http://dx.doi.org/10.5555/a"}, {"doi": "10.5555/a"}, ""),
        ({"DOI": "10.5555/a", "URL": "http://dx.doi.org/10.5555/b"}, {"doi": "10.5555/a"}, "URL"),
        ({"note": "read\narXiv: 2310.99901"}, {"arxiv": "2310.99901"}, "note"),
        ({"note": "arXiv: 2310.99901\nread"}, {"arxiv": "2310.99901"}, "note"),
    ],
)  # fmt: skip
def test_identifiers_are_bare_and_what_says_more_is_kept(
    fields: dict[str, str], links: dict[str, str], kept: str
) -> None:
    record = item(**fields)
    assert record.links == links
    assert set(record.extra) == {"type", *([kept] if kept else [])}


def test_whoever_made_the_work_is_its_author() -> None:
    talk = zotero(creators=[{"creatorType": "presenter", "firstName": "A", "lastName": "B"}])
    assert (talk.authors, "creators" in talk.extra) == (("A B",), True)
    edited = zotero(creators=[{"creatorType": "editor", "firstName": "A", "lastName": "B"}])
    assert (edited.authors, "creators" in edited.extra) == ((), True)


def test_what_is_not_as_it_should_be_is_kept() -> None:
    record = item(author="Anna B.", abstract=["a", "b"], **{"container-title": {"x": 1}})
    assert (record.authors, record.venue) == ((), None)
    assert {"author", "abstract", "container-title"} <= record.extra.keys()


def test_an_unclosed_item_among_others() -> None:
    text = sample("zotero.csl.json").replace('"volume": "7",', '"volume": "7,', 1)
    reading = read(text)
    assert len(reading.records) == 2
    assert [line for line, _ in faults(reading)] == [2]


def test_an_item_that_says_nothing_is_reported() -> None:
    reading = read('[{"type": "book", "id": "x"}]')
    assert faults(reading) == [(1, "an entry without a title and without an identifier; add one")]


@given(st.sampled_from(NAMES), st.integers(0, 10**6), st.booleans())
def test_garbled_files_come_back(name: str, seed: int, small: bool) -> None:
    read(garble(minified(sample(name)) if small else sample(name), seed))
