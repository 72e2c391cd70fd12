"""Write the search index into the built HTML: the only stage that does.

The index lies in `search-index/` beside `search.html`, as classic scripts: a page opened from a folder may not `fetch`
a file, but it may load a script. `core.js` names the other parts, so the index can be cut finer without a new page.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path

from litbook.model import Corpus

FOLDER = "search-index"
_DIGEST = "digest.txt"


def index(corpus: Corpus, out: Path) -> tuple[Path, ...]:
    """Bring the search index in the HTML folder `out` up to date with the corpus; return the files that changed.

    When nothing that the index is made from has changed, the files are only looked at, and scikit-learn is not loaded.
    """
    folder = out / FOLDER
    digest = _digest_inputs(corpus)
    if _is_current(folder, digest):
        return ()
    from litbook.search.parts import render_parts  # noqa: PLC0415 - only an index that is made anew needs it

    (folder / _DIGEST).unlink(missing_ok=True)  # a run that is cut short must not leave a digest that is kept
    files = {f"{name}.js": text for name, text in render_parts(corpus).items()}
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in folder.glob("*.js")} - files.keys():
        (folder / stale).unlink()
    changed = tuple(folder / name for name, text in files.items() if _write(folder / name, text))
    _write(folder / _DIGEST, "\n".join([digest, *sorted(files)]) + "\n")
    return changed


def _is_current(folder: Path, digest: str) -> bool:
    try:
        known, *names = (folder / _DIGEST).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return False
    return known == digest and all((folder / name).is_file() for name in names)


def _digest_inputs(corpus: Corpus) -> str:
    """Return a digest of everything that the index is made from: values of the corpus, and the code that makes it."""
    placed = [corpus.placements.get(paper.citekey) for paper in corpus.papers]
    papers = [
        (
            paper.citekey,
            paper.title.plain,
            paper.abstract.plain,
            paper.authors,
            paper.year,
            paper.venue,
            paper.venue_year,
        )
        for paper in corpus.papers
    ]
    places = [(place.theme, place.kind) if place else None for place in placed]
    themes = [(theme.slug, theme.title, theme.phrases) for theme in corpus.themes()]
    content = json.dumps([_digest_code(), papers, places, themes], ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()


@cache
def _digest_code() -> str:
    sources = sorted((Path(__file__).parent / "search").glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _write(path: Path, text: str) -> bool:
    content = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return False
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    draft.write_bytes(content)
    draft.replace(path)
    return True
