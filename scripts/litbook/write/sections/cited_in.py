"""Where the review cites a paper, as its page lists it: each page with the number of its sentences that do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from litbook.model.pages import Mention
from litbook.model.review import Corpus
from litbook.text.escape import escape
from litbook.text.nouns import count_noun


def list_mentions(corpus: Corpus, citekey: str) -> tuple[Mention, ...]:
    """Return the sentences that cite a paper; a page that cites it outside of a sentence has one without text."""
    mentions = corpus.mentions.get(citekey, ())
    known = {mention.file for mention in mentions}
    others = {item.file: item.title for item in corpus.citations.get(citekey, ()) if item.file not in known}
    bare = (Mention(citekey, file, title, "", "") for file, title in others.items() if not file.startswith("about/"))
    return (*mentions, *bare)


def theme_of_page(mention: Mention) -> str:
    """Return the theme whose chapter a sentence is in, or nothing."""
    folder, _, name = mention.file.rpartition("/")
    return name.removesuffix(".md") if folder == "chapters" else ""


def render_mentions(mentions: Iterable[Mention], themes: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[str]:
    """Yield the section "Cited in": the pages, each a link to the first of its sentences that cite the paper.

    `themes` gives the names of chapters by slug, `titles` those of papers, whose pages have notes, by citekey.
    """
    pages: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if citing := _name_page(mention, themes, titles):
            pages.setdefault(citing, []).append(mention)
    if pages:
        yield "## Cited in"
        yield "\n".join(_render_pages(pages))


def _render_pages(pages: Mapping[tuple[str, str], Sequence[Mention]]) -> Iterator[str]:
    for (name, address), mentions in pages.items():
        said = [mention for mention in mentions if mention.text]
        place = f"{address}#{said[0].anchor}" if said else address
        yield f"- [{escape(name)}]({place})" + (f": {count_noun(len(said), 'sentence')}" if said else "")


def _name_page(mention: Mention, themes: Mapping[str, str], titles: Mapping[str, str]) -> tuple[str, str] | None:
    """Return name and address of a page; a note is on the page of its paper, None if that is gone."""
    folder, _, name = mention.file.rpartition("/")
    if folder != "notes":
        return themes.get(theme_of_page(mention)) or plain_heading(mention.title), f"../{mention.file}"
    noted = titles.get(name.removesuffix(".md"))
    return None if noted is None else (f"Note on {noted}", name)


def plain_heading(title: str) -> str:
    """Return a heading of a person's page without its roles and emphasis."""
    return re.sub(r"\{[\w:-]+\}|[`*]", "", title)
