"""People with papers in several themes, and the themes that they join."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, cast

import pandas as pd
from IPython.display import HTML

from litbook.figures.links import link_paper, link_papers
from litbook.figures.people import list_authorships, say_authors
from litbook.figures.ranked.bars import Bar, link, render_bars
from litbook.figures.ranked.cells import count_cells, render_cells
from litbook.figures.show import count, fold, frame, say, say_nothing, share
from litbook.figures.style import short_titles

_FEWEST_PAIRS = 3  # of themes that share people: a map of one or two cells says less than a sentence
THEMES, PEOPLE, LISTED = 16, 12, 5  # shown: themes of the map, people of the table, papers of each of these
_PAIRS = 8


def list_bridges(papers: pd.DataFrame) -> Any:
    """Return a table of the people with papers in most themes, with links to these papers."""
    rows = list_authorships(papers)
    across = rows[rows["themes"] > 1]
    if across.empty:
        return say_nothing(
            f"No one is known to have papers in several themes in this collection. {say_authors(papers)}"
        )
    titles = short_titles(papers)
    order = {"themes": False, "papers": False, "person": True}
    people = across.drop_duplicates("person").sort_values(list(order), ascending=list(order.values()))
    listed = [str(name) for name in people["person"].head(PEOPLE)]
    wrote = across[across["person"].isin(listed)]
    bars = [_draw_bridge(name, wrote[wrote["person"] == name], titles) for name in listed]
    shown = len(listed)
    first = people.iloc[0]
    title = (
        f"{count(len(people), 'person has', 'people have')} papers in several themes, {first['person']} in "
        f"{count(int(first['themes']), 'theme')}."
    )
    head = "" if shown == len(people) else f"Shown are the {shown} with most themes, then most papers. "
    data = wrote.groupby(["person", "theme"]).size().rename("papers").reset_index()
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            "people-in-several-themes",
            render_bars("people-in-several-themes", ("Person", "Themes", "Papers"), bars),
            title=title,
            caption=f"{head}A dark part of a bar is a theme, in the order of the book, in which the person has papers. "
            + say_authors(papers),
            data=data,
        )
    )


def _draw_bridge(name: str, rows: pd.DataFrame, titles: dict[str, str]) -> Bar:
    """Return the row of a person: the themes, which open to the papers, at least one of each theme."""
    rows = rows.assign(turn=rows.groupby("theme", observed=True).cumcount()).sort_values(["turn", "theme", "citekey"])
    chosen = rows.head(max(LISTED, rows["theme"].nunique())).sort_values(["theme", "citekey"])
    items = "".join(
        f'<li><a href="{link_paper(str(row.citekey))}">{escape(str(row.title))}</a> ({_name(row.theme, titles)})</li>'
        for row in chosen.itertuples()
    )
    more = len(rows) - len(chosen)
    items += f"<li>and {count(more, 'more paper')}</li>" if more else ""
    summary = f"<summary>{count(len(rows), 'paper')} in {count(rows['theme'].nunique(), 'theme')}</summary>"
    held = set(rows["theme"].astype(str))
    themes = [str(slug) for slug in rows["theme"].cat.categories if slug in titles]
    return Bar(
        escape(name),
        (),
        (f"<details>{summary}<ul>{items}</ul></details>",),
        strip=tuple(slug in held for slug in themes),
        tips=[titles[slug] for slug in themes],
    )


def _name(slug: object, titles: dict[str, str]) -> str:
    """Return the HTML of a theme's short title."""
    return escape(titles[str(slug)])


def draw_shared_people(papers: pd.DataFrame) -> Any:
    """Draw a heat map of the number of people with papers in both of two themes; a cell leads to these papers."""
    rows = list_authorships(papers)
    across = rows[rows["themes"] > 1]
    if across.empty:
        return say_nothing(f"No two themes in this collection are known to share an author. {say_authors(papers)}")
    pairs = _pair_themes(across)
    counts = pairs.groupby(["theme", "other"])["person"].nunique()
    if counts.max() == 1:
        return say_nothing(f"No two themes in this collection share more than one person. {say_authors(papers)}")
    if len(counts) < _FEWEST_PAIRS:
        shared = f"{count(len(counts), 'pair')} of themes {'shares' if len(counts) == 1 else 'share'} people"
        most = count(int(counts.max()), "person", "people")
        return say(f"In this collection {shared}, at most {most}. {say_authors(papers)}")
    links = {cast(Any, pair): link_papers(set(keys)) for pair, keys in pairs.groupby(["theme", "other"])["citekey"]}
    order = [slug for slug in papers["theme"].cat.categories if slug in {*pairs["theme"], *pairs["other"]}]
    kept = _choose_themes(counts, order)
    table = counts.unstack(fill_value=0).reindex(index=kept[1:], columns=kept[:-1], fill_value=0)
    titles = _number_themes(papers)
    columns = {slug: titles[slug].partition(".")[0] for slug in kept[:-1]}
    names = {slug: title.partition(". ")[2] for slug, title in titles.items()}
    cells = count_cells(table, {(str(one), str(other)): link for (one, other), link in links.items()}, names)
    drawing = render_cells(
        "pairs-of-themes-that-share-people", ("theme", {slug: titles[slug] for slug in kept[1:]}), columns, cells
    )
    return _show_shared_people(drawing, papers, counts, links, len(order) - len(kept))


def _number_themes(papers: pd.DataFrame) -> dict[str, str]:
    """Return the numbers and short titles of the themes by their slugs."""
    return {
        str(row.theme): f"{row.theme_number}. {str(row.theme_title).partition(':')[0]}"
        for row in papers.drop_duplicates("theme").itertuples()
    }


def _pair_themes(across: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each person, each two of their themes, the later in "theme", and each paper in one of both."""
    works = across[["person", "theme", "theme_number", "citekey"]].astype({"theme": str})
    themes = works.drop_duplicates(["person", "theme"])[["person", "theme", "theme_number"]]
    pairs = themes.merge(themes.rename(columns={"theme": "other", "theme_number": "earlier"}), on="person")
    pairs = pairs[pairs["earlier"] < pairs["theme_number"]][["person", "theme", "other"]]
    found = pairs.merge(works.rename(columns={"theme": "of"}), on="person")
    return found[(found["of"] == found["theme"]) | (found["of"] == found["other"])]


def _choose_themes(counts: pd.Series[int], order: list[str]) -> list[str]:
    """Return the themes that share most people, in the order of the book."""
    weight = counts.groupby("theme").sum().add(counts.groupby("other").sum(), fill_value=0)
    most = sorted(order, key=lambda slug: (-int(weight[slug]), order.index(slug)))[:THEMES]
    return [slug for slug in order if slug in most]


def _show_shared_people(
    drawing: str,
    papers: pd.DataFrame,
    counts: pd.Series[int],
    links: Mapping[tuple[str, str], str | None],
    left_out: int,
) -> Any:
    """Return the pairs of themes that share most people as bars, and the heat map of all pairs folded."""
    titles = short_titles(papers)
    order = {str(slug): at for at, slug in enumerate(papers["theme"].cat.categories)}
    pairs = sorted(counts.items(), key=lambda item: (-item[1], *(order[slug] for slug in cast(Any, item[0])[::-1])))
    most = int(counts.max())
    (later, earlier), _ = cast(Any, pairs[0])
    pair = f"“{titles[earlier]}” and “{titles[later]}”"
    finding = f"{pair} share {count(most, 'person', 'people')}, more than any other two."
    if (counts == most).sum() > 1:
        finding = f"No two themes share more people than {pair}: {most:,}."
    themes = papers["theme"].nunique()
    shared = f"Of all pairs of themes, {share(len(counts), themes * (themes - 1) // 2)} share anyone."
    bars = [
        Bar(
            f"{escape(titles[other])} + {escape(titles[theme])}",
            (number / most,),
            (link(links.get((theme, other)), f"{number}"),),
        )
        for (theme, other), number in cast(Any, pairs[:_PAIRS])
    ]
    shown = frame(
        "people-shared-by-themes",
        render_bars("people-shared-by-themes", ("Themes", "", "People"), bars),
        title=finding,
        caption=f"People with papers in both of two themes, the {len(bars)} pairs with most; a number leads to their "
        f"papers. {shared} {say_authors(papers)}",
        data=counts.rename("people").reset_index(),
    )
    pairs_of_all = HTML(  # type: ignore[no-untyped-call]
        frame(
            "pairs-of-themes-that-share-people",
            drawing,
            title=shared,
            caption="Columns have the numbers of the themes; a number leads to the papers."
            + (f" Left out: {count(left_out, 'theme')} with fewer shared people." if left_out else ""),
            data=counts.rename("people").reset_index(),
        )
    )
    return HTML(shown + fold(pairs_of_all, "All pairs of themes").data)  # type: ignore[no-untyped-call]
