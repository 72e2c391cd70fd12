"""The reader of the Hugging Face Papers page, on the real page and on invented papers (`hfcaptures`)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from effort import coming_to_an_end
from hfcaptures import CAPTURES, CHROME, HUB, PAPERS, fill, link
from hypothesis import given
from hypothesis import strategies as st

from litbook.ingest.formats.hfpapers import matches, read_hfpapers
from litbook.model.review import Reading, Record

PAGE = Path(__file__).parents[3] / "book/corpus/sources/hf-papers-implicit-learning.txt"


def read(text: str) -> Reading:
    reading = read_hfpapers("page.txt", text)
    assert reading.text() == text
    pieces = sorted((*reading.records, *reading.unread), key=lambda piece: piece.first_line)
    assert [piece.first_line for piece in pieces[1:]] == [piece.last_line + 1 for piece in pieces[:-1]]
    return reading


def pairs(reading: Reading) -> list[tuple[str, str]]:
    return [(record.title, record.abstract) for record in reading.records]


def missed(reading: Reading) -> list[str]:
    return [piece.raw.strip() for piece in reading.unread if not piece.understood]


# -- the real page --------------------------------------------------------------------------------------------------


def real() -> list[tuple[str, str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()[2:]
    lines[0] = lines[0].removeprefix("Subscribe")
    return list(zip(lines[::2], lines[1::2], strict=True))


def test_the_real_page_is_read_whole_and_given_back_byte_for_byte() -> None:
    content = PAGE.read_bytes()
    reading = read(content.decode("utf-8", "surrogateescape"))
    assert pairs(reading) == real()
    assert len(reading.records) == 248
    assert reading.text().encode("utf-8", "surrogateescape") == content
    assert [(piece.first_line, piece.last_line, piece.understood) for piece in reading.unread] == [(1, 2, True)]
    assert reading.records[0].raw.startswith("SubscribeModel-based")
    assert [(record.first_line, record.last_line) for record in reading.records[:2]] == [(3, 4), (5, 6)]
    assert matches(content.decode()) > 0.9


def test_bytes_that_are_not_text_come_back_as_they_were() -> None:
    content = CHROME.encode() + b"SubscribeMice \xff Learn to Sing\r\nWe show \xfe that they do.\n\xed\xa0\x80\n"
    reading = read(content.decode("utf-8", "surrogateescape"))
    assert reading.text().encode("utf-8", "surrogateescape") == content


@pytest.mark.slow
@pytest.mark.parametrize("width", [50, 72, 80, 100, 120])
@pytest.mark.parametrize("wraps_titles", [True, False])
def test_the_real_page_is_read_whole_when_wrapped_with_blank_lines(width: int, wraps_titles: bool) -> None:
    blocks = [(fill(title, width) if wraps_titles else title, fill(abstract, width)) for title, abstract in real()]
    reading = read(CHROME + "Subscribe" + "\n\n".join("\n\n".join(pair) for pair in blocks))
    assert pairs(reading) == real()
    assert missed(reading) == []


@pytest.mark.parametrize("number", [1, 5, 100, 247])
@pytest.mark.parametrize("marks", ["# ", "## ", "#hashtag "])
def test_a_title_that_begins_like_a_heading_is_a_title_among_others(number: int, marks: str) -> None:
    papers = real()
    papers[number] = (marks + papers[number][0], papers[number][1])
    reading = read(CHROME + "Subscribe" + "\n".join("\n".join(pair) for pair in papers))
    assert pairs(reading) == papers
    assert missed(reading) == []


@pytest.mark.slow
@pytest.mark.parametrize("wraps_titles", [True, False])
@pytest.mark.parametrize("width", [72, 80, 100, 120])
def test_most_of_the_real_page_is_read_when_wrapped_without_blank_lines(width: int, wraps_titles: bool) -> None:
    titles = [fill(title, width) if wraps_titles else title for title, _ in real()]
    blocks = zip(titles, (fill(abstract, width) for _, abstract in real()), strict=True)
    reading = read(CHROME + "\n".join("\n".join(pair) for pair in blocks))
    assert len(set(pairs(reading)) & set(real())) >= 235
    assert len(set(pairs(reading)) - set(real())) <= 6


@pytest.mark.parametrize("seed", range(4))
def test_missing_pieces_of_the_real_page_shift_nothing(seed: int) -> None:
    chance = random.Random(seed)
    kept: list[tuple[str, str]] = []
    for place, (title, abstract) in enumerate(real()):
        lost = chance.choice(["title", "abstract"]) if place % 9 == 4 else ""
        kept.append(("" if lost == "title" else title, "" if lost == "abstract" else abstract))
    reading = read(CHROME + "\n".join(piece for pair in kept for piece in pair if piece) + "\n")
    assert pairs(reading) == [pair for pair in kept if pair[0]]
    assert missed(reading) == [abstract for title, abstract in kept if not title]


# -- the same page captured otherwise -------------------------------------------------------------------------------

# Titles and abstracts in turn and nothing else: a person has to say that they are.
WITHOUT_A_SIGN = ("no chrome", "wrapped CRLF")
LINKED = [name for name in CAPTURES if "links" in name or "addresses" in name]


@pytest.mark.parametrize("name", CAPTURES)
def test_every_capture_gives_the_same_records(name: str) -> None:
    reading = read(CAPTURES[name])
    assert pairs(reading) == PAPERS
    assert missed(reading) == []
    assert (matches(CAPTURES[name]) >= 0.5) == (name not in WITHOUT_A_SIGN)


@pytest.mark.parametrize("name", LINKED)
def test_links_give_the_arxiv_ids(name: str) -> None:
    assert [dict(record.links) for record in read(CAPTURES[name]).records] == [
        {"arxiv": f"26{number:02d}.00683"} for number in range(1, 8)
    ]


@pytest.mark.parametrize("name", ["counts and dates", "counts apart", "links", "reference links"])
def test_counts_and_dates_are_kept(name: str) -> None:
    records = read(CAPTURES[name]).records
    assert [record.extra for record in records] == [{"author_count": str(number)} for number in range(1, 8)]
    assert {(record.published, record.year) for record in records} == {("2023-10-25", 2023)}


def test_a_record_knows_its_lines() -> None:
    first, second = read(CAPTURES["counts apart"]).records[:2]
    assert (first.first_line, first.last_line) == (5, 13)
    assert first.raw == CAPTURES["counts apart"][len(CHROME) + 3 : len(CHROME) + 3 + len(first.raw)]
    assert first.raw.endswith("Oct 25, 2023\n")
    assert second.raw.startswith("How do rats dance?")


def test_repeated_records_are_all_kept() -> None:
    page = "".join(f"{title}\n{abstract}\n" for title, abstract in PAPERS)
    assert pairs(read(CHROME + page + CHROME + "Subscribe" + page)) == PAPERS * 2


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published on Oct 25, 2023", "2023-10-25"),
        ("Oct 25, 2023", "2023-10-25"),
        ("2023-10-25", "2023-10-25"),
        ("Published: September 5, 2023", "2023-09-05"),
        ("25 Oct 2023", "2023-10-25"),
        ("· 8 authors · Published on Oct 25, 2023", "2023-10-25"),
        ("Oct 25", None),
    ],
)
def test_a_date_is_read_in_each_form(line: str, published: str | None) -> None:
    reading = read(f"Mice Learn to Sing\nWe show that mice sing.\n{line}\n")
    assert [record.published for record in reading.records] == [published]
    assert missed(reading) == []


def test_facts_before_the_titles_go_with_what_follows() -> None:
    page = "".join(f"Oct {day}, 2023\n{title}\n{abstract}\n" for day, (title, abstract) in enumerate(PAPERS, start=1))
    assert [record.published for record in read(page).records] == [f"2023-10-0{day}" for day in range(1, 8)]


def test_a_link_to_code_is_kept() -> None:
    page = "### Mice Learn to Sing\n\nWe show it.\n[LINK: GitHub 1.77k](https://github.com/mice/sing)\n"
    assert read(page).records[0].links == {"code": "https://github.com/mice/sing"}


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("MiceNet: an end-to-end\n  Multi-Modal Network that Sings and Dances", None),
        ("A Survey of Mice that Are Found in Language\nModels", None),
        ("MiceNet, the network\nof mice", None),
        ("[Rats Dance\\  at Night](/papers/2606.00683)", "Rats Dance at Night"),
        ("**[Rats Dance](/papers/2606.00683)**", "Rats Dance"),
    ],
)
def test_a_wrapped_heading_is_one_title(heading: str, title: str | None) -> None:
    reading = read(f"### {heading}\n\nIt sings.\n\n### Rats\nThey dance, and we show\nThat they do.\n")
    whole = title or " ".join(heading.split())
    assert pairs(reading) == [(whole, "It sings."), ("Rats", "They dance, and we show That they do.")]


def test_a_link_over_lines_is_one_text() -> None:
    page = (
        "### [Mice](/papers/2606.00683)\n\n[Mice sing. We\\\nSay "
        "so\\\nTwice](/papers/2606.00683)\n\n### [Rats](/papers/2606.00684)\n"
    )
    assert pairs(read(page)) == [("Mice", "Mice sing. We Say so Twice"), ("Rats", "")]


def test_a_paper_s_address_tells_titles_from_abstracts() -> None:
    one, two = link(1), link(2)
    page = f"[Mice Sing]({one})\n\n[We dance.]({two})\n\n[Rats Do That]({two})\n"
    assert pairs(read(page)) == [("Mice Sing", ""), ("We dance.", "Rats Do That")]


def test_an_abstract_need_not_end_with_a_full_stop() -> None:
    assert pairs(read("How Rats Dance\nWe show how rats dance")) == [("How Rats Dance", "We show how rats dance")]
    reading = read("### Mice Sing\n\nSee.\n\n### Rats\n\nThey dance")
    assert pairs(reading) == [
        ("Mice Sing", "See."),
        ("Rats", "They dance"),
    ]


def test_an_abstract_may_begin_in_lower_case() -> None:
    papers = [("How Rats Dance", "rat2vec dances. We show it."), ("Do Owls Care", "iOwl does not care.")]
    assert pairs(read("\n".join("\n".join(pair) for pair in papers))) == papers
    assert pairs(read("\n".join("\n".join(pair) for pair in papers[:1]))) == papers[:1]
    assert pairs(read("\n".join("\n".join(pair) for pair in [*PAPERS, *papers]))) == [*PAPERS, *papers]


def test_paragraphs_under_a_heading_are_one_abstract() -> None:
    page = "### Mice Learn to Sing\n\nWe show that they do.\n\nWe also show why.\n\n### Rats\n\nThey dance.\n"
    assert pairs(read(page)) == [
        ("Mice Learn to Sing", "We show that they do. We also show why."),
        ("Rats", "They dance."),
    ]


def test_the_last_word_of_a_wrapped_title_is_not_a_button() -> None:
    page = (
        "The Songs of Mice in Large Language\nModels\n\nWe study the songs of mice and\ntheir "
        "models.\n\nRats Dance\n\nThey dance, as we show, with\n65.7%.\n"
    )
    assert pairs(read(page)) == [
        ("The Songs of Mice in Large Language Models", "We study the songs of mice and their models."),
        ("Rats Dance", "They dance, as we show, with 65.7%."),
    ]


def test_what_is_between_headings_is_reported() -> None:
    reading = read("### Mice Sing\n\nWe show that mice sing.\n\nOther Things to See\n\n### Rats\n\nThey dance.\n")
    assert pairs(reading) == [("Mice Sing", "We show that mice sing."), ("Rats", "They dance.")]
    assert missed(reading) == ["Other Things to See"]


# -- what is not understood -----------------------------------------------------------------------------------------


def test_what_is_missing_shifts_nothing() -> None:
    kept = [PAPERS[0], (PAPERS[1][0], ""), PAPERS[2], ("", PAPERS[4][1]), PAPERS[6]]
    reading = read(CHROME + "Subscribe" + "\n".join(piece for pair in kept for piece in pair if piece))
    assert pairs(reading) == [pair for pair in kept if pair[0]]
    assert missed(reading) == [PAPERS[4][1].strip()]
    assert [piece.reason for piece in reading.unread] == [
        "page chrome",
        "an abstract without a title; add one above",
    ]


def test_what_is_too_little_for_a_title_is_reported() -> None:
    reading = read("### Mice Learn to Sing\n\nWe show it.\n\n# Other things\n\n### A Title Alone\n")
    assert pairs(reading) == [("Mice Learn to Sing", "We show it."), ("A Title Alone", "")]
    assert missed(reading) == ["# Other things"]


def test_front_matter_and_chrome_are_understood() -> None:
    reading = read(
        "---\nurl: https://x.org\ntitle: Daily Papers\n---\nnew\n\n- Daily\n- Weekly\n\n"
        "Submitted by\n\n[-] 12\n\nUpvote 12\n+5\n1.2k\n"
    )
    assert reading.records == ()
    assert [(piece.understood, piece.reason) for piece in reading.unread] == [(True, "page chrome")]


def test_marks_of_markdown_that_are_the_authors_stay() -> None:
    title, abstract = (
        "On [x](https://x.org/) and **Bold** `Mice`",
        "We show [that](javascript:alert(1)) ![mice] <b>sing</b> {{ x }}, see https://x.org/a.",
    )
    assert pairs(read(f"{CHROME}{title}\n{abstract}\n")) == [(title, abstract)]


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "x", "@article{a, title={b}}", '{"title": "x"}', "TY  - JOUR\nER  - \n", "%PDF"]
)
def test_other_things_are_not_this_page(text: str) -> None:
    assert matches(text) == 0
    read(text)


def test_a_page_is_known_by_its_links() -> None:
    assert matches(f"[Mice]({link(1)})\n") >= 0.9


LINES = st.sampled_from(
    [piece for pair in PAPERS for piece in pair]
    + [
        "",
        " ",
        "- 8 authors",
        "Oct 25, 2023",
        "12",
        "\\",
        "[",
        f"]({HUB}/papers/2606.00683)",
        "### a",
        "### [b](/papers/2606.00683)",
        "Subscribe",
        "---",
        "[1]: x",
        "](x)",
    ]
    + ["We go on and", "mice sing at", "![](x)", "\ufeff", "\udcff", "\x0c", "\u2028", CHROME[:-1]]
)


@given(
    st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\\\n"]))).map(
        lambda rows: "".join(map("".join, rows))
    )
    | st.text()
)
def test_every_line_is_accounted_for(text: str) -> None:
    for record in read(text).records:
        assert isinstance(record, Record)
        assert record.title.strip()
    assert 0 <= matches(text) <= 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "[",
        "](",
        "![",
        "\\",
        "# ",
        "[a](",
        "a\n",
        "[\n",
        f"]({HUB}/papers/2606.00683)\n",
        "A b.\n",
        "1 ",
        "### a\n",
        "8 authors\n",
        "[a](b) ",
        "a b\n\n",
        "· ",
        "a. B",
    ],
)
def test_a_hundred_kilobytes_of_nothing_come_to_an_end(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    with coming_to_an_end():
        assert read_hfpapers("x", text).text() == text
        matches(text)
