"""A paper's page as MyST Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from litbook.model.editorial import Tension
from litbook.model.pages import Citation, Claim
from litbook.model.review import Corpus, Facts, Paper, Placement
from litbook.model.stated import Stated
from litbook.text.escape import clean, escape, escape_part, escape_text, link
from litbook.text.venues import name_series
from litbook.write.bibliography import render_bibtex
from litbook.write.groups import MOST_AUTHORS, find_page
from litbook.write.links import LABELS, addresses

KIND_NAMES = {
    "method": "method",
    "analysis": "analysis",
    "benchmark-or-dataset": "benchmark or dataset",
    "survey": "survey",
    "theory": "theory",
    "position": "position",
}


def render_paper(corpus: Corpus, paper: Paper, titles: Mapping[str, Paper]) -> str:
    """Return the page of one paper; `titles` maps each citekey of the corpus to its paper."""
    sections = [
        f"# {escape_text(paper.title) or escape(paper.citekey)}",
        _block("byline", _byline(corpus, paper)),
        _block("placement", _placement(corpus, corpus.placements[paper.citekey])),
        _gist(corpus, paper),
        _block("links", _links(paper)),
        _block("glance", _glance(corpus.stated.get(paper.citekey, Stated()))),
        "## Abstract",
        _abstract(corpus, paper) or "*The source gives no abstract.*",
        *_related(corpus, paper, titles),
        *_tensions(corpus, paper, titles),
        *_cited(corpus.citations.get(paper.citekey, ()), titles),
        *_note(corpus, paper),
        "## Cite this paper",
        _code("text", render_bibtex(paper)),
        _block("provenance", _provenance(paper)),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _block(name: str, content: str) -> str:
    """Return one block of Markdown with a class; a container would have Sphinx parse each of them apart."""
    return f"{{.litbook-{name}}}\n{content}" if content else ""


def _byline(corpus: Corpus, paper: Paper) -> str:
    """Return authors, year and venue, each with a link to its page where it has one."""
    year, venue = str(paper.year or ""), paper.venue or ""
    known = [
        ", ".join(
            _to_group(corpus, "authors", author if at < MOST_AUTHORS else "", author)
            for at, author in enumerate(paper.authors)
        ),
        _to_group(corpus, "years", year, year),
        _to_group(corpus, "venues", name_series(venue), venue),
    ]
    if not any(known):
        given = {
            ("title", "abstract"): "a title and an abstract",
            ("title",): "a title",
            ("abstract",): "an abstract",
            (): "an identifier",
        }
        return f"*Authors and year are not known: the source gives {given[_given(paper)]} only.*"
    return " · ".join(item for item in known if item)


def _to_group(corpus: Corpus, kind: str, name: str, label: str) -> str:
    address = find_page(corpus, kind, name)
    return f"[{escape(label)}](../../{address})" if address else escape(label)


def _given(paper: Paper) -> tuple[str, ...]:
    """Return which of title and abstract the records give."""
    texts = {"title": any(record.title for record in paper.records)}
    texts["abstract"] = any(record.abstract for record in paper.records)
    return tuple(name for name, known in texts.items() if known)


def _placement(corpus: Corpus, placement: Placement) -> str:
    titles = {theme.slug: theme.title for theme in corpus.themes()}
    items = [f"**Theme** {_chapter_link(titles, placement.theme)}"]
    if placement.also:
        items.append("**See also** " + ", ".join(_chapter_link(titles, slug) for slug in placement.also))
    if placement.kind:
        items.append(f"**Kind** {KIND_NAMES[placement.kind]}")
    lines = [" · ".join(items)]
    if not placement.decided:
        lines.append(_suggestion(placement))
    return "\\\n".join(lines)


def _suggestion(placement: Placement) -> str:
    phrases = ", ".join(f"“{escape(phrase)}”" for phrase in placement.suggestion.phrases)
    why = f" from the phrases {phrases}" if phrases else ""
    return f"*This theme is suggested by the machine{why}; no person has confirmed it.*"


def _chapter_link(titles: Mapping[str, str], slug: str) -> str:
    return f"[{escape(titles[slug])}](../chapters/{slug}.md)"


def _gist(corpus: Corpus, paper: Paper) -> str:
    gist = corpus.gists.get(paper.citekey)
    if gist is None:
        return ""
    return _block("gist", f"> “{escape(gist.quote)}”\n>\n> — *the abstract, sentence {gist.sentence}*")


def _links(paper: Paper) -> str:
    found = addresses(paper.links)
    return " · ".join(link(_link_label(paper, name), address) for name, address in found.items())


def _link_label(paper: Paper, name: str) -> str:
    return f"arXiv {escape(paper.links[name])}" if name == "arxiv" else LABELS[name]


def _glance(stated: Stated) -> str:
    """Return what the abstract names, only as far as it names something."""
    named = {"Method": stated.method, "Models": stated.models, "Benchmarks": stated.benchmarks}
    items = [f"**{label}** {', '.join(map(escape, names))}" for label, names in named.items() if names]
    return f"At a glance: {' · '.join(items)}" if items else ""


def _abstract(corpus: Corpus, paper: Paper) -> str:
    """Return the abstract, each sentence with its number, and below one where pages tie a statement to it.

    The number is a class, which `sphinxext` makes an address: an address of Markdown would be one of the whole book.
    """
    claims: dict[int, list[Claim]] = {}
    for claim in corpus.claims.get(paper.citekey, ()):
        claims.setdefault(claim.sentence, []).append(claim)
    return " ".join(
        f"[{escape_part(paper.abstract, start, end)}]{{.sentence-{number}}}{_used(number, claims.get(number, ()))}"
        for number, (start, end) in enumerate(corpus.sentences.get(paper.citekey, ()), start=1)
    )


def _used(number: int, claims: Iterable[Claim]) -> str:
    pages = dict.fromkeys(claim.file for claim in claims if not claim.file.startswith("about/"))  # these are examples
    return f"{{litbook-used}}`{number} {' '.join(pages)}`" if pages else ""


def _related(corpus: Corpus, paper: Paper, titles: Mapping[str, Paper]) -> Iterator[str]:
    related = corpus.related[paper.citekey]
    if related:
        yield "## Related papers"
        yield "\n".join(
            f"- [{escape(titles[item.citekey].title.plain)}]({item.citekey}.md)" + _why(item.why) for item in related
        )


def _why(phrases: Iterable[str]) -> str:
    shared = ", ".join(escape(phrase) for phrase in phrases)
    return f" — both speak of {shared}" if shared else ""


def _tensions(corpus: Corpus, paper: Paper, titles: Mapping[str, Paper]) -> Iterator[str]:
    found = [tension for tension in corpus.editorial.tensions if paper.citekey in tension.citekeys()]
    if found:
        yield "## Pulls apart from"
        yield "\n".join(f"- {_tension(corpus, tension, paper, titles)}" for tension in found)


def _tension(corpus: Corpus, tension: Tension, paper: Paper, titles: Mapping[str, Paper]) -> str:
    """Return the question with a link to it, and the papers on the other sides."""
    question = escape(tension.question)
    if "tensions" in corpus.editorial.homes:
        question = f"[{question}](#{tension.anchor})"
    others = dict.fromkeys(
        quotation.citekey
        for side in tension.sides
        if all(quotation.citekey != paper.citekey for quotation in side)
        for quotation in side
    )
    named = "; ".join(f"[{escape(titles[key].title.plain)}]({key}.md)" for key in others)
    return f"{question} ({tension.status}): {named}" if named else f"{question} ({tension.status})"


def _cited(citations: tuple[Citation, ...], titles: Mapping[str, Paper]) -> Iterator[str]:
    pages = dict.fromkeys(page for citation in citations if (page := _citing_page(citation, titles)))
    if pages:
        yield "## Where this review cites it"
        yield "\n".join(f"- [{escape(title)}]({address})" for title, address in pages)


def _citing_page(citation: Citation, titles: Mapping[str, Paper]) -> tuple[str, str] | None:
    """Return title and address of the page that shows a citation: a note stands on the page of its paper."""
    folder, _, name = citation.file.rpartition("/")
    if folder != "notes":
        return plain_heading(citation.title), f"../{citation.file}"
    noted = titles.get(name.removesuffix(".md"))
    return (f"Note on {noted.title.plain}", name) if noted else None


def plain_heading(title: str) -> str:
    """Return a heading of a person's page without its roles and emphasis."""
    return re.sub(r"\{[\w:-]+\}|[`*]", "", title)


def _note(corpus: Corpus, paper: Paper) -> Iterator[str]:
    if paper.citekey in corpus.notes:
        yield "## Notes"
        yield f"```{{include}} ../notes/{paper.citekey}.md\n```"


def _code(language: str, code: str) -> str:
    """Return a code block whose fence is longer than any run of backticks in the code."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"


def _provenance(paper: Paper) -> str:
    read = ", ".join(_place(record.source, record.first_line, record.last_line) for record in paper.records)
    given = _given(paper)
    was = "were" if len(given) > 1 else "was"
    sentences = [f"{' and '.join(given or ('identifier',)).capitalize()} {was} read from {read}."]
    if paper.facts is not None:
        sentences.append(_facts_sentence(paper.facts, [name for name in ("title", "abstract") if name not in given]))
    else:
        sentences.append("Nothing else has been looked up.")
    return " ".join(sentences)


def _place(source: str, first: int, last: int) -> str:
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    return f"{lines} of *{escape(source)}*"


def _facts_sentence(facts: Facts, lacking: Sequence[str]) -> str:
    """Say what was looked up, with the texts that the records lacked."""
    found = {"title": facts.title, "abstract": facts.abstract}
    names = [name for name in lacking if found[name]] + ["authors", "dates"]
    origins = "; ".join(escape(clean(origin)) for origin in facts.origins)
    sentence = f"{', '.join(names).capitalize()} and links were looked up (line {facts.line} of *facts\\.jsonl*"
    sentence += f"; origins: {origins})." if origins else ")."
    if facts.confidence and facts.confidence != "exact":
        sentence += f" How sure: {escape(facts.confidence)}."
    if facts.notes:
        sentence += f" Note: {escape(facts.notes)}."
    return sentence
