"""Gather what the writer of a chapter needs, as values that JSON can represent, and render it as text.

The keys of these values are an interface: `litbook schema brief` describes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litbook.analyse.prose.claims import quote_of
from litbook.analyse.prose.coverage import find_undiscussed
from litbook.model.editorial import Tension
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.queries import also_listed_under, choose_tensions, papers_of
from litbook.model.review import Corpus, Inputs, Paper, Theme

RULES = (
    "Each sentence about a paper cites it: {cite}`key`, several as {cite}`key,other`.",
    "A claim names the sentence of the abstract that says it: {cite}`key`{claim}`key:3`.",
    "Each number is in a sentence that the same sentence claims, with its unit and noun; otherwise leave it out.",
    "Numbers of papers are computed: {count}`papers in theme`.",
    "Say no more than the abstract says; words such as first or best need its words.",
    "Join papers that bear on each other; name where they disagree with {tension}`id`.",
    "Run litbook check; it names file, line and remedy of all that is wrong.",
)


def gather_brief(corpus: Corpus, inputs: Inputs, slug: str) -> dict[str, Any]:
    """Return the brief of a theme; raise `CorpusError` for an unknown one."""
    theme = next((one for one in corpus.themes() if one.slug == slug), None)
    if theme is None:
        slugs = [one.slug for one in corpus.themes()]
        remedy = nearest(slug, slugs) or f"use one of {', '.join(slugs)}"
        raise CorpusError([Fault("litbook brief", 0, f"unknown theme '{slug}'", remedy)])
    undiscussed = find_undiscussed(corpus, slug)
    return {
        "theme": _describe_theme(theme),
        "chapter": f"book/chapters/{slug}.md",
        "papers": [_describe_paper(corpus, inputs, paper, slug) for paper in papers_of(corpus, slug)],
        "also_listed": [paper.citekey for paper in also_listed_under(corpus, slug)],
        "tensions": [_describe_tension(tension) for tension in choose_tensions(corpus, "theme", slug)],
        "landmarks": [
            {"key": work.key, "title": work.title, "year": work.year, "write": f"{{outside}}`{work.key}`"}
            for work in corpus.editorial.outside
        ],
        "not_discussed": list(undiscussed),
        "rules": list(RULES),
    }


def _describe_theme(theme: Theme) -> dict[str, Any]:
    return {
        "slug": theme.slug,
        "title": theme.title,
        "scope": theme.scope,
        "key_questions": list(theme.key_questions),
        "belongs": list(theme.belongs),
        "does_not_belong": [{"case": rule.case, "goes_to": rule.goes_to} for rule in theme.does_not_belong],
    }


def _describe_paper(corpus: Corpus, inputs: Inputs, paper: Paper, slug: str) -> dict[str, Any]:
    key = paper.citekey
    stated = corpus.stated.get(key)
    return {
        "citekey": key,
        "title": paper.title.plain,
        "authors": list(paper.authors),
        "year": paper.year,
        "decided": corpus.placements[key].decided,
        "sentences": [
            {
                "number": number,
                "text": quote_of(corpus, key, number),
                "write": f"{{cite}}`{key}`{{claim}}`{key}:{number}`",
            }
            for number in range(1, len(corpus.sentences.get(key, ())) + 1)
        ],
        "findings": [
            {"number": item.number, "measured": item.measured, "sentence": item.sentence}
            for item in (stated.findings if stated else ())
        ],
        "elsewhere": list(_find_elsewhere(corpus, inputs, key, f"chapters/{slug}.md")),
    }


def _find_elsewhere(corpus: Corpus, inputs: Inputs, citekey: str, own: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of other pages that cite a paper."""
    lines = {page.file: page.source.split("\n") for page in inputs.pages}
    for place in corpus.citations.get(citekey, ()):
        if place.file != own:
            text = lines[place.file][place.line - 1].strip()
            yield {"file": f"book/{place.file}", "line": place.line, "text": text}


def _describe_tension(tension: Tension) -> dict[str, Any]:
    sides = [[{"paper": item.citekey, "quote": item.quote} for item in side] for side in tension.sides]
    return {
        "id": tension.id,
        "question": tension.question,
        "status": tension.status,
        "sides": sides,
        "would_decide": tension.would_decide,
        "write": f"{{tension}}`{tension.id}`",
    }


def render_brief(brief: dict[str, Any]) -> str:
    """Return a brief as text."""
    theme = brief["theme"]
    lines = [f"# {theme['title']} ({theme['slug']})", f"Write in {brief['chapter']}.", "", theme["scope"]]
    lines += [f"question: {question}" for question in theme["key_questions"]]
    lines += [f"belongs: {case}" for case in theme["belongs"]]
    lines += [f"does not belong: {rule['case']} (goes to {rule['goes_to']})" for rule in theme["does_not_belong"]]
    lines += [line for paper in brief["papers"] for line in _render_paper(paper, brief["not_discussed"])]
    lines += ["", f"also listed here: {', '.join(brief['also_listed'])}"] if brief["also_listed"] else []
    for tension in brief["tensions"]:
        lines += ["", f"## Tension: {tension['question']} {tension['write']} ({tension['status']})"]
        for number, side in enumerate(tension["sides"], start=1):
            lines += [f"  side {number}: {item['paper']}: “{item['quote']}”" for item in side]
    lines += ["", *(f"landmark: {work['write']} {work['title']} ({work['year']})" for work in brief["landmarks"])]
    lines += ["", "Rules:", *(f"- {rule}" for rule in brief["rules"])]
    return "\n".join(lines) + "\n"


def _render_paper(paper: dict[str, Any], undiscussed: list[str]) -> Iterator[str]:
    marks = [
        *(["not discussed yet"] if paper["citekey"] in undiscussed else []),
        *([] if paper["sentences"] else ["no abstract"]),
        *([] if paper["decided"] else ["theme not decided"]),
    ]
    people = paper["authors"][0] + (" and others" if len(paper["authors"]) > 1 else "") if paper["authors"] else ""
    source = ", ".join(filter(None, [people, str(paper["year"] or "")]))
    yield ""
    yield f"## {paper['citekey']}: {paper['title']} ({source})" + (f" [{'; '.join(marks)}]" if marks else "")
    for sentence in paper["sentences"]:
        yield f"  {sentence['number']}. {sentence['text']}"
        yield f"     {sentence['write']}"
    for item in paper["findings"]:
        yield f"  finding: {item['number']} {item['measured']}".rstrip() + f" (sentence {item['sentence']})"
    for place in paper["elsewhere"]:
        yield f"  elsewhere: {place['file']}:{place['line']}: {place['text']}"
