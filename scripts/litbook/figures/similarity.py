"""How the papers hang together: a network of papers alike in their words, its links between themes, and its bridges."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import sklearn
from IPython.display import HTML
from scipy import sparse
from sklearn.neighbors import NearestNeighbors

from litbook.figures.links import link_papers
from litbook.figures.ranked.bars import Bar, link, render_bars
from litbook.figures.ranked.cells import Cell, render_cells
from litbook.figures.show import count, fold, frame, portion, say, say_nothing
from litbook.figures.style import short_titles
from litbook.text.tfidf import weigh_terms

NEAREST = 5
_MEMORY = 64  # megabytes of similarities at a time
_SHUFFLES = 300
_SURPRISING = 3  # standard deviations
_THEMES = 16
_ADDRESS = 24  # papers in the address of a cell


@dataclass(frozen=True, slots=True)
class Network:
    """Hold the links between papers, as pairs of rows (the lower first), with the similarity of each pair."""

    pairs: Any  # numpy array of int, shape (links, 2)
    similarities: Any  # shape (links,)
    mutual: Any  # of bool: each of the two is among the nearest of the other
    size: int

    def count_links(self) -> Any:
        """Return the number of links of each paper."""
        return np.bincount(self.pairs.ravel(), minlength=self.size)

    def label_components(self, mutual: bool = False) -> Any:
        """Return for each paper the number of the component in which it lies."""
        pairs = self.pairs[self.mutual] if mutual else self.pairs
        graph = sparse.coo_array((np.ones(len(pairs)), pairs.T), shape=(self.size, self.size))
        return sparse.csgraph.connected_components(graph, directed=False)[1]


def link_nearest(papers: pd.DataFrame, nearest: int = NEAREST) -> Network:
    """Link each paper with the papers most like it by the cosine of their TF-IDF weights; a title counts twice.

    A link needs that one of the two is among the nearest of the other, and at least one term in common.
    """
    texts = (papers["title"] + " . " + papers["title"] + " . " + papers["abstract"]).tolist()
    terms = weigh_terms(texts) if len(texts) > 1 else None
    if terms is None:
        return Network(np.empty((0, 2), int), np.empty(0), np.empty(0, bool), len(texts))
    finder = NearestNeighbors(n_neighbors=min(nearest, len(texts) - 1), metric="cosine", algorithm="brute")
    with sklearn.config_context(working_memory=_MEMORY):
        distances, others = finder.fit(terms.weights.to_scipy()).kneighbors()
    ends = np.column_stack([np.repeat(np.arange(len(texts)), others.shape[1]), others.ravel()])
    similarities = 1 - distances.ravel()
    near = similarities > 1e-9
    pairs, first, found = np.unique(np.sort(ends[near], axis=1), axis=0, return_index=True, return_counts=True)
    return Network(pairs, np.minimum(similarities[near][first], 1.0), found == 2, len(texts))


def number_themes(papers: pd.DataFrame) -> Any:
    """Return the number of each paper's theme, as an array."""
    return papers["theme"].cat.codes.to_numpy(int)


def describe_network(papers: pd.DataFrame, network: Network) -> Any:
    """Say how many links there are, and to how many others each paper is linked."""
    if not len(network.pairs):
        return say(f"No two of {count(network.size, 'paper')} can be compared, so there is no network.")
    nearest = min(NEAREST, network.size - 1)
    return say(
        f"Each of {count(network.size, 'paper')} is linked to the {nearest} that are most like it in their words: "
        f"{count(len(network.pairs), 'link')}, at a median similarity of {np.median(network.similarities):.2f}."
    )


def compare_with_chance(papers: pd.DataFrame, network: Network) -> tuple[Any, Any, Any]:
    """Return the links between themes, how many chance would make, and its standard deviation, themes by themes.

    Chance pairs the ends of all links again, so that each paper keeps its number of links (the configuration model;
    M. Newman, "Networks", 2018), many times from a fixed seed.
    """
    codes = number_themes(papers)
    number = len(papers["theme"].cat.categories)
    observed = _cross(codes[network.pairs], number)
    ends = np.repeat(codes, network.count_links())
    chance = np.random.default_rng(0)
    drawn = np.array([_cross(chance.permutation(ends).reshape(-1, 2), number) for _ in range(_SHUFFLES)])
    return observed, drawn.mean(axis=0), drawn.std(axis=0)


def _cross(ends: Any, number: int) -> Any:
    """Count pairs of themes; the table is symmetric, and a link within a theme counts once."""
    table = np.bincount(ends[:, 0] * number + ends[:, 1], minlength=number**2).reshape(number, number)
    return table + table.T - np.diag(np.diag(table))


def draw_themes(papers: pd.DataFrame, network: Network) -> Any:
    """Show for each theme how many of its links stay within it, and where most of the others lead; all pairs folded."""
    sizes = papers["theme"].value_counts(sort=False).to_numpy()
    if (sizes > 0).sum() < 2 or not len(network.pairs):
        return say_nothing("There are no two themes with links between papers, so there is nothing to draw.")
    tables = compare_with_chance(papers, network)
    slugs = [str(slug) for slug in papers["theme"].cat.categories]
    titles = short_titles(papers)
    observed, expected, _ = tables
    links = int(np.triu(observed).sum())
    within, chance = int(np.trace(observed)), np.trace(expected) / max(1, np.triu(expected).sum())
    table = _tabulate(slugs, *tables)
    title = f"{portion(within, links, 'link')} {'stays' if within == 1 else 'stay'} within a theme, where {chance:.0%} "
    title += "would by chance."
    bars = [_draw_theme(papers, network, slugs, at, observed) for at in np.flatnonzero(sizes).tolist()]
    shown = HTML(  # type: ignore[no-untyped-call]
        frame(
            "links-between-themes",
            render_bars("links-between-themes", ("Theme", "Links", "Within", "Most others lead to"), bars),
            title=title,
            caption="Links of the papers of each theme: dark within the theme, lighter to the theme that most of the "
            f"others lead to, faint to all others. {_tell_themes(table, titles)}",
            data=table,
        )
    )
    return HTML(shown.data + _draw_pairs(papers, network, tables).data)  # type: ignore[no-untyped-call]


def _draw_theme(papers: pd.DataFrame, network: Network, slugs: list[str], at: int, observed: Any) -> Bar:
    """Return the row of a theme: the share of its links within it, and of those to the theme that is next."""
    titles = short_titles(papers)
    others = observed[at].copy()
    own, others[at] = int(others[at]), 0
    whole, most = own + int(others.sum()), int(others.argmax())
    if not whole:
        return Bar(escape(titles[slugs[at]]), (), ("–", "–"))
    parts = (own / whole, others[most] / whole, (whole - own - others[most]) / whole)
    address = _link_cell(papers, network, (slugs[at], slugs[most]))
    nearest = f"{link(address, titles[slugs[most]])} ({parts[1]:.0%})" if others[most] else "–"
    nearest = f'<span class="litbook-bars-words">{nearest}</span>'
    return Bar(escape(titles[slugs[at]]), parts, (f"{parts[0]:.0%}", nearest))


def _draw_pairs(papers: pd.DataFrame, network: Network, tables: tuple[Any, Any, Any]) -> HTML:
    """Return a folded heat map of the links between themes, as a multiple of what chance would give."""
    sizes = papers["theme"].value_counts(sort=False).to_numpy()
    shown = np.sort(np.argsort(-sizes, kind="stable")[: min(_THEMES, int((sizes > 0).sum()))])
    observed, expected, spread = (table[np.ix_(shown, shown)] for table in tables)
    slugs = [str(papers["theme"].cat.categories[at]) for at in shown]
    titles = short_titles(papers)
    surprising = np.abs(observed - expected) > _SURPRISING * np.maximum(spread, 1e-9)
    cells = {}
    for row, column in zip(*np.tril_indices(len(shown)), strict=True):
        ratio = observed[row, column] / expected[row, column] if expected[row, column] else np.nan
        themes = (slugs[row], slugs[column])
        if not np.isnan(ratio):
            strength = min(1.0, abs(np.log2(max(ratio, 1 / 16))) / 4) if surprising[row, column] else None
            said = f"{titles[themes[0]]}, {titles[themes[1]]}, times as many links as by chance"
            cells[themes] = Cell(
                _write_ratio(ratio), strength, _link_cell(papers, network, themes), said, other=ratio < 1
            )
    numbers = {slug: str(at + 1) for slug, at in zip(slugs, shown.tolist(), strict=True)}
    table = _tabulate(slugs, observed, expected, spread)
    left = int((sizes > 0).sum()) - len(shown)
    content = render_cells(
        "pairs-of-themes", ("theme", {slug: f"{numbers[slug]}. {titles[slug]}" for slug in slugs}), numbers, cells
    )
    caption = (
        "Links between the papers of two themes as a multiple of what chance would give; columns have the numbers of "
        f"the themes. In colour: more than chance, or in the other colour fewer, by over {_SURPRISING} standard "
        f"deviations. A cell of up to {_ADDRESS} papers leads to them."
    )
    if left:
        caption += f" {count(left, 'theme')} with the fewest papers {'is' if left == 1 else 'are'} not shown."
    shown_pairs = frame("pairs-of-themes", content, title=_tell_themes(table, titles), caption=caption, data=table)
    return fold(HTML(shown_pairs), "All pairs of themes, compared with chance")  # type: ignore[no-untyped-call]


def _write_ratio(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 9.95 or ratio == 0 else f"{ratio:.1f}"


def _link_cell(papers: pd.DataFrame, network: Network, themes: tuple[str, str]) -> str | None:
    """Return the address of the papers whose links join two themes, if they are few."""
    first, second = (papers["theme"].to_numpy()[network.pairs[:, end]] for end in (0, 1))
    joined = ((first == themes[0]) & (second == themes[1])) | ((first == themes[1]) & (second == themes[0]))
    rows = np.unique(network.pairs[joined])
    return link_papers(papers["citekey"].to_numpy()[rows]) if len(rows) <= _ADDRESS else None


def _tabulate(slugs: list[str], observed: Any, expected: Any, spread: Any) -> pd.DataFrame:
    rows, columns = np.tril_indices(len(slugs))
    numbers = {"links": observed, "by_chance": expected, "standard_deviation": spread}
    table = pd.DataFrame({name: values[rows, columns] for name, values in numbers.items()}).round(2)
    table.insert(0, "theme", [slugs[at] for at in rows])
    table.insert(1, "other_theme", [slugs[at] for at in columns])
    return table


def _tell_themes(table: pd.DataFrame, titles: dict[str, str]) -> str:
    """Say which two different themes have most links beyond chance."""
    between = table[table["theme"] != table["other_theme"]]
    beyond = (between["links"] - between["by_chance"]) / between["standard_deviation"].clip(lower=0.5)
    best = between.iloc[int(beyond.to_numpy().argmax())]
    if beyond.max() <= _SURPRISING:
        return "No two different themes have more links than chance would give."
    one, other = titles[str(best["other_theme"])], titles[str(best["theme"])]
    return (
        f"The two closest themes are “{one}” and “{other}”, with {count(int(best['links']), 'link')} where chance "
        f"would give {best['by_chance']:.1f}."
    )
