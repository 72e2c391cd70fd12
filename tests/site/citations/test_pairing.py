"""Names and marks belong together. All papers are invented."""

from __future__ import annotations

import pytest
from docutils import nodes
from toybook import Built

from litbook.site.citations.pairing import pair_marks


def cite(*keys: str) -> nodes.inline:
    citation = nodes.inline("", "[", classes=["bibtex-citation"])
    for at, key in enumerate(keys):
        citation += [nodes.Text("; ")] if at else []
        citation += nodes.reference("", key.title(), refuri=f"{key}.html", citekey=key)
    citation += nodes.Text("]")
    return citation


def claim(*sentences: str) -> nodes.inline:
    marks = nodes.inline(classes=["litbook-claims"])
    for at, sentence in enumerate(sentences):
        key, _, number = sentence.partition(":")
        marks += [nodes.Text(" ")] if at else []
        marks += nodes.reference("", number, refuri=f"{key}.html#sentence-{number}", citekey=key)
    return marks


def shown(*pieces: nodes.Node) -> str:
    paragraph = nodes.paragraph("", "", *pieces)
    pair_marks(nodes.section("", paragraph))
    return paragraph.astext()


def test_each_mark_follows_its_paper_whatever_the_order() -> None:
    assert shown(cite("ada", "bo"), claim("bo:7", "ada:2", "bo:9")) == "[Ada2; Bo7 9]"


def test_a_mark_of_a_paper_that_is_not_cited_stays_behind() -> None:
    assert shown(cite("ada", "bo"), claim("cy:1", "ada:2")) == "[Ada2; Bo]1"


def test_the_next_sentence_on_the_same_paper_repeats_only_the_mark() -> None:
    pieces = (nodes.Text("One "), cite("ada"), claim("ada:1"), nodes.Text(". Two "), cite("ada"), claim("ada:2"))
    assert shown(*pieces, nodes.Text(".")) == "One [Ada]1. Two2."


def test_a_paper_page_leads_to_the_mark_or_else_to_the_name_and_to_no_anchor_that_is_gone() -> None:
    def anchors(mark: str, *cited: nodes.inline) -> list[str]:
        """Return the anchors left of two sentences on a paper, the second with marks that have this anchor, or none."""
        marks = claim("ada:1")
        next(marks.findall(nodes.reference))["ids"] = [mark] if mark else []
        for citation, anchor in zip(cited, ("cite-ada", "cite-ada--2"), strict=True):
            next(citation.findall(nodes.reference))["ids"] = [anchor]
        paragraph = nodes.paragraph("", "", cited[0], nodes.Text(". Two "), cited[1], marks)
        pair_marks(nodes.section("", paragraph))
        return [anchor for node in paragraph.findall(nodes.Element) for anchor in node.get("ids", [])]

    assert anchors("claim-ada-1", cite("ada"), cite("ada")) == ["cite-ada", "claim-ada-1"]
    assert anchors("", cite("ada"), cite("ada")) == ["cite-ada", "cite-ada--2"]


def test_only_the_space_in_front_of_a_name_that_is_left_out_goes() -> None:
    pieces = (nodes.Text("One"), nodes.Text("\n"), cite("ada"), claim("ada:1"), nodes.Text(". Two"), nodes.Text("\n"))
    assert shown(*pieces, cite("ada"), claim("ada:2")) == "One\n[Ada]1. Two2"


def test_a_name_is_repeated_after_another_one_and_without_a_mark() -> None:
    others = (cite("ada"), claim("ada:1"), cite("bo"), claim("bo:1"), cite("ada"), claim("ada:2"))
    assert shown(*others) == "[Ada]1[Bo]1[Ada]2"
    assert shown(cite("ada"), claim("ada:1"), nodes.Text(" "), cite("ada")) == "[Ada]1 [Ada]"


def test_sentences_in_a_row_share_a_mark_and_more_than_two_marks_become_one() -> None:
    assert shown(cite("ada"), claim("ada:5", "ada:6", "ada:9")) == "[Ada]5–6 9"
    assert shown(cite("ada"), claim("ada:5", "ada:7", "ada:9")) == "[Ada]5…9"
    assert shown(cite("ada"), claim("cy:1", "cy:2", "bo:3")) == "[Ada]1–2 · 3"


@pytest.mark.parametrize(("numbers", "said"), [((5, 6), "5–6"), ((5, 6, 7), "5–7"), ((5, 7, 9), "5…9 (5, 7, 9)")])
def test_a_shared_mark_says_all_its_sentences_as_it_shows_them_and_has_their_anchors(
    numbers: tuple[int, ...], said: str
) -> None:
    marks = claim(*(f"ada:{number}" for number in numbers))
    for number, mark in zip(numbers, marks.findall(nodes.reference), strict=True):
        mark["ids"] = [f"claim-ada-{number}"]
        mark["reftitle"] = f"Sentence {number} of Ada, 2031: “Owls hear {number}.”"
    pair_marks(nodes.section("", nodes.paragraph("", "", cite("ada"), marks)))
    (mark,) = marks.findall(nodes.reference)
    quotes = " ".join(f"“Owls hear {number}.”" for number in numbers)
    assert mark["reftitle"] == f"Sentences {said} of Ada, 2031: {quotes}"
    anchors = [anchor for node in marks.findall(nodes.Element) for anchor in node["ids"]]
    assert anchors == [f"claim-ada-{number}" for number in numbers]


def test_in_the_built_review_each_mark_follows_the_name_of_its_paper(real: Built) -> None:
    paired, astray = 0, []
    for path in sorted((real.review.html / "book/chapters").glob("*.html")):
        for citation in real.review.page(f"book/chapters/{path.name}").soup.select(".bibtex-citation"):
            addresses = [str(link["href"]).partition("#") for link in citation.select("a")]
            names = [page for page, _, anchor in addresses if not anchor.startswith("sentence-")]
            paired += len(names) > 1
            here = ""
            for page, _, anchor in addresses:
                if anchor.startswith("sentence-") and page != here:
                    astray.append(f"{path.name}: {citation.get_text()}")
                here = here if anchor.startswith("sentence-") else page
    assert paired > 100
    assert astray == []
