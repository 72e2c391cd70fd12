"""Permanent addresses of paper pages and chapters in the built site."""

from __future__ import annotations

_PAPERS = "book/papers/"
_CHAPTERS = "book/chapters/"


def paper_page(citekey: str) -> str:
    """Return the document name (path without extension) of a paper's page."""
    return _PAPERS + citekey


def page_address(citekey: str) -> str:
    """Return the address of a paper's page, relative to the site's root."""
    return f"{paper_page(citekey)}.html"


def chapter_page(theme: str) -> str:
    """Return the document name (path without extension) of the chapter of the theme with slug `theme`."""
    return _CHAPTERS + theme


def chapter_address(theme: str) -> str:
    """Return the address of the chapter of the theme with slug `theme`, relative to the site's root."""
    return f"{chapter_page(theme)}.html"


def citekey_of(document: str) -> str | None:
    """Return the citekey of the paper whose page a document is, or None for any other document."""
    return document.removeprefix(_PAPERS) if document.startswith(_PAPERS) else None


def is_paper_page(document: str) -> bool:
    """Return whether a document is a paper's page."""
    return citekey_of(document) is not None


def theme_of(document: str) -> str | None:
    """Return the slug of the theme whose chapter a document is, or None for any other document."""
    return document.removeprefix(_CHAPTERS) if document.startswith(_CHAPTERS) else None
