"""Pages and notes of one paper in Markdown, with front matter. All papers are invented."""

from __future__ import annotations

import pytest
from readings import read_file, read_single

HUGO = """\
---
title: "Owls in snow"
authors:
- admin
- Ben Kraut
date: "2020-01-02T00:00:00Z"
doi: "10.1000/owl.1"
publishDate: "2020-01-02T00:00:00Z"
publication_types: ["2"]
publication: "*Journal of Owls, 3*(2)"
publication_short: ""
abstract: We study owls that hear mice under the snow in winter and count how often they find them.
tags:
- owls
featured: false
url_pdf: http://arxiv.org/pdf/2001.00001
---

{{% callout note %}}
Click the *Cite* button above to demo the feature.
{{% /callout %}}
"""
JEKYLL = """\
---
title: "Paper Title Number 1: owls"
collection: publications
permalink: /publication/2009-10-01-paper-title-number-1
excerpt: 'This paper is about the number 1.'
date: 2009-10-01
venue: 'Journal 1'
paperurl: 'http://academicpages.github.io/files/paper1.pdf'
citation: 'Your Name, You. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1).'
---
This paper is about the number 1. The number 2 is left for future work.
"""
OBSIDIAN = """\
---
title: Owls in snow
authors: [Ada Moll, Ben Kraut]
year: 2020
journal: Journal of Owls
doi: 10.1000/owl.1
citekey: moll2020
tags: [owls, literature]
---
# Owls in snow

> [!Abstract]
> We study owls that hear mice under the snow.

## Notes
- Owls hear well.
"""
TOML = """\
+++
title = "Owls in snow"
date = "2020-01-02"
authors = ["Ada Moll", "Ben Kraut"]
publication = "Journal of Owls"
doi = "10.1000/owl.1"
+++
Words of the owner.
"""


def test_a_page_of_hugo_is_one_paper() -> None:
    record = read_single(HUGO)
    assert (record.title, record.authors, record.published) == ("Owls in snow", ("Ben Kraut",), "2020-01-02")
    assert (record.venue, record.links) == ("Journal of Owls, 3(2)", {"arxiv": "2001.00001", "doi": "10.1000/owl.1"})
    assert record.abstract.startswith("We study owls")
    assert (record.first_line, record.last_line) == (1, HUGO.count("\n"))


def test_toml_says_the_same() -> None:
    record = read_single(TOML)
    assert (record.title, record.authors, record.venue) == (
        "Owls in snow",
        ("Ada Moll", "Ben Kraut"),
        "Journal of Owls",
    )


def test_a_page_of_jekyll_has_its_venue() -> None:
    assert (read_single(JEKYLL).venue, read_single(JEKYLL).published) == ("Journal 1", "2009-10-01")


def test_nothing_is_read_from_the_notes_below() -> None:
    record = read_single(OBSIDIAN)
    assert (record.authors, record.abstract) == (("Ada Moll", "Ben Kraut"), "")
    assert record.reference.fields["keyword"] == "owls; literature"


def test_a_note_on_a_paper_that_it_identifies_may_cite_others() -> None:
    cited = "".join(f"- see [Owls of winter {n}](https://arxiv.org/abs/2001.0000{n})\n" for n in range(1, 6))
    (record,) = read_file(f"{OBSIDIAN}\n{cited}").records
    assert record.links == {"doi": "10.1000/owl.1"}


@pytest.mark.parametrize(
    "front", ["title: Papers on owls\nlayout: page", "title: Papers on owls\nauthor: Ada\nvenue: x"]
)
def test_a_list_of_papers_with_front_matter_stays_a_list(front: str) -> None:
    items = "".join(f"- [Owls of winter {n}](https://arxiv.org/abs/2001.0000{n})\n" for n in range(1, 6))
    assert len(read_file(f"---\n{front}\n---\n\n{items}").records) == 5
