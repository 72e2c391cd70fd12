"""Lists of papers with links or identifiers, in Markdown, HTML and text. All papers are invented."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from readings import find_reports, read_file, read_single, read_titles, refuse

from litbook.model.reference import AND_OTHERS

OWLS, MICE, EARS = (
    "https://arxiv.org/abs/2301.00001",
    "https://arxiv.org/abs/2301.00002",
    "https://arxiv.org/abs/2301.00003",
)


@pytest.mark.parametrize(
    "line",
    [
        f"- [Owls in winter]({OWLS}), Ben Kraut and Ada Moll, *ICLR 2023*",
        f"- **Owls in winter** Ben Kraut, Ada Moll. ICLR 2023. [[paper]({OWLS})] [[code](https://github.com/owls/winter)]",
        f"1. **Owls in winter** *Ben Kraut, Ada Moll* `ICLR 2023` [[pdf]({OWLS})]",
        f"* Owls in winter. Ben Kraut, Ada Moll. ICLR 2023. {OWLS}",
        f"+ [ICLR 2023] [Owls in winter]({OWLS}) by Ben Kraut, Ada Moll",
        f"- [x] (ICLR 2023) **Owls in winter**, Ben Kraut, Ada Moll, [arXiv]({OWLS})",
        f"- <b>Owls in winter</b><br>Ben Kraut, Ada Moll<br>ICLR 2023 <a href=\"{OWLS}\">[Paper]</a>",
        f"- **Owls in winter**\n  - Ben Kraut, Ada Moll\n  - *ICLR 2023*\n  - [Paper]({OWLS}) | [Code](https://github.com/a/b)",
        f"- \"Owls in winter\", Ben Kraut, Ada Moll, ICLR 2023 [link]({OWLS})",
        f"### Owls in winter\n\nBen Kraut, Ada Moll\n\n*ICLR 2023* | [paper]({OWLS})",
        f"### [Owls in winter]({OWLS})\n**Authors:** Ben Kraut, Ada Moll\n\n**Venue:** ICLR 2023",
        f"**Owls in winter**\nBen Kraut, Ada Moll\nICLR 2023\n[[pdf]({OWLS})]",
        f"Owls in winter\n\nBen Kraut, Ada Moll\n\nICLR 2023, {OWLS}",
        f"**[Owls in winter.]({OWLS})**<br>\n*Ben Kraut\\*, and Ada Moll\\*.*<br>\nICLR 2023.<br>",
        f"**Owls in winter.**<br>\n*[Ben Kraut](https://b.example/), [Ada Moll](http://a.example).*<br>\n"
        f"ICLR (Oral) 2023. [[PDF]({OWLS})] [[Project](https://owls.example/)]",
        f"| Title | Authors | Venue | Link |\n|---|---|---|---|\n"
        f"| **Owls in winter** | Ben Kraut, Ada Moll | ICLR 2023 | [pdf]({OWLS}) |",
        f"|Paper|Authors|Conference|\n|:--|:-:|--:|\n|[Owls in winter]({OWLS})|Ben Kraut, Ada Moll|ICLR 2023|",
        f"<ul><li><a href='{OWLS}'>Owls in winter</a> Ben Kraut, Ada Moll. ICLR 2023</li></ul>",
    ],
)  # fmt: skip
def test_a_paper_is_read_from_every_layout(line: str) -> None:
    record = read_single(f"# Papers on owls\n\n## Hearing\n\n{line}\n" if not line.startswith("<ul") else line)
    assert (record.title, record.authors) == ("Owls in winter", ("Ben Kraut", "Ada Moll"))
    assert (record.venue, record.year) == ("ICLR", 2023)
    assert record.links["arxiv"] == "2301.00001"


def test_a_list_that_names_the_first_author_does_not_say_that_there_is_no_other() -> None:
    (moll, kraut) = read_file(
        f"# Owls\n\n- **Owls in winter** (2016), A. Moll et al. [[pdf]]({OWLS})\n- [Mice]({MICE}) by B. Kraut, C. Poe\n"
    ).records
    assert (moll.authors, moll.reference.others) == (("A. Moll",), {AND_OTHERS: "author"})
    assert (kraut.authors, kraut.reference.others) == (("B. Kraut", "C. Poe"), {})


def test_a_paper_without_a_date_has_the_month_of_its_arxiv_identifier() -> None:
    dates = [
        record.published for record in read_file(f"# A\n\n- [Owls]({OWLS})\n- [Mice]({MICE}), ICLR 2024\n").records
    ]
    assert dates == ["2023-01", "2024"]


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        (f"- **SeeOwl**, SeeOwl: Seeing in the Dark. [pdf]({OWLS})", "SeeOwl: Seeing in the Dark", ()),
        (f"- [⭐️] **See-Owl**, See-Owl: Seeing in the Dark. [pdf]({OWLS})", "See-Owl: Seeing in the Dark", ()),
        (f"[78] OpenOwl: An Open-Source Owl Model — {OWLS}", "OpenOwl: An Open-Source Owl Model", ()),
        (f"- [SEEOWL]({OWLS}) - Moll et al. (2023)", "SEEOWL", ("Moll",)),
        (f"## 6. SeeOwl: Hearing Mice\n\n链接：{OWLS}\n\n重点：\n\n- 用覆盖率反馈引导 LLM 生成测试。",
         "SeeOwl: Hearing Mice", ()),
        (f"### Moll et al. (2023) — SeeOwl\n\n- Ada Moll, Ben Kraut. *SeeOwl: Hearing Mice*. ICLR 2023.\n- {OWLS}",
         "SeeOwl: Hearing Mice", ("Ada Moll", "Ben Kraut")),
    ],
)  # fmt: skip
def test_short_names_citing_headings_and_sentences_are_neither_titles_nor_people(
    text: str, title: str, authors: tuple[str, ...]
) -> None:
    more = f"[79] Mice: A Study of Snow — {MICE}" if text.startswith("[") else f"- [Mice under the snow]({MICE})"
    separate = "\n\n## More\n\n" if text.startswith("#") else "\n"
    record = read_file(f"# Owls\n\n{text}{separate}{more}\n").records[0]
    assert (record.title, record.authors) == (title, authors)


def test_sections_become_keywords_and_code_is_kept() -> None:
    text = f"""\
# Awesome Owls [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

- [Hearing](#hearing)
- [Sight](#sight)

## 1. Hearing

- [Owls in winter]({OWLS}) [[code](https://github.com/owls/winter)]

### Under snow

- [Mice under snow]({MICE})

## Sight 👀

- [The ears of owls]({EARS})
"""
    records = read_file(text).records
    assert [r.extra["section"] for r in records] == [
        "Awesome Owls / Hearing", "Awesome Owls / Hearing / Under snow", "Awesome Owls / Sight",
    ]  # fmt: skip
    assert [r.reference.fields["keyword"] for r in records] == ["Hearing", "Under snow", "Sight"]
    assert records[0].links == {"arxiv": "2301.00001", "code": "https://github.com/owls/winter"}


def test_bullets_that_are_not_papers_are_the_sections_of_those_below() -> None:
    text = f"- Hearing\n  - [Owls in winter]({OWLS})\n  - [Mice under snow]({MICE})\n"
    text += f"- Sight\n  - [The ears of owls]({EARS})\n"
    records = read_file(text).records
    assert [r.title for r in records] == ["Owls in winter", "Mice under snow", "The ears of owls"]
    assert records[1].reference.fields["keyword"] == "Hearing"


def test_a_bibtex_block_below_a_list_is_read_with_it() -> None:
    text = f"1. **Owls in winter** [[pdf]({OWLS})]\n2. **Mice under snow** [[pdf]({MICE})]\n\n## Citation\n\n```\n"
    text += "@misc{k,\n  title={A Survey of Owls},\n  author={Kraut, Ben},\n  eprint={2301.00004}\n}\n```\n"
    records = read_file(text).records
    assert [r.title for r in records] == ["Owls in winter", "Mice under snow", "A Survey of Owls"]
    assert records[2].authors == ("Ben Kraut",)


def test_tables_with_repeated_headers_and_markup_are_read() -> None:
    head = "|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n"
    row = "|**2023-01-0{0}**|**{1}**|Ben Kraut et.al.|[2301.0000{0}](http://arxiv.org/abs/2301.0000{0})|null|\n"
    text = f"## Owls\n\n{head}{row.format(1, 'Owls in winter')}\n<p align=right>(<a href=#top>back to top</a>)</p>\n\n"
    text += f"## Mice\n\n{head}{row.format(2, 'Mice under snow')}{row.format(3, 'A census of mice')}"
    records = read_file(text).records
    assert [(r.title, r.published) for r in records] == [
        ("Owls in winter", "2023-01-01"), ("Mice under snow", "2023-01-02"), ("A census of mice", "2023-01-03"),
    ]  # fmt: skip
    assert records[0].authors == ("Ben Kraut",)
    assert "et.al" in records[0].extra["authors"]
    assert [r.reference.fields["keyword"] for r in records] == ["Owls", "Mice", "Mice"]


def test_the_last_of_several_names_is_not_a_venue_and_a_row_may_lack_its_last_bar() -> None:
    text = f"## Owls (and mice)\n\n- [Owls in winter]({OWLS}) - Ben Kraut, Ada Moll, Cora Lind, 2023.\n"
    text += f"- [The ears of owls]({EARS}) - Ben Kraut, Ada Moll, Nature Communications, 2023.\n\n"
    text += f"| Year | Title | Paper |\n|---|---|---|\n| 2023 |Mice under snow | [doi]({MICE})\n"
    owls, ears, mice = read_file(text).records
    assert (owls.authors, owls.venue, owls.year) == (("Ben Kraut", "Ada Moll", "Cora Lind"), None, 2023)
    assert (ears.authors, ears.venue) == (("Ben Kraut", "Ada Moll"), "Nature Communications")
    assert (mice.title, owls.reference.fields["keyword"]) == ("Mice under snow", "Owls (and mice)")


def test_lines_with_labels_and_without_values_are_neither_titles_nor_names() -> None:
    text = "".join(
        f"Title: {title}\nAuthors: Ben Kraut\nJournal: None\nPMCID: None\nAbstract: None\nDOI: 10.1000/owls.{at}\n\n"
        for at, title in enumerate(("Owls in winter", "None", "Mice under snow"))
    )
    owls, unnamed, mice = read_file(text).records
    assert [(r.title, r.authors, r.venue, r.abstract) for r in (owls, mice)] == [
        ("Owls in winter", ("Ben Kraut",), None, ""), ("Mice under snow", ("Ben Kraut",), None, ""),
    ]  # fmt: skip
    assert (unnamed.title, unnamed.links) == ("", {"doi": "10.1000/owls.1"})


def test_long_runs_of_words_of_links_are_read_in_moments() -> None:
    with coming_to_an_end():
        read_file(f"- [Owls in winter]({OWLS}), Ben Kraut\n\n- [{'code page ' * 30}of owls]({MICE})\n")


def test_a_digest_gives_abstracts_under_its_headings() -> None:
    text = f"""\
# Daily digest, 2031-01-02

## 1. Owls in winter

- arXiv: {OWLS}
- Authors: Ben Kraut, Ada Moll
- Published: 2031-01-01
- Abstract: We test whether owls hear mice through snow.
  They do.

## 2. Mice under snow

- arXiv: {MICE}
- Authors: Ada Moll
- Summary: We count mice.
"""
    owls, mice = read_file(text).records
    assert (owls.title, owls.abstract, owls.published) == (
        "Owls in winter", "We test whether owls hear mice through snow. They do.", "2031-01-01",
    )  # fmt: skip
    assert (mice.title, mice.authors, mice.abstract) == ("Mice under snow", ("Ada Moll",), "We count mice.")


def test_reference_links_are_followed() -> None:
    text = f"- [Owls in winter][1]\n- [Mice under snow][mice]\n\n[1]: {OWLS}\n[mice]: <{MICE}>\n"
    assert [(r.title, r.links["arxiv"]) for r in read_file(text).records] == [
        ("Owls in winter", "2301.00001"), ("Mice under snow", "2301.00002"),
    ]  # fmt: skip


def test_pages_of_publishers_are_papers_and_other_pages_are_reported() -> None:
    text = """\
- [Owls in winter](https://proceedings.mlr.press/v99/kraut31a.html), Ben Kraut, ICML 2031
- [Mice under snow](https://doi.org/10.1000/mice), Ada Moll
- [The owl blog](https://blog.example/owls)
- [An owl toolkit](https://github.com/owls/kit)
"""
    reading = read_file(text)
    assert [r.title for r in reading.records] == ["Owls in winter", "Mice under snow"]
    assert reading.records[0].extra["URL"] == "https://proceedings.mlr.press/v99/kraut31a.html"
    assert find_reports(reading) == [
        "2 lines with links that lead to no known page of a paper skipped; add the identifiers of those that are papers"
    ]


def test_no_identifier_of_a_long_list_is_lost() -> None:
    lines = [
        f"- **Owls of the {n}th forest**, B. Kraut, [[paper](https://arxiv.org/pdf/2301.{n:05d}.pdf)]"
        for n in range(1, 301)
    ]
    reading = read_file("# Owls\n\nA list of papers on owls, one for each forest.\n\n" + "\n".join(lines) + "\n")
    assert {r.links["arxiv"] for r in reading.records} == {f"2301.{n:05d}" for n in range(1, 301)}
    assert len(reading.records) == 300


@pytest.mark.parametrize(
    "text",
    [
        "# owlkit\n\nA toolkit. "
        + "It hoots when the night falls on the forest.\n" * 40
        + f"\nBased on [1]({OWLS}).\n",
        "# Owls\n\n- [Install](#install)\n- [Use](#use)\n\n## Install\n\n    pip install owls\n",
        "- [The owl blog](https://blog.example/owls)\n- [Owl shop](https://shop.example)\n",
    ],
)
def test_pages_that_are_not_lists_of_papers_are_refused(text: str) -> None:
    assert refuse(text).what


def test_a_listing_of_arxiv_is_read_as_a_copy_and_as_mail() -> None:
    copy = """\
[1] arXiv:2301.00001 [pdf, html, other]
Title: Owls in Winter: How Deep Do They Hear?
Ben Kraut, Ada Moll
Comments: 12 pages
Subjects: Computation and Language (cs.CL)

We test whether owls hear mice through snow.

[2] arXiv:2301.00002 (cross-list from cs.CV) [pdf, other]
Title: Mice Under Snow
Cora Lind
Subjects: Computer Vision (cs.CV)

We count mice under snow.
"""
    mail = """\
------------------------------------------------------------------------------
\\\\
arXiv:2301.00001
Date: Mon, 2 Jan 2023 19:18:42 GMT   (120kb,D)

Title: Owls in Winter: How Deep
  Do They Hear?
Authors: Ben Kraut, Ada Moll
Categories: cs.CL
\\\\
  We test whether owls hear
mice through snow.
\\\\ ( https://arxiv.org/abs/2301.00001 ,  120kb)
------------------------------------------------------------------------------
\\\\
arXiv:2301.00002 (*cross-listing*)
Date: Mon, 2 Jan 2023 20:00:00 GMT   (1kb)

Title: Mice Under Snow
Authors: Cora Lind
Categories: cs.CV
\\\\
  We count mice under snow.
\\\\ ( https://arxiv.org/abs/2301.00002 ,  1kb)
"""
    for text in (copy, mail):
        owls, mice = read_file(text).records
        assert (owls.title, owls.authors) == ("Owls in Winter: How Deep Do They Hear?", ("Ben Kraut", "Ada Moll"))
        assert owls.abstract == "We test whether owls hear mice through snow."
        assert (mice.title, mice.abstract, mice.links) == (
            "Mice Under Snow", "We count mice under snow.", {"arxiv": "2301.00002"},
        )  # fmt: skip
    assert read_file(mail).records[0].published == "2023-01-02"


def test_a_plain_list_of_identifiers_stays_one() -> None:
    assert read_titles("2301.00001\nhttps://arxiv.org/abs/2301.00002\n10.1000/owls\n") == ["", "", ""]


TITLES_FIRST = """\
# Invented owls

## Hearing
- **{0}Owls hear mice: A study of unheard sounds{1}** (2031), A. Roe et al. [[pdf]](https://arxiv.org/pdf/3101.00001)
- **{0}Snow, ice and owls{1}** (2030) B. Kraut and C. Poe [[pdf]](https://papers.nips.cc/paper/1-snow.pdf)
- **{0}Mice under snow (2029){1}**, A. Roe and L. Fei-Mouse [[pdf]](https://owls.example/mice.pdf):
- **{0}Fast N-OWL{1}** (2027), R. Moll [[pdf]](https://owls.example/fast.pdf)
- Doe, A., & Roe, B. (2028). Why owls turn. Annals of Owls, 3, 1-9. https://doi.org/10.1000/turn
"""


@pytest.mark.parametrize("marks", [("", ""), ("1. ", ""), ("", ".")])
@pytest.mark.parametrize("bold", ["**", ""])
def test_titles_before_their_year_and_authors_are_not_taken_for_names(bold: str, marks: tuple[str, str]) -> None:
    hear, snow, mice, fast, turn = read_file(TITLES_FIRST.format(*marks).replace("**", bold)).records
    assert hear.title.rstrip(".") == "Owls hear mice: A study of unheard sounds"
    assert (hear.authors, hear.year, hear.links) == (("A. Roe",), 2031, {"arxiv": "3101.00001"})
    assert (snow.title.rstrip("."), snow.authors) == ("Snow, ice and owls", ("B. Kraut", "C. Poe"))
    assert (mice.title.rstrip("."), mice.authors) == ("Mice under snow", ("A. Roe", "L. Fei-Mouse"))
    assert (fast.title.rstrip("."), fast.authors, fast.year) == ("Fast N-OWL", ("R. Moll",), 2027)
    assert (turn.title, turn.venue, turn.year) == ("Why owls turn", "Annals of Owls", 2028)


def test_a_column_of_titles_may_hold_short_ones_and_one_of_authors_only_authors() -> None:
    text = f"""\
| Paper | Authors | Venue | Notes | Link |
|---|---|---|---|---|
| FPN | Kraut, Moll et al. | J. Owl Studies | Ada Lind, Bo Poe | [arxiv]({OWLS}) |
| Owls in winter | Kraut et al. (Oslo) | Owls | OWL框架+Deep Owl，在雪地验证 | [arxiv]({MICE}) |
| Ears of owls | Ben Kraut, Ada Moll | Owls | of snow | [arxiv]({EARS}) |
"""
    records = read_file(text).records
    assert [(record.title, record.authors, record.venue) for record in records] == [
        ("FPN", (), "J. Owl Studies"), ("Owls in winter", ("Kraut",), "Owls"),
        ("Ears of owls", ("Ben Kraut", "Ada Moll"), "Owls"),
    ]  # fmt: skip
    assert [record.extra.get("authors") for record in records[:2]] == ["Kraut, Moll et al.", "Kraut et al. (Oslo)"]


def test_a_table_with_unknown_headers_has_its_titles_in_the_first_cells() -> None:
    text = f"""\
| 技术 | 类型 | 状态 | 来源页 |
|---|---|---|---|
| **OwlNet** | 扩散模型 | 2031 | [GitHub](https://github.com/owls/net) |
| **MouseNet** | 扩散模型 | 2031 | [arXiv]({MICE}) |
"""
    assert read_titles(text) == ["MouseNet"]


def test_a_note_on_one_paper_has_its_heading_as_title() -> None:
    text = f"# Owls in winter: hearing mice\n\n[Paper]({OWLS})\n\n**Topics**: [[T__Owls]], [[T__Snow]]\n\n"
    text += f"| 链接 | [arXiv]({OWLS}) · [DOI](https://doi.org/10.1000/owls) |\n| 主要任务 | 听觉 |\n"
    record = read_single(text)
    assert (record.title, dict(record.links)) == (
        "Owls in winter: hearing mice", {"arxiv": "2301.00001", "doi": "10.1000/owls"},
    )  # fmt: skip


def test_the_label_before_an_identifier_is_not_a_title() -> None:
    refused = refuse(
        "<html><body><table><tr><td>Published in: </td><td>2031. https://doi.org/10.1000/owls</td></tr></table></body></html>"
    )
    assert "HTML" in refused.what
