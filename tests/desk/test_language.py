"""Completion and hover: what an editor is offered at a place, and the real server as an editor speaks to it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from invented import PACKAGE, SOUND

from litbook.core.project import Project
from litbook.desk.language.answers import complete, hover
from litbook.desk.language.places import Place, find_place
from litbook.model.review import Corpus
from litbook.pipeline import make_corpus
from litbook.text.escape import escape

PAPER = "tidegardensneed"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("review")
    shutil.copytree(SOUND / "book", root / "book")
    return root


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return make_corpus(Project(root))[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Dough rests {cite}`smi|", Place("cite", "smi")),
        ("Dough rests {cite}`smi|th2031`", Place("cite", "smi", "th2031")),
        ("{cite:t}`one2031,\n  two|", Place("cite:t", "two")),
        ("{claim}`one2031:|3`", Place("claim", "one2031:", "3")),
        ("{count}`papers in do|", Place("count", "papers in do")),
        ("```{coverage} do|", Place("coverage", "do")),
        (":::{papers} |", Place("papers", "")),
        ("{cite}`one2031` and then|", None),
        ("{cite}`never closed\n\nanother paragraph|", None),
        ("plain `code|`", None),
        ("```python x|", None),
    ],
)
def test_the_place_is_the_role_or_directive_around_the_cursor(text: str, place: Place | None) -> None:
    assert find_place(text.replace("|", ""), text.index("|")) == place


def test_citekeys_come_with_their_titles_and_claims_with_their_sentences(corpus: Corpus) -> None:
    assert {offer.text for offer in complete(corpus, Place("cite", ""))} == {paper.citekey for paper in corpus.papers}
    assert all(offer.detail and offer.more for offer in complete(corpus, Place("cite:t", "")))
    sentences = list(complete(corpus, Place("claim", f"{PAPER}:")))
    assert [offer.text for offer in sentences] == [f"{PAPER}:{number + 1}" for number in range(len(sentences))]
    assert len(sentences) == len(corpus.sentences[PAPER]) > 0
    assert list(complete(corpus, Place("quote", "nobody1999x:"))) == []


def test_themes_and_counts_are_offered_where_they_fit(corpus: Corpus) -> None:
    slugs = [theme.slug for theme in corpus.themes()]
    assert [offer.text for offer in complete(corpus, Place("coverage", ""))] == slugs
    assert [offer.text for offer in complete(corpus, Place("count", "papers in "))] == [f"papers in {s}" for s in slugs]
    counts = {offer.text: offer.detail for offer in complete(corpus, Place("count", ""))}
    assert counts["papers"] == "now 4"
    assert counts["papers of "] == "papers of <year>"
    assert list(complete(corpus, Place("outside", ""))) == []


def test_hover_shows_the_paper_the_sentence_the_theme_and_the_number(corpus: Corpus) -> None:
    paper = next(paper for paper in corpus.papers if paper.citekey == PAPER)
    shown = hover(corpus, Place("cite", PAPER[:4], PAPER[4:]))
    assert shown
    assert shown.startswith(f"**{escape(paper.title.plain)}**")
    assert "\n1. " in shown
    assert "> 1. " in (hover(corpus, Place("claim", f"{PAPER}:", "1")) or "")
    assert hover(corpus, Place("count", "papers")) == "now **4**"
    assert "papers" in (hover(corpus, Place("coverage", corpus.themes()[0].slug)) or "")
    assert hover(corpus, Place("cite", "nobody1999x")) is None
    assert hover(corpus, Place("count", "moons")) is None


@pytest.mark.slow
def test_the_server_answers_an_editor(root: Path) -> None:
    chapter = root / "book/chapters/tide-gardens.md"
    uri = chapter.resolve().as_uri()
    text = "# Gardens\n\nÄpfel 𝛼 {cite}`tide"
    at = {"textDocument": {"uri": uri}, "position": {"line": 2, "character": len(text.split("\n")[2]) + 1}}
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    messages = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": document}},
        {"id": 2, "method": "textDocument/completion", "params": at},
        {"id": 3, "method": "shutdown", "params": None},
        {"method": "exit", "params": None},
    ]
    command = [sys.executable, "-m", "litbook", "lsp", "--root", str(root)]
    sent = b"".join(map(frame, messages))
    done = subprocess.run(command, input=sent, capture_output=True, cwd=PACKAGE.parent, timeout=300, check=False)
    answers = {answer.get("id"): answer for answer in unframe(done.stdout)}
    assert "completionProvider" in answers[1]["result"]["capabilities"]
    items = {item["label"]: item["textEdit"] for item in answers[2]["result"]["items"]}
    assert items[PAPER]["newText"] == PAPER
    start, end = items[PAPER]["range"]["start"], items[PAPER]["range"]["end"]
    assert end["character"] - start["character"] == len("tide")
    assert end == at["position"]


def frame(message: dict[str, Any]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def unframe(output: bytes) -> list[dict[str, Any]]:
    found = []
    while output:
        head, _, rest = output.partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-l"))
        found.append(json.loads(rest[:length]))
        output = rest[length:]
    return found
