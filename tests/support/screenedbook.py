"""The toy review with a second source, a second commit, and the pages that report both. Everything is invented."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from toybook import REPOSITORY, Review, copy_toy

PAGES = REPOSITORY / "scripts/litbook/commands/skeleton/book/about"
SOURCE = "book/corpus/sources/hf-papers-bread.txt"
DECISIONS = "book/corpus/decisions.csv"
# The same work as one of the toy's, under another source.
SECOND_SOURCE = """\
@article{kneadbot,
  title = {KneadBot: A Kneading Policy Learned from Resistance},
  author = {Fancied, Ann},
  year = {2021},
}
"""
SEARCHES = """\
- id: invented-index
  source: The Invented Index
  platform: Invented Platform
  date: 2026-01-01
  query: |
    ("bread" OR "dough" <levain>)
      AND learning
  found: 15
  files: [hf-papers-bread.txt]
  removed: {duplicates: 1, other: 1, why: no abstract}
- id: references
  source: References of included papers
  kind: citations
  found: 1
  files: [second.bib]
"""
SCREENING = """\
citekey,by,judgement,reason,date
supposed2019should,Ann Invented,include,,2026-01-02
supposed2019should,Bo Fictive,include,,2026-01-02
assumed2024croissant,Ann Invented,exclude,Not about bread,2026-01-02
assumed2024croissant,Bo Fictive,include,,2026-01-02
"""
BEFORE, AFTER = "2026-01-02", "2026-02-03"
MOVED = "fancied2021kneadbot,loaf-vision,,method,include,It looks <b>first</b>,invented editors,2026-02-03"


def make_screened(root: Path) -> Review:
    """Return a copy of the toy review with the pages on flow and changes, not yet committed."""
    review = copy_toy(root)
    for name in ("flow.md", "changes.md"):
        shutil.copyfile(PAGES / name, review.path(f"book/about/{name}"))
    references = "      - file: book/about/references"
    pages = "      - file: book/about/flow\n      - file: book/about/changes\n"
    review.edit("_toc.yml", references, f"{pages}{references}")
    review.path("book/corpus/sources/second.bib").write_text(SECOND_SOURCE, "utf-8")
    review.path("book/corpus/searches.yml").write_text(SEARCHES, "utf-8")
    review.path("book/corpus/screening.csv").write_text(SCREENING, "utf-8")
    return review


def commit_twice(review: Review) -> None:
    """Commit the collection, then edit one paper and move another, and commit that a month later."""
    git(review.root, "init", "--quiet")
    git(review.root, "add", "book/corpus", "book/chapters")
    git(review.root, "commit", "--quiet", "--message", "Invented beginning", day=BEFORE)
    review.edit(SOURCE, "CrumbNet: Reading the Crumb of a Loaf", "CrumbNet: Reading the Crumb of One Loaf")
    review.edit(
        DECISIONS,
        "fancied2021kneadbot,baking-agents,,method,include,A robot that kneads,invented editors,2026-01-02",
        MOVED,
    )
    git(review.root, "commit", "--quiet", "--all", "--message", "Invented change", day=AFTER)


def git(folder: Path, *arguments: str, day: str = AFTER) -> str:
    """Run git as an invented person on a given day, ignoring this machine's settings."""
    moment = f"{day}T12:00:00+00:00"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (
            ("NAME", "Invented Editor"), ("EMAIL", "editor@example.org"), ("DATE", moment))},
    }  # fmt: skip
    command = ["git", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout
