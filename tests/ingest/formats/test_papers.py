"""Parsed papers: each is one record, from TEI, JATS, JSON, HTML and text. All papers are invented."""

from __future__ import annotations

import json

import pytest
from readings import find_reports, read_file, read_single, read_titles, refuse

from litbook.text.repair import repair

ABSTRACT = "We test whether owls hear mice through snow."
TEI = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xml:space="preserve" xmlns="http://www.tei-c.org/ns/1.0" xmlns:xlink="http://www.w3.org/1999/xlink">
 <teiHeader xml:lang="en"><fileDesc>
  <titleStmt><title level="a" type="main">Owls in <hi rend="italic">winter</hi> &amp; snow</title></titleStmt>
  <publicationStmt><availability status="unknown">
   <licence target="https://creativecommons.org/licenses/by/4.0/"/></availability></publicationStmt>
  <sourceDesc><biblStruct><analytic>
   <author role="corresp"><persName><forename type="first">Ben</forename><forename type="middle">A</forename>
    <surname>Kraut</surname></persName><affiliation><orgName>Institute of Owls</orgName></affiliation></author>
   <author><persName><forename type="first">Ada</forename><surname>Moll</surname></persName></author>
   <author><affiliation><orgName>No Name</orgName></affiliation></author>
   <title level="a" type="main">Owls in winter &amp; snow</title></analytic>
   <monogr><title level="j" type="main">Journal of Owls</title><imprint>
    <biblScope unit="volume">3</biblScope><biblScope unit="page" from="10" to="19"/>
    <date type="published" when="2023-02-01">1 February 2023</date></imprint></monogr>
   <idno type="MD5">00</idno><idno type="DOI">10.1000/owls</idno><idno type="arXiv">arXiv:2301.00001v1 [cs.CL]</idno>
  </biblStruct></sourceDesc></fileDesc>
  <encodingDesc><appInfo><application version="0.8.0" ident="GROBID"/></appInfo></encodingDesc>
  <profileDesc><textClass><keywords><term>owls</term><term>snow</term></keywords></textClass>
   <abstract><div><p><s>We test whether owls hear mice</s> <s>through snow.</s></p></div></abstract></profileDesc>
 </teiHeader>
 <text><body><div><head n="1">Introduction</head><p>Owls hunt.</p></div></body>
  <back><div type="references"><listBibl><biblStruct xml:id="b0"><analytic><title>Mice</title></analytic>
   <idno type="DOI">10.1000/mice</idno></biblStruct></listBibl></div></back></text>
</TEI>
"""
JATS = """\
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article"><front>
<journal-meta><journal-title-group><journal-title>Journal of Owls</journal-title></journal-title-group>
<issn pub-type="epub">1234-5678</issn><publisher><publisher-name>Owl Press</publisher-name></publisher></journal-meta>
<article-meta><article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="doi">10.1000/owls</article-id>
<title-group><article-title>Owls in <italic>winter</italic><xref rid="fn1">*</xref></article-title>
<subtitle>CO<sub>2</sub> and snow</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Kraut</surname><given-names>Ben A.</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib>
<contrib contrib-type="author"><collab>The Owl Group<contrib-group><contrib contrib-type="author"><name>
<surname>Member</surname><given-names>One</given-names></name></contrib></contrib-group></collab></contrib>
<contrib contrib-type="editor"><name><surname>Moll</surname><given-names>Ada</given-names></name></contrib>
</contrib-group>
<pub-date pub-type="collection"><year>2023</year></pub-date>
<pub-date pub-type="epub"><day>1</day><month>2</month><year>2023</year></pub-date>
<volume>3</volume><fpage>10</fpage><lpage>19</lpage>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>CC BY</license-p></license>
</permissions>
<abstract abstract-type="graphical"><p>A picture.</p></abstract>
<abstract><title>Abstract</title><sec><title>Background</title><p>Owls hunt&nbsp;in winter.</p></sec>
<sec><title>Methods</title><p>We test <italic>owls</italic> <xref rid="b1">[1]</xref>.</p></sec></abstract>
<kwd-group><kwd>owls</kwd><kwd>snow</kwd></kwd-group></article-meta></front>
<body><sec><title>Introduction</title><p>Owls hunt.</p></sec></body>
<back><ref-list><ref id="b1"><element-citation><article-title>Mice</article-title>
<pub-id pub-id-type="doi">10.1000/mice</pub-id></element-citation></ref></ref-list></back></article>
"""


def test_tei_of_grobid_is_one_record_with_its_header() -> None:
    record = read_single(TEI)
    assert (record.title, record.abstract) == ("Owls in winter & snow", ABSTRACT)
    assert record.authors == ("Ben A Kraut", "Ada Moll")
    assert (record.published, record.venue) == ("2023-02-01", "Journal of Owls")
    assert record.links == {"arxiv": "2301.00001", "doi": "10.1000/owls"}
    assert record.reference.fields["page"] == "10-19"
    assert record.reference.fields["keyword"] == "owls, snow"
    assert record.extra["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert record.extra["parsed by"] == "GROBID 0.8.0"
    assert (record.first_line, record.last_line) == (1, TEI.count("\n"))


def test_an_author_whose_name_was_cut_before_an_accent_is_named_once() -> None:
    author = "<author><persName><forename>Ada</forename><surname>{}</surname></persName></author>"
    cut = author.format("Moll"), author.format("Mollé"), author.format("Mo")
    text = TEI.replace(
        '<author><persName><forename type="first">Ada</forename><surname>Moll</surname></persName></author>',
        "".join(cut),
    )
    assert read_single(text).authors == ("Ben A Kraut", "Ada Mollé", "Ada Mo")


def test_jats_is_one_record_with_its_front_matter() -> None:
    record = read_single(JATS)
    assert repair(record.title).plain == "Owls in winter: CO₂ and snow"
    assert record.abstract == "Background: Owls hunt in winter. Methods: We test owls ."
    assert record.authors == ("Ben A. Kraut", "The Owl Group")
    assert [name.display for name in record.reference.names["editor"]] == ["Ada Moll"]
    assert (record.published, record.venue, record.links) == ("2023-02-01", "Journal of Owls", {"doi": "10.1000/owls"})
    assert record.reference.fields["page"] == "10-19"
    assert record.reference.fields["PMID"] == "123"
    assert record.extra["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_several_papers_in_one_file_are_several_records() -> None:
    articles = "".join(JATS[JATS.index("<article ") :].replace("Owls in", f"Owls {n} in") for n in range(3))
    titles = read_titles(f'<?xml version="1.0"?>\n<pmc-articleset>\n{articles}</pmc-articleset>\n')
    assert [repair(title).plain for title in titles] == [f"Owls {n} in winter: CO₂ and snow" for n in range(3)]


def test_tei_without_a_title_is_known_by_its_doi_and_without_both_reported() -> None:
    bare = "<TEI><teiHeader><fileDesc><sourceDesc><biblStruct>{}</biblStruct></sourceDesc></fileDesc></teiHeader></TEI>"
    record = read_single(bare.format('<idno type="DOI">10.1000/owls</idno>'))
    assert (record.title, record.links) == ("", {"doi": "10.1000/owls"})
    (report,) = find_reports(read_file(bare.format("")))
    assert "without a title and without an identifier" in report


def test_damaged_xml_is_reported_with_its_place() -> None:
    (report,) = find_reports(read_file(TEI.replace("</abstract>", "</abs>")))
    assert "not well-formed (mismatched tag in its line" in report
    (cut,) = find_reports(read_file(TEI[:900]))
    assert "not closed" in cut


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + TEI.partition("?>\n")[2].replace(
        "Owls in", "&b;"
    )
    reading = read_file(bomb)
    assert all("aaaa" not in record.title for record in reading.records)


BODY = [{"text": "Owls hunt.", "section": "Introduction"}]
REFERENCES = {"BIBREF0": {"title": "Mice under snow", "year": 2019, "other_ids": {"DOI": ["10.1000/mice"]}}}
PEOPLE = [{"first": "Ben", "middle": ["A."], "last": "Kraut", "suffix": ""}, {"first": "Ada", "last": "Moll"}]


@pytest.mark.parametrize(
    "paper",
    [
        {"paper_id": "24e6", "metadata": {"title": "Owls in winter", "authors": PEOPLE},
         "abstract": [{"text": ABSTRACT, "section": "Abstract"}], "body_text": BODY, "bib_entries": REFERENCES,
         "ref_entries": {}, "back_matter": []},
        {"paper_id": "1", "title": "Owls in winter", "authors": PEOPLE, "abstract": ABSTRACT, "year": "2023",
         "identifiers": {}, "pdf_parse": {"abstract": [], "body_text": BODY, "bib_entries": REFERENCES}},
        {"paper_id": "1", "header": {"generated_with": "GROBID"}, "title": "Owls in winter", "authors": PEOPLE,
         "abstract": ABSTRACT, "pdf_parse": {"body_text": BODY, "bib_entries": REFERENCES}},
        {"paper_id": "2301.00001", "_source_hash": "0", "discipline": "Biology", "bib_entries": REFERENCES,
         "metadata": {"id": "2301.00001", "title": "Owls in\n winter", "authors": "Ben A. Kraut, Ada Moll",
                      "authors_parsed": [["Kraut", "Ben A.", ""], ["Moll", "Ada", ""]], "license": "CC BY",
                      "versions": [{"created": "Mon, 2 Jan 2023 19:18:42 GMT"}]},
         "abstract": {"section": "Abstract", "text": ABSTRACT}, "body_text": BODY},
        {"level": "paragraph", "biblio": {"title": "Owls in winter", "authors": [{"name": "Ben A. Kraut"},
         {"name": "Ada Moll"}], "abstract": [{"text": ABSTRACT}], "publication_date": "2023-01-02"}, "body_text": BODY},
    ],
    ids=["CORD-19", "S2ORC", "doc2json", "unarXive", "GROBID client"],
)  # fmt: skip
def test_json_of_a_parsed_paper_is_one_record(paper: dict[str, object]) -> None:
    for text in (json.dumps(paper), json.dumps(paper, indent=1)):
        record = read_single(text, "x.json")
        assert (record.title, record.abstract) == ("Owls in winter", ABSTRACT)
        assert record.authors == ("Ben A. Kraut", "Ada Moll")
        assert "doi" not in record.links
    assert read_titles(f"{json.dumps(paper)}\n{json.dumps(paper)}\n") == ["Owls in winter"] * 2


def test_what_unarxive_knows_of_a_paper_is_taken() -> None:
    meta = {"id": "2301.00001", "title": "Owls", "license": "CC BY", "doi": "10.1000/owls", "abstract": "x"}
    record = read_single(json.dumps({"paper_id": "2301.00001", "metadata": meta, "body_text": [], "bib_entries": {}}))
    assert record.links == {"arxiv": "2301.00001", "doi": "10.1000/owls"}
    assert record.extra["licence"] == "CC BY"


def test_the_new_s2orc_is_read_by_its_annotations() -> None:
    text = f"Owls in winter\nBen Kraut\nAda Moll\n{ABSTRACT}\nOwls hunt."

    def mark(*words: str) -> str:
        return json.dumps([{"start": text.index(word), "end": text.index(word) + len(word)} for word in words])

    marks = {"title": mark("Owls in winter"), "author": mark("Ben Kraut", "Ada Moll"), "abstract": mark(ABSTRACT)}
    ids = {"arxiv": "2301.00001", "mag": None, "doi": "10.1000/owls"}
    source = {"oainfo": {"license": "CCBY", "status": "GOLD"}}
    content = {"source": source, "text": text, "annotations": {**marks, "paragraph": "[]"}}
    record = read_single(json.dumps({"corpusid": 1, "externalids": ids, "content": content}))
    assert (record.title, record.abstract) == ("Owls in winter", ABSTRACT)
    assert (record.authors, record.links) == (("Ben Kraut", "Ada Moll"), {"arxiv": "2301.00001", "doi": "10.1000/owls"})


PARSED = f"""\
# Owls in winter

Ben Kraut, Ada Moll

Institute of Owls, ben@owls.example

arXiv:2301.00001v1 [q-bio.PE] 2 Jan 2023

## Abstract

{ABSTRACT}

## 1 Introduction

Owls hunt in winter [1].

<!-- image -->

| Depth | Found |
|---|---|
| 10 cm | 92% |

## References

- [1] Cora Lind. Mice under snow. 2019. https://doi.org/10.1000/mice
"""


@pytest.mark.parametrize(
    "text",
    [
        PARSED,
        PARSED.replace("# Owls", "## Owls"),
        PARSED.replace("## Abstract\n\n", "**Abstract** — ").replace("## 1 Introduction", "## **1. Introduction**"),
        PARSED.replace("## Abstract\n\n", "Abstract. ").replace("## ", "").replace("# ", ""),
        PARSED.replace("Ben Kraut, Ada Moll", "Ben Kraut<sup>1</sup>, Ada Moll<sup>1,2</sup>"),
        PARSED.replace("Ben Kraut, Ada Moll", "Ben Kraut\n\nAda Moll"),
        PARSED[: PARSED.index("## 1 Introduction")] + "Keywords: owls\n\n## Introduction\n\nOwls hunt at night.\n",
    ],
)
def test_a_parsed_paper_as_text_is_one_record_of_low_trust(text: str) -> None:
    reading = read_file(text, "x.md")
    (record,) = reading.records
    assert (record.title, record.abstract) == ("Owls in winter", ABSTRACT)
    assert (record.authors, record.links) == (("Ben Kraut", "Ada Moll"), {"arxiv": "2301.00001"})
    assert record.extra["trust"] == "low"
    assert find_reports(reading) == [
        "title, authors and abstract come from a text that was parsed from a PDF; compare them with the paper"
    ]


def test_docling_marker_and_mineru_are_read_by_their_blocks() -> None:
    blocks = [("title", "Owls in winter"), ("text", "Ben Kraut, Ada Moll"), ("section_header", "Abstract")]
    blocks += [("text", ABSTRACT), ("section_header", "1 Introduction"), ("text", "Owls hunt.")]
    texts = [{"label": label, "text": text} for label, text in [*blocks[:4], ("page_footer", "3"), *blocks[4:]]]
    docling = {"schema_name": "DoclingDocument", "version": "1.0.0", "name": "owls", "texts": texts}
    kinds = {"title": "SectionHeader", "section_header": "SectionHeader", "text": "Text"}
    children = [{"block_type": kinds[label], "html": f"<p>{text}</p>", "children": None} for label, text in blocks]
    marker = {"block_type": "Document", "children": [{"block_type": "Page", "children": children}]}
    levels = {"title": {"text_level": 1}, "section_header": {"text_level": 1}, "text": {}}
    mineru = [{"type": "text", "text": text, "page_idx": 0, **levels[label]} for label, text in blocks]
    for paper in (docling, marker, mineru):
        record = read_single(json.dumps(paper))
        assert (record.title, record.abstract) == ("Owls in winter", ABSTRACT)
        assert (record.authors, record.extra["trust"]) == (("Ben Kraut", "Ada Moll"), "low")


def test_the_html_of_latexml_is_one_record() -> None:
    page = f"""\
<!DOCTYPE html><html lang="en"><head><title>Owls in winter</title><base href="/html/2301.00001v1/"/></head><body>
<article class="ltx_document"><h1 class="ltx_title ltx_title_document">Owls in <em class="ltx_emph">winter</em></h1>
<div class="ltx_authors"><span class="ltx_creator ltx_role_author"><span class="ltx_personname">Ben Kraut<sup>1</sup>
</span></span><span class="ltx_creator"><span class="ltx_personname">Ada Moll</span></span></div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6><p class="ltx_p">{ABSTRACT}</p></div>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">1 Introduction</h2><p>Owls hunt.</p></section>
<a href="https://arxiv.org/abs/2209.99999">[1]</a></article></body></html>
"""
    record = read_single(page)
    assert (record.title, record.abstract, record.authors) == ("Owls in winter", ABSTRACT, ("Ben Kraut", "Ada Moll"))
    assert record.links == {"arxiv": "2301.00001"}


def test_a_page_that_states_its_paper_in_meta_tags_is_one_record() -> None:
    tags = {"title": "Owls in winter", "author": "Kraut, Ben", "journal_title": "Journal of Owls", "abstract": ABSTRACT}
    tags |= {"doi": "10.1000/owls", "publication_date": "2023/02/01", "firstpage": "10", "lastpage": "19"}
    meta = "".join(f'<meta name="citation_{name}" content="{value}">\n' for name, value in tags.items())
    record = read_single(
        f"<!doctype html>\n<html><head>{meta}<meta name='citation_author' content='Moll, Ada'/></head></html>"
    )
    assert (record.title, record.abstract, record.authors) == ("Owls in winter", ABSTRACT, ("Ben Kraut", "Ada Moll"))
    assert (record.published, record.venue, record.links) == ("2023-02-01", "Journal of Owls", {"doi": "10.1000/owls"})


def test_notes_with_headings_are_not_a_paper() -> None:
    assert refuse("# Notes\n\n## Introduction\n\nOwls hunt in winter.\n\n## Results\n\nThey hear mice.\n").what


def test_a_page_states_its_paper_without_quotes_too() -> None:
    page = (
        '<!doctype html><html><head><meta content="Owls in winter" name=citation_title><meta content="Ben Kraut" '
        'name=citation_author><meta content="10.1000/owls" name=citation_doi></head><body><a '
        "href=https://aclanthology.org/2021.naacl-main.1>Owls</a></body></html>"
    )
    record = read_single(page)
    assert (record.title, record.authors, record.links["doi"]) == ("Owls in winter", ("Ben Kraut",), "10.1000/owls")
