"""Single papers and pairs in the network of similar papers: bridges between themes, strays and near-duplicates."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import pandas as pd
from IPython.display import HTML

from litbook.figures.links import link_paper
from litbook.figures.show import count, fold, frame, portion, say_nothing
from litbook.figures.similarity import Network, number_themes
from litbook.figures.style import short_titles

ALIKE = 0.6
_LISTED = 8
_IN_DATA = 300


def count_links_by_theme(papers: pd.DataFrame, network: Network) -> Any:
    """Return the number of links from each paper to each theme, papers by themes."""
    codes = number_themes(papers)
    number = len(papers["theme"].cat.categories)
    ends = np.concatenate([network.pairs, network.pairs[:, ::-1]])
    places = ends[:, 0] * number + codes[ends[:, 1]]
    return np.bincount(places, minlength=network.size * number).reshape(network.size, number)


def measure_participation(links: Any) -> Any:
    """Return the participation coefficient of each paper from its links by theme; 0 without a link.

    It is 0 if all links of a paper lead to one theme, and near 1 if they spread evenly over many (R. Guimerà and L.
    Amaral, "Functional cartography of complex metabolic networks", Nature 433, 2005).
    """
    total = links.sum(axis=1)
    return np.where(total > 0, 1 - ((links / np.maximum(total, 1)[:, None]) ** 2).sum(axis=1), 0.0)


def list_strays(papers: pd.DataFrame, network: Network) -> Any:
    """List the papers that have more than half of their links with one theme that is not their own."""
    links = count_links_by_theme(papers, network)
    total = links.sum(axis=1)
    elsewhere = links.copy()
    elsewhere[np.arange(network.size), number_themes(papers)] = 0
    most = elsewhere.max(axis=1, initial=0)
    strays = np.flatnonzero(2 * most > total)
    if not len(strays):
        return say_nothing("No paper has more than half of its links with one other theme.")
    ranked = strays[np.lexsort((papers["citekey"].to_numpy()[strays], -total[strays], -most[strays] / total[strays]))]
    table = papers.iloc[ranked][["citekey", "title", "theme"]].assign(
        other_theme=papers["theme"].cat.categories[elsewhere[ranked].argmax(axis=1)],
        links_with_it=most[ranked],
        links=total[ranked],
    )
    names = _name_themes(papers)
    items = [
        f"{_link(row)}{_note(names[row['theme']])}, though {row['links_with_it']} of {count(row['links'], 'link')} "
        f"lead to {names[row['other_theme']]}</small>"
        for _, row in table.head(_LISTED).iterrows()
    ]
    title = (
        f"{portion(len(strays), network.size, 'paper')} {'is' if len(strays) == 1 else 'are'} closer to another theme "
        "than to their own."
    )
    return _show_list("papers-near-another-theme", items, title, table)


def list_bridges(papers: pd.DataFrame, network: Network) -> Any:
    """List the papers whose links spread most evenly over themes, and lead to their own theme as well."""
    links = count_links_by_theme(papers, network)
    total = links.sum(axis=1)
    own = links[np.arange(network.size), number_themes(papers)]
    bridges = np.flatnonzero((own > 0) & (own < total))
    if not len(bridges):
        return say_nothing("No paper has links both within its theme and beyond it.")
    participation = measure_participation(links)
    ranked = bridges[np.lexsort((papers["citekey"].to_numpy()[bridges], -participation[bridges].round(9)))]
    table = papers.iloc[ranked][["citekey", "title", "theme"]].assign(
        participation=participation[ranked].round(3), themes=(links[ranked] > 0).sum(axis=1), links=total[ranked]
    )
    names = _name_themes(papers)
    items = [
        f"{_link(row)}{_note(names[row['theme']])}, with {count(row['links'], 'link')} to "
        f"{count(row['themes'], 'theme')}</small>"
        for _, row in table.head(_LISTED).iterrows()
    ]
    title = (
        f"{portion(len(bridges), network.size, 'paper')} {'is' if len(bridges) == 1 else 'are'} linked both within "
        "their theme and beyond it."
    )
    said = (
        "First are those whose links spread most evenly over most themes: with the highest participation coefficient "
        "(R. Guimerà and L. Amaral, Nature 433, 2005)."
    )
    return fold(_show_list("bridges", items, title, table, said), "Papers with links to most themes")


def list_near_duplicates(papers: pd.DataFrame, network: Network) -> Any:
    """List the linked pairs of papers so similar that they may be two versions of one; usually there are none."""
    if not len(network.pairs):
        return say_nothing("No paper can be compared with another, so there are no near-duplicates to list.")
    similarities = network.similarities.round(3)
    ranked = np.lexsort((network.pairs[:, 1], network.pairs[:, 0], -similarities))
    alike = ranked[similarities[ranked] >= ALIKE]
    listed = alike if len(alike) else ranked[:1]
    pairs = [tuple(_link(papers.iloc[row]) for row in network.pairs[at]) for at in listed[:_LISTED]]
    if not len(alike):
        (one, other), most = pairs[0], similarities[listed[0]]
        said = (
            f"No two papers are near-duplicates, with a similarity of {ALIKE} or more. The most similar are {one} and "
        )
        return HTML(f"<p>{said}{other}: {most:.2f}.</p>")  # type: ignore[no-untyped-call]
    items = [f"{one} and {other}: {similarities[at]:.2f}." for (one, other), at in zip(pairs, listed, strict=False)]
    title = f"{count(len(alike), 'pair')} of papers with a similarity of {ALIKE} or more."
    keys = papers["citekey"].to_numpy()[network.pairs[listed]]
    table = pd.DataFrame({"one": keys[:, 0], "other": keys[:, 1], "similarity": similarities[listed]})
    return _show_list("near-duplicates", items, title, table)


def _name_themes(papers: pd.DataFrame) -> dict[str, str]:
    """Return the short titles of the themes as HTML."""
    return {slug: escape(title) for slug, title in short_titles(papers).items()}


def _link(paper: pd.Series) -> str:
    return f'<a href="{escape(link_paper(paper["citekey"]))}">{escape(paper["title"])}</a>'


def _note(theme: str) -> str:
    return f'<small class="litbook-figure-note">in {theme}'


def _show_list(name: str, items: list[str], title: str, data: pd.DataFrame, caption: str = "") -> HTML:
    """Return a list of items that are HTML, with what they show and their data, of which it lists the first rows."""
    rows = "".join(f"<li>{item}</li>\n" for item in items)
    first = f"The first {len(items)} are listed." if len(items) < len(data) else ""
    content = f'<ol class="litbook-figure-list" id="figure-{name}">\n{rows}</ol>'
    return HTML(  # type: ignore[no-untyped-call]
        frame(name, content, title=title, caption=f"{caption} {first}".strip(), data=data.head(_IN_DATA))
    )
