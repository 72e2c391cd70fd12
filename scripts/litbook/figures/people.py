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

from litbook.figures.show import count, portion, say, share
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
    """Return a sentence on the papers without known authors, nothing where there are none."""
    unknown = int((papers["authors"] == "").sum())
    return say_unknown("authors", unknown, len(papers)) if unknown else ""


def describe_groups(papers: pd.DataFrame) -> Any:
    """Say how many people wrote the papers, and into which groups shared authors tie these."""
    rows = list_authorships(papers)
    if rows.empty:
        return say("No paper has known authors, so co-authors cannot be shown.")
    works = rows.assign(group=find_groups(rows)).groupby("group")["citekey"].nunique()
    several = rows.drop_duplicates("person")["papers"].gt(1)
    alone, known = int((works == 1).sum()), int(works.sum())
    return say(
        f"{count(len(several), 'person', 'people')} wrote the {count(known, 'paper')} with known authors; "
        f"{share(int(several.sum()), len(several))} {'is' if several.sum() == 1 else 'are'} on more than one. "
        f"{portion(alone, known, 'paper')} {'shares' if alone == 1 else 'share'} no author with another paper here. "
        f"{say_authors(papers)}"
    )
