"""Smaller vocabularies of XML, of which each element is a work, and bibliographies in TEI. All papers are invented."""

# ruff: noqa: E501 - files as services write them

from __future__ import annotations

import pytest
from readings import find_reports, read_file, read_single

from litbook.text.repair import repair

DBLP = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article mdate="2020-01-01" key="journals/ml/Other90">
<author>Ada Moll 0001</author>
<title>Not an owl paper.</title>
<year>1990</year><volume>3</volume><pages>1-8</pages><journal>Mach. Learn.</journal>
</article><inproceedings mdate="2017-05-20" key="conf/icml/Synthetic90">
<author>Ben Kraut</author>
<author>J&uuml;rgen Moll</author>
<title>Owls with <i>markup</i> in snow.</title>
<pages>1-8</pages>
<year>1990</year>
<booktitle>ICML</booktitle>
<ee>https://doi.org/10.1016/b978-1-55860-141-3.50001-0</ee>
<crossref>conf/icml/1990</crossref>
<url>db/conf/icml/icml1990.html#Synthetic90</url>
</inproceedings><proceedings mdate="2017-05-20" key="conf/icml/1990">
<editor>Ed Itor</editor>
<title>Machine Learning, Proceedings of the Seventh</title>
<publisher>Morgan Kaufmann</publisher>
<year>1990</year>
</proceedings><www key="homepages/1"><author>Ada Moll</author><title>Home Page</title></www>
</dblp>
"""
PERSON = """\
<?xml version="1.0"?>
<dblpperson name="Ada Moll" pid="01/1" n="2">
<person key="homepages/01/1" mdate="2020-01-01"><author pid="01/1">Ada Moll</author></person>
<r><article key="journals/ml/Moll20" mdate="2020-01-01"><author pid="01/1">Ada Moll</author><title>Owls at night.</title><year>2020</year><journal>Mach. Learn.</journal><ee type="oa">https://doi.org/10.1000/owl.1</ee></article></r>
<r><inproceedings key="conf/x/Moll21" mdate="2020-01-01"><author>Ada Moll</author><title>Owls at dawn.</title><year>2021</year><booktitle>OWL</booktitle></inproceedings></r>
<coauthors n="0"/>
</dblpperson>
"""
ACL = """\
<?xml version='1.0' encoding='UTF-8'?><collection id="P19"><volume id="1"><meta><booktitle>Proceedings of Owls</booktitle><year>2019</year></meta><paper id="1"><title>Owls in <fixed-case>S</fixed-case>now</title><author><first>Ada</first><last>Moll</last></author><pages>1-9</pages><abstract>We study owls.</abstract><url hash="1">P19-1001</url><doi>10.18653/v1/P19-1001</doi></paper><paper id="2"><title>Mice</title><author><first>Cy</first><last>Poe</last></author><url hash="1">P19-1002</url></paper></volume></collection>
"""
WORD = """\
<?xml version="1.0"?><b:Sources SelectedStyle="" xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" xmlns="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Mol20</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Guid>{1}</b:Guid><b:Author><b:Author><b:NameList><b:Person><b:Last>Moll</b:Last><b:First>Ada</b:First></b:Person></b:NameList></b:Author></b:Author><b:Title>Owls in snow</b:Title><b:JournalName>Journal of Owls</b:JournalName><b:Year>2020</b:Year><b:Pages>10-19</b:Pages><b:Volume>3</b:Volume></b:Source></b:Sources>
"""
DOCBOOK = """\
<?xml version="1.0"?><bibliography xmlns="http://docbook.org/ns/docbook" version="5.0"><title>References</title>
<biblioentry xml:id="moll"><abbrev>moll</abbrev><authorgroup><author><personname><firstname>Ada</firstname><surname>Moll</surname></personname></author></authorgroup><title>Owls in snow</title><pubdate>2020</pubdate><publisher><publishername>Owl Press</publishername></publisher></biblioentry></bibliography>
"""
EUROPE_PMC = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?><responseWrapper xmlns:slx="http://www.scholix.org"><version>6.9</version><hitCount>1</hitCount><resultList><result><id>1</id><source>MED</source><pmid>123</pmid><doi>10.1000/owl.1</doi><title>Owls in snow.</title><authorString>Moll A, Kraut B.</authorString><journalTitle>J Owls</journalTitle><pubYear>2020</pubYear></result></resultList></responseWrapper>
"""
JSTAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xml:lang="ja">
<result><status>0</status><message/></result>
<title>Articles</title><link href="https://api.jstage.jst.go.jp/searchapi/do?service=3"/><id>x</id><servicecd>3</servicecd><updated>2025-01-01</updated>
<opensearch:totalResults>1</opensearch:totalResults>
<entry><article_title><en><![CDATA[Owls in snow]]></en><ja><![CDATA[雪の中のフクロウ]]></ja></article_title><article_link><en>https://www.jstage.jst.go.jp/article/owl/3/2/3_10/_article</en></article_link><author><en><name><![CDATA[Taro Yamada]]></name></en><ja><name><![CDATA[山田 太郎]]></name></ja></author><cdjournal>owl</cdjournal><material_title><en><![CDATA[Journal of Owls]]></en></material_title><prism:issn>1234-5678</prism:issn><prism:volume>3</prism:volume><prism:number>2</prism:number><prism:startingPage>10</prism:startingPage><prism:endingPage>19</prism:endingPage><pubyear>2020</pubyear><joi>JST.JSTAGE/owl/3.10</joi><prism:doi>10.1000/owl.1</prism:doi><title>Owls in snow</title><link href="https://www.jstage.jst.go.jp/article/owl/3/2/3_10/_article"/><id>https://x</id><updated>2020-03-01</updated></entry>
</feed>
"""
BIBTEXML = """\
<?xml version="1.0"?><bibtex:file xmlns:bibtex="http://bibtexml.sf.net/"><bibtex:entry bibtex:id="moll"><bibtex:article><bibtex:author>Ada Moll</bibtex:author><bibtex:title>Owls</bibtex:title><bibtex:year>2020</bibtex:year></bibtex:article></bibtex:entry></bibtex:file>"""
TEI = """\
<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Bibliography of owls</title></titleStmt><publicationStmt><p>x</p></publicationStmt><sourceDesc><p>born digital</p></sourceDesc></fileDesc></teiHeader><text><body><listBibl>
<biblStruct xml:id="moll2020" type="journalArticle"><analytic><title level="a">Owls in snow</title><author><forename>Ada</forename><surname>Moll</surname></author><idno type="DOI">10.1000/owl.1</idno></analytic><monogr><title level="j">Journal of Owls</title><imprint><date>2020</date><biblScope unit="volume">3</biblScope></imprint></monogr></biblStruct>
<biblStruct xml:id="poe2019" type="book"><monogr><title level="m">Mice</title><author><forename>Cy</forename><surname>Poe</surname></author><imprint><publisher>Mouse</publisher><date>2019</date></imprint></monogr></biblStruct>
</listBibl></body></text></TEI>
"""


def test_dblp_gives_works_without_numbers_of_homonyms() -> None:
    reading = read_file(DBLP)
    one, other = reading.records
    assert (one.title, one.authors, one.published, one.venue) == (
        "Not an owl paper", ("Ada Moll",), "1990", "Mach. Learn."
    )  # fmt: skip
    assert (repair(other.title).plain, other.authors) == ("Owls with markup in snow", ("Ben Kraut", "Jürgen Moll"))
    assert other.links == {"doi": "10.1016/b978-1-55860-141-3.50001-0"}
    assert find_reports(reading) == []
    assert [record.title for record in read_file(PERSON).records] == ["Owls at night", "Owls at dawn"]


def test_the_anthology_gives_papers_with_the_years_of_their_identifiers() -> None:
    owls, mice = read_file(ACL).records
    assert (owls.title, owls.authors, owls.published) == ("Owls in Snow", ("Ada Moll",), "2019")
    assert owls.links == {"doi": "10.18653/v1/P19-1001", "acl": "P19-1001"}
    assert mice.links == {"acl": "P19-1002"}


@pytest.mark.parametrize(
    ("text", "title", "venue", "year"),
    [
        (WORD, "Owls in snow", "Journal of Owls", "2020"),
        (DOCBOOK, "Owls in snow", None, "2020"),
        (EUROPE_PMC, "Owls in snow", "J Owls", "2020"),
        (JSTAGE, "Owls in snow", "Journal of Owls", "2020"),
        (BIBTEXML, "Owls", None, "2020"),
    ],
    ids=["Word", "DocBook", "Europe PMC", "J-STAGE", "BibTeXML"],
)
def test_each_vocabulary_gives_its_work(text: str, title: str, venue: str | None, year: str) -> None:
    record = read_single(text)
    assert (record.title, record.venue, (record.published or "")[:4]) == (title, venue, year)
    assert record.authors


def test_a_bibliography_in_tei_is_a_record_for_each_entry() -> None:
    reading = read_file(TEI)
    article, book = reading.records
    assert (article.title, article.authors, article.venue) == ("Owls in snow", ("Ada Moll",), "Journal of Owls")
    assert article.links == {"doi": "10.1000/owl.1"}
    assert (book.title, book.authors, book.published, book.reference.type) == ("Mice", ("Cy Poe",), "2019", "book")
    assert find_reports(reading) == []
