"""Plain lists of identifiers; the identifiers are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reads import check, claims, faults, garble, sample

from litbook.ingest.formats.idlist import matches, read_idlist
from litbook.model.review import Reading

LIST = sample("ids.txt")


def read(text: str) -> Reading:
    return check(read_idlist, text)


def links(text: str) -> list[dict[str, str]]:
    records = read(text).records
    assert all(record.title == "" for record in records)
    return [dict(record.links) for record in records]


def test_a_list_is_recognised_and_read() -> None:
    assert claims(LIST) == "idlist"
    reading = read(LIST)
    assert [(record.first_line, dict(record.links)) for record in reading.records] == [
        (2, {"arxiv": "2310.99901"}),
        (3, {"arxiv": "2401.99902"}),
        (4, {"arxiv": "hep-th/0299017"}),
        (4, {"arxiv": "math.GT/0309136"}),
        (6, {"arxiv": "2401.99904"}),
        (7, {"doi": "10.5555/jio.2021.0042"}),
        (7, {"doi": "10.5555/old(1)2"}),
        (8, {"arxiv": "2312.99905"}),
        (9, {"acl": "2023.volelearn-1.7"}),
        (10, {"acl": "P19-9999"}),
        (11, {"openreview": "HkOwl5PhYS"}),
        (12, {"openreview": "0vOle8BcdEf"}),
        (14, {"arxiv": "2402.99906"}),
    ]
    assert [record.raw.strip() for record in reading.records[2:4]] == ["hep-th/0299017", "math.GT/0309136"]
    reason = "no identifier of arXiv, the ACL Anthology or OpenReview and no DOI; repair it, or put # before it"
    assert faults(reading) == [(13, reason), (15, reason)]
    assert [piece.raw.strip() for piece in reading.unread if piece.reason == "a comment"] == [
        "# Papers to read; invented, none of them exists.",
        "# the one about owls",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2310.99901", {"arxiv": "2310.99901"}),
        ("2310.99901v12", {"arxiv": "2310.99901"}),
        ("0704.0001", {"arxiv": "0704.0001"}),
        ("ARXIV:2310.99901", {"arxiv": "2310.99901"}),
        ("arXiv 2310.99901v1 [cs.CL]", {"arxiv": "2310.99901"}),
        ("cs/0112017v1", {"arxiv": "cs/0112017"}),
        ("arxiv.org/abs/cs/0112017v1", {"arxiv": "cs/0112017"}),
        ("https://www.arxiv.org/pdf/2310.99901v2", {"arxiv": "2310.99901"}),
        ("http://export.arxiv.org/abs/2310.99901?context=cs", {"arxiv": "2310.99901"}),
        ("https://arxiv.org/html/2310.99901v1#S2", {"arxiv": "2310.99901"}),
        ("https://huggingface.co/papers/2310.99901", {"arxiv": "2310.99901"}),
        ("10.48550/arXiv.2310.99901", {"arxiv": "2310.99901"}),
        ("10.5555/3999999.3999991", {"doi": "10.5555/3999999.3999991"}),
        ("DOI: 10.1016/S0000-9999(21)00042-7", {"doi": "10.1016/S0000-9999(21)00042-7"}),
        ("(doi:10.5555/a(b)c).", {"doi": "10.5555/a(b)c"}),
        ("https://dx.doi.org/10.5555%2Fabc", {}),
        ("https://doi.org/10.18653/v1/P19-9999", {"doi": "10.18653/v1/P19-9999", "acl": "P19-9999"}),
        ("https://dl.acm.org/doi/pdf/10.1145/3999999", {"doi": "10.1145/3999999"}),
        ("2023.volelearn-1.7", {"acl": "2023.volelearn-1.7"}),
        ("p19-9999", {"acl": "P19-9999"}),
        ("https://www.aclweb.org/anthology/P19-9999.pdf", {"acl": "P19-9999"}),
        ("https://aclanthology.org/2023.findings-volelearn.12/", {"acl": "2023.findings-volelearn.12"}),
        ("openreview.net/pdf?id=HkOwl5PhYS", {"openreview": "HkOwl5PhYS"}),
        ("openreview:abcdefghij", {"openreview": "abcdefghij"}),
        ("0vOle8BcdEf", {"openreview": "0vOle8BcdEf"}),
        ("rJl-vOle5S", {"openreview": "rJl-vOle5S"}),
        ("Introduction", {}),
        ("JavaScript", {}),
        ("2013.12345", {}),
        ("2399.12345", {}),
        ("2310.999012", {}),
        ("978-0-00-000000-2", {}),
        ("https://example.org/2310.99901", {}),
        ("10.5555", {}),
    ],
)  # fmt: skip
def test_each_form_of_an_identifier(text: str, found: dict[str, str]) -> None:
    assert links(text) == ([found] if found else [])
    assert bool(faults(read(text))) == (not found)


@pytest.mark.parametrize(
    "text",
    [
        "2310.99901, 2401.99902;10.5555/a",
        "2310.99901,2401.99902,10.5555/a",
        "10.5555/a,2310.99901 2401.99902",
        '["2310.99901", "2401.99902", "10.5555/a"]',
        "* 2310.99901\r\n* 2401.99902\r\n* 10.5555/a\r\n",
        "\ufeff2310.99901\r2401.99902\r10.5555/a",
        "https://arxiv.org/abs/2310.99901,https://arxiv.org/abs/2401.99902,https://doi.org/10.5555/a",
        "<https://arxiv.org/abs/2310.99901> | (arXiv:2401.99902) | [10.5555/a].",
        "# list\n2310.99901 # first\n2401.99902 // second\n10.5555/a % third",
    ],
)
def test_several_identifiers_in_a_row(text: str) -> None:
    kinds = [name for found in links(text) for name in found]
    assert sorted(kinds) == ["arxiv", "arxiv", "doi"]
    assert faults(read(text)) == []
    assert claims(text) == "idlist"


def test_punctuation_is_not_part_of_an_identifier() -> None:
    (record,) = read("see: (doi:10.5555/a(b)c).\n").records
    assert record.raw == "doi:10.5555/a(b)c"


def test_words_beside_an_identifier_are_reported_once() -> None:
    reading = read("2310.99901 Owls that count, by Anna\n")
    assert [dict(record.links) for record in reading.records] == [{"arxiv": "2310.99901"}]
    assert [piece.raw for piece in reading.unread if not piece.understood] == ["Owls that count, by Anna\n"]
    assert matches("2310.99901 Owls that count\n2401.99902 Voles in snow\n") > 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n# only a comment\n",
        "Owls hear mice (arXiv:2310.99901). We measure how deep they hear them, in snow and in leaves.\n" * 20,
        f"10.5555/a {'Owls hear mice in snow. ' * 5}\n",
        "Voles count\nWe teach voles to count in context, see https://arxiv.org/abs/2310.99901 for the film.\n",
        "TY  - JOUR\nTI  - Owls\nAU  - Veer, Anna\nDO  - 10.5555/a\nER  - \n",
        "@article{veer2021,\n  title = {Owls},\n  doi = {10.5555/a},\n  year = {2021}\n}\n",
        '{"title": "Owls", "DOI": "10.5555/a", "type": "article", "issued": {"date-parts": [[2021]]}}',
        "title,year,authors\nOwls,2021,Anna\nVoles,2023,Liis\n",
    ],
)
def test_other_files_are_not_claimed(text: str) -> None:
    assert matches(text) == 0


@given(st.integers(0, 10**6))
def test_garbled_lists_come_back(seed: int) -> None:
    read(garble(LIST, seed))


@given(st.text(alphabet="0123456789./:arxivDOIhtps#,; \n\r\t\x00\udc80[]()\"'-%", max_size=80))
def test_any_text_comes_back(text: str) -> None:
    read(text)
    matches(text)
