"""What the pages of authors, venues and years say: HTML without the layout around it.

Each kind has an index and a page a group; all lie in one folder, so that every relative address holds on each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from anyascii import anyascii

from litbook.core.urls import chapter_address, page_address
from litbook.model.review import Corpus, Paper
from litbook.site.build.breadcrumbs import render_crumbs
from litbook.site.lists.paper_list import gather_lines, render_list, way_to_papers
from litbook.text.escape import clean
from litbook.text.nouns import count_noun
from litbook.text.person_names import split_name
from litbook.write.groups import FEWEST, MOST_AUTHORS, Group, group_papers, names_of

_UP = "../"
_HOME = "../book/index.html"
_PAPERS = ("All papers", "../all-papers.html")
_MOST_BYTES = 200_000  # of the names on one page
_MANY = 3  # papers of a name whose number stands out
_FEWEST_WITH_LETTERS = 150  # people of a list with letters to jump to
_MOST_THEMES, _MOST_NAMED = 5, 12  # on the page of a group; names are of other authors or of venues


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page: the name of its file, its title, a description, and its content."""

    file: str
    title: str
    description: str
    body: str


@dataclass(frozen=True, slots=True)
class _Words:
    """Hold how pages speak of one kind of groups."""

    title: str
    one: str
    rule: str
    by: str  # between "papers" and a name
    limits: str = ""


_WORDS = {
    "authors": _Words(
        "Authors",
        "Author",
        "Names are listed as they are spelled: two people of the same name share an entry, and another spelling has "
        f"its own. Authors of at least {FEWEST} papers in this collection have a page; the others lead to their paper.",
        "by",
        "Every paper in this collection under this name, as spelt here. People with the same name cannot be "
        "distinguished, and another spelling of the name has its own entry.",
    ),
    "venues": _Words(
        "Venues",
        "Venue",
        "Years and volumes of a venue are listed together; a workshop is separate from the conference at which it was "
        f"held. Venues with at least {FEWEST} papers in this collection have a page.",
        "at",
    ),
    "years": _Words(
        "Years",
        "Year",
        "A paper is listed under the year by which it is cited: the year of publication at a venue, or else that of "
        "its first version.",
        "from",
    ),
}


def render_pages(corpus: Corpus, kind: str) -> Iterator[Page]:
    """Yield the pages of a kind of groups, the index first."""
    yield from _render_indexes(corpus, kind)
    titles = {theme.slug: theme.name for theme in corpus.themes()}
    for group in group_papers(corpus)[kind].values():
        if group.slug:
            yield _render_group(corpus, group, titles)


# --- Indexes ---


def _render_indexes(corpus: Corpus, kind: str) -> Iterator[Page]:
    words = _WORDS[kind]
    groups = _order(kind, group_papers(corpus)[kind].values())
    several = [group for group in groups if group.slug]
    single = [group for group in groups if not group.slug]
    parts: dict[str, list[Group]] = {}
    content = _draw_years(groups) if kind == "years" else _list_names(groups, "name")
    if kind == "venues" or len(content) > _MOST_BYTES:
        parts, content = _list_apart(several, single, words.one.lower())
    description = f"{words.title}: {len(several):,} with a page of their own."
    intro = f"<p>{words.rule} {_tell_unknown(corpus, kind)}".rstrip() + "</p>"
    yield _make_page(
        "index", words.title, description, [("Home", _HOME), _PAPERS, (words.title, "")], f"{intro}\n{content}"
    )
    for initial, held in parts.items():
        title = f"{words.title}: {initial}"
        crumbs = [("Home", _HOME), _PAPERS, (words.title, "index.html"), (initial, "")]
        yield _make_page(_file_of(initial), title, f"{title}.", crumbs, _list_names(held))


def _list_apart(several: list[Group], single: list[Group], noun: str) -> tuple[dict[str, list[Group]], str]:
    """Return the lists of those with several papers and of those with one, and the former by initials if too long."""
    listed, dropped = _list_names(several, "several"), _list_names(single, "one")
    parts: dict[str, list[Group]] = {}
    if len(listed) > _MOST_BYTES:
        parts = _divide(several)
        listed = _list_initials(parts)
    content = f"<h2>Two or more papers</h2>\n{listed}" if several and single else listed
    if single:
        content += f"\n<h2>One paper</h2>\n<p>{count_noun(len(single), noun)} with one paper each"
        fits = len(listed) + len(dropped) <= _MOST_BYTES
        content += f".</p>\n{dropped}" if fits else " are too many to list here; search finds them.</p>"
    return parts, content


def _draw_years(groups: Sequence[Group]) -> str:
    """Return the years with a bar for the papers of each."""
    most = max((len(group.papers) for group in groups), default=1)
    items = (
        f'<li><a href="{escape(_address_of(group))}">{_escape(group.name)}</a>'
        f'<i style="--share: {len(group.papers) / most:.3f}"></i>'
        f'<span class="litbook-number">{len(group.papers):,}</span></li>'
        for group in groups
    )
    return "\n".join(['<ul class="litbook-bars">', *items, "</ul>"])


def _order(kind: str, groups: Iterable[Group]) -> list[Group]:
    """Put years in order, the newest first, venues by the number of their papers, and people by their family names."""
    if kind == "years":
        return sorted(groups, key=lambda group: -int(group.name))
    if kind == "venues":
        return sorted(groups, key=lambda group: (-len(group.papers), group.name.casefold(), group.name))
    return sorted(groups, key=lambda group: (*_sort_name(group.name), group.name))


def _sort_name(name: str) -> tuple[str, str]:
    split = split_name(clean(name))
    return anyascii(split.last or split.family).lower(), anyascii(split.given).lower()


def _divide(groups: Iterable[Group]) -> dict[str, list[Group]]:
    parts: dict[str, list[Group]] = {}
    for group in groups:
        name = _sort_name(group.name)[0] if group.kind == "authors" else anyascii(group.name)
        initial = name[:1].upper()
        parts.setdefault(initial if initial.isalpha() and initial.isascii() else "Other", []).append(group)
    return dict(sorted(parts.items(), key=lambda part: (part[0] == "Other", part[0])))


def _file_of(initial: str) -> str:
    return f"initial-{initial.lower()}"


def _list_initials(parts: Mapping[str, Sequence[Group]]) -> str:
    items = (_name_item(f"{_file_of(name)}.html", name, len(held)) for name, held in parts.items())
    return _make_names(items)


def _list_names(groups: Sequence[Group], anchor: str = "") -> str:
    """Return names as a list; with an `anchor`, a long list of people has initials with anchors that begin so."""
    if not anchor or len(groups) < _FEWEST_WITH_LETTERS or groups[0].kind != "authors":
        return _make_names(map(_group_item, groups))
    parts = _divide(groups)
    ids = {initial: f"{anchor}-{initial.lower()}" for initial in parts}
    letters = " ".join(f'<a href="#{ids[initial]}">{initial}</a>' for initial in parts)
    items = (
        item
        for initial, held in parts.items()
        for item in (f'<li class="litbook-initial" id="{ids[initial]}">{initial}</li>', *map(_group_item, held))
    )
    return f'<p class="litbook-letters">{letters}</p>\n{_make_names(items)}'


def _group_item(group: Group) -> str:
    return _name_item(_address_of(group), group.name, len(group.papers))


def _address_of(group: Group) -> str:
    return f"{group.slug}.html" if group.slug else f"{_UP}{page_address(group.papers[0].citekey)}"


def _make_names(items: Iterable[str]) -> str:
    return "\n".join(['<ul class="litbook-names">', *items, "</ul>"])


def _name_item(address: str, name: str, number: int) -> str:
    tag = "strong" if number >= _MANY else "span"
    count = f' <{tag} class="litbook-number">{number:,}</{tag}>' if number > 1 else ""
    return f'<li><a href="{escape(address)}">{_escape(name)}</a>{count}</li>'


def _tell_unknown(corpus: Corpus, kind: str) -> str:
    unknown = sum(not names_of(kind, paper) for paper in corpus.papers)
    field = {"authors": "authors are", "venues": "venue is", "years": "year is"}[kind]
    if not unknown:
        return ""
    return f"The {field} unknown for {count_noun(unknown, 'paper')}."


# --- One group ---


def _render_group(corpus: Corpus, group: Group, titles: Mapping[str, str]) -> Page:
    words, name = _WORDS[group.kind], clean(group.name)
    number, span = count_noun(len(group.papers), "paper"), _tell_span(group)
    facts = {"Themes": _name_themes(corpus, group.papers, titles), **_name_related(corpus, group)}
    body = [
        f'<div class="litbook-group-facts"><p>{number} in this collection{span}.</p>',
        *(f"<p><strong>{label}</strong> {text}</p>" for label, text in facts.items() if text),
        f"</div>\n{render_list(group.slug, [gather_lines(corpus, group.papers)], way_to_papers(group.address))}",
        f'<p class="litbook-group-limits">{words.limits}</p>' if words.limits else "",
    ]
    crumbs = [("Home", _HOME), _PAPERS, (words.title, "index.html"), (name, "")]
    description = f"{number} {words.by} {name} in this review{span}."
    return _make_page(group.slug, f"Papers from {name}" if group.kind == "years" else name, description, crumbs,
                      "\n".join(body))  # fmt: skip


def _tell_span(group: Group) -> str:
    years = sorted({paper.cited_year for paper in group.papers if paper.cited_year})
    if group.kind == "years" or not years:
        return ""
    return f", {years[0]}–{years[-1]}" if len(years) > 1 else f", {years[0]}"


def _name_related(corpus: Corpus, group: Group) -> dict[str, str]:
    """Return the years and venues of the papers of a group, and of an author the other authors."""
    related = {}
    for kind, label in (("years", "Years"), ("venues", "Venues")):
        if kind != group.kind:
            counted = Counter(name for paper in group.papers for name in names_of(kind, paper))
            related[label] = _name_others(corpus, kind, counted)
    return {**related, "Co-authors": _name_coauthors(corpus, group)} if group.kind == "authors" else related


def _name_themes(corpus: Corpus, papers: Iterable[Paper], titles: Mapping[str, str]) -> str:
    """Return the themes with most of these papers as links to their chapters, equals in the order of the book."""
    counted = Counter(corpus.placements[paper.citekey].theme for paper in papers)
    themes = sorted((slug for slug in titles if counted[slug]), key=lambda slug: -counted[slug])
    items = [_link(f"{_UP}{chapter_address(slug)}", titles[slug]) + _tell(counted[slug]) for slug in themes]
    return _name_first(items, _MOST_THEMES)


def _name_coauthors(corpus: Corpus, group: Group) -> str:
    """Return the other authors of these papers who have a page, for each paper may have dozens without one."""
    papers = [paper for paper in group.papers if len(paper.authors) <= MOST_AUTHORS]
    known = group_papers(corpus)["authors"]
    counted = Counter(name for paper in papers for name in names_of("authors", paper))
    named = _name_others(corpus, "authors", {
        name: number for name, number in counted.items() if name != group.name and known[name].slug
    })  # fmt: skip
    left_out = f"(papers with more than {MOST_AUTHORS} authors are not counted here)"
    return " ".join(filter(None, [named, left_out if len(papers) < len(group.papers) else ""]))


def _name_others(corpus: Corpus, kind: str, counted: Mapping[str, int]) -> str:
    """Return groups of a kind with the numbers of papers, as links where they have pages."""
    known = group_papers(corpus)[kind]
    if kind == "years":
        names = sorted(counted, reverse=True)
    else:
        names = sorted(counted, key=lambda name: (-counted[name], name.casefold(), name))
    links = (_link(f"{_UP}{known[name].address}" if known[name].slug else "", name) for name in names)
    return _name_first([link + _tell(counted[name]) for link, name in zip(links, names, strict=True)], _MOST_NAMED)


def _name_first(items: Sequence[str], most: int) -> str:
    more = len(items) - most
    return ", ".join([*items[:most], *([f"and {more:,} more"] if more > 0 else [])])


def _tell(number: int) -> str:
    return f" ({number:,})" if number > 1 else ""


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{_escape(text)}</a>' if address else _escape(text)


def _make_page(file: str, title: str, description: str, crumbs: Sequence[tuple[str, str]], body: str) -> Page:
    return Page(file, title, description, f"{render_crumbs(crumbs)}\n<h1>{_escape(title)}</h1>\n{body}")


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)
