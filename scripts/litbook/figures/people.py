"""People: who wrote with whom.

Names are compared as they are written: two people of one name are one person here, and one person whose name is written
in two ways is two. A person's theme is that of the chapter in which a paper stands.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, reverse_cuthill_mckee

from litbook.figures.links import link_papers
from litbook.figures.show import count, say, share, show
from litbook.figures.style import BLUE, LINE, ORANGE, WIDTH, use_style
from litbook.figures.unknown import say_unknown

GROUPS, PEOPLE = 4, 16  # drawn: so many groups, and so many people of each
_LONGEST = 26  # letters of a name in a drawing
_ROW = 0.17  # inches


def list_authorships(papers: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each author of each paper: `papers` of the CSV with the column "person", sorted by it.

    A paper whose authors are not known has no row. The columns "papers" and "themes" say in how many a person is.
    """
    rows = papers.assign(person=papers["authors"].astype(str).str.split("; ")).explode("person")
    rows = rows[rows["person"] != ""].drop_duplicates(["citekey", "person"]).sort_values(["person", "citekey"])
    by_person = rows.groupby("person")
    rows["papers"] = by_person["citekey"].transform("size")
    rows["themes"] = rows["person"].map(by_person["theme"].nunique())
    return rows.reset_index(drop=True)


def find_groups(authorships: pd.DataFrame) -> pd.Series[int]:
    """Return the group of each authorship, 0 for the one with most papers, then most people.

    A group is a connected component of papers and people: a paper is tied to each of its authors. So two papers are in
    one group if a chain of shared authors leads from one to the other.
    """
    people, names = pd.factorize(authorships["person"], sort=True)
    works, keys = pd.factorize(authorships["citekey"], sort=True)
    size = len(names) + len(keys)
    ties = coo_array((np.ones(len(people)), (people, works + len(names))), shape=(size, size))
    found = authorships.assign(group=connected_components(ties, directed=False)[1][people])
    sizes = found.groupby("group").agg(
        papers=("citekey", "nunique"), people=("person", "nunique"), first=("citekey", "min")
    )
    order = sizes.sort_values(["papers", "people", "first"], ascending=[False, False, True]).index
    return found["group"].map({label: rank for rank, label in enumerate(order)})


def say_authors(papers: pd.DataFrame) -> str:
    """Return a sentence on the papers without known authors."""
    return say_unknown("authors", int((papers["authors"] == "").sum()), len(papers))


def describe_groups(papers: pd.DataFrame) -> Any:
    """Say how many people wrote the papers, and into which groups shared authors tie these."""
    rows = list_authorships(papers)
    if rows.empty:
        return say("No paper has known authors, so co-authors cannot be shown.")
    groups = rows.assign(group=find_groups(rows)).groupby("group")
    works = groups["citekey"].nunique()
    first = groups.get_group(0)
    several = rows.drop_duplicates("person")["papers"].gt(1)
    sentence = (
        f"{say_authors(papers)} The {count(int(works.sum()), 'paper')} with known authors "
        f"{'names' if works.sum() == 1 else 'name'} {count(len(several), 'person', 'people')}, of whom "
        f"{share(int(several.sum()), len(several))} {'is' if several.sum() == 1 else 'are'} on more than one paper. "
        f"{share(int((works == 1).sum()), int(works.sum()))} "
    )
    sentence += "shares" if (works == 1).sum() == 1 else "share"
    sentence += " no author with another paper here."
    if works.iloc[0] > 1:
        sentence += (
            f" The largest group connected by shared authors has {share(int(works.iloc[0]), int(works.sum()))} "
            f"papers, from {count(int(first['theme'].nunique()), 'theme')}, by "
            f"{count(int(first['person'].nunique()), 'person', 'people')}."
        )
    return say(sentence)


def draw_groups(papers: pd.DataFrame) -> Any:
    """Draw the largest groups as arc diagrams: a line a person, an arc between two who wrote a paper together.

    Only people with more than one paper are drawn: without the others each group holds together as well. Arc diagrams
    are M. Wattenberg's ("Arc diagrams: visualizing structure in strings", 2002); the order of the lines keeps arcs
    short by reverse Cuthill-McKee (E. Cuthill and J. McKee, 1969).
    """
    rows = list_authorships(papers)
    rows = rows.assign(group=find_groups(rows)) if len(rows) else rows.assign(group=0)
    joining = rows[rows["papers"] > 1]
    if joining.empty:
        return say(f"No one is known to have written more than one paper in this collection. {say_authors(papers)}")
    people = _choose_people(joining)
    shared = _count_shared(joining[joining["person"].isin(people.index)])
    use_style()
    figure, axes = plt.subplots(figsize=(WIDTH, _ROW * (people["row"].max() + 1) + 0.3))
    for pair, keys in shared.items():
        _draw_arc(axes, sorted(int(people["row"][name]) for name in pair), keys)
    _draw_people(axes, people, joining)
    figure.tight_layout()
    across = share(int((people["themes"] > 1).sum()), len(people))
    finding = _describe_drawn(rows[rows["group"] == people["group"].min()], people["group"].nunique())
    left_out = joining["person"].nunique() - len(people), joining["group"].nunique() - people["group"].nunique()
    return show(
        figure,
        "people-who-wrote-together",
        alt=f"Arc diagram of {finding}. {across} people drawn have papers in several themes.",
        caption=f"{finding[0].upper()}{finding[1:]}. Each line is a person with more than one paper, in brackets the "
        "number of papers; an arc is a paper together, a thicker arc several. A name leads to the papers. Orange "
        f"diamonds are people with papers in several themes: {across}. {_say_left_out(*left_out)}{say_authors(papers)}",
        data=_tabulate_shared(shared),
    )


def _describe_drawn(largest: pd.DataFrame, drawn: int) -> str:
    tied = f"{count(largest['citekey'].nunique(), 'paper')} from {count(largest['theme'].nunique(), 'theme')}"
    groups = f"the {drawn} largest groups of co-authors; the largest"
    return f"{groups if drawn > 1 else 'the largest group of co-authors; it'} connects {tied}"


def _say_left_out(people: int, groups: int) -> str:
    if not people:
        return ""
    others = f", and so {'is' if groups == 1 else 'are'} {count(groups, 'smaller group')}" if groups else ""
    return f"{count(people, 'more person', 'more people')} with several papers left out{others}. "


def _choose_people(joining: pd.DataFrame) -> pd.DataFrame:
    """Return the people to draw, by name, with the columns "group", "papers", "themes" and "row", their line.

    Those of a group with most papers are drawn; an empty line separates two groups.
    """
    people = joining.drop_duplicates("person")[["person", "group", "papers", "themes"]]
    people = people[people["group"].isin(sorted(people["group"].unique())[:GROUPS])]
    people = people.sort_values(["group", "papers", "person"], ascending=[True, False, True])
    people = people.groupby("group").head(PEOPLE).sort_values("person").set_index("person")
    rows = joining[joining["person"].isin(people.index)]
    columns, keys = pd.factorize(rows["citekey"], sort=True)
    wrote = np.zeros((len(people), len(keys)))
    wrote[people.index.get_indexer(pd.Index(rows["person"])), columns] = 1
    order = reverse_cuthill_mckee(csr_array(wrote @ wrote.T), symmetric_mode=True)
    people = pd.DataFrame(people.iloc[order]).sort_values("group", kind="stable")
    return people.assign(row=np.arange(len(people)) + pd.factorize(people["group"])[0])


def _count_shared(authorships: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    """Return the papers that two people wrote together, for each pair that did, names and papers in order."""
    shared: dict[tuple[str, str], list[str]] = {}
    for key, names in authorships.groupby("citekey")["person"]:
        for pair in combinations(sorted(names), 2):
            shared.setdefault(pair, []).append(str(key))
    return dict(sorted(shared.items()))


def _tabulate_shared(shared: dict[tuple[str, str], list[str]]) -> pd.DataFrame:
    return pd.DataFrame([(*pair, len(keys)) for pair, keys in shared.items()], columns=["person", "and", "papers"])


def _draw_arc(axes: Any, ends: list[int], keys: list[str]) -> None:
    first, last = ends
    out = 0.2 + 0.55 * (last - first)
    path = Path([(0, first), (out, first), (out, last), (0, last)], [Path.MOVETO, *[Path.CURVE4] * 3])
    width = 0.6 + 0.6 * min(len(keys), 5)
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=LINE, linewidth=width, alpha=0.7))


def _draw_people(axes: Any, people: pd.DataFrame, joining: pd.DataFrame) -> None:
    for several, colour, marker in ((False, BLUE, "o"), (True, ORANGE, "D")):
        of_kind = people[(people["themes"] > 1) == several]
        axes.scatter([0] * len(of_kind), of_kind["row"], c=colour, marker=marker, s=22, zorder=3)
    names = [f"{_shorten(str(name))} ({papers})" for name, papers in people["papers"].items()]
    axes.set_yticks(people["row"], names)
    keys = joining.groupby("person")["citekey"].agg(list)
    for label, name in zip(axes.get_yticklabels(), people.index, strict=True):
        label.set_url(link_papers(keys[name]))
    axes.set_ylim(people["row"].max() + 0.8, -0.8)
    axes.set_xlim(-0.3, None)
    axes.autoscale(enable=True, axis="x")
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
