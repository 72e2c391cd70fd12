"""What a paper page holds beside its Markdown: links from sentences to pages, other forms of the reference, actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from string import ascii_lowercase

from litbook.core.urls import theme_of
from litbook.model.pages import Claim
from litbook.model.review import Paper
from litbook.site.build.prepare import shown_in
from litbook.site.build.reference_forms import render_forms
from litbook.text.anchors import claim_anchor
from litbook.write.bibliography import cite_in_csl, cite_in_ris, cite_in_words
from litbook.write.extraction import ExtractedColumn
from litbook.write.sections.cited_in import plain_heading


@dataclass(frozen=True, slots=True)
class Use:
    """Hold where a page rests a statement on a sentence: the page's document, the anchor of the mark, its title."""

    document: str
    anchor: str
    title: str


def find_uses(claims: Iterable[Claim], text: str, names: Mapping[str, str]) -> tuple[Use, ...]:
    """Return the uses that the text of the role `{litbook-used}` names, among the claims that rest on the paper.

    The text is the number of a sentence, from 1, and the files of pages. A page counts with its first such claim.
    `names` gives the names of themes, which are those of their chapters, by slug.
    """
    number, *pages = text.split()
    first = {claim.file: claim for claim in reversed(tuple(claims)) if claim.sentence == int(number)}
    return tuple(
        Use(shown_in(page), claim_anchor(first[page].citekey, int(number)), _name_page(first[page], names))
        for page in pages
    )


def _name_page(claim: Claim, names: Mapping[str, str]) -> str:
    slug = theme_of(f"book/{claim.file}".removesuffix(".md")) or ""
    return names.get(slug) or plain_heading(claim.title)


def render_uses(uses: Sequence[Use], number: str, to_document: Callable[[str], str]) -> str:
    """Return the links from a sentence to the marks that rest on it, one for each page.

    `number` is that of the sentence; `to_document` gives relative addresses.
    """
    letters = ascii_lowercase if len(uses) > 1 else " "
    shown = [f"{number}{letter}".strip() for letter in letters]  # also in the name, for those who speak what they see
    links = (
        f'<a href="{escape(to_document(use.document))}#{use.anchor}" title="Cited in {escape(use.title)}" '
        f'aria-label="Sentence {mark} is cited in {escape(use.title)}">{mark}</a>'
        for use, mark in zip(uses, shown, strict=False)
    )
    return f'<sup class="litbook-used">{" ".join(links)}</sup>'


def render_source(columns: Iterable[ExtractedColumn], text: str) -> str:
    """Return what an extracted value rests on: a link to the sentence, with its words on hover.

    The text is that of the role `{litbook-from}`: the id of a column and the position of the value in it, from 0.
    """
    name, _, number = text.partition(" ")
    row = next(column.rows[int(number)] for column in columns if column.id == name)
    hint = escape(" · ".join(filter(None, (f"“{row.quote}”", f"extracted by {row.by}", row.date, row.note))))
    if row.sentence > 0:
        return f'<a class="litbook-from" href="#sentence-{row.sentence}" title="{hint}">sentence {row.sentence}</a>'
    return f'<span class="litbook-from" title="{hint}">{escape(row.where) or "title"}</span>'


def render_actions(citekey: str) -> str:
    """Return the place for what a reader can do with the paper; scripts fill it, and nothing on the page moves."""
    return f'<div class="litbook-actions litbook-js-only" data-paper="{escape(citekey)}"></div>'


_FORMS = {"Plain text": cite_in_words, "RIS": cite_in_ris, "CSL-JSON": cite_in_csl}


def render_formats(paper: Paper | None) -> str:
    """Return the reference to a paper in forms other than BibTeX, folded up; of no paper, the same without words."""
    forms = tuple((name, cite(paper) if paper else "") for name, cite in _FORMS.items())
    summary = "<summary>Plain text, RIS, CSL-JSON</summary>"
    return f'<details class="litbook-formats">{summary}{render_forms(forms)}</details>'
