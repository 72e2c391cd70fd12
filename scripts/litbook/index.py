"""Write the search index and the exports into the built HTML: the only stage that does.

The index lies in `search-index/` beside `search.html`, as classic scripts: a page opened from a folder may not `fetch`
a file, but it may load a script. `core.js` names the other parts, so the index can be cut finer without a new page.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from litbook.files import write_bytes, write_text
from litbook.model import Corpus

FOLDER = "search-index"
_DIGEST = "digest.txt"


def index(corpus: Corpus, out: Path, exports: Path | None = None) -> tuple[Path, ...]:
    """Bring search index and exports in the HTML folder `out` up to date with the corpus; return the changed files.

    The files of the folder `exports` become `data/` of the site. When nothing that the index is made from has changed,
    the files are only looked at, and scikit-learn is not loaded.
    """
    published = _publish(exports, out / "data") if exports else ()
    return (*published, *_index_for_search(corpus, out / FOLDER))


def _publish(exports: Path, data: Path) -> tuple[Path, ...]:
    files = {data / path.name: path for path in sorted(exports.iterdir()) if not path.name.startswith(".")}
    for stale in set(data.glob("*")) - files.keys():
        stale.unlink()
    return tuple(target for target, path in files.items() if write_bytes(target, path.read_bytes()))


def _index_for_search(corpus: Corpus, folder: Path) -> tuple[Path, ...]:
    digest = _digest_inputs(corpus)
    if _is_current(folder, digest):
        return ()
    from litbook.search.parts import render_parts  # noqa: PLC0415 - only an index that is made anew needs it

    (folder / _DIGEST).unlink(missing_ok=True)  # a run that is cut short must not leave a digest that is kept
    files = {f"{name}.js": text for name, text in render_parts(corpus).items()}
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in folder.glob("*.js")} - files.keys():
        (folder / stale).unlink()
    changed = tuple(folder / name for name, text in files.items() if write_text(folder / name, text))
    write_text(folder / _DIGEST, "\n".join([digest, *sorted(files)]) + "\n")
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
