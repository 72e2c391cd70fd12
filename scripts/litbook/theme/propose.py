"""Draft themes for a collection that no one has sorted yet, for a person to revise.

The author's own groups come first, if an export has them. Otherwise papers that use the same phrases are grouped, and
each group is named by phrases of titles and keywords. What this cannot do: know which distinctions matter to the
reader, or distinguish a method from the data that it was tried on.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Any

import numpy as np

from litbook.core.names import is_reserved
from litbook.model.review import Paper, Part, Theme
from litbook.text.citekey import significant_words
from litbook.text.nouns import count_noun
from litbook.theme.grouping import centre, group_centres, group_papers, weigh_papers
from litbook.theme.naming import Namer
from litbook.theme.own_groups import find_own_groups
from litbook.theme.phrases import Text, read_phrases, read_texts

_FEWEST_PAPERS = 3
_FEW_PAPERS = 30
# A larger collection is represented by as many of its papers as have so many characters of title and abstract.
_MOST_TEXT = 1_600_000
_PHRASES = 30
_PHRASES_SHOWN = 10
_THEMES_A_PART = 5
_MOST_THEMES_OF_ONE_PART = 6
_SMALLEST = 0.2  # of an average group; what is smaller are leftovers, which the other themes take in by their words
_LARGEST = 1.6  # of an average group; two groups that would be larger together stay two sides of one topic
_UNNAMED, _OTHERS = "Suggested themes", "Other topics"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LANGUAGES = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
              "sv": "Swedish", "da": "Danish or Norwegian", "pl": "Polish", "cs": "Czech", "tr": "Turkish",
              "id": "Indonesian", "ru": "Russian", "en": "English"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """Drafted parts with their themes, the citekeys from which each theme was drafted, and remarks for the user.

    `own` maps the citekey of each paper in one of the author's own groups to the slugs of its themes; `grouped` says
    that the themes are these groups.
    """

    parts: tuple[Part, ...]
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grouped: bool = False


def draft_themes(papers: Sequence[Paper]) -> Draft:
    """Return drafted parts and themes; a small or wordless collection gets one theme.

    The result does not depend on the order of the papers. Of a large collection a part is read, chosen by citekey.
    """
    ordered = sorted(papers, key=lambda paper: paper.citekey)
    if own := find_own_groups(ordered):
        return _draft_own(ordered, own)
    read = _choose_sample(ordered)
    remarks = list(_remark(ordered, read))
    texts = read_texts(read)
    main, others = _separate_languages(texts)
    if len(main) < 2 * _FEWEST_PAPERS:
        return Draft((Part(_UNNAMED, (_single_theme(),)),), {}, tuple(remarks))
    drafting = _Drafting([read[at].citekey for at in main], [texts[at] for at in main])
    themes = drafting.draft()
    foreign = [(read[at].citekey, texts[at]) for at, _ in others]
    if foreign and themes:
        names = sorted({_LANGUAGES[code] for _, code in others})
        added, remark = _draft_foreign(foreign, names, drafting)
        themes += added
        remarks.append(remark)
    if not themes:
        return Draft((Part(_UNNAMED, (_single_theme(),)),), {}, tuple(remarks))
    return Draft(drafting.divide(themes), dict(drafting.members), tuple(remarks))


def choose_number(papers: int) -> int:
    """Return how many themes to aim for: about the square root of the number of papers, between 2 and 24."""
    return max(2, min(24, round(math.sqrt(papers) * 0.85)))


def _choose_sample(papers: Sequence[Paper]) -> list[Paper]:
    by_chance = sorted(papers, key=lambda paper: hashlib.sha256(paper.citekey.encode()).digest())
    text = accumulate(len(paper.title.plain) + len(paper.abstract.plain) for paper in by_chance)
    chosen = [paper for paper, length in zip(by_chance, text, strict=True) if length <= _MOST_TEXT]
    return sorted(chosen, key=lambda paper: paper.citekey)


def _remark(papers: Sequence[Paper], read: Sequence[Paper]) -> list[str]:
    bare = sum(not paper.abstract.plain for paper in papers)
    remarks = []
    if 2 * bare > len(papers):
        remarks.append("Most papers have no abstract: themes are drafted from titles and keywords.")
    if len(read) < len(papers):
        remarks.append(f"Themes are drafted from {len(read):,} of the {count_noun(len(papers), 'paper')}.")
    return remarks


def _separate_languages(texts: Sequence[Text]) -> tuple[list[int], list[tuple[int, str]]]:
    """Return the numbers of the texts in the main language, and of the others with their language."""
    codes = [text.language for text in texts]
    known = Counter(code for code in codes if code)
    main = max(known, key=lambda code: (known[code], code)) if known else ""
    others = [(at, code) for at, code in enumerate(codes) if code not in ("", main)]
    if len(others) < _FEWEST_PAPERS:
        return list(range(len(texts))), []
    apart = {at for at, _ in others}
    return [at for at in range(len(texts)) if at not in apart], others


class _Drafting:
    """Drafts themes from texts of one language."""

    def __init__(self, citekeys: Sequence[str], texts: Sequence[Text]) -> None:
        self._citekeys = citekeys
        self._phrases = read_phrases(texts, fewest=1 if len(texts) < _FEW_PAPERS else 2)
        self._weights = weigh_papers(self._phrases) if self._phrases.forms else None
        self._namer = Namer(self._phrases) if self._phrases.forms else None
        self._at: dict[str, list[int]] = {}  # the rows of each theme's papers
        self.members: dict[str, tuple[str, ...]] = {}
        self.taken: set[str] = set()
        self._has_abstracts = 2 * sum(bool(text.abstract) for text in texts) > len(texts)
        self._wanted = choose_number(len(texts))

    def draft(self) -> list[Theme]:
        """Return the themes, largest first."""
        if self._namer is None:
            return []
        labels = group_papers(self._weights, self._wanted)
        groups = [np.flatnonzero(labels == label).tolist() for label in sorted(set(labels.tolist()) - {-1})]
        fewest = max(_FEWEST_PAPERS, round(_SMALLEST * len(self._citekeys) / self._wanted))
        groups = self._unite_namesakes([group for group in groups if len(group) >= fewest])
        themes: list[Theme] = []
        leads: list[str] = []
        left: list[list[int]] = []
        for group in sorted(groups, key=lambda group: (-len(group), self._citekeys[group[0]])):
            named = self._namer.name(group, leads)
            if named and self._has_abstracts and not self._namer.describes(group, named):
                left.append(group)
            elif named:
                leads += [self._namer.form(at) for at in named]
                themes.append(self._make_theme(self._namer.show(named), self._namer.choose(group, _PHRASES), group))
        if left:
            phrases = (phrase for group in left for phrase in self._namer.choose(group, _PHRASES // len(left)))
            themes.append(self._make_theme(_OTHERS, tuple(dict.fromkeys(phrases)), sorted(chain.from_iterable(left))))
        return themes

    def _unite_namesakes(self, groups: list[list[int]]) -> list[list[int]]:
        """Unite groups whose best phrase is the same: one topic was divided."""
        assert self._namer is not None
        most = _LARGEST * len(self._citekeys) / self._wanted
        while True:
            leads: dict[str, int] = {}
            for number, group in enumerate(groups):
                ranked = self._namer.rank(group, 1)
                lead = self._namer.form(ranked[0][0]) if ranked else ""
                together = lead in leads and len(groups[leads[lead]]) + len(group) <= most
                if lead and together:
                    groups[leads[lead]] = sorted([*groups[leads[lead]], *group])
                    del groups[number]
                    break
                leads.setdefault(lead, number)
            else:
                return groups

    def _make_theme(self, title: str, phrases: tuple[str, ...], group: Sequence[int]) -> Theme:
        slug = make_slug(title, self.taken)
        self.taken.add(slug)
        self._at[slug] = list(group)
        self.members[slug] = tuple(self._citekeys[at] for at in group)
        shown = ", ".join(phrases[:_PHRASES_SHOWN])
        scope = f"Suggested from phrases that its papers share: {shown}."
        if title == _OTHERS:
            scope = f"Papers that share few words with the others, and few with each other; among them: {shown}."
        return Theme(slug, title, scope, phrases=phrases)

    def divide(self, themes: Sequence[Theme]) -> tuple[Part, ...]:
        """Return parts of about five themes whose papers use the same words, largest first."""
        known = [theme for theme in themes if theme.slug in self._at and theme.title != _OTHERS]
        left = tuple(theme for theme in themes if theme.title == _OTHERS)
        foreign = tuple(theme for theme in themes if theme.slug not in self._at)
        last = tuple(Part(name, held) for name, held in ((_OTHERS, left), ("Other languages", foreign)) if held)
        if len(known) <= _MOST_THEMES_OF_ONE_PART:
            return (Part(_UNNAMED, tuple(known)), *last)
        frequent = weigh_papers(self._phrases, by_rarity=False)
        centres = np.array([centre(frequent, self._at[theme.slug]) for theme in known])
        number = min(len(_ROMAN), -(-len(known) // _THEMES_A_PART))
        groups = sorted(group_centres(centres, number), key=lambda group: (-self._count(known, group), group))
        titles: list[str] = []
        for group in groups:
            titles.append(self._name_part([known[at] for at in group], titles))
        return (
            tuple(
                Part(f"Part {_ROMAN[at]}. {titles[at]}", tuple(known[member] for member in group))
                for at, group in enumerate(groups)
            )
            + last
        )

    def _count(self, themes: Sequence[Theme], group: Sequence[int]) -> int:
        return sum(len(self._at[themes[at].slug]) for at in group)

    def _name_part(self, themes: Sequence[Theme], taken: Sequence[str]) -> str:
        """Name a part by a phrase of several of its themes, or by its largest themes."""
        assert self._namer is not None
        if len(themes) == 1:
            return themes[0].title
        own = [theme.title.lower() for theme in themes]
        members = sorted({at for theme in themes for at in self._at[theme.slug]})
        for number, _ in self._namer.rank(members, 12, names=True):
            shown = self._namer.show((number,))
            spread = sum(self._holds(number, self._at[theme.slug]) for theme in themes)
            if spread * 2 <= len(themes) or shown.lower() in own or shown in taken:
                continue
            if " " in self._namer.form(number) or sum(shown.lower() in title for title in own) > 1:
                return shown
        return f"{themes[0].title.split(' and ')[0]}, {_lower(themes[1].title.split(' and ')[0])}"

    def _holds(self, number: int, members: Sequence[int]) -> bool:
        column: Any = self._phrases.weights[members][:, number]
        return bool(column.nnz >= max(2, 0.15 * len(members)))


def _draft_foreign(
    foreign: Sequence[tuple[str, Text]], names: Sequence[str], drafting: _Drafting
) -> tuple[list[Theme], str]:
    """Return a theme for papers in other languages, which cannot be compared by their words, and what to say of it."""
    phrases = read_phrases([text for _, text in foreign], fewest=1)
    namer = Namer(phrases)
    title = f"Papers in {' and '.join(names) if len(names) < 3 else ', '.join(names)}"
    slug = make_slug(title, drafting.taken)
    drafting.members[slug] = tuple(citekey for citekey, _ in foreign)
    scope = "Papers in other languages. They are not grouped by topic: only words are compared, and they share few."
    theme = Theme(slug, title, scope, phrases=namer.choose(list(range(len(foreign))), _PHRASES))
    remark = (
        f"{count_noun(len(foreign), 'paper')} in {', '.join(names)}: not grouped by topic, but in a theme of their own."
    )
    return [theme], remark


def _draft_own(papers: Sequence[Paper], own: Mapping[str, tuple[str, ...]]) -> Draft:
    """Return the author's groups as themes, with phrases of their papers to suggest further ones."""
    texts = read_texts(papers)
    namer = Namer(read_phrases(texts, fewest=1))
    taken: set[str] = set()
    themes: list[Theme] = []
    slugs: dict[str, str] = {}
    rows = {paper.citekey: at for at, paper in enumerate(papers)}
    names = Counter(name for held in own.values() for name in held)
    for name in sorted(names, key=lambda name: (-names[name], name)):
        members = [rows[citekey] for citekey, held in own.items() if name in held]
        slugs[name] = make_slug(name, taken)
        taken.add(slugs[name])
        phrases = namer.choose(members, _PHRASES)
        themes.append(Theme(slugs[name], name, f"The papers that were sorted under “{name}”.", phrases=phrases))
    placed = {citekey: tuple(slugs[name] for name in held) for citekey, held in own.items()}
    members_of = {theme.slug: tuple(key for key, held in placed.items() if theme.slug in held) for theme in themes}
    remark = f"Themes are your own groups: {len(placed):,} of {count_noun(len(papers), 'paper')} placed by them."
    return Draft((Part("Groups", tuple(themes)),), members_of, (remark,), placed, grouped=True)


def _single_theme() -> Theme:
    return Theme("all-papers", "All papers", "Everything in this collection; too little text to tell themes apart.")


def make_slug(title: str, taken: set[str]) -> str:
    """Return a short name for addresses: the words of a title, with a number if it is taken."""
    words = [part for piece in title.split() for part in [_keep_hyphens(piece)] if part and part != "and"]
    slug = "-".join(words[:5])[:60].strip("-") or "theme"
    unique, number = slug, 2
    while unique in taken or is_reserved(unique):
        unique = f"{slug}-{number}"
        number += 1
    return unique


def _keep_hyphens(word: str) -> str:
    """Return a word in lower-case ASCII letters and digits, with its hyphens."""
    return "-".join(part for piece in word.split("-") for part in significant_words(piece))


def _lower(title: str) -> str:
    """Return a title as the second part of another one."""
    first = title.split(" ", 1)[0]
    return title[:1].lower() + title[1:] if first[1:] == first[1:].lower() else title
