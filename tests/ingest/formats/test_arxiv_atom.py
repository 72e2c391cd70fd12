"""The feed of the arXiv API; the papers are invented."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from hypothesis import given
from hypothesis import strategies as st
from reads import check, claims, faults, garble, sample, titles

from litbook.ingest.formats.arxiv_atom import matches, read_arxiv_atom
from litbook.model.review import Reading

FEED = sample("arxiv-feed.xml")
TITLES = [r"Voles are In-Context Counters: A k-NN View of \emph{Microtus} & Friends", "Owls and strings"]


def read(text: str) -> Reading:
    return check(read_arxiv_atom, text)


def entry(inside: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">\n<entry>{inside}</entry>\n</feed>'


SHAPES = {
    "as it is sent": FEED,
    "with CRLF and a BOM": "\ufeff" + FEED.replace("\n", "\r\n"),
    "on one line": " ".join(FEED.split()),
    "with the prefix declared once": FEED.replace(' xmlns:arxiv="http://arxiv.org/schemas/atom"', "").replace(
        '2005/Atom">', '2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">', 1
    ),
    "with an undeclared prefix": FEED.replace(' xmlns:arxiv="http://arxiv.org/schemas/atom"', ""),
    "with a prefix everywhere": FEED.replace("<feed xmlns=", "<atom:feed xmlns:atom=")
    .replace("</feed", "</atom:feed")
    .replace("<entry", "<atom:entry")
    .replace("</entry", "</atom:entry"),
    "two pages in a row": FEED.replace(
        "</entry>\n  <entry>", f"</entry>\n</feed>\n{FEED[: FEED.index('<entry>')]}<entry>"
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_recognised_and_read(name: str) -> None:
    assert claims(SHAPES[name]) == "arxiv_atom"
    reading = read(SHAPES[name])
    assert titles(reading) == TITLES
    assert faults(reading) == []
    first, second = reading.records
    assert (
        first.abstract == r"We teach voles to count in O(n^{2}) steps. They cost $5 to $10 each, 85\% less than mice."
    )
    assert first.authors == ("Liis Tamm", "Jürgen Maus")
    assert (first.year, first.published, first.venue) == (2023, "2023-10-25", None)
    assert first.links == {"arxiv": "2310.99901", "doi": "10.5555/vole.7"}
    assert (second.links, second.authors) == ({"arxiv": "hep-th/0299017"}, ("The Owl Collaboration",))


def test_everything_else_is_kept() -> None:
    assert read(FEED).records[0].extra == {
        "id": "http://arxiv.org/abs/2310.99901v2",
        "updated": "2024-02-10T12:13:14Z",
        "published": "2023-10-25T17:59:58Z",
        "link": "http://dx.doi.org/10.5555/vole.7; http://arxiv.org/abs/2310.99901v2; "
        "http://arxiv.org/pdf/2310.99901v2",
        "comment": "12 pages, 3 figures",
        "journal_ref": "J. Inv. Ornith. 7 (2024) 12-34",
        "primary_category": "cs.CL",
        "category": "cs.CL; cs.LG",
        "author affiliation": "Liis Tamm: University of Nowhere",
    }
    assert "id" not in read(entry("<id>http://arxiv.org/abs/2310.99901</id><title>A</title>")).records[0].extra


def test_records_know_their_lines() -> None:
    first, second = read(FEED).records
    lines = FEED.splitlines()
    assert lines[first.first_line - 1] == lines[second.first_line - 1] == "  <entry>"
    assert second.first_line == first.last_line + 1
    assert first.raw.rstrip().endswith("</entry>")


@pytest.mark.parametrize(
    "text",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>News</title><summary>x</summary></entry></feed>',
        "<html><body>arxiv.org/abs/2310.99901 <entry></body></html>",
        "<PubmedArticleSet></PubmedArticleSet>",
        "",
    ],
)
def test_other_files_are_not_claimed(text: str) -> None:
    assert matches(text) == 0


# -- damage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("</entry>\n  <entry>", "  <entry>", "an entry without </entry>; add it, or fetch the feed again"),
        ("&amp; Fr", "& Fr", "an entry that is not XML (not well-formed (invalid token), line 6 of it); repair it"),
        ("</author>", "", "an entry that is not XML (mismatched tag, line 26 of it); repair it"),
        ("&amp; Friends", "&friends;", "an entry that is not XML (undefined entity, line 6 of it); repair it"),
    ],
)  # fmt: skip
def test_a_damaged_entry_harms_no_other(old: str, new: str, reason: str) -> None:
    for text in (FEED, FEED.replace("\n", "\r\n")):
        reading = read(text.replace(old, new, 1) if old in text else text.replace("</entry>\r\n", "", 1))
        assert titles(reading) == TITLES[1:]
        assert faults(reading) == [(10, reason)]


def test_a_truncated_feed_gives_its_whole_entries() -> None:
    reading = read(FEED[: FEED.index("We tie owls")])
    assert titles(reading) == TITLES[:1]
    assert faults(reading) == [(36, "the file ends inside of this entry; fetch the feed again")]


def test_an_error_of_the_service_is_reported() -> None:
    text = entry(
        "<id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>"
        "<summary>incorrect id format for x</summary>"
    )
    assert matches(text) > 0.9
    assert faults(read(text)) == [(2, "arXiv reports an error (incorrect id format for x); ask it again")]


def test_entries_in_comments_are_not_entries() -> None:
    reading = read(FEED.replace("  <entry>", "  <!-- <entry><title>Hidden</title></entry> -->\n  <entry>", 1))
    assert titles(reading) == TITLES


def test_a_bomb_of_entities_does_not_go_off() -> None:
    definitions = '<!ENTITY a "owl">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    bomb = FEED.replace("<feed", f"<!DOCTYPE feed [{definitions}]>\n<feed", 1).replace("Owls and", "&m; and")
    with coming_to_an_end():
        reading = read(bomb)
    assert titles(reading) == TITLES[:1]
    assert [reason for _, reason in faults(reading)] == [
        "an entry that is not XML (undefined entity, line 5 of it); repair it"
    ]
    inside = read(entry(f"<!DOCTYPE entry [{definitions}]><title>&m;</title>"))
    assert inside.records == ()
    assert len(faults(inside)) == 1


def test_bytes_and_characters_that_xml_has_not_are_shown_as_such() -> None:
    (record,) = read(entry("<id>arxiv.org/abs/2310.99901</id><title>Owls\x00 \udcff\x0b fly</title>")).records
    assert record.title == "Owls\ufffd \ufffd\ufffd fly"


@pytest.mark.slow
def test_depth_and_size_do_no_harm() -> None:
    with coming_to_an_end():
        deep = read(
            entry("<id>arxiv.org/abs/2310.99901</id><title>" + "<i>" * 50_000 + "owl" + "</i>" * 50_000 + "</title>")
        )
        assert titles(deep) == ["owl"]
        for piece in ("<!--", "<![CDATA[", "-->"):
            read_arxiv_atom("a", piece * 200_000)
        for piece in ("<entry>", "</entry>", "<feed "):
            read_arxiv_atom("a", piece * 10_000)


@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10**6))
def test_garbled_files_come_back(name: str, seed: int) -> None:
    text = garble(SHAPES[name], seed)
    read(text)
    read(text[: seed % (len(text) + 1)])


@given(st.text(alphabet="<>/entryfd!-[]CDATA&; \n\r\x00\udc80'\"=:x", max_size=80))
def test_any_text_comes_back(text: str) -> None:
    read(text)
    read(f"<entry>{text}</entry>")
