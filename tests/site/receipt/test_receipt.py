"""The receipt of a built site: it lists every file as it is, and every page leads to it. The review is invented."""

from __future__ import annotations

import hashlib

from toybook import Built

import litbook
from litbook.core.receipt import NAME, Receipt, read_receipt


def read(book: Built) -> Receipt:
    return read_receipt((book.review.html / NAME).read_text("utf-8"))


def test_it_lists_every_file_of_the_site_with_its_digest(book: Built) -> None:
    files = {name: content for name, content in book.review.site().items() if name != NAME and not name.startswith(".")}
    assert read(book).files == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_it_lists_what_people_wrote_and_nothing_else(book: Built) -> None:
    inputs = read(book).inputs
    known = ("_config.yml", "_toc.yml", "book/corpus/decisions.csv", "book/notes/pretend2020risecast.md")
    assert set(known) <= set(inputs)
    assert not [name for name in inputs if name.startswith(("book/papers/", "book/data/", "_build", "."))]
    for name in known:
        assert inputs[name] == hashlib.sha256(book.review.path(name).read_bytes()).hexdigest()


def test_it_names_what_made_the_site(book: Built) -> None:
    receipt = read(book)
    assert receipt.litbook == litbook.__version__
    assert {"python", "sphinx", "myst-parser"} <= set(receipt.versions)
    assert receipt.date


def test_every_page_leads_to_it(book: Built) -> None:
    for name, way in (
        ("book/papers/pretend2020risecast.html", "../../"),
        ("book/index.html", "../"),
        ("search.html", ""),
    ):
        assert book.review.page(name).links(".litbook-foot")["Receipt of this build"] == f"{way}{NAME}"
