"""A paper's page as MyST Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from litbook.core.identity import ByIdentity
from litbook.model.citing import CitedHere
from litbook.model.editorial import STATUS_WORDS, Tension
from litbook.model.fulltext import Parsed
from litbook.model.notices import flag_of
from litbook.model.pages import Claim, Mention
from litbook.model.review import Corpus, Facts, Paper, Placement, Related
from litbook.model.stated import NAME_FIELDS, STUDY_FIELDS, Evidence, Stated, keep_sets
from litbook.text.escape import clean, escape, escape_part, escape_text, link
from litbook.text.person_names import is_cut_short
from litbook.text.venues import name_series
from litbook.write.bibliography import render_bibtex
from litbook.write.extraction import ExtractedColumn, gather_extracted, render_extracted
from litbook.write.fulltext import render_citations, render_text
from litbook.write.groups import MOST_AUTHORS, find_page
from litbook.write.labels import label_of
from litbook.write.links import LABELS, READ_LABELS, addresses
from litbook.write.notices import render_notices
from litbook.write.sections.cited_in import list_mentions, render_mentions, theme_of_page
from litbook.write.sections.placed import explain_placement, keep_shown, render_placement


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Hold all that the page of one paper shows: whatever is not here, the page cannot depend on.

    `titles` gives those of the other papers by citekey, `names` their labels, `themes` the names of the
    themes that the page mentions by slug, and `groups` the addresses of the pages of its authors, venue and year by
    kind and name. `year` is that of the paper's own label, `flags` are the labels of other papers with notices.
    """

    paper: Paper
    placement: Placement
    titles: Mapping[str, str]
    names: Mapping[str, str]
    themes: Mapping[str, str]
    groups: Mapping[tuple[str, str], str]
    gist: Evidence | None
    stated: Stated
    sentences: tuple[tuple[int, int], ...]
    claims: tuple[Claim, ...]
    related: tuple[Related, ...]
    tensions: tuple[Tension, ...]
    tensions_are_drawn: bool
    mentions: tuple[Mention, ...]
    noted: bool
    year: str = ""
    flags: Mapping[str, str] = field(default_factory=dict)
    extracted: tuple[ExtractedColumn, ...] = ()
    parsed: Parsed | None = None
    cites: tuple[CitedHere, ...] = ()
    cited_by: tuple[CitedHere, ...] = ()


def gather_page(corpus: Corpus, paper: Paper, papers: Mapping[str, Paper]) -> PaperPage:
    """Return what the page of one paper shows; `papers` maps each citekey of the corpus to its paper."""
    key = paper.citekey
    placement = corpus.placements[key]
    tensions = _find_tensions(ByIdentity(corpus)).get(key, ())
    mentions = list_mentions(corpus, key)
    cites, cited_by = corpus.citing.cites.get(key, ()), corpus.citing.cited_by.get(key, ())
    others = {
        *(item.citekey for item in (*cites, *cited_by)),
        *(item.citekey for item in corpus.related[key]),
        *(other for tension in tensions for other in tension.citekeys()),
        *(mention.file.rpartition("/")[2].removesuffix(".md") for mention in mentions),
    }
    suggestion = placement.suggestion
    mentioned = {
        placement.theme,
        *placement.also,
        suggestion.theme,
        suggestion.runner_up,
        *map(theme_of_page, mentions),
    }
    named = [
        *(("authors", author) for author in paper.authors[:MOST_AUTHORS]),
        ("years", str(paper.cited_year or "")),
        ("venues", name_series(paper.venue or "")),
    ]
    return PaperPage(
        paper=paper,
        placement=keep_shown(placement),
        titles={other: papers[other].title.plain for other in sorted(others) if other in papers},
        names={
            other: label_of(corpus, papers[other]).in_list or papers[other].title.plain
            for other in sorted(others)
            if other in papers
        },
        themes={theme.slug: theme.name for theme in corpus.themes() if theme.slug in mentioned},
        groups={(kind, name): address for kind, name in named if (address := find_page(corpus, kind, name))},
        gist=corpus.gists.get(key),
        stated=keep_sets(corpus.stated.get(key, Stated()), corpus.sets),
        sentences=corpus.sentences.get(key, ()),
        claims=corpus.claims.get(key, ()),
        related=corpus.related[key],
        tensions=tensions,
        tensions_are_drawn="tensions" in corpus.editorial.homes,
        mentions=mentions,
        noted=key in corpus.notes,
        year=label_of(corpus, paper).year,
        flags={
            other: flag
            for other in sorted(others)
            if other in papers and papers[other].notices and (flag := flag_of(papers[other].notices))
        },
        extracted=gather_extracted(corpus, key),
        parsed=corpus.parsed.get(key),
        cites=cites,
        cited_by=cited_by,
    )


@lru_cache(maxsize=2)
def _find_tensions(key: ByIdentity[Corpus]) -> Mapping[str, tuple[Tension, ...]]:
    """Return the tensions of each paper that they quote."""
    found: dict[str, tuple[Tension, ...]] = {}
    for tension in key.value.editorial.tensions:
        for citekey in tension.citekeys():
            found[citekey] = (*found.get(citekey, ()), tension)
    return found


def render_paper(page: PaperPage) -> str:
    """Return the page of one paper."""
    paper = page.paper
    sections = [
        f"# {escape_text(paper.title) or escape(paper.citekey)}",
        render_notices(paper, "../../notices.html"),
        _block("byline", _byline(page)),
        _block("placement", render_placement(page.placement, page.themes, _published(page))),
        _block("glance", _glance(page.stated)),
        _gist(page.gist),
        _block("links", _links(paper)),
        "## Abstract",
        _abstract(page) or "*The source gives no abstract.*",
        *render_extracted(page.extracted),
        *render_text(page.parsed),
        *_related(page),
        *render_citations(page.cites, page.cited_by, page.titles, page.names),
        *_tensions(page),
        *render_mentions(page.mentions, page.themes, page.titles),
        *_note(page),
        "## Cite this paper",
        _code("text", render_bibtex(paper)),
        _block("provenance", _provenance(paper)),
        _block("why", explain_placement(page.placement, page.themes)),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _block(name: str, content: str) -> str:
    """Return one block of Markdown with a class; a container would have Sphinx parse each of them apart."""
    return f"{{.litbook-{name}}}\n{content}" if content else ""


def _byline(page: PaperPage) -> str:
    """Return the authors, each with a link to the page where there is one, or what is known where nothing is."""
    paper = page.paper
    authors = (
        _to_group(page, "authors", author if at < MOST_AUTHORS else "", author)
        for at, author in enumerate(paper.authors)
    )
    known = ", ".join(authors) + (" et al." if is_cut_short(paper) else "") or _editors(paper)
    if not known and not _published(page):
        given = {
            ("title", "abstract"): "a title and an abstract",
            ("title",): "a title",
            ("abstract",): "an abstract",
            (): "an identifier",
        }
        return f"*Authors and year are not known: the source gives {given[_given(paper)]} only.*"
    return known


def _published(page: PaperPage) -> str:
    """Return year and venue with links to their pages, the year once; and the year of a first version that differs."""
    paper = page.paper
    year, venue = str(paper.cited_year or ""), paper.venue or ""
    series = name_series(venue)
    shown = _to_group(page, "years", year, page.year or year)
    if year and venue == f"{series} {year}" and page.year in ("", year):
        known = [f"{_to_group(page, 'venues', series, series)} {shown}"]
    else:
        known = [_to_group(page, "venues", series, venue), shown]
    return " · ".join(item for item in (*known, _first_year(paper)) if item)


def _editors(paper: Paper) -> str:
    """Return the editors of a work that has no authors."""
    names = () if paper.authors else paper.reference.names.get("editor", ())
    listed = ", ".join(escape(name.display) for name in names)
    return f"{listed} (ed{'s' if len(names) > 1 else ''}.)" if listed else ""


def _first_year(paper: Paper) -> str:
    """Return the year of the first version in words where the paper is cited by another."""
    return f"first version {paper.year}" if paper.year and paper.year != paper.cited_year else ""


def _to_group(page: PaperPage, kind: str, name: str, label: str) -> str:
    address = page.groups.get((kind, name))
    return f"[{escape(label)}](../../{address})" if address else escape(label)


def _given(paper: Paper) -> tuple[str, ...]:
    """Return which of title and abstract the records give."""
    texts = {"title": any(record.title for record in paper.records)}
    texts["abstract"] = any(record.abstract for record in paper.records)
    return tuple(name for name, known in texts.items() if known)


def _gist(gist: Evidence | None) -> str:
    if gist is None:
        return ""
    return _block("gist", f"> “{escape(gist.shown)}”\n>\n> Sentence {gist.sentence} of the abstract")


def _links(paper: Paper) -> str:
    """Return the link to the text of the paper, and after it those to its other places, code and project."""
    found = addresses(paper.links)
    best = next((name for name in READ_LABELS if name in found), "")
    first = [link(READ_LABELS[best], found.pop(best))] if best else []
    others = " · ".join(link(LABELS[name], address) for name, address in found.items())
    return " ".join(filter(None, [*first, others]))


def _glance(stated: Stated) -> str:
    """Return what the abstract names, only as far as it names something."""
    named: dict[str, tuple[str, ...]] = {label: getattr(stated, name) for name, label in NAME_FIELDS.items()}
    for name, label in STUDY_FIELDS.items():
        named[label] = tuple(dict.fromkeys(draft.value for draft in stated.study if draft.field == name))
    items = [f"**{label}** {', '.join(map(escape, names))}" for label, names in named.items() if names]
    return " · ".join(items)


def _abstract(page: PaperPage) -> str:
    """Return the abstract, each sentence with its number, and after one a mark where pages tie a statement to it.

    The number is a class, which `sphinxext` makes an address: an address of Markdown would be one of the whole book.
    """
    claims: dict[int, list[Claim]] = {}
    for claim in page.claims:
        claims.setdefault(claim.sentence, []).append(claim)
    return " ".join(
        f"[{escape_part(page.paper.abstract, start, end)}]{{.sentence-{number}}}{_used(number, claims.get(number, ()))}"
        for number, (start, end) in enumerate(page.sentences, start=1)
    )


def _used(number: int, claims: Iterable[Claim]) -> str:
    pages = dict.fromkeys(claim.file for claim in claims if not claim.file.startswith("about/"))  # these are examples
    return f"{{litbook-used}}`{number} {' '.join(pages)}`" if pages else ""


def _related(page: PaperPage) -> Iterator[str]:
    if page.related:
        yield "## Related papers"
        yield "\n".join(_related_item(page, item) for item in page.related)


def _related_item(page: PaperPage, related: Related) -> str:
    title, why = escape(page.titles[related.citekey]), _why(page, related)
    flag = _flag(page, related.citekey)
    return f"- [{title}]({related.citekey}.md){flag}" + (f"\\\n  {why}" if why else "")


def _flag(page: PaperPage, citekey: str) -> str:
    """Return the label of another paper that is retracted or has another serious notice."""
    return f" **({escape(page.flags[citekey])})**" if citekey in page.flags else ""


def _why(page: PaperPage, related: Related) -> str:
    """Return who wrote a related paper, and why it is related."""
    name, terms = page.names[related.citekey], ", ".join(map(escape, related.why))
    who = "" if name == page.titles[related.citekey] else escape(name)
    reason = escape(related.reason) or (f"shared terms: {terms}" if terms else "")
    return " · ".join(text for text in (who, reason) if text)


def _tensions(page: PaperPage) -> Iterator[str]:
    if page.tensions:
        yield "## Disagrees with"
        yield "\n".join(f"- {_tension(page, tension)}" for tension in page.tensions)


def _tension(page: PaperPage, tension: Tension) -> str:
    """Return the question with a link to it, and below it the papers on the other sides."""
    question = escape(tension.question)
    if page.tensions_are_drawn:
        question = f"[{question}](#{tension.anchor})"
    others = dict.fromkeys(
        quotation.citekey
        for side in tension.sides
        if all(quotation.citekey != page.paper.citekey for quotation in side)
        for quotation in side
    )
    named = "; ".join(f"[{escape(page.names[key])}]({key}.md){_flag(page, key)}" for key in others)
    status = f" ({STATUS_WORDS[tension.status]})" if tension.status != "confirmed" else ""
    return f"{question}{status}\\\n  {named}" if named else f"{question}{status}"


def _note(page: PaperPage) -> Iterator[str]:
    if page.noted:
        yield "## Notes"
        yield f"```{{include}} ../notes/{page.paper.citekey}.md\n```"


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
        sentence += f" Confidence: {escape(facts.confidence)}."
    if facts.notes:
        sentence += f" Note: {escape(facts.notes)}."
    return sentence
