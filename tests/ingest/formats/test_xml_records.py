"""Records as XML: PubMed's, MODS and Zotero RDF. All papers are invented."""

from __future__ import annotations

from readings import find_reports, read_file, read_single, read_titles

PUBMED = """\
<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "https://dtd.nlm.nih.gov/a.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">31000001</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">1234-5678</ISSN><JournalIssue CitedMedium="Internet">
<Volume>3</Volume><Issue>2</Issue><PubDate><Year>2031</Year><Month>Feb</Month></PubDate></JournalIssue>
<Title>Journal of owls</Title><ISOAbbreviation>J Owls</ISOAbbreviation></Journal>
<ArticleTitle>Owls, CO<sub>2</sub> and <i>Mus musculus</i> &amp; snow.</ArticleTitle>
<Pagination><StartPage>10</StartPage><EndPage>19</EndPage><MedlinePgn>10-9</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/owls</ELocationID>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Owls hunt.</AbstractText>
<AbstractText Label="METHODS">We test p&lt;0.05 owls.</AbstractText>
<CopyrightInformation>© 2031 Owl Press.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Kraut</LastName><ForeName>Ben A</ForeName>
<Initials>BA</Initials><Suffix>Jr</Suffix></Author>
<Author><CollectiveName>The Owl Group</CollectiveName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
</PublicationTypeList></Article>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">owls</Keyword><Keyword>snow</Keyword></KeywordList>
</MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">31000001</ArticleId>
<ArticleId IdType="doi">10.1000/owls</ArticleId>
<ArticleId IdType="pmc">PMC123</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>
<ArticleId IdType="doi">10.1000/mice</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
</PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>2</PMID><Article><Journal><Title>Mice</Title><JournalIssue><PubDate>
<MedlineDate>2030 Nov-Dec</MedlineDate></PubDate></JournalIssue></Journal><ArticleTitle>Mice under snow.</ArticleTitle>
</Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""


def test_pubmed_xml_gives_what_nbib_does() -> None:
    owls, mice = read_file(PUBMED).records
    assert owls.title == "Owls, CO₂ and Mus musculus & snow."
    assert owls.abstract == "BACKGROUND: Owls hunt. METHODS: We test p<0.05 owls."
    assert owls.authors == ("Ben A Kraut Jr", "The Owl Group")
    assert (owls.published, owls.venue, owls.links) == ("2031-02", "Journal of owls", {"doi": "10.1000/owls"})
    fields = owls.reference.fields
    assert (fields["PMID"], fields["PMCID"], fields["volume"], fields["issue"]) == ("31000001", "PMC123", "3", "2")
    assert (fields["keyword"], fields["ISSN"], owls.reference.type) == ("owls, snow", "1234-5678", "article-journal")
    assert (mice.title, mice.year) == ("Mice under snow.", 2030)


def test_a_damaged_record_costs_only_itself() -> None:
    reading = read_file(PUBMED.replace("</ArticleTitle>\n<Pagination>", "</ArticelTitle>\n<Pagination>"))
    assert [record.title for record in reading.records] == ["Mice under snow."]
    assert "not well-formed" in find_reports(reading)[0]


MODS = """\
<?xml version="1.0" encoding="UTF-8"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3">
<mods ID="kraut-2031-owls">
    <titleInfo><nonSort>The</nonSort><title>Owls of winter</title><subTitle>a census</subTitle></titleInfo>
    <name type="personal"><namePart type="given">Ben</namePart><namePart type="given">A.</namePart>
        <namePart type="family">Kraut</namePart>
        <role><roleTerm authority="marcrelator" type="text">author</roleTerm></role></name>
    <name type="personal"><namePart>Moll, Ada</namePart></name>
    <originInfo><dateIssued>2031-02</dateIssued></originInfo><typeOfResource>text</typeOfResource>
    <relatedItem type="host"><titleInfo><title>Proceedings of the Owl Workshop</title></titleInfo>
        <name type="personal"><namePart type="given">Cora</namePart><namePart type="family">Lind</namePart>
        <role><roleTerm authority="marcrelator" type="text">editor</roleTerm></role></name>
        <originInfo><publisher>Owl Press</publisher></originInfo>
        <genre authority="marcgt">conference publication</genre></relatedItem>
    <abstract>We count owls.</abstract>
    <identifier type="citekey">kraut-2031-owls</identifier><identifier type="doi">10.1000/owls</identifier>
    <location><url>https://aclanthology.org/2031.owl-main.1</url></location>
    <part><date>2031-02</date><extent unit="page"><start>1</start><end>9</end></extent></part>
</mods>
</modsCollection>
"""


def test_mods_is_read_with_its_host() -> None:
    for text in (
        MODS,
        MODS.replace("<", "<mods:")
        .replace("<mods:/", "</mods:")
        .replace("<mods:?", "<?")
        .replace("xmlns=", "xmlns:mods="),
    ):
        record = read_single(text)
        assert (record.title, record.abstract) == ("The Owls of winter: a census", "We count owls.")
        assert (record.authors, record.published) == (("Ben A. Kraut", "Ada Moll"), "2031-02")
        assert record.venue == "Proceedings of the Owl Workshop"
        assert record.links == {"doi": "10.1000/owls", "acl": "2031.owl-main.1"}
        assert (record.reference.type, record.reference.fields["page"]) == ("paper-conference", "1-9")
        assert record.reference.keys == ("kraut-2031-owls",)


RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
    <bib:Article rdf:about="#item_1">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
        <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Kraut</foaf:surname><foaf:givenName>Ben</foaf:givenName>
        </foaf:Person></rdf:li><rdf:li><foaf:Person><foaf:surname>Moll</foaf:surname><foaf:givenName>Ada</foaf:givenName>
        </foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <link:link rdf:resource="#item_9"/>
        <dc:subject>owls</dc:subject>
        <dc:subject><z:AutomaticTag><rdf:value>snow</rdf:value></z:AutomaticTag></dc:subject>
        <dc:title>Owls in winter</dc:title><dcterms:abstract>We count owls.</dcterms:abstract>
        <dc:date>2031-02-01</dc:date>
        <bib:pages>1-9</bib:pages>
        <dc:identifier><dcterms:URI><rdf:value>https://arxiv.org/abs/2301.00001</rdf:value></dcterms:URI></dc:identifier>
    </bib:Article>
    <bib:Journal rdf:about="urn:issn:1234-5678"><dc:title>Journal of Owls</dc:title><prism:volume>3</prism:volume>
        <prism:number>2</prism:number><dc:identifier>DOI 10.1000/owls</dc:identifier>
        <dc:identifier>ISSN 1234-5678</dc:identifier></bib:Journal>
    <z:Attachment rdf:about="#item_9"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
    <bib:Memo rdf:about="#item_8"><rdf:value>A note of mine</rdf:value></bib:Memo>
    <bib:Book rdf:about="urn:isbn:978-1"><z:itemType>book</z:itemType><dc:title>Mice under snow</dc:title></bib:Book>
    <z:Collection rdf:about="#collection_1"><dc:title>Owls</dc:title><dcterms:hasPart rdf:resource="#collection_2"/>
    </z:Collection>
    <z:Collection rdf:about="#collection_2"><dc:title>Hearing</dc:title><dcterms:hasPart rdf:resource="#item_1"/>
    </z:Collection>
</rdf:RDF>
"""


def test_zotero_rdf_is_read_with_journals_and_collections() -> None:
    reading = read_file(RDF)
    owls, mice = reading.records
    assert (owls.title, owls.abstract, owls.authors) == ("Owls in winter", "We count owls.", ("Ben Kraut", "Ada Moll"))
    assert (owls.published, owls.venue) == ("2031-02-01", "Journal of Owls")
    assert owls.links == {"arxiv": "2301.00001", "doi": "10.1000/owls"}
    assert (owls.reference.fields["volume"], owls.reference.fields["issue"]) == ("3", "2")
    assert owls.reference.fields["keyword"] == "owls, snow"
    assert owls.extra["groups"] == "Owls / Hearing"
    assert mice.title == "Mice under snow"
    assert find_reports(reading) == []


def test_records_in_another_frame_are_found() -> None:
    inner = MODS[MODS.index("<mods ") : MODS.index("</modsCollection>")]
    head = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><record><metadata>'
    declared = inner.replace("<mods ", "<mods xmlns='http://www.loc.gov/mods/v3' ")
    frame = f"{head}{declared}</metadata></record></OAI-PMH>"
    assert read_titles(frame) == ["The Owls of winter: a census"]
