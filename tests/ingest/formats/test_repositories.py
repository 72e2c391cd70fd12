"""What libraries and repositories give out: MARCXML, Dublin Core and answers of OAI-PMH. All papers are invented."""

from __future__ import annotations

import pytest
from readings import find_reports, read_file, read_single

from litbook.ingest.formats.choice import Refused, choose

ANSWER = """\
<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2031-01-15T14:02:03Z</responseDate><request verb="ListRecords">https://owls.example/oai</request>
<ListRecords>
{}
<resumptionToken>next</resumptionToken></ListRecords></OAI-PMH>
"""
RECORD = """<record><header><identifier>oai:owls.example:{number}</identifier><datestamp>2031-01-14</datestamp></header>
<metadata>{said}</metadata></record>"""

MARC = """\
<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim" type="Bibliographic">
<marc:leader>00000nab a2200000 a 4500</marc:leader><marc:controlfield tag="001">4711</marc:controlfield>
<marc:datafield tag="024" ind1="7" ind2=" "><marc:subfield code="a">10.1000/owls.4711</marc:subfield>
<marc:subfield code="2">doi</marc:subfield></marc:datafield>
<marc:datafield tag="100" ind1="1" ind2=" "><marc:subfield code="a">Kraut, Ben,</marc:subfield>
<marc:subfield code="d">1990-</marc:subfield></marc:datafield>
<marc:datafield tag="245" ind1="1" ind2="0"><marc:subfield code="a">Owls in snow :</marc:subfield>
<marc:subfield code="b">how they hear mice /</marc:subfield>
<marc:subfield code="c">Ben Kraut.</marc:subfield></marc:datafield>
<marc:datafield tag="260" ind1=" " ind2=" "><marc:subfield code="a">Oslo :</marc:subfield>
<marc:subfield code="b">Owl Press,</marc:subfield><marc:subfield code="c">c2029.</marc:subfield></marc:datafield>
<marc:datafield tag="520" ind1=" " ind2=" ">
<marc:subfield code="a">Owls hear mice at $5$ kHz.</marc:subfield></marc:datafield>
<marc:datafield tag="650" ind1=" " ind2="0"><marc:subfield code="a">Owls.</marc:subfield></marc:datafield>
<marc:datafield tag="653" ind1=" " ind2=" "><marc:subfield code="a">Hearing</marc:subfield></marc:datafield>
<marc:datafield tag="700" ind1="1" ind2=" "><marc:subfield code="a">Roe, Ada.</marc:subfield></marc:datafield>
<marc:datafield tag="700" ind1="1" ind2=" "><marc:subfield code="a">Poe, Cy,</marc:subfield>
<marc:subfield code="e">editor.</marc:subfield></marc:datafield>
<marc:datafield tag="773" ind1="0" ind2=" "><marc:subfield code="t">Annals of Owls.</marc:subfield>
<marc:subfield code="g">Vol. 25, no. 11 (2029), p. 149-158</marc:subfield>
<marc:subfield code="x">1234-5678</marc:subfield></marc:datafield>
</marc:record>"""

DUBLIN_CORE = """\
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Mice under snow</dc:title><dc:title>Mus sub nive</dc:title>
<dc:creator>Roe, Ada (Owl University); van Poe, Cy (Snow Institute)</dc:creator>
<dc:subject>Mice</dc:subject><dc:subject>Snow</dc:subject>
<dc:description>Mice live under snow. We follow forty of them over three winters in an invented valley,
and count how often owls find them there, with and without wind.</dc:description>
<dc:description>12 pages</dc:description>
<dc:publisher>Owl Press</dc:publisher><dc:date>2030-03-19T21:09:30Z</dc:date><dc:date>2029-11</dc:date>
<dc:type>info:eu-repo/semantics/article</dc:type>
<dc:identifier>https://owls.example/article/7</dc:identifier><dc:identifier>10.1000/mice.7</dc:identifier>
<dc:source>Journal of Mice; Vol. 3, No. 2 (2029): Winter; 12-19</dc:source><dc:source>2345-678X</dc:source>
<dc:language>eng</dc:language><dc:rights>https://creativecommons.org/licenses/by/4.0</dc:rights></oai_dc:dc>"""

ARXIV = """\
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>3101.00001</id><created>2031-01-02</created>
<updated>2031-05-06</updated>
<authors><author><keyname>Owl Collaboration</keyname></author><author><keyname>:</keyname></author>
<author><keyname>Kraut</keyname><forenames>Ben A.</forenames><suffix>Jr</suffix></author></authors>
<title>Snow at $5\\,$K</title><categories>hep-ex physics.ins-det</categories>
<journal-ref>Ann. Owls 3 (2031) 12</journal-ref>
<doi>10.1000/snow</doi><license>http://creativecommons.org/licenses/by/4.0/</license>
<abstract>  Snow is cold.
</abstract></arXiv>"""


def answer(*said: str) -> str:
    return ANSWER.format("\n".join(RECORD.format(number=at, said=one) for at, one in enumerate(said)))


@pytest.mark.parametrize("text", [answer(MARC), MARC, f"<collection>{MARC.replace('marc:', '')}</collection>"])
def test_marcxml_is_read_alone_in_a_collection_and_in_an_answer(text: str) -> None:
    owls = read_single(text)
    assert owls.title == "Owls in snow: how they hear mice"
    assert owls.authors == ("Ben Kraut", "Ada Roe")
    assert [name.display for name in owls.reference.names["editor"]] == ["Cy Poe"]
    assert (owls.year, owls.venue, owls.links) == (2029, "Annals of Owls", {"doi": "10.1000/owls.4711"})
    assert owls.abstract == "Owls hear mice at 5 kHz."
    fields = owls.reference.fields
    assert (fields["volume"], fields["issue"], fields["page"]) == ("25", "11", "149-158")
    assert (fields["ISSN"], fields["publisher"], fields["keyword"]) == ("1234-5678", "Owl Press", "Owls, Hearing")
    assert owls.reference.type == "article-journal"


def test_a_thesis_in_marcxml_has_its_university_and_no_supervisor() -> None:
    field = '<datafield tag="{}" ind1=" " ind2=" ">{}</datafield>'
    part = '<subfield code="{}">{}</subfield>'
    said = {
        "245": [("a", "Snow and its owls")], "100": [("a", "Kraut, Ben"), ("4", "aut")],
        "700": [("a", "Roe, Ada"), ("4", "ths")], "502": [("b", "PhD"), ("c", "Owl University"), ("d", "2028")],
    }  # fmt: skip
    fields = (field.format(tag, "".join(part.format(*pair) for pair in pairs)) for tag, pairs in said.items())
    thesis = read_single(f"<collection><record>{''.join(fields)}</record></collection>")
    assert (thesis.reference.type, thesis.year, thesis.authors) == ("thesis", 2028, ("Ben Kraut",))
    assert thesis.reference.fields["publisher"] == "Owl University"


@pytest.mark.parametrize("text", [answer(DUBLIN_CORE), DUBLIN_CORE, f"<records>{DUBLIN_CORE}</records>"])
def test_dublin_core_is_read_alone_in_a_collection_and_in_an_answer(text: str) -> None:
    mice = read_single(text)
    assert mice.title == "Mice under snow"
    assert mice.authors == ("Ada Roe", "Cy van Poe")
    assert mice.abstract.startswith("Mice live under snow.")
    assert (mice.published, mice.venue, mice.links) == ("2029-11", "Journal of Mice", {"doi": "10.1000/mice.7"})
    fields = mice.reference.fields
    assert (fields["volume"], fields["issue"], fields["page"], fields["ISSN"]) == ("3", "2", "12-19", "2345-678X")
    assert (fields["keyword"], mice.reference.type) == ("Mice, Snow", "article-journal")
    assert "12 pages" in str(mice.extra) + str(fields)


def test_the_form_of_arxiv_has_names_in_parts_and_both_identifiers() -> None:
    snow = read_single(answer(ARXIV))
    assert snow.authors == ("Owl Collaboration", "Ben A. Kraut Jr")
    assert (snow.published, snow.links) == ("2031-01-02", {"arxiv": "3101.00001", "doi": "10.1000/snow"})
    assert snow.abstract == "Snow is cold."
    assert "creativecommons.org/licenses/by/4.0" in str(snow.extra) + str(snow.reference)


def test_records_that_are_deleted_or_in_another_form_are_distinguished_from_those_that_are_read() -> None:
    gone = RECORD.format(number=9, said="").replace("<header>", '<header status="deleted">')
    text = ANSWER.format(gone + RECORD.format(number=1, said=DUBLIN_CORE) + RECORD.format(number=2, said="<mets/>"))
    reading = read_file(text)
    assert [record.title for record in reading.records] == ["Mice under snow"]
    (report,) = find_reports(reading)
    assert "'mets'" in report
    assert any("deleted" in part.reason for part in reading.unread)


def test_what_publishers_send_to_pubmed_is_read() -> None:
    bread = read_single("""<!DOCTYPE ArticleSet PUBLIC "-//NLM//DTD PubMed 2.6//EN"
"https://www.ncbi.nlm.nih.gov/a.dtd">
<ArticleSet><Article><Journal><PublisherName>Owl Press</PublisherName><JournalTitle>Ann Owls</JournalTitle>
<Issn>1234-5678</Issn><Volume>14</Volume><Issue>3</Issue>
<PubDate PubStatus="ppublish"><Year>2031</Year><Month>03</Month></PubDate></Journal>
<ArticleTitle>Owls at dusk.</ArticleTitle><FirstPage>336</FirstPage><LastPage>343</LastPage>
<ELocationID EIdType="doi">10.1000/dusk</ELocationID><Language>EN</Language><AuthorList><Author>
<FirstName>Ada</FirstName><MiddleName>M</MiddleName><LastName>Roe</LastName></Author></AuthorList>
<PublicationType>Journal Article</PublicationType>
<Abstract>Owls fly at dusk.</Abstract><ObjectList><Object Type="keyword"><Param Name="value">owls</Param></Object>
</ObjectList></Article></ArticleSet>""")
    assert (bread.title, bread.authors, bread.year) == ("Owls at dusk.", ("Ada M Roe",), 2031)
    assert (bread.venue, bread.abstract, bread.links) == ("Ann Owls", "Owls fly at dusk.", {"doi": "10.1000/dusk"})
    assert (bread.reference.fields["page"], bread.reference.fields["keyword"]) == ("336-343", "owls")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            '<component xmlns="http://www.wiley.com/namespaces/wiley"><title>Owls at night and by day, in snow and rain'
            "</title> <a>https://doi.org/10.1000/owls</a> Owls\n\nhttps://doi.org/10.1000/mice Mice "
            "that live under the snow</component>",
            "a publisher's XML",
        ),
        ("<rss><item><title>Owls in the snow</title><link>https://arxiv.org/abs/3101.00001</link></item></rss>", "RSS"),
        ("<notes><n>Owls that hunt in the snow https://arxiv.org/abs/3101.00001</n></notes>", "<notes>"),
    ],
)  # fmt: skip
def test_no_list_of_links_is_made_of_xml_that_is_not_a_page(text: str, named: str) -> None:
    refused = choose("paper.xml", text.encode())
    assert isinstance(refused, Refused)
    assert named in refused.what
