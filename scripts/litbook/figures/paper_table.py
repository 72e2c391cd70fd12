"""The papers of the map as a table: the map's equal twin, and what the map's script knows of each paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML

from litbook.figures.links import link_paper
from litbook.figures.paper_places import Places
from litbook.model.review import Paper, Text
from litbook.text.escape import clean
from litbook.text.person_names import split_name
from litbook.write.bibliography import entry_type

_MOST_AUTHORS = 8  # in an exported entry; further ones are "and others"
_LINKS = ("doi", "acl", "arxiv", "openreview", "project")  # the first that is known is the address of an entry


def list_papers(places: Places) -> HTML:
    """Return a table of the papers on the map, by theme and title; those without a place there are included."""
    papers = pd.concat([places.papers, places.unplaced])
    papers = papers.assign(_order=papers["title"].str.casefold())
    rows = "\n".join(_draw_row(row) for _, row in papers.sort_values(["theme_number", "_order", "citekey"]).iterrows())
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Title", "Year", "Theme", "Kind"))
    return HTML(  # type: ignore[no-untyped-call]
        f'<details class="litbook-map-table"><summary>The papers as a table ({len(papers):,})</summary>'
        f'<table class="litbook-map-papers"><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></details>'
    )


def _draw_row(paper: Any) -> str:
    cells = [
        tell_cited_year(paper) or "unknown",
        paper["theme_title"].partition(":")[0],
        paper["kind"].replace("-", " ") or "not decided",
    ]
    notes = "".join(f' data-{name}="{escape(value)}"' for name, value in _note(paper).items() if value)
    link = f'<a href="{escape(link_paper(paper["citekey"]))}">{escape(paper["title"] or paper["citekey"])}</a>'
    return (
        f'<tr data-theme="{paper["theme_number"]}"{notes}><td>{link}</td>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )


def _note(paper: Any) -> dict[str, str]:
    """Return what a card and an exported entry say that the table does not."""
    venue = clean(paper["venue"])
    kind = entry_type(Paper(paper["citekey"], (), Text(""), Text(""), venue=venue or None))
    return {
        "authors": "; ".join(_name_authors(paper["authors"])),
        "venue": venue,
        "type": "" if kind == "misc" else kind,
        "url": _find_address(paper["links"] or {}),
        "gist": paper["gist"],
    }


def _find_address(links: Mapping[str, str]) -> str:
    return next((links[name] for name in _LINKS if name in links), "")


def _name_authors(authors: Iterable[str]) -> Iterator[str]:
    """Yield names as BibTeX has them, "von Last, First"; a semicolon parts them in the table and is in none."""
    names = [name for name in (split_name(clean(author).replace(";", ",")) for author in authors) if name.family]
    for name in names[:_MOST_AUTHORS]:
        yield f"{name.family}, {name.given}" if name.given else name.family
    if len(names) > _MOST_AUTHORS:
        yield "others"


def shorten_authors(authors: list[str]) -> str:
    """Return up to two family names, or the first with "et al."."""
    last = [split_name(clean(author)).last for author in authors]
    return f"{last[0]} et al." if len(last) > 2 else " and ".join(last)


def tell_cited_year(paper: Any) -> str:
    """Return the year by which the review cites a paper: that at the venue, or else that of the first version."""
    return tell_year(paper["venue_year"]) or tell_year(paper["year"])


def tell_year(year: Any) -> str:
    """Return a year as it is written, nothing where it is not known."""
    return "" if pd.isna(year) or year == "" else str(int(year))
