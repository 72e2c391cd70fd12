"""People: who wrote with whom.

Names are compared as they are written: two people of one name are one person here, and one person whose name is written
in two ways is two. A person's theme is that of the chapter in which a paper stands.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from litbook.figures.show import count, say, share
from litbook.figures.unknown import say_unknown


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
