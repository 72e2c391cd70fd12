"""NoteExpress, which Wanfang writes too, and CNKI's own text, tables and forms of others. All papers are invented."""

from __future__ import annotations

from readings import find_reports, read_file

NOTEEXPRESS = """\
{Reference Type}: Journal Article
{Title}: 城市内涝模拟
{Author}: 孙八;周九;
{Author Address}: 河海大学;
{Journal}: 水科学进展
{Year}: 2022
{Volume}: 33
{Issue}: 2
{Pages}: 30-40
{Keywords}: 内涝;模拟
{Abstract}: 本文模拟了城市内涝。
{ISBN/ISSN}: 1001-6791
{Notes}: 32-1309/P
{URL}: https://example.org/1
{DOI}: 10.14042/j.x.2022.02
{Database Provider}: CNKI

{Reference Type}: Thesis
{Title}: 河流治理研究
{Author}: 赵六
{Publisher}: 河海大学
{Year}: 2019
"""
WANFANG = """\
{Reference Type}: Journal Article
{Title}: 基于语义的检索
{Translated Title}: Semantic retrieval
{Author}: 张三
{Author}: 李四
{Journal}: 情报学报
{Year}: 2018
{Pages}: 1-10
{Abstract}: 本文提出检索方法。
{DOI}: 10.3772/j.issn.1000-0135.2018.01.001

{Reference Type}: Journal Article
{Title}: 知识图谱综述
{Author}: 王五
{Journal}: 情报学报
{Year}: 2019
"""
CNKI = """\
SrcDatabase-来源库: 期刊
Title-题名: 基于深度学习的河流识别
Author-作者: 张三;李四;
Organ-单位: 河海大学;
Source-文献来源: 水利学报
Keyword-关键词: 深度学习;;河流
Summary-摘要: 本文提出了一种基于深度学习的河流识别方法。
PubTime-发表时间: 2021-03-15
FirstDuty-第一责任人: 张三;
Fund-基金: 国家自然科学基金;
Year-年: 2021
Volume-卷: 52
Period-期: 03
PageCount-页码: 10-20
CLC-中图分类号: TV21
ISSN-国际标准刊号: 0559-9350
DOI-DOI: 10.13243/x.2021.03

SrcDatabase-来源库: 硕士
Title-题名: 城市内涝模拟研究
Author-作者: 王五;
Organ-单位: 河海大学
Source-文献来源: 河海大学
Year-年: 2020
PubTime-发表时间: 2020-06-01
"""
# CNKI's reading tool begins with another label, and counts pages where the database gives their range.
TOOL = """\
DataType: 1
Title-题名: 肥料利用率现状
Author-作者: 张三;李四;
Source-刊名: 土壤学报
Year-年: 2008
PageCount-页数: 10
Page-页码: 915-924
SrcDatabase-来源库: 期刊

DataType: 1
Title-题名: 河流治理
Author-作者: 王五;
Year-年: 2009
SrcDatabase-来源库: 博士
"""
ENDNOTE = """\
%0 Journal Article
%A 张福锁%A 王激清%A 张卫峰
%+ 中国农业大学资源与环境学院;河北农业大学;
%T 粮食作物肥料利用率现状
%J 土壤学报
%D 2008
%N 05
%K 肥料;利用率
%X 总结了田间试验结果。
%P 915-924
%@ 0564-3929
%L 32-1119/P
%U https://kns.cnki.net/kcms/detail/32.1119.P.2008
%W CNKI

%0 Journal Article
%A 王五
%T 河流治理研究
%J 中国水利
%D 2019
"""
TABLE = """\
SrcDatabase-来源库,Title-题名,Author-作者,Organ-单位,Source-文献来源,Keyword-关键词,Summary-摘要,PubTime-发表时间,Year-年,DOI-DOI
期刊,基于深度学习的河流识别,张三;李四;,河海大学,水利学报,深度学习;;河流,本文提出了一种方法。,2021-03-15,2021,10.13243/x.2021.03
期刊,城市内涝模拟,王五,河海大学,水科学进展,内涝,本文模拟了内涝。,2020-06-01,2020,
"""


def test_noteexpress_is_read_by_its_labels() -> None:
    article, thesis = read_file(NOTEEXPRESS).records
    assert (article.title, article.authors, article.published) == ("城市内涝模拟", ("孙八", "周九"), "2022")
    assert (article.venue, article.links) == ("水科学进展", {"doi": "10.14042/j.x.2022.02"})
    assert article.abstract == "本文模拟了城市内涝。"
    said = article.reference.fields
    assert (said["page"], said["volume"], said["issue"], said["keyword"]) == ("30-40", "33", "2", "内涝, 模拟")
    assert (thesis.title, thesis.venue, thesis.reference.fields["publisher"]) == ("河流治理研究", None, "河海大学")


def test_authors_may_have_a_line_each() -> None:
    records = read_file(WANFANG).records
    assert [record.authors for record in records] == [("张三", "李四"), ("王五",)]
    assert records[0].extra["Translated Title"] == "Semantic retrieval"


def test_text_of_cnki_is_read_by_its_labels() -> None:
    article, thesis = read_file(CNKI).records
    assert (article.title, article.authors) == ("基于深度学习的河流识别", ("张三", "李四"))
    assert (article.published, article.venue) == ("2021-03-15", "水利学报")
    assert article.links == {"doi": "10.13243/x.2021.03"}
    assert (article.reference.fields["page"], article.reference.fields["keyword"]) == ("10-20", "深度学习, 河流")
    assert (thesis.reference.type, thesis.reference.fields["publisher"]) == ("thesis", "河海大学")


def test_a_record_begins_with_the_label_that_begins_the_file() -> None:
    one, other = read_file(TOOL).records
    assert (one.title, one.reference.fields["page"], other.title) == ("肥料利用率现状", "915-924", "河流治理")


def test_all_authors_in_one_line_of_endnote_are_parted() -> None:
    assert read_file(ENDNOTE).records[0].authors == ("张福锁", "王激清", "张卫峰")


def test_a_table_of_cnki_is_read_whole() -> None:
    reading = read_file(TABLE)
    assert [record.published for record in reading.records] == ["2021-03-15", "2020-06-01"]
    assert reading.records[0].links == {"doi": "10.13243/x.2021.03"}
    assert find_reports(reading) == []


def test_a_record_without_a_title_is_reported() -> None:
    (report,) = find_reports(read_file(NOTEEXPRESS.replace("{Title}: 河流治理研究\n", "")))
    assert "without a title" in report
