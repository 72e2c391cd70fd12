"""Write the search index and the exports into the built HTML: the only stage that does.

The index lies in `search-index/` beside `search.html`, as classic scripts: a page opened from a folder may not `fetch`
a file, but it may load a script. `core.js` names the other parts, and `search.html` the digest of `core.js`, so that a
browser never takes an old part for a new one. What the chapters say is read from their HTML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVarTuple, Unpack

from litbook.core.atomic import write_bytes, write_text
from litbook.core.cache import Cache, digest_files
from litbook.core.code import digest_code
from litbook.core.urls import chapter_address
from litbook.model.editorial import Editorial
from litbook.model.fulltext import Parsed
from litbook.model.review import Corpus
from litbook.site.search.index.head import describe_index
from litbook.site.search.index.site_pages import NO_NOTES, Notes
from litbook.write.extraction import keep_filtered

_Arguments = TypeVarTuple("_Arguments")

FOLDER = "search-index"
PAGES = ("book/*.html", "book/chapters/*.html", "book/analysis/*.html", "book/about/*.html")
_DIGEST = "digest.txt"
_DETAILS_DIGEST = "details.txt"
_FIRST_PARTS = {"search.html": "core.js", "your-papers.html": "identify.js"}
_STAMP = re.compile(r'(data-index=")[^"]*(")')


def index(
    corpus: Corpus,
    out: Path,
    exports: Path | None = None,
    cache_folder: Path | None = None,
    notes: Notes = NO_NOTES,
) -> tuple[Path, ...]:
    """Bring search index and exports in the HTML folder `out` up to date with the corpus; return the changed files.

    The files of the folder `exports` become `data/` of the site. When nothing that the index is made from has changed,
    the files are only looked at; when only a chapter has, what was learned from the papers is taken from `cache_folder`
    and numpy is not loaded.
    """
    published = _publish(exports, out / "data") if exports else ()
    folder, cache = out / FOLDER, Cache(cache_folder)
    read = {path.relative_to(out).as_posix(): path for pattern in PAGES for path in sorted(out.glob(pattern))}
    former = {chapter_address(old) for theme in corpus.themes() for old in theme.was}
    moved = former - notes.pages.keys()  # these only lead elsewhere
    html = {address: path.read_text("utf-8", "replace") for address, path in read.items() if address not in moved}
    keys = {paper.citekey for paper in corpus.papers}
    seen = {key: day for key, day in sorted(notes.first_seen.items()) if key in keys and day}
    before = {path: path.name.startswith("details") for path in folder.glob("*.js")}
    searched = _write_scripts(
        folder / _DIGEST,
        {path for path, is_of_details in before.items() if not is_of_details},
        partial(_render_search, cache),
        (_keep_searched(corpus), html, Notes(seen, dict(notes.pages))),
    )
    details = _write_scripts(
        folder / _DETAILS_DIGEST,
        {path for path, is_of_details in before.items() if is_of_details},
        _render_details,
        (_keep_described(corpus),),
    )
    cache.save()
    return (*published, *searched, *_stamp(out), *details)


def _publish(exports: Path, data: Path) -> tuple[Path, ...]:
    found = (path for path in sorted(exports.rglob("*")) if path.is_file() and not path.name.startswith("."))
    files = {data / path.relative_to(exports): path for path in found}
    for stale in {path for path in data.rglob("*") if path.is_file()} - files.keys():
        stale.unlink()
    return tuple(target for target, path in files.items() if write_bytes(target, path.read_bytes()))


def drop_pages(folder: Path, pages: Collection[Path]) -> tuple[Path, ...]:
    """Delete the pages below a folder that are not in `pages`: Sphinx leaves those of removed papers behind."""
    stale = tuple(path for path in sorted(folder.rglob("*.html")) if path not in pages)
    for path in stale:
        path.unlink()
    return stale


def _write_scripts(
    stamp: Path,
    before: Collection[Path],
    render: Callable[[Unpack[_Arguments]], Mapping[str, str]],
    arguments: tuple[*_Arguments],
) -> tuple[Path, ...]:
    """Write the scripts that `render(*arguments)` gives, unless those there are of the same arguments and code.

    `stamp` is the file that tells, and `before` are the scripts there; those that are not made again are deleted.
    """
    key = hashlib.sha256(f"{digest_code(__name__)}{arguments!r}".encode()).hexdigest()
    if _is_current(stamp, key):
        return ()
    stamp.unlink(missing_ok=True)  # a run that is cut short must not leave a stamp
    files = {stamp.parent / f"{name}.js": text for name, text in render(*arguments).items()}
    for stale in set(before) - files.keys():
        stale.unlink()
    changed = tuple(path for path, text in files.items() if write_text(path, text))
    write_text(stamp, "\n".join([key, *sorted(path.name for path in files)]) + "\n")
    return changed


def _is_current(stamp: Path, key: str) -> bool:
    try:
        known, *names = stamp.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return False
    return known == key and all((stamp.parent / name).is_file() for name in names)


def _stamp(out: Path) -> tuple[Path, ...]:
    """Write into pages the digest of the part that they load first."""
    changed = []
    for name, part in _FIRST_PARTS.items():
        page = out / name
        if page.is_file():
            version = digest_files([out / FOLDER / part])[:12]
            stamped = _STAMP.sub(rf"\g<1>{version}\g<2>", page.read_text("utf-8"))
            if part == "core.js":
                stamped = describe_index(stamped, (out / FOLDER / part).read_text("utf-8"))
            changed += [page] if write_text(page, stamped) else []
    return tuple(changed)


# --- What scripts are made from: whatever is left out here, they cannot depend on ---


def _keep_searched(corpus: Corpus) -> Corpus:
    """Return a corpus with what the search shows, finds and filters by, and nothing else."""
    papers = tuple(replace(paper, records=(), published=None, facts=None, watched={}) for paper in corpus.papers)
    keys = {paper.citekey for paper in papers}
    placements = {key: replace(place, reason="") for key, place in corpus.placements.items() if key in keys}
    editorial = Editorial(tensions=corpus.editorial.tensions, homes=corpus.editorial.homes)
    bare = Corpus(papers, corpus.parts, placements, {}, {}, {}, {}, frozenset(), editorial=editorial)
    kept = {
        key: Parsed(0, key, "", headings=parsed.headings, sentences=parsed.sentences)
        for key, parsed in corpus.parsed.items()
        if key in keys and parsed.sentences
    }
    return replace(bare, extraction=keep_filtered(corpus.extraction), parsed=kept)


def _keep_described(corpus: Corpus) -> Corpus:
    """Return a corpus with what pages show, compare and export of any paper, and nothing else."""
    bare = _keep_searched(corpus)
    papers = tuple(replace(paper, records=(), facts=None, watched={}) for paper in corpus.papers)
    known = replace(bare, gists=corpus.gists, sentences=corpus.sentences, stated=corpus.stated)
    return replace(known, papers=papers, extraction=corpus.extraction)


def _render_search(cache: Cache, corpus: Corpus, html: Mapping[str, str], notes: Notes) -> dict[str, str]:
    from litbook.site.search.index.learned import learn  # noqa: PLC0415 - only an index that is made again needs these
    from litbook.site.search.index.parts import order_papers, render_index  # noqa: PLC0415
    from litbook.site.search.index.postings import make_postings  # noqa: PLC0415
    from litbook.site.search.index.sections import read_sections  # noqa: PLC0415

    corpus = order_papers(corpus)
    sections = cache.each(read_sections, ((text,) for text in html.values()))
    postings = make_postings(corpus.papers, cache)
    return render_index(corpus, dict(zip(html, sections, strict=True)), postings, learn(postings, cache), notes)


def _render_details(corpus: Corpus) -> dict[str, str]:
    from litbook.site.search.index.details import render_details  # noqa: PLC0415

    return render_details(corpus)
