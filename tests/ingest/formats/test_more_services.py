"""Answers of services, tables in other languages and lists that need names of their own. All papers are invented."""

# ruff: noqa: E501 - files as services write them

from __future__ import annotations

import pytest
from readings import find_reports, read_file, refuse

DBLP = """\
{"result":{"query":"owl","status":{"@code":"200","text":"OK"},"hits":{"@total":"2","@computed":"2","@sent":"2","@first":"0","hit":[
{"@score":"4","@id":"1","info":{"authors":{"author":[{"@pid":"01/1","text":"Ada Moll"},{"@pid":"02/1","text":"Ben Kraut 0002"}]},"title":"Owls at night.","venue":"CoRR","volume":"abs/2001.00001","year":"2020","type":"Informal and Other Publications","access":"open","key":"journals/corr/abs-2001-00001","ee":"https://arxiv.org/abs/2001.00001","url":"https://dblp.org/rec/journals/corr/abs-2001-00001"},"url":"URL#1"},
{"@score":"3","@id":"2","info":{"authors":{"author":{"@pid":"01/1","text":"Ada Moll"}},"title":"Owls at dawn.","venue":["OWL","MICE"],"pages":"1-3","year":"2021","type":"Conference and Workshop Papers","key":"conf/x/Moll21","doi":"10.1000/owl.2","ee":"https://doi.org/10.1000/owl.2","url":"https://dblp.org/rec/conf/x/Moll21"},"url":"URL#2"}]}}}
"""
CINII = """\
{"@context":{"@vocab":"https://cir.nii.ac.jp/schema/1.0/"},"@id":"https://cir.nii.ac.jp/opensearch/all?q=owl","@type":"channel","title":"CiNii Research all - owl","link":{"@id":"x"},"dc:date":"2025-01-01","opensearch:totalResults":2,"opensearch:startIndex":1,"opensearch:itemsPerPage":2,"items":[
{"@id":"https://cir.nii.ac.jp/crid/1","@type":"item","title":"雪の中のフクロウ","link":{"@id":"https://cir.nii.ac.jp/crid/1"},"dc:creator":["山田 太郎","鈴木 花子"],"dc:publisher":"フクロウ学会","prism:publicationName":"フクロウ研究","prism:issn":"12345678","prism:volume":"3","prism:number":"2","prism:startingPage":"10","prism:endingPage":"19","prism:publicationDate":"2020-03","description":"フクロウを調べる。","dc:identifier":[{"@type":"cir:DOI","@value":"10.1000/owl.1"},{"@type":"cir:NAID","@value":"130001"}]},
{"@id":"https://cir.nii.ac.jp/crid/2","@type":"item","title":"Mice under snow","link":{"@id":"https://cir.nii.ac.jp/crid/2"},"dc:creator":["Poe Cy"],"prism:publicationName":"Mice","prism:publicationDate":"2019"}]}
"""
HAL = """\
{"response":{"numFound":2,"start":0,"docs":[
{"docid":1,"halId_s":"hal-00000001","title_s":["Owls in the snow"],"authFullName_s":["Ada Moll","Ben Kraut"],"abstract_s":["We study owls."],"doiId_s":"10.1000/owl.1","producedDate_s":"2020-01-02","journalTitle_s":"Journal of Owls","docType_s":"ART","keyword_s":["owls","snow"],"uri_s":"https://hal.science/hal-00000001v1"},
{"docid":2,"halId_s":"hal-00000002","title_s":["Les hiboux","Owls"],"authFullName_s":["Ada Moll"],"producedDateY_i":2019,"docType_s":"COMM","conferenceTitle_s":"OWL 2019","uri_s":"https://hal.science/hal-00000002v1"}]}}
"""
HAYAGRIVA = """\
moll2020:
  type: article
  title: Owls in snow
  author: ["Moll, Ada", "Kraut, Ben"]
  date: 2020-01-02
  serial-number:
    doi: 10.1000/owl.1
  parent:
    type: periodical
    title: Journal of Owls
    volume: 3
poe2019:
  type: book
  title: Mice
  author:
    - name: Poe
      given-name: Cy
  parent:
    type: anthology
    title: Small Animals
    date: 2019
"""
CITAVI = """\
"Autor, Herausgeber oder Institution";"Titel";"Jahr ermittelt";"In";"Zeitschrift/Zeitung";"Abstract";"DOI"
"Moll, Ada; Kraut, Ben";"Eulen im Schnee";"2020";"";"Zeitschrift für Eulen";"Wir untersuchen Eulen.";"10.1000/owl.1"
"Poe, Cy";"Mäuse";"2019";"";"Mäuse";"";""
"""
ORG = """\
#+TITLE: Reading list
#+AUTHOR: Me

* Owls
** TODO Owls in snow :owls:
:PROPERTIES:
:AUTHOR: Ada Moll and Ben Kraut
:YEAR: 2020
:DOI: 10.1000/owl.1
:CUSTOM_ID: moll2020
:END:
** DONE [[https://arxiv.org/abs/2001.00001][Mice under snow]]
- Read it twice
* Links
- [[https://arxiv.org/abs/2001.00002][Feet of mice]] by Cy Poe (2019)
- [[https://doi.org/10.1000/feet.1][More feet]] by Cy Poe (2020)
"""
APA = """\
References

Moll, A., & Kraut, B. (2020). Owls in snow. Journal of Owls, 3(2), 10-19. https://doi.org/10.1000/owl.1

Poe, C. (2019). Mice under snow. Journal of Mice, 1(1), 1-9. https://doi.org/10.1000/mice.1

Roe, A., Doe, B., & Foe, C. (2018). Feet of mice in the long winter. Annals of Feet, 7, 3-4. https://doi.org/10.1000/feet.1
"""
PROQUEST = """\
____________________________________________________________

Document 1 of 2

Owls in snow

Author: Moll, Ada; Kraut, Ben

Publication info: Journal of Owls ; Oslo  Vol. 3, Iss. 2,  (Jan 2020): 10-19.

Abstract: We study owls.

DOI: http://dx.doi.org/10.1000/owl.1

____________________________________________________________

Document 2 of 2

Mice in snow

Author: Poe, Cy

Publication info: Mice ; Oslo  (2019): 1.

Abstract: We study mice.
"""
GBT = """\
[1]张三,李四.基于深度学习的河流识别[J].水利学报,2021,52(03):10-20.DOI:10.13243/x.2021.03.
[2]王五.城市内涝模拟研究[D].河海大学,2020.
[3]Smith J. Free fall revisited[J]. Physics Today, 2018, 71(4): 30-35.
[4]赵六.河流治理[M].北京:科学出版社,2019.
"""
BIOC = """\
[{"bioctype":"BioCCollection","source":"PMC","date":"20200101","key":"pmc.key","version":"1.0","infons":{},"documents":[{"bioctype":"BioCDocument","id":"PMC1","infons":{"license":"CC BY"},"passages":[{"bioctype":"BioCPassage","offset":0,"infons":{"article-id_doi":"10.1000/owl.1","article-id_pmid":"123","section_type":"TITLE","type":"front","name_0":"surname:Moll;given-names:Ada","year":"2020"},"text":"Owls in snow","sentences":[],"annotations":[],"relations":[]},{"offset":13,"infons":{"section_type":"ABSTRACT","type":"abstract"},"text":"We study owls.","sentences":[],"annotations":[],"relations":[]},{"offset":30,"infons":{"section_type":"INTRO","type":"paragraph"},"text":"Owls hunt.","sentences":[],"annotations":[],"relations":[]}],"annotations":[],"relations":[]}]}]
"""


def test_an_answer_of_dblp_gives_names_without_numbers_and_preprints_by_their_address() -> None:
    reading = read_file(DBLP)
    assert [record.authors for record in reading.records] == [("Ada Moll", "Ben Kraut"), ("Ada Moll",)]
    assert [record.links for record in reading.records] == [{"arxiv": "2001.00001"}, {"doi": "10.1000/owl.2"}]
    assert find_reports(reading) == []


def test_an_answer_of_cinii_gives_date_and_doi() -> None:
    owls, mice = read_file(CINII).records
    assert (owls.published, owls.links, mice.published) == ("2020-03", {"doi": "10.1000/owl.1"}, "2019")


def test_an_answer_of_hal_gives_the_first_of_two_titles() -> None:
    other = read_file(HAL).records[1]
    assert (other.title, other.published, other.venue) == ("Les hiboux", "2019", "OWL 2019")
    assert other.extra["title_s in other languages"] == "Owls"


def test_hayagriva_is_read_by_its_own_fields() -> None:
    owls, mice = read_file(HAYAGRIVA).records
    assert (owls.authors, owls.published, owls.venue) == (("Ada Moll", "Ben Kraut"), "2020-01-02", "Journal of Owls")
    assert (owls.links, mice.authors) == ({"doi": "10.1000/owl.1"}, ("Cy Poe",))


def test_a_table_of_citavi_has_german_names() -> None:
    owls, _ = read_file(CITAVI).records
    assert (owls.authors, owls.published, owls.venue) == (("Ada Moll", "Ben Kraut"), "2020", "Zeitschrift für Eulen")


def test_a_list_in_org_mode_is_read_by_headings_drawers_and_links() -> None:
    records = read_file(ORG).records
    assert [record.title for record in records] == ["Owls in snow", "Mice under snow", "Feet of mice", "More feet"]
    assert records[0].authors == ("Ada Moll", "Ben Kraut")
    assert [record.published for record in records] == ["2020", "2020-01", "2019", "2020"]
    assert [record.venue for record in records] == [None] * 4


def test_a_list_below_the_word_references_keeps_its_first_entry() -> None:
    records = read_file(APA).records
    assert [record.title for record in records] == [
        "Owls in snow",
        "Mice under snow",
        "Feet of mice in the long winter",
    ]
    assert records[0].authors == ("A. Moll", "B. Kraut")


@pytest.mark.parametrize(
    ("text", "named", "remedy"),
    [(PROQUEST, "ProQuest", "RIS"), (GBT, "GB/T 7714", "NoteExpress"), (BIOC, "BioC", "JATS")],
)
def test_forms_that_say_too_little_are_refused_by_name(text: str, named: str, remedy: str) -> None:
    refused = refuse(text)
    assert named in refused.what
    assert remedy in refused.remedy
