"""Write the search index and the exports into the built HTML: the only stage that does.

The index lies in `search-index/` beside `search.html`, as classic scripts: a page opened from a folder may not `fetch`
a file, but it may load a script. `core.js` names the other parts, and `search.html` the digest of `core.js`, so that a
browser never takes an old part for a new one. What the chapters say is read from their HTML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from litbook.core.atomic import write_bytes, write_text
from litbook.core.cache import Shelf, digest, digest_files, learn_once
from litbook.core.code import digest_code
from litbook.core.worker import run_apart
from litbook.model.review import Corpus, Paper
from litbook.model.stated import Stated
from litbook.text.person_names import split_name
from litbook.write.catalogue import make_rows

if TYPE_CHECKING:
    from litbook.site.search.index.learned import Learned
    from litbook.site.search.index.postings import Postings
    from litbook.site.search.index.sections import Section

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
    first_seen: Mapping[str, str] | None = None,
) -> tuple[Path, ...]:
    """Bring search index and exports in the HTML folder `out` up to date with the corpus; return the changed files.

    The files of the folder `exports` become `data/` of the site. `first_seen` gives the day on which a paper came into
    the collection. When nothing that the index is made from has changed, the files are only looked at; when only a
    chapter has, what was learned from the papers is taken from `cache_folder` and scikit-learn is not loaded.
    """
    published = _publish(exports, out / "data") if exports else ()
    searched = _index_for_search(corpus, out, cache_folder, first_seen or {})
    return (*published, *searched, *_write_details(corpus, out / FOLDER))


def _publish(exports: Path, data: Path) -> tuple[Path, ...]:
    found = (path for path in sorted(exports.rglob("*")) if path.is_file() and not path.name.startswith("."))
    files = {data / path.relative_to(exports): path for path in found}
    for stale in {path for path in data.rglob("*") if path.is_file()} - files.keys():
        stale.unlink()
    return tuple(target for target, path in files.items() if write_bytes(target, path.read_bytes()))


def drop_pages(folder: Path, pages: Collection[Path]) -> tuple[Path, ...]:
    """Delete the pages below a folder that are none of `pages`: Sphinx leaves those of removed papers behind."""
    stale = tuple(path for path in sorted(folder.rglob("*.html")) if path not in pages)
    for path in stale:
        path.unlink()
    return stale


# --- The search index ---


def _index_for_search(
    corpus: Corpus, out: Path, cache_folder: Path | None, first_seen: Mapping[str, str]
) -> tuple[Path, ...]:
    pages = {
        path.relative_to(out).as_posix(): path.read_bytes() for pattern in PAGES for path in sorted(out.glob(pattern))
    }
    inputs = _digest_inputs(corpus, pages, first_seen)
    folder = out / FOLDER
    if _is_current(folder / _DIGEST, inputs):
        return _stamp(out)
    from litbook.site.search.index.parts import render_index  # noqa: PLC0415 - only an index that is made anew needs these two
    from litbook.site.search.index.postings import make_postings  # noqa: PLC0415

    sections = _read_pages(pages, cache_folder)
    postings = make_postings(corpus.papers)
    parts = render_index(corpus, sections, postings, _learn(corpus.papers, postings, cache_folder), first_seen)
    stale = {path for path in folder.glob("*.js") if not path.name.startswith("details")}
    return (*_write_scripts(folder / _DIGEST, inputs, parts, stale), *_stamp(out))


def _write_scripts(kept: Path, inputs: str, texts: Mapping[str, str], before: Collection[Path]) -> tuple[Path, ...]:
    """Write scripts beside the file that keeps the digest of their inputs, and delete those before that are gone."""
    kept.unlink(missing_ok=True)  # a run that is cut short must not leave a digest that is kept
    files = {kept.parent / f"{name}.js": text for name, text in texts.items()}
    for stale in set(before) - files.keys():
        stale.unlink()
    changed = tuple(path for path, text in files.items() if write_text(path, text))
    write_text(kept, "\n".join([inputs, *sorted(path.name for path in files)]) + "\n")
    return changed


def _read_pages(pages: Mapping[str, bytes], cache_folder: Path | None) -> dict[str, list[Section]]:
    """Return what the pages hold; one that is as it was in the last build is not read again."""
    from litbook.site.search.index.sections import read_sections  # noqa: PLC0415

    shelf: Shelf[list[Section]] = Shelf(cache_folder and cache_folder / "sections.pickle", digest_code(__name__))
    names = {address: hashlib.sha256(content).hexdigest() for address, content in pages.items()}
    sections = {
        address: shelf.get(names[address], partial(read_sections, content.decode("utf-8", "replace")))
        for address, content in pages.items()
    }
    shelf.save()
    return sections


def _learn(papers: tuple[Paper, ...], postings: Postings, cache_folder: Path | None) -> Learned:
    """Learn from the papers, or remember what was learned from the same texts, or words, by the same code."""
    from litbook.site.search.index import learned  # noqa: PLC0415
    from litbook.site.search.index.neighbours import find_known  # noqa: PLC0415

    def keep_in(name: str) -> Path | None:
        return cache_folder and cache_folder / name

    texts = [(paper.title.plain, paper.abstract.plain) for paper in papers]
    known = find_known(postings.words)
    vectors = learn_once(
        keep_in("vectors.json"),
        digest(digest_code(__name__), texts),
        learned.read_vectors,
        lambda: run_apart(learned.learn_vectors, postings),
    )
    near = learn_once(
        keep_in("neighbours.json"),
        digest(digest_code(__name__), known),
        learned.read_neighbours,
        lambda: run_apart(learned.learn_neighbours, known),
    )
    return learned.Learned(vectors, near)


def _stamp(out: Path) -> tuple[Path, ...]:
    """Write into pages the digest of the part that they load first."""
    changed = []
    for name, part in _FIRST_PARTS.items():
        page = out / name
        if page.is_file():
            version = digest_files([out / FOLDER / part])[:12]
            stamped = _STAMP.sub(rf"\g<1>{version}\g<2>", page.read_text("utf-8"))
            changed += [page] if write_text(page, stamped) else []
    return tuple(changed)


def _is_current(kept: Path, inputs: str) -> bool:
    try:
        known, *names = kept.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return False
    return known == inputs and all((kept.parent / name).is_file() for name in names)


def _digest_inputs(corpus: Corpus, pages: Mapping[str, bytes], first_seen: Mapping[str, str]) -> str:
    """Return a digest of everything that the index is made from: values of the corpus, pages, and the code."""
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
            "code" in paper.links,
            (
                [split_name(author).last for author in paper.authors[:3]],
                paper.links.get("doi"),
                paper.links.get("arxiv"),
            ),
            first_seen.get(paper.citekey),
        )
        for paper in corpus.papers
    ]
    places = [(place.theme, place.kind) if place else None for place in placed]
    themes = [(theme.slug, theme.title, theme.phrases, theme.key_questions) for theme in corpus.themes()]
    read = [(address, hashlib.sha256(html).hexdigest()) for address, html in pages.items()]
    return digest(digest_code(__name__), papers, places, themes, read)


# --- The details of papers ---


def _write_details(corpus: Corpus, folder: Path) -> tuple[Path, ...]:
    """Write what pages show, compare and export of any paper; a changed chapter changes nothing here."""
    kept = folder / _DETAILS_DIGEST
    inputs = _digest_details(corpus)
    if _is_current(kept, inputs):
        return ()
    from litbook.site.search.index.details import render_details  # noqa: PLC0415 - only details that are made anew need it

    return _write_scripts(kept, inputs, render_details(corpus), set(folder.glob("details*.js")))


def _digest_details(corpus: Corpus) -> str:
    """Return a digest of everything that the details are made from: a paper's row, its texts, and the code."""
    texts = []
    for paper in corpus.papers:
        stated = corpus.stated.get(paper.citekey, Stated())
        gist = corpus.gists.get(paper.citekey)
        found = [(finding.sentence, finding.measured, finding.number) for finding in stated.findings]
        names = (stated.method, stated.models, stated.benchmarks)
        quoted = (gist.sentence, gist.quote) if gist else None
        texts.append((paper.abstract.plain, corpus.sentences.get(paper.citekey), quoted, names, found))
    return digest(digest_code("litbook.site.search.index.details"), list(make_rows(corpus)), texts)
