"""Whether there is a page of notices is asked by every page of the site, and answered once."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

from litbook.model.review import Corpus
from litbook.site.notices.page import has_page


class Looked:
    """Papers without a notice that count how often all of them are looked at."""

    def __init__(self) -> None:
        self.times = 0

    def __iter__(self) -> Iterator[Any]:
        self.times += 1
        return iter([SimpleNamespace(notices=(), watched={})] * 3)


def test_many_pages_look_at_all_papers_once() -> None:
    papers = Looked()
    corpus = cast(Corpus, SimpleNamespace(papers=papers))
    assert not any(has_page(corpus) for _ in range(50))
    assert papers.times == 1


def test_another_review_has_its_own_answer() -> None:
    noticed = SimpleNamespace(papers=[SimpleNamespace(notices=("a notice",), watched={})])
    assert not has_page(cast(Corpus, SimpleNamespace(papers=[])))
    assert has_page(cast(Corpus, noticed))
