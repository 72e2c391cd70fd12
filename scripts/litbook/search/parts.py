"""Parts: the index cut into values that a browser loads one by one, and their text as classic scripts."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from litbook.model import Corpus, Paper
from litbook.search.names import find_acronyms
from litbook.search.postings import Postings, make_postings, make_theme_terms
from litbook.search.terms import describe_rules
from litbook.search.vectors import Vectors, make_vectors

Part = Mapping[str, Any]

PAPERS_A_PART = 500
TERMS_A_PART = 20_000

# JSON is not quite JavaScript in a page: `</script>` and `<!--` end or change a script, U+2028 and U+2029 end a line.
# A lone half of a character (U+D800 to U+DFFF) has no bytes in UTF-8.
_ESCAPES = {sign: f"\\u{sign:04x}" for sign in (*map(ord, "<>&\u2028\u2029"), *range(0xD800, 0xE000))}


def render_parts(corpus: Corpus) -> dict[str, str]:
    """Return the text of each part by its name; `core` comes last, for it holds the digests of the others."""
    postings = make_postings(corpus.papers)
    cut = {**cut_terms(postings), **cut_papers(corpus), **cut_vectors(make_vectors(postings))}
    texts = {name: render_part(part) for name, part in cut.items()}
    # A browser keeps scripts: under an address with a digest it never mixes two builds.
    digests = {name: hashlib.sha256(text.encode("utf-8")).hexdigest()[:12] for name, text in texts.items()}
    return {**texts, "core": render_part(make_core(corpus, postings, digests))}


def render_part(part: Part) -> str:
    """Return a part as a classic script that adds it to `litbookIndex`: `fetch` may not read a file, a script may."""
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return f"(globalThis.litbookIndex??=[]).push({text});\n"


def make_core(corpus: Corpus, postings: Postings, digests: Mapping[str, str]) -> Part:
    """Return the part that every question needs: sizes, rules, words, themes, and the other parts by name."""
    themes = corpus.themes()
    numbers = {theme.slug: number for number, theme in enumerate(themes)}
    placed = [corpus.placements.get(paper.citekey) for paper in corpus.papers]
    texts = (f"{paper.title.plain}. {paper.abstract.plain}" for paper in corpus.papers)
    return {
        "part": "core",
        "parts": digests,
        "papers": len(corpus.papers),
        "lengths": postings.lengths,
        "words": " ".join(postings.words),
        "rules": describe_rules(),
        "themes": [theme.title for theme in themes],
        "themeTerms": list(make_theme_terms(themes).items()),
        "placed": [numbers.get(placement.theme, -1) if placement else -1 for placement in placed],
        "acronyms": list(find_acronyms(texts).items()),
    }


def cut_terms(postings: Postings) -> dict[str, Part]:
    """Return the terms with their postings, in the order of the terms, so many to a part."""
    terms = list(postings.papers)
    parts: dict[str, Part] = {}
    for start in range(0, len(terms), TERMS_A_PART):
        some = terms[start : start + TERMS_A_PART]
        packed = [_pack(postings.papers[term]) for term in some]
        parts[f"terms-{len(parts)}"] = {"part": "terms", "first": start, "terms": " ".join(some), "postings": packed}
    return parts


def _pack(held: Mapping[int, int]) -> list[int]:
    """Return steps from paper to paper and their values in turn: small numbers that compress well."""
    packed: list[int] = []
    last = -1
    for number in sorted(held):
        packed += (number - last, held[number])
        last = number
    return packed


def cut_vectors(vectors: Vectors | None) -> dict[str, Part]:
    """Return the papers' vectors as one part, or nothing."""
    if vectors is None:
        return {}
    rows = base64.b64encode(b"".join(vectors.rows)).decode("ascii")
    scales, norms, squares = vectors.scales, vectors.norms, vectors.squares
    return {"vectors": {"part": "vectors", "rows": rows, "scales": scales, "norms": norms, "squares": squares}}


def cut_papers(corpus: Corpus) -> dict[str, Part]:
    """Return what a result shows of each paper, so many papers to a part."""
    rows = [_show(paper, corpus) for paper in corpus.papers]
    starts = range(0, len(rows), PAPERS_A_PART)
    return {
        f"papers-{number}": {"part": "papers", "first": start, "rows": rows[start : start + PAPERS_A_PART]}
        for number, start in enumerate(starts)
    }


def _show(paper: Paper, corpus: Corpus) -> list[object]:
    placement = corpus.placements.get(paper.citekey)
    kind = placement.kind if placement else None
    return [paper.citekey, paper.title.plain, ", ".join(paper.authors), paper.year, kind, paper.abstract.plain]
