"""Bibliographies: other programs read the values back, whatever characters they hold; the unknown is absent."""

from __future__ import annotations

import json
import re

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from invented import make_paper
from pybtex.database import Entry, parse_string

from litbook.model.review import Paper
from litbook.text.escape import clean
from litbook.write.bibliography import entry_type, render_bibtex, render_csl, render_references, render_ris

# The commands by which LaTeX names the characters that mean something to it.
COMMANDS = {r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
            r"\textasciicircum{}": "^", r"\textasciigrave{}": "`", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#",
            r"\_": "_"}  # fmt: skip
COMMAND = re.compile("|".join(re.escape(command) for command in sorted(COMMANDS, key=len, reverse=True)))
hostile = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\\{}%&$#_^~`\"'@,= \nabü鶴", max_size=40),
    st.sampled_from(
        ["}", "{", "\\", "\\}", "{\\", '"', "@misc{x,", "a = {b}", "%", "\\input{x}", "$x$", "ends \\", "ER  - "]
    ),
)
identifiers = st.text(alphabet="abc0123456789./-_%{}\\ #&", max_size=20)


def read_tex(value: str) -> str:
    """Return the characters that a BibTeX value stands for; nothing of it may mean more than characters to TeX."""
    assert not set(COMMAND.sub("", value)) & set("\\{}%$#&_^~`")
    return COMMAND.sub(lambda match: COMMANDS[match.group()], value)


def read_back(paper: Paper) -> Entry:
    """Return the one entry that pybtex reads, between two others that must stay whole."""
    other = make_paper("zother", "Other", authors=("Cy Nobody",), year=2030)
    known = parse_string(render_references([other, paper, make_paper("zlast", "Last")]), "bibtex").entries
    assert list(known) == ["zother", paper.citekey, "zlast"]
    assert dict(known["zother"].fields) == {"title": "{Other}", "year": "2030"}
    return known[paper.citekey]


def names_of(entry: Entry) -> list[str]:
    """Return the authors as "given family", in the characters that they stand for."""
    found = []
    for person in entry.persons.get("author", []):
        parts = [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names]
        found.append(" ".join(read_tex(strip_braces(part)) for part in parts))
    return found


def words_of(author: str) -> list[str]:
    """Return the words of a name, sorted; BibTeX parts them at commas, ties and escaped spaces."""
    return sorted(re.sub(r"\\*[,~\s]+", " ", clean(author)).split())


def strip_braces(value: str) -> str:
    return value[1:-1] if value.startswith("{") and value.endswith("}") and value != "{}" else value


@pytest.mark.slow
@given(hostile)
def test_bibtex_gives_any_title_back(title: str) -> None:
    value = read_back(make_paper("made2031x", title)).fields["title"]
    assert value.startswith("{")
    assert value.endswith("}")
    assert read_tex(value[1:-1]).split() == clean(title).split()


@pytest.mark.slow
@given(hostile.filter(lambda venue: clean(venue).strip() != ""))
def test_bibtex_gives_any_venue_back(venue: str) -> None:
    entry = read_back(make_paper("made2031x", "T", venue=venue))
    name = {"article": "journal", "inproceedings": "booktitle", "misc": "howpublished"}[entry.type]
    assert read_tex(entry.fields[name]).split() == clean(venue).split()


@pytest.mark.slow
@given(st.lists(hostile.filter(lambda name: words_of(name) != []), min_size=1, max_size=3))
def test_bibtex_gives_any_authors_back(authors: list[str]) -> None:
    entry = read_back(make_paper("made2031x", "T", authors=tuple(authors)))
    assert [sorted(name.split()) for name in names_of(entry)] == [words_of(author) for author in authors]


@pytest.mark.parametrize(
    ("author", "first", "von", "last"),
    [
        ("Ada Invented", ["Ada"], [], ["Invented"]),
        ("Aäron van den Oord", ["Aäron"], ["van", "den"], ["Oord"]),
        ("Bo B. Made", ["Bo"], [], ["Made"]),
        ("Plato", [], [], ["{Plato}"]),
        ("鶴 折", ["折"], [], ["鶴"]),  # a name in Han has the family name first
        ("折子 李", ["折子"], [], ["李"]),  # a frequent family name that was put last
        ("Ludwig von Invented and Sons", None, None, None),  # one name, and not two
    ],
)
def test_bibtex_tells_given_from_family_names(
    author: str, first: list[str] | None, von: list[str] | None, last: list[str] | None
) -> None:
    (person,) = read_back(make_paper("made2031x", "T", authors=(author,))).persons["author"]
    if first is not None:
        assert (person.first_names, person.prelast_names, person.last_names) == (first, von, last)


@pytest.mark.slow
@given(identifiers, identifiers)
def test_identifiers_end_no_field(doi: str, arxiv: str) -> None:
    entry = read_back(make_paper("made2031x", "T", links={"doi": doi, "arxiv": arxiv}))
    bare = re.sub(r"[{}\\\s]", "", doi)
    assert entry.fields.get("doi", "") == bare
    assert entry.fields.get("eprint", "") == re.sub(r"[{}\\\s]", "", arxiv)


def test_a_full_paper_has_every_field() -> None:
    links = {"arxiv": "3102.00001", "doi": "10.1/x", "code": "https://example.org/c"}
    known = {"authors": ("Ada Invented", "Bo Made"), "year": 2031, "venue": "Journal of Folds", "venue_year": 2032}
    paper = make_paper("made2031x", "A & B", "An abstract.", links=links, **known)
    entry = read_back(paper)
    assert (entry.type, dict(entry.fields)) == (
        "article",
        {"title": r"{A \& B}", "year": "2032", "journal": "Journal of Folds", "doi": "10.1/x", "eprint": "3102.00001",
         "archiveprefix": "arXiv", "url": "https://doi.org/10.1/x", "abstract": "An abstract."},
    )  # fmt: skip
    (ris,) = rispy.loads(render_ris([paper]))
    assert ris == {
        "type_of_reference": "JOUR",
        "id": "made2031x",
        "title": "A & B",
        "authors": ["Invented, Ada", "Made, Bo"],
        "year": "2032",
        "date": "2032///",
        "secondary_title": "Journal of Folds",
        "abstract": "An abstract.",
        "doi": "10.1/x",
        "accession_number": "arXiv:3102.00001",
        "urls": ["https://doi.org/10.1/x"],
    }
    (csl,) = json.loads(render_csl([paper]))
    assert csl == {
        "id": "made2031x",
        "type": "article-journal",
        "title": "A & B",
        "author": [{"family": "Invented", "given": "Ada"}, {"family": "Made", "given": "Bo"}],
        "issued": {"date-parts": [[2032]]},
        "container-title": "Journal of Folds",
        "DOI": "10.1/x",
        "archive": "arXiv",
        "archive_location": "3102.00001",
        "URL": "https://doi.org/10.1/x",
        "abstract": "An abstract.",
    }


def test_what_is_not_known_is_absent_everywhere() -> None:
    paper = make_paper("cranes", "Cranes")
    assert render_bibtex(paper) == "@misc{cranes,\n  title = {{Cranes}},\n}"
    assert rispy.loads(render_ris([paper])) == [{"type_of_reference": "GEN", "id": "cranes", "title": "Cranes"}]
    assert json.loads(render_csl([paper])) == [{"id": "cranes", "type": "article", "title": "Cranes"}]


@pytest.mark.parametrize("author", ["", " ", "~", ",", "\x00"])
def test_a_blank_name_is_not_an_author(author: str) -> None:
    paper = make_paper("cranes", "Cranes", authors=(author,))
    assert render_bibtex(paper) == "@misc{cranes,\n  title = {{Cranes}},\n}"
    assert "authors" not in rispy.loads(render_ris([paper]))[0]
    assert "author" not in json.loads(render_csl([paper]))[0]


def test_no_paper_is_an_empty_bibliography() -> None:
    assert (render_references([]), render_ris([]), render_csl([])) == ("", "", "[]\n")


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Journal of Folds 7(2)", "article"),
        ("Transactions on Folding", "article"),
        ("ICLR 2031", "inproceedings"),
        ("Findings of ACL 2031", "inproceedings"),
        ("NeurIPS 2031 Workshop on Kelp", "inproceedings"),
        ("an invented web page", "misc"),
        ("Machiavelli Society", "misc"),  # no "CHI", no "ACL"
        (None, "misc"),
        ("", "misc"),
    ],
)
def test_the_venue_tells_the_type(venue: str | None, kind: str) -> None:
    assert entry_type(make_paper("x", "T", venue=venue)) == kind


def test_the_year_of_the_venue_comes_before_that_of_the_first_version() -> None:
    assert "year = {2031}" in render_bibtex(make_paper("x", "T", year=2031))
    assert "year = {2032}" in render_bibtex(make_paper("x", "T", year=2031, venue_year=2032))


ris_text = st.one_of(
    hostile, st.sampled_from(["TY  - JOUR\nER  - \n", "\r\nER  - ", "x\u2028AU  - y", "x\x0bAU  - y", "\x1cT"])
)


@given(st.lists(st.tuples(ris_text, ris_text, ris_text), min_size=1, max_size=4))
def test_ris_gives_any_values_back(rows: list[tuple[str, str, str]]) -> None:
    papers = [make_paper(f"made{n}", title, abstract, venue=venue) for n, (title, abstract, venue) in enumerate(rows)]
    found = rispy.loads(render_ris(papers))
    assert [item["id"] for item in found] == [paper.citekey for paper in papers]
    for item, (title, abstract, venue) in zip(found, rows, strict=True):
        for name, value in (("title", title), ("abstract", abstract), ("secondary_title", venue)):
            assert item.get(name, "").split() == clean(value).split()


@given(st.lists(st.tuples(hostile, hostile), min_size=1, max_size=4))
def test_csl_gives_any_values_back(rows: list[tuple[str, str]]) -> None:
    papers = [make_paper(f"made{number}", title, authors=(author,)) for number, (title, author) in enumerate(rows)]
    for item, (title, author) in zip(json.loads(render_csl(papers)), rows, strict=True):
        assert item.get("title", "").strip() == title.strip()
        parts = [value for name in item.get("author", []) for value in name.values()]
        assert sorted(" ".join(parts).split()) == words_of(author)
