"""The language server of a review, on standard input and output; it needs pygls (`pip install "litbook[editor]"`)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import litbook
from litbook.core.project import Project
from litbook.desk.language.answers import Offer, complete, hover
from litbook.desk.language.places import Place, find_place
from litbook.model.faults import CorpusError
from litbook.model.review import Corpus
from litbook.pipeline import make_corpus

_TRIGGERS = ["`", ":", ",", " "]


class Known:
    """The review as an editor knows it: read again when a file has changed, and kept while it has faults."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._corpus: Corpus | None = None
        self._signature: tuple[tuple[str, int], ...] | None = None

    def read(self) -> Corpus | None:
        """Return the review; None if it has had faults ever since the server started."""
        signature = self._sign()
        if signature != self._signature:
            self._signature = signature
            with suppress(CorpusError):  # as while a sentence is written; `litbook check` lists them
                self._corpus = make_corpus(self._project)[0]
        return self._corpus

    def _sign(self) -> tuple[tuple[str, int], ...]:
        """Return the times at which the hand-kept files and the pages were written."""
        files = [path for path in self._project.corpus.rglob("*") if path.is_file()]
        chapters = (self._project.book / "chapters").glob("*.md")
        return tuple((str(path), path.stat().st_mtime_ns) for path in sorted({*files, *chapters}))


def make_server(project: Project) -> LanguageServer:
    """Return the server for a review."""
    server = LanguageServer("litbook", litbook.__version__)
    known = Known(project)

    def find(uri: str, position: types.Position) -> Place | None:
        document = server.workspace.get_text_document(uri)
        return find_place(document.source, document.offset_at_position(position))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS))
    def offer(parameters: types.CompletionParams) -> types.CompletionList:
        place, corpus = find(parameters.text_document.uri, parameters.position), known.read()
        offers = complete(corpus, place) if place and corpus else ()
        items = [_make_item(item, place, parameters.position) for item in offers if place]
        return types.CompletionList(is_incomplete=False, items=items)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def show(parameters: types.HoverParams) -> types.Hover | None:
        place, corpus = find(parameters.text_document.uri, parameters.position), known.read()
        text = hover(corpus, place) if place and corpus else None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    return server


def _make_item(offer: Offer, place: Place, position: types.Position) -> types.CompletionItem:
    """Return an offer that replaces what is written of it; editors would otherwise take a part for a word."""
    start = types.Position(position.line, max(0, position.character - len(place.text.rpartition("\n")[2])))
    end = types.Position(position.line, position.character + len(place.rest))
    return types.CompletionItem(
        label=offer.text,
        detail=offer.detail,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.more) if offer.more else None,
        filter_text=f"{offer.text} {offer.detail}",
        text_edit=types.TextEdit(types.Range(start, end), offer.text),
        kind=types.CompletionItemKind.Reference,
    )


def serve(root: Path) -> None:
    """Answer an editor on standard input and output until it ends."""
    make_server(Project(root)).start_io()
