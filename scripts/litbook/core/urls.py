"""Where the pages of papers and of themes stand in the site: one place for addresses that never change."""

from __future__ import annotations

_PAPERS = "book/papers/"
_CHAPTERS = "book/chapters/"


def paper_page(citekey: str) -> str:
    """Return the document of a paper's page, without an ending."""
    return _PAPERS + citekey


def page_address(citekey: str) -> str:
    """Return the address of a paper's page below the site's root."""
    return f"{paper_page(citekey)}.html"


def chapter_page(theme: str) -> str:
    """Return the document of a theme's chapter, without an ending; `theme` is the theme's slug."""
    return _CHAPTERS + theme


def chapter_address(theme: str) -> str:
    """Return the address of a theme's chapter below the site's root; `theme` is the theme's slug."""
    return f"{chapter_page(theme)}.html"


def citekey_of(document: str) -> str | None:
    """Return the citekey of the paper whose page this is; None if it is no paper's page."""
    return document.removeprefix(_PAPERS) if document.startswith(_PAPERS) else None


def is_paper_page(document: str) -> bool:
    """Tell whether a document is the page of a paper."""
    return citekey_of(document) is not None


def theme_of(document: str) -> str | None:
    """Return the slug of the theme whose chapter this is; None if it is no chapter."""
    return document.removeprefix(_CHAPTERS) if document.startswith(_CHAPTERS) else None
