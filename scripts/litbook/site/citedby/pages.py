"""What the pages on citations say: the classics of the collection with their timelines, and works that it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from litbook.analyse.citing import FEWEST_CITING
from litbook.core.urls import page_address
from litbook.model.citing import CitedHere, LackedWork
from litbook.model.queries import find_paper
from litbook.model.review import Corpus, Paper
from litbook.site.build.breadcrumbs import render_crumbs
from litbook.site.lists.paper_list import render_title
from litbook.text.escape import clean
from litbook.text.nouns import count_noun
from litbook.write.labels import label_of
from litbook.write.links import addresses

TITLE, LACKING_TITLE = "Citations between the papers", "Works that the papers cite and the review lacks"
_UP = "../"
_HOME = ("Home", "../book/index.html")
_MOST_CLASSICS, _MOST_LACKING, _MOST_NAMED = 40, 300, 6
_WIDTH, _HEIGHT, _LOW, _TALL = 200, 24, 21, 15  # of a timeline, in its own units


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page: the name of its file, its title, a description, and its content."""

    file: str
    title: str
    description: str
    body: str


def render_pages(corpus: Corpus) -> Iterator[Page]:
    """Yield the page of the classics and that of what the review lacks; nothing without lists of references."""
    if not corpus.citing.listed:
        return
    yield _render_classics(corpus)
    if corpus.citing.lacking:
        yield _render_lacking(corpus)


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)


def _tell_known(corpus: Corpus) -> str:
    known = len(corpus.citing.listed)
    total = len(corpus.papers)
    many = f"all {total:,} papers" if known == total else f"{known:,} of {count_noun(total, 'paper')}"
    return f"The references of {many} are known, from their texts or from services."


# --- Classics ---


def _render_classics(corpus: Corpus) -> Page:
    cited_by = corpus.citing.cited_by
    links = sum(map(len, cited_by.values()))
    ranked = sorted(cited_by, key=lambda key: (-len(cited_by[key]), key))
    papers = [paper for key in ranked[:_MOST_CLASSICS] if (paper := find_paper(corpus, key))]
    said = f"{_tell_known(corpus)} They cite each other {count_noun(links, 'time')}."
    lacking = len(corpus.citing.lacking)
    more = (
        f'<p><a href="lacking.html">{count_noun(lacking, "work")} that at least {FEWEST_CITING} of them cite</a> '
        f"{'is' if lacking == 1 else 'are'} not in this review.</p>"
        if lacking
        else ""
    )
    table = _draw_classics(corpus, papers) if papers else "<p>No paper of this review cites another.</p>"
    return _make_page("index", TITLE, said, [_HOME, (TITLE, "")], f"<p>{said}</p>\n{more}\n{table}")


def _draw_classics(corpus: Corpus, papers: Sequence[Paper]) -> str:
    """Return the most cited papers as a table, each with the years of the papers that cite it."""
    years = {paper.citekey: paper.cited_year for paper in corpus.papers if paper.cited_year}
    span = [*(years[paper.citekey] for paper in papers if paper.citekey in years)]
    citing = {paper.citekey: corpus.citing.cited_by[paper.citekey] for paper in papers}
    span += [years[item.citekey] for items in citing.values() for item in items if item.citekey in years]
    first, last = (min(span), max(span)) if span else (0, 0)
    rows = "\n".join(_draw_row(corpus, paper, citing[paper.citekey], years, (first, last)) for paper in papers)
    when = f" ({first}–{last})" if first < last else ""
    return (
        '<h2>Most cited here</h2>\n<table class="litbook-cited-here"><thead><tr><th scope="col">Paper</th>'
        f'<th scope="col">Cited by</th><th scope="col">When{when}</th></tr></thead>\n<tbody>\n{rows}\n</tbody>'
        "</table>\n"
        "<p>In a timeline, the circle is the paper itself, and each bar shows how many papers of a year cite it.</p>"
    )


def _draw_row(
    corpus: Corpus, paper: Paper, citing: Sequence[CitedHere], years: dict[str, int], span: tuple[int, int]
) -> str:
    title = render_title(paper.title) or escape(paper.citekey)
    name = label_of(corpus, paper).text
    return (
        f'<tr data-cited="{escape(paper.citekey)}"><td><a href="{_UP}{page_address(paper.citekey)}">{title}</a>'
        f'{f"<br>{_escape(name)}" if name else ""}</td><td class="litbook-number">{len(citing):,}</td>'
        f"<td>{_draw_years(years.get(paper.citekey), Counter(_list_years(citing, years)), span)}</td></tr>"
    )


def _list_years(citing: Iterable[CitedHere], years: dict[str, int]) -> Iterator[int]:
    yield from (years[item.citekey] for item in citing if item.citekey in years)


def _draw_years(own: int | None, counted: Counter[int], span: tuple[int, int]) -> str:
    """Return the timeline of one paper: how many papers cite it in each year."""
    first, last = span
    if first >= last:
        return ""

    def place(year: int) -> float:
        return round(6 + (year - first) / (last - first) * (_WIDTH - 12), 1)

    most = max(counted.values(), default=1)
    said = ", ".join(f"{year}: {number}" for year, number in sorted(counted.items()))
    bars = "".join(
        f'<path d="M{place(year)} {_LOW}v-{max(3, round(_TALL * number / most))}" stroke="currentColor" '
        'stroke-width="4"></path>'
        for year, number in sorted(counted.items())
    )
    circle = f'<circle cx="{place(own)}" cy="{_LOW}" r="3" fill="currentColor"></circle>' if own else ""
    label = escape(f"Published in {own}; cited in {said}" if own else f"Cited in {said}")
    return (
        f'<svg class="litbook-cited-years" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">'
        f'<line x1="0" x2="{_WIDTH}" y1="{_LOW}" y2="{_LOW}"></line>{bars}{circle}</svg>'
    )


# --- What the review lacks ---


def _render_lacking(corpus: Corpus) -> Page:
    works = corpus.citing.lacking
    said = (
        f"{count_noun(len(works), 'work')} that at least {FEWEST_CITING} papers of this review cite and that "
        f"{'is' if len(works) == 1 else 'are'} not in it. {_tell_known(corpus)}"
    )
    first = f" The first {_MOST_LACKING:,} are listed here." if len(works) > _MOST_LACKING else ""
    body = (
        f"<p>{said}{first} Titles and years are as the lists of references state them.</p>\n"
        f'<p>All of them as <a href="{_UP}data/lacking.ris" download>RIS</a> or as '
        f'<a href="{_UP}data/lacking.txt" download>identifiers</a>, where they have a DOI or '
        "an arXiv id.</p>\n"
        '<table class="litbook-cited-here"><thead><tr><th scope="col">Work</th><th scope="col">Cited by</th>'
        '<th scope="col">Papers</th></tr></thead>\n<tbody>\n'
        + "\n".join(_draw_work(corpus, work) for work in works[:_MOST_LACKING])
        + "\n</tbody></table>"
    )
    crumbs = [_HOME, (TITLE, "index.html"), (LACKING_TITLE, "")]
    return _make_page("lacking", LACKING_TITLE, said, crumbs, body)


def _draw_work(corpus: Corpus, work: LackedWork) -> str:
    found = addresses(work.links)
    address = next((found[name] for name in ("doi", "acl", "arxiv", "openreview") if name in found), "")
    title = _escape(work.title or next(iter(work.links.values()), ""))
    linked = f'<a href="{escape(address)}">{title}</a>' if address else title
    known = ", ".join(_escape(str(item)) for item in (work.author, work.year) if item)
    return (
        f'<tr><td>{linked}{f"<br>{known}" if known else ""}</td><td class="litbook-number">{len(work.cited_by):,}</td>'
        f"<td>{_name_papers(corpus, work.cited_by)}</td></tr>"
    )


def _name_papers(corpus: Corpus, citekeys: Sequence[str]) -> str:
    papers = [paper for key in citekeys[:_MOST_NAMED] if (paper := find_paper(corpus, key))]
    named = [
        f'<a href="{_UP}{page_address(paper.citekey)}">'
        f"{_escape(label_of(corpus, paper).text or paper.title.plain or paper.citekey)}</a>"
        for paper in papers
    ]
    rest = len(citekeys) - len(papers)
    return "; ".join([*named, *([f"and {rest:,} more"] if rest else [])])


def _make_page(file: str, title: str, description: str, crumbs: Sequence[tuple[str, str]], body: str) -> Page:
    return Page(file, title, description, f"{render_crumbs(crumbs)}\n<h1>{_escape(title)}</h1>\n{body}")
