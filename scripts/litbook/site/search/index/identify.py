"""What a browser needs to know of all papers to find them in a reader's library, and to name them.

The titles are those that readers see: the browser reduces them and those of the library by one and the same function.
"""

from __future__ import annotations

import re

from litbook.model.notices import flag_of
from litbook.model.review import Corpus
from litbook.site.search.index.shards import Part
from litbook.write.labels import make_label


def make_identify_part(corpus: Corpus) -> Part:
    """Return citekeys, titles, first authors, years, identifiers and themes of all papers, in columns.

    The labels of those that were retracted, or have another serious notice, are by citekey: few papers have one.
    """
    themes = corpus.themes()
    numbers = {theme.slug: number for number, theme in enumerate(themes)}
    papers = corpus.papers
    flags = {paper.citekey: flag for paper in papers if (flag := flag_of(paper.notices))}
    return {
        "part": "identify",
        "keys": " ".join(paper.citekey for paper in papers),
        "titles": [paper.title.plain or paper.citekey for paper in papers],
        "by": [make_label(paper).short for paper in papers],
        "years": [paper.cited_year or 0 for paper in papers],
        "dois": " ".join(_bare(paper.links.get("doi", "")) for paper in papers),
        "arxiv": " ".join(re.sub(r"v\d+$", "", _bare(paper.links.get("arxiv", ""))) for paper in papers),
        "themes": [[theme.slug, theme.title] for theme in themes],
        "placed": [numbers[corpus.placements[paper.citekey].theme] for paper in papers],
        **({"flags": flags} if flags else {}),
    }


def _bare(identifier: str) -> str:
    return re.sub(r"\s", "", identifier).lower()
