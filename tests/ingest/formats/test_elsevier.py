"""Elsevier's XML in the four shapes in which people hold it. All papers are invented."""

from __future__ import annotations

import pytest
from readings import find_reports, read_file, read_single

from litbook.ingest.fulltext.choice import is_parsed_paper, read_full_text
from litbook.text.repair import repair

NAMES = (
    'xmlns="http://www.elsevier.com/xml/svapi/article/dtd" xmlns:ce="http://www.elsevier.com/xml/common/dtd" '
    'xmlns:ja="http://www.elsevier.com/xml/ja/dtd" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:sb="http://www.elsevier.com/xml/common/struct-bib/dtd" xmlns:xocs="http://www.elsevier.com/xml/xocs/dtd"'
)
CORE = """\
<coredata><prism:url>https://api.example/content/article/pii/S0000</prism:url>
<dc:identifier>doi:10.1016/j.owl.2030.01.002</dc:identifier><prism:doi>10.1016/j.owl.2030.01.002</prism:doi>
<dc:title>Owls that hear mice in CO2 snow </dc:title><prism:publicationName>Journal of Owls</prism:publicationName>
<prism:aggregationType>Journal</prism:aggregationType><prism:issn>12345678</prism:issn><prism:volume>7</prism:volume>
<prism:pageRange>10-19</prism:pageRange><prism:coverDate>2030-11-15</prism:coverDate>
<prism:publisher>Owl Press</prism:publisher>
<dc:creator>Kraut, Ben A.</dc:creator><dc:creator>Moll, Ada</dc:creator>
<dc:description>
   Abstract

   We test whether owls hear mice.
</dc:description><openaccessUserLicense>http://creativecommons.org/licenses/by/4.0/</openaccessUserLicense>
<dcterms:subject>owls</dcterms:subject><dcterms:subject>snow</dcterms:subject></coredata>
"""
ARTICLE = """\
<ja:article version="5.1" xml:lang="en" docsubtype="fla"><ja:item-info><ja:jid>OWL</ja:jid>
<ce:doi>10.1016/j.owl.2030.01.002</ce:doi><ce:copyright type="unknown" year="2030"/></ja:item-info>
<ja:head><ce:dochead><ce:textfn>Review</ce:textfn></ce:dochead>
<ce:title>Owls that hear mice in CO<ce:inf loc="post">2</ce:inf> snow<ce:footnote><ce:note-para>Funded by
no one.</ce:note-para></ce:footnote></ce:title>
<ce:author-group><ce:author orcid="0000"><ce:given-name>Ben A.</ce:given-name><ce:surname>Kraut</ce:surname>
<ce:cross-ref refid="aff1"><ce:sup>a</ce:sup></ce:cross-ref></ce:author>
<ce:author><ce:given-name>Ada</ce:given-name><ce:surname>Moll</ce:surname></ce:author>
<ce:collaboration><ce:text>The Owl Group</ce:text></ce:collaboration>
<ce:affiliation id="aff1"><ce:textfn>Institute of Owls</ce:textfn></ce:affiliation></ce:author-group>
<ce:abstract class="author-highlights"><ce:section-title>Highlights</ce:section-title><ce:abstract-sec>
<ce:simple-para>Owls hear.</ce:simple-para></ce:abstract-sec></ce:abstract>
<ce:abstract class="author" xml:lang="en"><ce:section-title>Abstract</ce:section-title>
<ce:abstract-sec><ce:section-title>Background</ce:section-title>
<ce:simple-para>Owls hunt in winter.</ce:simple-para></ce:abstract-sec>
<ce:abstract-sec><ce:section-title>Methods</ce:section-title>
<ce:simple-para>We test <ce:italic>owls</ce:italic>.</ce:simple-para></ce:abstract-sec></ce:abstract>
<ce:keywords class="keyword"><ce:section-title>Keywords</ce:section-title><ce:keyword><ce:text>hearing</ce:text>
</ce:keyword></ce:keywords></ja:head>
<ja:body><ce:sections><ce:section id="s1"><ce:label>1</ce:label><ce:section-title>Introduction</ce:section-title>
<ce:para>Owls hunt <ce:cross-ref refid="bib1">[1]</ce:cross-ref>.<ce:float-anchor refid="fig1"/></ce:para>
<ce:para>Mice have feet <ce:cross-refs refid="bib1 bib3">[1,3]</ce:cross-refs>.</ce:para></ce:section>
<ce:section id="s2"><ce:section-title>Methods</ce:section-title><ce:section><ce:section-title>Birds</ce:section-title>
<ce:para>All were wild.<ce:list><ce:list-item><ce:label>•</ce:label><ce:para>Three owls.</ce:para></ce:list-item>
</ce:list></ce:para></ce:section></ce:section></ce:sections>
<ce:acknowledgment><ce:section-title>Acknowledgments</ce:section-title><ce:para>We thank mice.</ce:para>
</ce:acknowledgment></ja:body>
<ja:floats><ce:figure id="fig1"><ce:label>Fig. 1</ce:label><ce:caption><ce:simple-para>An owl above the snow.
</ce:simple-para></ce:caption></ce:figure></ja:floats>
<ja:tail><ce:bibliography><ce:section-title>References</ce:section-title><ce:bibliography-sec>
<ce:bib-reference id="bib1"><ce:label>[1]</ce:label><sb:reference><sb:contribution><sb:authors><sb:author>
<ce:given-name>A.</ce:given-name><ce:surname>Moll</ce:surname></sb:author></sb:authors>
<sb:title><sb:maintitle>Mice under snow</sb:maintitle></sb:title></sb:contribution><sb:host><sb:issue><sb:series>
<sb:title><sb:maintitle>J. Mice</sb:maintitle></sb:title></sb:series><sb:date>2019</sb:date></sb:issue>
<ce:doi>10.1000/Mice</ce:doi></sb:host></sb:reference></ce:bib-reference>
<ce:bib-reference id="bib2"><ce:label>[2]</ce:label><ce:other-ref><ce:textref>C. Lind, Owls, unpublished, 2003.
</ce:textref></ce:other-ref></ce:bib-reference>
<ce:bib-reference id="bib3"><ce:label>[3]</ce:label>
<sb:reference><sb:contribution><sb:authors><sb:author><ce:surname>Poe</ce:surname></sb:author></sb:authors>
</sb:contribution><sb:host><sb:issue><sb:series><sb:title><sb:maintitle>J. Feet</sb:maintitle></sb:title></sb:series>
<sb:date>1984</sb:date></sb:issue></sb:host></sb:reference>
<sb:reference><sb:contribution><sb:title><sb:maintitle>Feet</sb:maintitle></sb:title></sb:contribution><sb:host>
<sb:edited-book><sb:title><sb:maintitle>All feet</sb:maintitle></sb:title><sb:date>1986</sb:date></sb:edited-book>
</sb:host></sb:reference></ce:bib-reference></ce:bibliography-sec></ce:bibliography></ja:tail></ja:article>
"""
SERVICE = (
    f"<full-text-retrieval-response {NAMES}>{CORE}<originalText><xocs:doc><xocs:serial-item>{ARTICLE}"
    "</xocs:serial-item></xocs:doc></originalText></full-text-retrieval-response>"
)
CONSYN = (
    f'<doc:document xmlns:doc="http://www.elsevier.com/xml/document/schema" {NAMES}><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description>'
    "<dct:title>Owls</dct:title><dct:creator>Ben A. Kraut</dct:creator><dct:description>Journal of Owls 7 (2030) 10-19."
    "</dct:description><prism:publicationName>Journal of Owls</prism:publicationName>"
    "<prism:coverDate>2030-11-15</prism:coverDate><prism:volume>7</prism:volume><prism:pageRange>10-19</prism:pageRange>"
    f"</rdf:Description></rdf:RDF>{ARTICLE}</doc:document>"
)


@pytest.mark.parametrize("text", [SERVICE, CONSYN], ids=["service", "ConSyn"])
def test_an_article_is_one_record_with_its_header_and_what_the_frame_says(text: str) -> None:
    record = read_single(text)
    assert repair(record.title).plain == "Owls that hear mice in CO₂ snow"
    assert record.authors == ("Ben A. Kraut", "Ada Moll", "The Owl Group")
    assert record.abstract == "Background: Owls hunt in winter. Methods: We test owls."
    assert (record.published, record.venue) == ("2030-11-15", "Journal of Owls")
    assert record.links == {"doi": "10.1016/j.owl.2030.01.002"}
    assert (record.reference.fields["page"], record.reference.fields["volume"]) == ("10-19", "7")
    assert record.reference.fields["keyword"] == "hearing"
    assert is_parsed_paper(record)


def test_an_article_without_a_frame_has_the_year_of_its_copyright() -> None:
    root = ARTICLE.replace("<ja:article ", f"<ja:article {NAMES} ", 1)
    record = read_single(f'<?xml version="1.0"?>\n{root}')
    assert (record.published, record.venue, record.links) == ("2030", None, {"doi": "10.1016/j.owl.2030.01.002"})


def test_a_description_without_the_article_is_read_from_the_service() -> None:
    record = read_single(f"<full-text-retrieval-response {NAMES}>{CORE}</full-text-retrieval-response>")
    assert (record.title, record.abstract) == ("Owls that hear mice in CO2 snow", "We test whether owls hear mice.")
    assert record.authors == ("Ben A. Kraut", "Ada Moll")
    assert record.reference.fields["keyword"] == "owls, snow"
    assert record.extra["licence"] == "http://creativecommons.org/licenses/by/4.0/"


def test_what_names_no_paper_is_reported() -> None:
    (report,) = find_reports(read_file(f"<xocs:doc {NAMES}><xocs:meta/><ce:para>Owls.</ce:para></xocs:doc>"))
    assert "without a title" in report


def test_the_text_has_sections_marks_captions_and_references() -> None:
    text = read_full_text(read_single(SERVICE))
    assert text is not None
    assert [(section.heading, section.level, section.role) for section in text.sections] == [
        ("Introduction", 1, "introduction"),
        ("Methods", 1, "methods"),
        ("Birds", 2, "methods"),
        ("Acknowledgments", 1, "acknowledgements"),
    ]
    first, second = text.sections[0].passages
    assert (first.text, second.text) == ("Owls hunt [1].", "Mice have feet [1,3].")
    assert [text.references[at].title for _, at in (*first.marks, *second.marks)] == ["Mice under snow"] * 2 + [""]
    assert text.sections[2].passages[0].text == "All were wild. Three owls."
    mice, owls, poe, feet = text.references
    assert (mice.title, mice.year, mice.author, mice.links) == (
        "Mice under snow", 2019, "Moll", {"doi": "10.1000/mice"}
    )  # fmt: skip
    assert (owls.title, owls.year, owls.text) == ("", 2003, "C. Lind, Owls, unpublished, 2003.")
    assert (poe.author, poe.year, poe.title) == ("Poe", 1984, "")
    assert (feet.title, feet.year) == ("Feet", 1986)
    assert text.captions == ("An owl above the snow.",)
