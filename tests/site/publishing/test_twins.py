"""Markdown for programs: what pages say, without what only the build understands. All papers are invented."""

from __future__ import annotations

from invented import make_corpus_of, make_paper
from toybook import Built

from litbook.ingest.pages import make_page
from litbook.site.publishing.twins import render_page, render_paper_page

PAGE = """---
synonyms: [bread]
---

# Bread

:::{admonition} In short
:class: tip
Wax helps {cite}`ada`{claim}`ada:3,ada:4`, says a review of {count}`papers` paper.
:::

:::{papers} crafts
:::
"""


def test_a_page_keeps_its_text_and_shows_roles_as_readers_see_them() -> None:
    corpus = make_corpus_of([make_paper("ada", "Wax", authors=("Ada Fold",), year=2031)])
    text = render_page(corpus, make_page(PAGE, "chapters/bread.md"))
    assert text == "# Bread\n\nWax helps (Fold, 2031) [sentence 3, 4], says a review of 1 paper.\n"


def test_a_paper_s_page_loses_its_classes_and_marks() -> None:
    marked = "[We fold \\[paper\\].]{.sentence-1}{litbook-used}`1 chapters/x.md` [So.]{.sentence-2}"
    source = f"{{.litbook-byline}}\nAda\n\n{marked}\n"
    assert render_paper_page(source) == "Ada\n\nWe fold \\[paper\\]. So.\n"


def test_a_marked_sentence_keeps_its_link() -> None:
    source = "[Code: [a.example](https://a.example/).]{.sentence-2} [Not marked] \\[ [One.]{.sentence-3-4}\n"
    assert render_paper_page(source) == "Code: [a.example](https://a.example/). [Not marked] \\[ One.\n"


def test_each_page_has_its_twin_and_the_index_leads_to_the_chapters(book: Built) -> None:
    site = book.review.html
    for name in ("book/chapters/loaf-vision", "book/papers/pretend2020risecast", "book/index"):
        link = book.review.page(f"{name}.html").one("head link[type='text/markdown']")
        assert (site / name).parent.joinpath(str(link["href"])).resolve() == (site / f"{name}.md").resolve()
        assert (site / f"{name}.md").read_text("utf-8").startswith("# ")
    index = (site / "llms.txt").read_text("utf-8")
    assert "](book/chapters/loaf-vision.md)" in index
    assert "Cite it as: " in index


def test_an_icon_is_where_browsers_look_for_it(book: Built) -> None:
    assert (book.review.html / "favicon.ico").read_bytes()[:4] == b"\0\0\1\0"
    manifest = book.review.page("book/index.html").one("head link[rel=manifest]")
    assert (book.review.html / "book" / str(manifest["href"])).resolve().is_file()
