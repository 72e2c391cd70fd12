"""The text of parsed papers: sections with roles, references, and where they are cited. All papers are invented."""

from __future__ import annotations

import json

import pytest
from parsedpapers import THEORY, Owl, write_tei
from readings import read_single

from litbook.ingest.fulltext.choice import is_parsed_paper, read_full_text
from litbook.ingest.fulltext.headings import assign_roles, plain_heading, role_of
from litbook.model.fulltext import FullText

HEADINGS = [
    ("2.1 Data", "Data"),
    ("II. Methods", "Methods"),
    ("3 Results", "Results"),
    ("A.2 Proofs", "Proofs"),
    ("1. introduction", "introduction"),
    ("A model of snow", "A model of snow"),
    ("24 hours later", "24 hours later"),
    ("E. coli below snow", "E. coli below snow"),
    ("Assays on p-nitrophenyl (pNP) esters and NOX in owls", "Assays on p-nitrophenyl (pNP) esters and NOX in owls"),
]


@pytest.mark.parametrize(("written", "plain"), HEADINGS)
def test_headings_lose_their_number_and_nothing_else(written: str, plain: str) -> None:
    assert plain_heading(written) == plain


def test_what_litbook_keeps_of_a_parsed_paper_is_a_reference_however_long_its_abstract_is() -> None:
    kept = {"licence": "CC BY", "parsed by": "JATS", "type": "article-journal", "title": "Owls", "DOI": "10.1000/owls"}
    assert not is_parsed_paper(
        read_single(json.dumps([{**kept, "abstract": "Owls hear. " * 400}], indent=1), "x.csl.json")
    )


SECTIONS = [
    ("Introduction", "introduction"),
    ("Methods", "methods"),
    ("Birds", "methods"),
    ("Limitations", "limitations"),
]


def read_text(text: str, name: str = "x") -> FullText:
    record = read_single(text, name)
    assert is_parsed_paper(record)
    found = read_full_text(record)
    assert found is not None
    return found


def headings_of(text: FullText) -> list[tuple[str, str]]:
    return [(section.heading, section.role) for section in text.sections]


def marks_of(text: FullText) -> list[tuple[str, str]]:
    """Return the words before each citation, and the title or the printed entry that is cited."""
    return [
        (passage.text[:at].split()[-1], text.references[reference].title or text.references[reference].text)
        for section in text.sections
        for passage in section.passages
        for at, reference in passage.marks
    ]


def test_tei_has_sections_references_marks_and_captions() -> None:
    text = read_text(write_tei(Owl(1)))
    assert headings_of(text) == SECTIONS
    assert [section.level for section in text.sections] == [1, 1, 2, 1]
    first, theory = text.references
    assert (first.title, first.year, first.author, first.links) == (Owl(0).title, 2010, "Kraut0", {"doi": Owl(0).doi})
    assert (theory.title, theory.year) == THEORY[::2]
    assert marks_of(text) == [("winter", Owl(0).title), ("[1]", THEORY[0])]
    assert text.captions == ("Figure 1. An owl above the snow. It waits.",)
    assert text.tool == "GROBID 0.8.0"


JATS = """\
<article><front><article-meta><article-id pub-id-type="doi">10.1000/owls</article-id>
<title-group><article-title>Owls in winter</article-title></title-group></article-meta></front>
<body><sec><title>1. Introduction</title><p>Owls hunt <xref ref-type="bibr" rid="r1">1</xref>.</p></sec>
<sec sec-type="methods"><title>Methods</title><sec><title>Birds</title><p>All were <italic>wild</italic>.</p>
<fig id="f1"><caption><title>An owl above the snow.</title><p>It waits.</p></caption></fig></sec></sec>
<sec><title>Limitations</title><p>Three owls.</p></sec></body>
<back><ref-list><ref id="r1"><element-citation><person-group><name><surname>Moll</surname></name></person-group>
<article-title>Mice under snow</article-title><year>2019</year><pub-id pub-id-type="doi">10.1000/Mice</pub-id>
</element-citation></ref><ref id="r2"><mixed-citation>Lind C. Feet of mice. 2003. doi:10.1000/feet.</mixed-citation>
</ref></ref-list></back></article>
"""


def test_jats_has_sections_below_sections_and_both_forms_of_references() -> None:
    text = read_text(JATS)
    assert headings_of(text) == SECTIONS
    mice, feet = text.references
    assert (mice.title, mice.year, mice.author, mice.links) == (
        "Mice under snow",
        2019,
        "Moll",
        {"doi": "10.1000/mice"},
    )
    assert (feet.title, feet.year, feet.links) == ("", 2003, {"doi": "10.1000/feet"})
    assert feet.text.startswith("Lind C. Feet of mice.")
    assert marks_of(text) == [("hunt", "Mice under snow")]
    assert text.captions == ("An owl above the snow.",)


def test_a_range_of_citations_cites_what_is_between_its_ends() -> None:
    ends = (
        '<sup><xref rid="r1">1</xref>–<xref rid="r3">3</xref></sup>',
        '[<xref rid="r1">1</xref>-<xref rid="r3">3</xref>]',
    )
    listed = "".join(f'<ref id="r{at}"><mixed-citation>Mice {at}.</mixed-citation></ref>' for at in (1, 2, 3))
    for said in ends:
        cited = f'Owls hunt {said}, unlike <xref rid="r1">1</xref> and <xref rid="r3">3</xref>.'
        text = read_text(
            JATS.replace('Owls hunt <xref ref-type="bibr" rid="r1">1</xref>.', cited)
            .replace("<ref-list>", f"<ref-list>{listed}")
            .replace('<ref id="r1"><element', '<ref id="r9"><element')
        )
        assert [text.references[number].text for _, number in text.sections[0].passages[0].marks] == [
            "Mice 1.",
            "Mice 2.",
            "Mice 3.",
            "Mice 1.",
            "Mice 3.",
        ]


BODY = [
    {"section": "Introduction", "text": "Owls hunt [1].", "cite_spans": [{"start": 10, "end": 13, "ref_id": "B0"}]},
    {"section": "Introduction", "text": "They wait."},
    {"section": "Limitations", "text": "Three owls."},
]
ENTRIES = {"B0": {"title": "Mice under snow", "year": 2019, "authors": [{"first": "Ada", "last": "Moll"}],
                  "other_ids": {"DOI": ["10.1000/mice"]}}}  # fmt: skip


@pytest.mark.parametrize(
    "paper",
    [
        {"paper_id": "1", "metadata": {"title": "Owls"}, "abstract": [], "body_text": BODY, "bib_entries": ENTRIES,
         "ref_entries": {"F0": {"text": "An owl.", "type": "figure"}}, "back_matter": []},
        {"paper_id": "1", "title": "Owls", "pdf_parse": {"body_text": BODY, "bib_entries": ENTRIES,
         "ref_entries": {"F0": {"text": "An owl."}}}},
    ],
    ids=["CORD-19", "S2ORC"],
)  # fmt: skip
def test_json_groups_its_paragraphs_by_section(paper: dict[str, object]) -> None:
    text = read_text(json.dumps(paper), "x.json")
    assert headings_of(text) == [("Introduction", "introduction"), ("Limitations", "limitations")]
    assert [len(section.passages) for section in text.sections] == [2, 1]
    assert marks_of(text) == [("hunt", "Mice under snow")]
    assert (text.references[0].author, text.captions) == ("Moll", ("An owl.",))


def test_unarxive_has_printed_references_with_identifiers() -> None:
    body = [{"section": "Introduction", "sec_number": "1", "content_type": "paragraph",
             "text": "Owls hunt {{cite:ab}} .",
             "cite_spans": [{"start": 10, "end": 21, "text": "{{cite:ab}}", "ref_id": "ab"}]}]  # fmt: skip
    entry = {
        "bib_entry_raw": "A. Moll, Mice under snow, 2019.",
        "contained_arXiv_ids": [{"id": "1901.00001"}],
        "ids": {},
    }
    paper = {"paper_id": "2301.00001", "discipline": "Biology", "metadata": {"title": "Owls"}, "body_text": body,
             "bib_entries": {"ab": entry}}  # fmt: skip
    text = read_text(json.dumps(paper), "x.json")
    (listed,) = text.references
    assert (listed.links, listed.year) == ({"arxiv": "1901.00001"}, 2019)
    assert marks_of(text) == [("hunt", "A. Moll, Mice under snow, 2019.")]
    assert text.sections[0].passages[0].text == "Owls hunt ."


def test_the_new_s2orc_is_cut_by_its_annotations() -> None:
    whole = "Owls\n1 Introduction\nOwls hunt [1].\nA. Moll. Mice under snow. 2019."

    def mark(word: str, **attributes: str) -> str:
        start = whole.index(word)
        return json.dumps([{"start": start, "end": start + len(word), "attributes": attributes}])

    named = {"title": mark("Owls"), "sectionheader": mark("1 Introduction"), "paragraph": mark("Owls hunt [1]."),
             "bibref": mark("[1]", ref_id="b0"), "bibentry": mark("A. Moll. Mice under snow. 2019.", id="b0"),
             "bibtitle": mark("Mice under snow")}  # fmt: skip
    text = read_text(json.dumps({"corpusid": 1, "content": {"text": whole, "annotations": named}}), "x.json")
    assert headings_of(text) == [("Introduction", "introduction")]
    assert marks_of(text) == [("hunt", "Mice under snow")]
    assert text.references[0].year == 2019


def test_the_html_of_latexml_is_read_by_its_classes() -> None:
    page = """\
<!DOCTYPE html><html><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Owls</h1>
<div class="ltx_abstract"><p class="ltx_p">An abstract.</p></div>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">1 </span>
Introduction</h2><div class="ltx_para"><p class="ltx_p">Owls hunt <cite class="ltx_cite">[<a class="ltx_ref"
href="#bib.bib1">1</a>]</cite> below <math alttext="x_1"><mi>x</mi></math>.</p></div>
<figure><figcaption class="ltx_caption"><span class="ltx_tag">Figure 1: </span>An owl.</figcaption></figure></section>
<section class="ltx_bibliography"><ul><li class="ltx_bibitem" id="bib.bib1"><span class="ltx_bibblock">A. Moll.</span>
<span class="ltx_bibblock">Mice under snow. arXiv:1901.00001, 2019.</span></li></ul></section></article></body></html>
"""
    text = read_text(page, "x.html")
    assert headings_of(text) == [("Introduction", "introduction")]
    assert text.sections[0].passages[0].text == "Owls hunt [1] below x_1."
    assert (text.references[0].links, text.references[0].year) == ({"arxiv": "1901.00001"}, 2019)
    assert marks_of(text) == [("[", "A. Moll. Mice under snow. arXiv:1901.00001, 2019.")]
    assert text.captions == ("Figure 1: An owl.",)


MARKDOWN = """\
# Owls in winter

## Abstract

We test owls.

## 1 Introduction

Owls hunt [1, 3–4] in an interval of [0, 200]
of metres.

Figure 1: An owl above the snow.

## 2 Methods

### 2.1 Birds

All were wild [2].

## Limitations

Three owls.

## References

- [1] A. Moll. Mice under snow. 2019. https://doi.org/10.1000/mice
- [2] C. Lind. Feet of mice. 2003.
- [3] D. Berg. Snow as
a medium. 1999.
- [4] E. Wald. arXiv:1901.00001v2, 2019.
"""


def test_markdown_is_read_by_its_headings_and_numbers() -> None:
    text = read_text(MARKDOWN, "x.md")
    assert headings_of(text) == SECTIONS
    assert len(text.references) == 4
    assert text.references[2].text == "D. Berg. Snow as a medium. 1999."
    assert [listed.links for listed in text.references] == [{"doi": "10.1000/mice"}, {}, {}, {"arxiv": "1901.00001"}]
    assert [words for words, _ in marks_of(text)] == ["hunt", "hunt", "hunt", "wild"]
    assert text.captions == ("Figure 1: An owl above the snow.",)


def test_damaged_text_gives_nothing_and_no_error() -> None:
    for text in (write_tei(Owl(1)), JATS, MARKDOWN):
        for end in range(0, len(text), 97):
            for record in [read_single(text)]:
                cut = type(record)(**{**{name: getattr(record, name) for name in record.__slots__}, "raw": text[:end]})
                read_full_text(cut)


@pytest.mark.parametrize(
    ("heading", "plain", "role"),
    [
        ("2. MATERIALS AND METHODS", "MATERIALS AND METHODS", "methods"),
        ("IV. Experimental results", "Experimental results", "results"),
        ("5 Strengths and limitations", "Strengths and limitations", "limitations"),
        ("Data Availability Statement", "Data Availability Statement", "availability"),
        ("A. Proofs", "Proofs", ""),
        ("**3.1 Owls**", "Owls", ""),
        ("Conclusion and future work", "Conclusion and future work", "conclusion"),
    ],
)
def test_headings_lose_their_numbers_and_have_roles(heading: str, plain: str, role: str) -> None:
    assert (plain_heading(heading), role_of(heading)) == (plain, role)


def test_a_section_without_a_role_has_that_of_the_section_above_it() -> None:
    assert assign_roles([(1, "Methods"), (2, "Owls"), (3, "Mice"), (1, "Snow")]) == [
        "methods",
        "methods",
        "methods",
        "",
    ]
