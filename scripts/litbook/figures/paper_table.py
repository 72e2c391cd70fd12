"""The papers of the map as a table: the map's equal twin, which the map's script reads."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML

from litbook.figures.links import link_paper
from litbook.figures.paper_places import Places
from litbook.text.escape import clean
from litbook.text.person_names import split_name


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
    link = f'<a href="{escape(link_paper(paper["citekey"]))}">{escape(paper["title"] or paper["citekey"])}</a>'
    return (
        f'<tr data-theme="{paper["theme_number"]}"><td>{link}</td>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    )


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
