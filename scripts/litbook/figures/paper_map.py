"""A map of the papers: each a mark that leads to its page, near to the papers that are written in the same words.

The drawing stands alone, with links; `litbook-map.js` adds cards, filters and a selection to what is written here.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from IPython.display import HTML
from numpy.typing import NDArray

from litbook.figures.links import link_paper
from litbook.figures.paper_places import NEAR, NEAR_ON_MAP, Places, place_papers
from litbook.figures.paper_table import list_papers, shorten_authors, tell_cited_year
from litbook.figures.show import count, frame, portion, say, say_nothing, share
from litbook.figures.style import MARKERS, PALETTE, short_title

_SIDE, _EDGE = 480, 14  # of the drawing, in units of which a wide page shows 1.4 pixels
_LETTER, _LINE, _LABEL_WIDTH = 5.0, 11.5, 22  # the size of a label's letter and line, and the letters on a line
_LONGEST = 20  # letters of a title in the name of a mark; the script has the rest from the table
_SHAPES = {
    "o": "M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0z",
    "s": "M-3.2-3.2h6.4v6.4h-6.4z",
    "^": "M0-4.2 4.1 3.2h-8.2z",
    "D": "M0-4.5 4.5 0 0 4.5-4.5 0z",
    "v": "M0 4.2 4.1-3.2h-8.2z",
    "P": "M-1.5-4.2h3v2.7h2.7v3h-2.7v2.7h-3v-2.7h-2.7v-3h2.7z",
    "X": "M-3.9-1.8-1.8-3.9 0-2.1 1.8-3.9 3.9-1.8 2.1 0 3.9 1.8 1.8 3.9 0 2.1-1.8 3.9-3.9 1.8-2.1 0z",
    "*": "M0-4.9 1.3-1.6 4.7-1.5 2 .6 2.9 4 0 2.1-2.9 4-2 .6-4.7-1.5-1.3-1.6z",
}
_DISC = 13  # the radius of a theme's disc
_NAME = "map-of-the-papers"
_MOST_CITATIONS = 800  # lines; more of them hide the map and weigh too much
_MANY = 300  # papers; more of them have small marks and no rings, and on a phone each theme is a disc
_WIDEST = 0.75  # of the height, below which a map is not stretched to the width
_PART_COLOURS = 6  # that the style of the site has
_COLOURS = {True: "The colour shows the part and the shape the theme", False: "Colour and shape show the theme"}

__all__ = ["describe_method", "describe_stability", "draw_map", "list_papers", "place_papers"]


def draw_map(places: Places) -> Any:
    """Draw the papers at their places, the themes as labels where most of their papers are, and a legend."""
    if places.papers.empty:
        return say(
            f"There are too few papers in this collection ({places.of:,}) whose titles and abstracts share words, so "
            "there is no map to draw."
        )
    papers = places.papers.assign(**_scale(places.papers))
    data = papers[["citekey", "x", "y"]]  # the rest is in papers.csv, and would be a tenth of the page
    look = "litbook-map litbook-map-many" if _is_many(papers) else "litbook-map"
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            _NAME,
            f'<div class="{look}" id="figure-{_NAME}">{_draw(papers, places)}{_draw_legend(papers)}</div>',
            title=_find_kinship(places),
            caption=_caption(places),
            data=data,
        )
    )


def _is_many(papers: pd.DataFrame) -> bool:
    return len(papers) > _MANY


def _scale(papers: pd.DataFrame) -> dict[str, pd.Series[float]]:
    """Return places in the drawing, over its whole width."""
    widest = max(float(papers["x"].max()), _WIDEST)
    inner = (_SIDE - 2 * _EDGE) / widest
    margin = (widest - papers["x"].max()) / 2
    return {
        "x": (_EDGE + (papers["x"] + margin) * inner).round().astype(int),
        "y": (_EDGE + papers["y"] * inner).round().astype(int),
    }


# --- What the figure says ---


def _count_kin(places: Places) -> pd.Series[bool]:
    """Tell of each paper whether the paper next to it on the map is of its theme."""
    themes = places.papers["theme"].astype(str).to_numpy()
    return pd.Series(themes[places.papers["next"].to_numpy()] == themes)


def _describe(places: Places) -> str:
    kin = _count_kin(places)
    themes = places.papers["theme"].nunique()
    return (
        f"Map of {count(len(kin), 'paper')} in {count(themes, 'theme')}. For {share(int(kin.sum()), len(kin))} the "
        "nearest paper on the map is of the same theme. The table below lists the same papers."
    )


def _find_kinship(places: Places) -> str:
    kin = _count_kin(places)
    noun = "paper" if places.of == len(kin) + len(places.unplaced) else "sampled paper"
    return f"For {portion(int(kin.sum()), len(kin), noun)}, the nearest paper on the map is of the same theme."


def _caption(places: Places) -> str:
    papers, kin = places.papers, _count_kin(places)
    sizes = papers["theme"].value_counts()
    by_chance = float((sizes * (sizes - 1)).sum()) / (len(papers) * (len(papers) - 1))
    surveys = int((papers["kind"] == "survey").sum())
    left_out = places.of - len(papers) - len(places.unplaced)
    return " ".join(
        [
            "Each mark is a paper and leads to its page; papers near each other use the same words. "
            f"{_COLOURS[len(set(papers['part'])) > 1 if 'part' in papers else False]}, and its name is near the centre "
            f"of its papers{f'; a ring marks a survey ({surveys:,})' if surveys and not _is_many(papers) else ''}.",
            *([_tell_ties(places)] if places.ties else []),
            *_tell_citations(papers),
            f"On a random map the nearest paper would be of the same theme for {by_chance:.0%}.",
            *_compare_themes(papers, kin),
            *(
                [f"The map shows a random sample: {left_out:,} of {places.of:,} papers are left out."]
                if left_out
                else []
            ),
        ]
    )


def _tell_ties(places: Places) -> str:
    return (
        f"A line ties two papers that are among each other's {NEAR} nearest, and stay so in each of "
        f"{count(places.resamples, 'trial')} with resampled words ({len(places.ties):,})."
    )


def _compare_themes(papers: pd.DataFrame, kin: pd.Series[bool]) -> Iterator[str]:
    """Say which theme keeps together most and which least, where there are two that can be compared."""
    titles = {str(slug): short_title(str(title)) for slug, title in _titles(papers)}
    kept = kin.groupby(papers["theme"].astype(str).to_numpy()).agg(["mean", "size", "sum"])
    kept = kept[kept["size"] > 2].sort_values("mean", kind="stable")
    if len(kept) > 1 and kept["mean"].iloc[0] < kept["mean"].iloc[-1]:
        low, high = (share(int(kept["sum"].iloc[at]), int(kept["size"].iloc[at])) for at in (0, -1))
        yield (
            f"On this map the share is largest in “{titles[str(kept.index[-1])]}”, {high}, and smallest in "
            f"“{titles[str(kept.index[0])]}”, {low}."
        )


def _titles(papers: pd.DataFrame) -> list[tuple[str, str]]:
    return list(papers.drop_duplicates("theme")[["theme", "theme_title"]].itertuples(index=False, name=None))


def describe_method(places: Places) -> Any:
    """Say how the places were found, and how far the map shows what is near in the vectors."""
    if places.papers.empty:
        return say_nothing("Without a map there is no method to describe.")
    silent = int((places.papers["abstract"] == "").sum())
    sentences = [
        f"The {places.terms:,} words and pairs of words that two papers or more use, and not more than half of them, "
        "are weighed by TF-IDF in each title and abstract. A truncated singular value decomposition (latent semantic "
        f"analysis; S. Deerwester et al., 1990) reduces them to {places.dimensions} dimensions, and t-SNE (L. van der "
        f"Maaten and G. Hinton, 2008; cosine distance, perplexity {places.perplexity}, one fixed seed) lays these out "
        f"in two. Of the {NEAR} papers nearest to a paper in the {places.dimensions} dimensions, {places.found:.0%} "
        f"are among the {NEAR_ON_MAP} nearest on the map; on a random map {places.found_by_chance:.0%} would be. "
        f"The map's trustworthiness (J. Venna and S. Kaski, 2001; 1 is the best) is {places.trust:.2f}.",
        _tell(silent, "no known abstract", ("is placed by its title alone", "are placed by their titles alone")),
        _tell(len(places.unplaced), "no word in common with any other", ("is not on the map", "are not on the map")),
    ]
    return say(" ".join(filter(None, sentences)))


def _tell(number: int, lack: str, effects: tuple[str, str]) -> str:
    """Say of one or of several papers what they lack and what comes of it, nothing of none."""
    verb, effect = ("has", effects[0]) if number == 1 else ("have", effects[1])
    return f"{count(number, 'paper')} {verb} {lack} and {effect}." if number else ""


def describe_stability(places: Places) -> Any:
    """Say how often neighbours stay neighbours when the words are resampled."""
    if places.papers.empty:
        return say_nothing("Without a map there is no stability to report.")
    return say(
        f"How stable are the neighbours? When the words are resampled with replacement (bootstrap; B. Efron, 1979; "
        f"{places.resamples} times), {places.stayed:.0%} of the {NEAR} nearest papers in the vectors stay among "
        f"the {NEAR} nearest. When the map is redrawn from such samples ({places.redrawn} times), "
        f"{places.stayed_on_map:.0%} of the {NEAR_ON_MAP} nearest on the map stay among the {NEAR_ON_MAP} nearest."
    )


# --- The drawing ---


def _draw(papers: pd.DataFrame, places: Places) -> str:
    height = round(float(papers["y"].max())) + _EDGE
    shapes = "".join(f'<path id="litbook-mark-{at}" d="{_SHAPES[marker]}"></path>' for at, marker in enumerate(MARKERS))
    return (
        f'<svg viewBox="0 0 {_SIDE} {height}" role="group" aria-label="{escape(_describe(places))}"><defs>{shapes}'
        f'<circle id="litbook-mark-survey" r="6.6"></circle></defs>{_draw_citations(papers)}'
        f"{_draw_ties(papers, places.ties)}"
        f"{''.join(_draw_themes(papers))}{''.join(_draw_labels(papers, height))}</svg>"
    )


def _draw_ties(papers: pd.DataFrame, ties: Sequence[tuple[int, int]]) -> str:
    points = [f"{x:g} {y:g}" for x, y in papers[["x", "y"]].itertuples(index=False, name=None)]
    lines = "".join(f"M{points[one]}L{points[other]}" for one, other in ties)
    return f'<path class="litbook-map-ties" d="{lines}"></path>' if lines else ""


def _find_citations(papers: pd.DataFrame) -> list[tuple[int, int]]:
    """Return the places in the table of papers that cite, and of those that they cite; the most cited first."""
    if "cites" not in papers:
        return []
    places = {citekey: at for at, citekey in enumerate(papers["citekey"])}
    found = [
        (at, places[item["citekey"]])
        for at, items in enumerate(papers["cites"])
        for item in items
        if item["citekey"] in places
    ]
    times = Counter(cited for _, cited in found)
    return sorted(found, key=lambda pair: (-times[pair[1]], pair[1], pair[0]))


def _draw_citations(papers: pd.DataFrame) -> str:
    points = [f"{x:g} {y:g}" for x, y in papers[["x", "y"]].itertuples(index=False, name=None)]
    lines = "".join(f"M{points[one]}L{points[other]}" for one, other in _find_citations(papers)[:_MOST_CITATIONS])
    return f'<path class="litbook-map-cites" d="{lines}"></path>' if lines else ""


def _tell_citations(papers: pd.DataFrame) -> Iterator[str]:
    """Say what the lines of citations are, where there are some."""
    number = len(_find_citations(papers))
    some = f"; those of the most cited papers are drawn ({_MOST_CITATIONS:,})" if number > _MOST_CITATIONS else ""
    if number:
        yield f"A dotted line joins two papers of which one cites the other ({number:,}){some}."


def _choose_looks(papers: pd.DataFrame) -> dict[int, tuple[str, int]]:
    """Return the colour and the shape of each theme: the colour of its part, and a shape of its own within it.

    Without several parts each pair of a colour and a shape is of one theme, up to 48 themes.
    """
    themes = papers.drop_duplicates("theme_number").sort_values("theme_number")
    numbers = [int(number) for number in themes["theme_number"]]
    parts = [str(part) for part in themes["part"]] if "part" in themes else []
    if len(set(parts)) < 2:
        return {number: _of_theme(number) for number in numbers}
    order = list(dict.fromkeys(parts))
    return {
        number: (f"var(--part-{order.index(part) % _PART_COLOURS + 1})", parts[:at].count(part) % len(MARKERS))
        for at, (number, part) in enumerate(zip(numbers, parts, strict=True))
    }


def _of_theme(number: int) -> tuple[str, int]:
    """Return the colour and the shape of a theme: each pair once in 48 themes."""
    at = number - 1
    colour = at % len(PALETTE)
    return f"var(--chart-{colour + 1}, {PALETTE[colour]})", (at + at // 24) % len(MARKERS)


def _draw_themes(papers: pd.DataFrame) -> Iterator[str]:
    looks = _choose_looks(papers)
    for number, of_theme in papers.groupby("theme_number", sort=True):
        colour, shape = looks[int(str(number))]
        marks = "".join(_draw_paper(paper, shape, _is_many(papers)) for _, paper in of_theme.iterrows())
        title = escape(str(of_theme["theme_title"].iloc[0]))
        yield f'<g role="group" aria-label="{title}" data-theme="{number}" style="color: {colour}">{marks}</g>\n'


def _draw_paper(paper: Any, shape: int, is_many: bool) -> str:
    known = [
        textwrap.shorten(paper["title"] or paper["citekey"], _LONGEST, placeholder=" …"),
        shorten_authors(paper["authors"]),
        tell_cited_year(paper) or "year unknown",
        "survey" if paper["kind"] == "survey" else "",
    ]
    place = f'x="{paper["x"]:g}" y="{paper["y"]:g}"'
    ring = f'<use href="#litbook-mark-survey" {place}></use>' if paper["kind"] == "survey" and not is_many else ""
    return (
        f'<a href="{escape(link_paper(paper["citekey"]))}" aria-label="{escape(", ".join(filter(None, known)))}">'
        f'<use href="#litbook-mark-{shape}" {place}></use>{ring}</a>'
    )


def _draw_legend(papers: pd.DataFrame) -> str:
    """Return the list of themes with mark, number, name and number of papers; the script makes it a filter."""
    sizes = papers.groupby("theme_number", sort=True).agg(title=("theme_title", "first"), size=("citekey", "size"))
    return (
        f'<ul class="litbook-map-legend">{"".join(_draw_keys(sizes, _choose_looks(papers), _begin_parts(papers)))}</ul>'
    )


def _begin_parts(papers: pd.DataFrame) -> dict[int, str]:
    """Return the names of the parts by the first theme of each that has a paper; none where there is one part."""
    if "part" not in papers or papers["part"].nunique() < 2:
        return {}
    first = papers.sort_values("theme_number").drop_duplicates("part")
    return {int(number): str(part) for number, part in zip(first["theme_number"], first["part"], strict=True)}


def _draw_keys(sizes: pd.DataFrame, looks: dict[int, tuple[str, int]], parts: dict[int, str]) -> Iterator[str]:
    for number, (title, size) in zip(sizes.index, sizes.itertuples(index=False, name=None), strict=True):
        colour, shape = looks[int(number)]
        if int(number) in parts:
            yield f'<li class="litbook-map-part">{escape(parts[int(number)])}</li>'
        name = escape(str(title).partition(":")[0])
        yield (
            f'<li data-theme="{number}"><svg viewBox="-7 -7 14 14" style="color: {colour}" aria-hidden="true">'
            f'<use href="#litbook-mark-{shape}"></use></svg><span>{number}. {name}</span>'
            f'<span class="litbook-number">{size:,}</span></li>'
        )


# --- Labels: where most papers of a theme are, moved aside from each other and from the marks ---


def _draw_labels(papers: pd.DataFrame, height: int) -> Iterator[str]:
    """Yield each theme's name for wide pages, and its number for narrow ones."""
    marks = papers[["x", "y"]].to_numpy(dtype=float)
    taken: list[NDArray[np.float64]] = []
    looks = _choose_looks(papers)
    for number, of_theme in sorted(papers.groupby("theme_number"), key=_spread):
        lines = _wrap(str(of_theme["theme_title"].iloc[0]))
        size = np.array([max(map(len, lines)) * _LETTER, len(lines) * _LINE])
        midst, _ = _find_midst(of_theme)
        box = _find_room(midst, size, marks, taken, height)
        taken.append(box)
        x, y = box[:2] + size / 2 - [0, (len(lines) - 1) * _LINE / 2] + [0, 3.5]
        at_midst = f'cx="{midst[0]:.0f}" cy="{midst[1]:.0f}" style="fill:{looks[int(str(number))][0]}"'
        disc = f'<circle r="{_DISC}" {at_midst}></circle>' if _is_many(papers) else ""
        spans = "".join(
            f'<tspan x="{x:.0f}" dy="{_LINE if at else 0:g}">{escape(line)}</tspan>' for at, line in enumerate(lines)
        )
        yield (
            f'<g class="litbook-map-label" data-theme="{number}" aria-hidden="true">{disc}'
            f'<text x="{x:.0f}" y="{y:.0f}">{spans}</text>'
            f'<text class="litbook-map-number" x="{midst[0]:.0f}" y="{midst[1] + 6:.0f}">{number}</text>'
            "</g>\n"
        )


def _wrap(title: str) -> list[str]:
    name = title.partition(":")[0]
    return textwrap.wrap(name, _LABEL_WIDTH, max_lines=2, placeholder=" …", break_on_hyphens=False) or [name]


def _find_midst(papers: pd.DataFrame) -> tuple[NDArray[np.float64], float]:
    """Return the medoid, the place from which the way to all others is shortest, and the mean of these ways."""
    points = papers[["x", "y"]].to_numpy(dtype=float)
    ways = np.linalg.norm(points[:, None] - points[None], axis=2).mean(axis=1).round(6)
    return points[int(np.argmin(ways))], float(ways.min())


def _spread(theme: tuple[Any, pd.DataFrame]) -> tuple[float, int]:
    """Order themes so that those which lie close together get the room for their label first."""
    return _find_midst(theme[1])[1], int(theme[0])


def _find_room(
    midst: NDArray[np.float64], size: NDArray[np.float64], marks: NDArray[np.float64], taken: Any, height: int
) -> NDArray[np.float64]:
    """Return the box (left, top, right, bottom) near a point that hides few marks and no label."""
    steps = np.array([(x, y) for y in range(-96, 97, 6) for x in range(-96, 97, 6)], dtype=float)
    low = np.clip(midst + steps - size / 2, 8, np.maximum([_SIDE - 8, height - 2] - size, 8))
    boxes = np.hstack([low, low + size])
    away = np.linalg.norm(low + size / 2 - midst, axis=1)
    inside = (marks[None] > boxes[:, None, :2] - 4) & (marks[None] < boxes[:, None, 2:] + 4)
    hidden = inside.all(axis=2).sum(axis=1)
    costs = away / 8 + 12 * hidden + 0.5 * sum((_overlap(boxes, other) for other in taken), np.zeros(len(boxes)))
    return np.asarray(boxes[int(np.argmin(costs))], dtype=np.float64)


def _overlap(boxes: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the area that each box shares with another, with a little room around it."""
    sides = np.minimum(boxes[:, 2:], other[2:] + 3) - np.maximum(boxes[:, :2], other[:2] - 3)
    return np.asarray(np.clip(sides, 0, None).prod(axis=1), dtype=np.float64)
