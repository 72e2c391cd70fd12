"""The pictures that other sites show beside a link to the review: one of it, and one of each chapter.

Such a picture is named by its whole address, so there are none unless the site knows its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from litbook.core.atomic import write_bytes
from litbook.core.cache import digest
from litbook.core.code import digest_code
from litbook.core.identity import ByIdentity
from litbook.core.worker import run_in_process
from litbook.model.queries import papers_of
from litbook.model.review import Corpus
from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import site_of
from litbook.site.publishing.card_image import Poster, draw_posters
from litbook.text.nouns import count_noun

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "og"
_REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Picture:
    """Know where a picture is, and what it shows in words."""

    address: str
    description: str


def picture_of(app: Sphinx, slug: str | None) -> Picture | None:
    """Return the picture of a theme, or of the review where no theme is named; None if the site has no address."""
    site = site_of(app)
    if not site.address:
        return None
    posters = _posters(app)
    name = _name(slug)
    return Picture(f"{site.address}{FOLDER}/{name}.png", posters[name].in_words())


def _name(slug: str | None) -> str:
    return f"theme-{slug}" if slug else _REVIEW


def _posters(app: Sphinx) -> dict[str, Poster]:
    """Return what the pictures show, made once in a build."""
    return _plan_once(ByIdentity(prepared_review(app).corpus), site_of(app).title)


@lru_cache(maxsize=1)
def _plan_once(key: ByIdentity[Corpus], title: str) -> dict[str, Poster]:
    return _plan(key.value, title)


def _plan(corpus: Corpus, title: str) -> dict[str, Poster]:
    themes = len(corpus.themes())
    posters = {
        _REVIEW: Poster("", title, f"{count_noun(len(corpus.papers), 'paper')} in {count_noun(themes, 'theme')}")
    }
    for part in corpus.parts:
        for theme in part.themes:
            number = count_noun(len(papers_of(corpus, theme.slug)), "paper")
            posters[_name(theme.slug)] = Poster(part.title, theme.title, f"{number} · {title}")
    return posters


def write_pictures(app: Sphinx, error: Exception | None) -> None:
    """Draw the pictures that show something else than in the last build, and delete those of themes that are gone."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    posters = _posters(app) if site_of(app).address else {}
    for stale in {*folder.glob("*.png")} - {folder / f"{name}.png" for name in posters}:
        stale.unlink()
    code = digest_code(draw_posters.__module__)
    marks = {name: digest(code, poster.part, poster.title, poster.line) for name, poster in posters.items()}
    missing = {name: mark for name, mark in marks.items() if not _shows(folder / f"{name}.png", mark)}
    if missing:
        drawn = run_in_process(draw_posters, [(posters[name], mark) for name, mark in missing.items()])
        for name, picture in zip(missing, drawn, strict=True):
            write_bytes(folder / f"{name}.png", picture)


def _shows(path: Path, mark: str) -> bool:
    """Return whether a picture, which begins with the digest of its inputs, was made from those with this digest."""
    return path.is_file() and mark.encode("ascii") in path.read_bytes()[:1024]
