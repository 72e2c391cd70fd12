"""An invented export of several databases whose duplicates are known, after the shape of labelled sets of reviews.

Copies differ as exports of databases do: spelt names, cut or missing abstracts, publishers' lines, abridged pages,
missing or broken DOIs. Distinct works that look alike are there too: congress supplements and chapters under one DOI,
errata, annual guidelines, parts of a series, a congress abstract and the article that follows it, generic titles.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

COLUMNS = ("title", "author", "year", "journal", "volume", "pages", "doi", "abstract", "work")
_DRUGS = "canaglu benzodol irvastin sotarel tilvopran quenastat movexidil darcetine lumaprost fenoquil".split()
_STATES = ("type 2 diabetes", "heart failure", "chronic kidney disease", "obesity", "hypertension", "stroke",
           "atherosclerosis", "fatty liver disease", "gestational diabetes", "retinopathy")  # fmt: skip
_BEINGS = ("mice", "rats", "adults", "older women", "adolescents", "pigs", "elite runners", "kidney donors", "twins")
_THINGS = ("arterial stiffness", "foam cell formation", "insulin secretion", "beta-cell mass", "bone turnover",
           "gut motility", "plasma lipids", "endothelial function", "sleep quality", "tumour growth")  # fmt: skip
_VERBS = ("improves", "reduces", "does not change", "delays", "modulates", "predicts", "reverses", "attenuates")
_FAMILY = (
    "Almqvist Bérenger Castellanos Dragomir Eklund Ferrante Gundersen Hashimoto Ilves Jurado Kowalczyk Lindqvist "
    "Marchetti Nakagawa Okonkwo Petrescu Quintana Rasmussen Szabó Thorvald Ulloa Vukovic Wolańska Yamada"
).split()
_JOURNALS = (
    ("European Journal of Invented Hearts", "Eur J Invent Hearts"),
    ("Diabetes Imagined", "Diabetes Imag"),
    ("Annals of Fictitious Medicine", "Ann Fict Med"),
    ("Journal of Unreal Lipids", "J Unreal Lipids"),
)
_WORDS = (
    "dose group week glucose arterial pressure ratio weight trial plasma change baseline placebo marker response "
    "tissue cell receptor pathway expression protein risk event survival cohort follow secretion vessel wall "
    "oxidative stress function rate level content flow reserve imaging serum fasting insulin lipid liver"
).split()


@dataclass(frozen=True)
class Row:
    """One row of the export; `work` is the label."""

    title: str
    authors: tuple[str, ...]
    year: int
    journal: tuple[str, str]
    volume: str
    pages: str
    doi: str
    abstract: str
    work: str
    values: dict[str, str] = field(default_factory=dict)

    def cells(self) -> dict[str, str]:
        return {"title": self.title, "author": "; ".join(self.authors), "year": str(self.year),
                "journal": self.journal[0], "volume": self.volume, "pages": self.pages, "doi": self.doi,
                "abstract": self.abstract, "work": self.work} | self.values  # fmt: skip


def make_labelled_export(works: int, seed: int = 1) -> str:
    """Return a CSV table of about three rows a work, in random order; the column `work` names the work."""
    chance = random.Random(seed)
    rows = [row for group in _make_groups(chance, works) for row in group]
    chance.shuffle(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(row.cells() for row in rows)
    return out.getvalue()


def _make_groups(chance: random.Random, works: int) -> Iterator[list[Row]]:
    made = 0
    while made < works:
        makers = (_make_plain,) * 12 + (_make_supplement, _make_chapters, _make_erratum, _make_guidelines, _make_parts,
                                        _make_congress, _make_generic, _make_groups_of_people)  # fmt: skip
        for row in chance.choice(makers)(chance, made):
            made += 1
            yield [_copy(chance, row, number) for number in range(chance.choice((1, 2, 3, 3, 4, 5)))]


def _make(chance: random.Random, number: int, **known: object) -> Row:
    drug, state, being, thing = (chance.choice(words) for words in (_DRUGS, _STATES, _BEINGS, _THINGS))
    title = f"{drug.capitalize()} {chance.choice(_VERBS)} {thing} in {being} with {state}"
    if chance.random() < 0.3:
        title += f": a {chance.choice(('randomised trial', 'cohort study', 'case series', 'pilot study'))}"
    authors = tuple(f"{family}, {chance.choice('ABCDEFGHJKLM')}. {chance.choice('RSTUVW')}."
                    for family in chance.sample(_FAMILY, chance.randint(2, 6)))  # fmt: skip
    first = chance.randint(1, 1900)
    row = Row(title, authors, chance.randint(2004, 2020), chance.choice(_JOURNALS), str(chance.randint(1, 90)),
              f"{first}-{first + chance.randint(3, 14)}", f"10.9999/inv.{number}.{chance.randint(100, 999)}",
              _make_text(chance, title), f"w{number}")  # fmt: skip
    return replace(row, **known)  # type: ignore[arg-type]


def _make_text(chance: random.Random, title: str) -> str:
    sentences = [" ".join(chance.choices(_WORDS, k=chance.randint(9, 20))).capitalize() for _ in range(9)]
    sentences.insert(1, title)
    return ". ".join(sentences) + f". Change was {chance.randint(1, 90)}.{chance.randint(0, 9)}%, p<0.05."


def _make_plain(chance: random.Random, number: int) -> list[Row]:
    return [_make(chance, number)]


def _make_supplement(chance: random.Random, number: int) -> list[Row]:
    doi = f"10.9999/congress.{number}"
    return [
        _make(chance, number + at, doi=doi, journal=_JOURNALS[0], volume="58", year=2015, work=f"s{number}-{at}")
        for at in range(6)
    ]


def _make_chapters(chance: random.Random, number: int) -> list[Row]:
    doi = f"10.9999/978-{number}"
    made = [_make(chance, number + at, doi=doi, volume="", abstract="", work=f"c{number}-{at}") for at in range(3)]
    return [replace(row, authors=(f"{name}, Q. X.", f"{name}son, B. R.")) for row, name in
            zip(made, ("Aalto", "Brandt", "Cohen"), strict=True)]  # fmt: skip


def _make_erratum(chance: random.Random, number: int) -> list[Row]:
    letter = _make(chance, number)
    erratum = replace(letter, title=f"Erratum: {letter.title}", abstract="", work=f"e{number}",
                      pages=str(chance.randint(2000, 3000)))  # fmt: skip
    return [letter, erratum if chance.random() < 0.5 else replace(erratum, doi=f"10.9999/err.{number}")]


def _make_guidelines(chance: random.Random, number: int) -> list[Row]:
    base = _make(chance, number, title=f"Standards of care in {chance.choice(_STATES)} ({number})", abstract="")
    return [
        replace(
            base, year=2008 + 2 * at, volume=str(30 + at), doi=f"10.9999/guide.{number}.{at}", work=f"g{number}-{at}"
        )
        for at in range(3)
    ]


def _make_parts(chance: random.Random, number: int) -> list[Row]:
    base = _make(chance, number)
    return [
        replace(base, title=f"{base.title}. Part {part}", work=f"p{number}-{part}",
                abstract=_make_text(chance, base.title),
                pages=f"{at * 20 + 3}-{at * 20 + 17}", doi=f"10.9999/part.{number}.{at}")
        for at, part in enumerate(("I", "II"), start=1)
    ]  # fmt: skip


def _make_congress(chance: random.Random, number: int) -> list[Row]:
    article = _make(chance, number)
    abstract = replace(article, abstract=_make_text(chance, "Aims and methods"), year=article.year - 1, doi="",
                       volume=str(int(article.volume) + 91), pages=f"S{chance.randint(1, 400)}", work=f"a{number}",
                       journal=_JOURNALS[0])  # fmt: skip
    return [article, abstract]


def _make_generic(chance: random.Random, number: int) -> list[Row]:
    title = chance.choice(("Editorial", "Reply", "Author's reply", "Letter to the editor", "Index", "Introduction"))
    made = [_make(chance, number + at, title=title, abstract="", work=f"n{number}-{at}") for at in range(3)]
    return [made[0], replace(made[1], authors=made[0].authors, year=made[0].year), made[2]]


def _make_groups_of_people(chance: random.Random, number: int) -> list[Row]:
    """Two studies by the same people, with abstracts that share phrases: one in men, one in women."""
    base = _make(chance, number)
    texts = [_make_text(chance, base.title) for _ in range(2)]
    shared = ". ".join(base.abstract.split(". ")[:3])
    return [
        replace(base, title=f"{base.title} ({people})", abstract=f"{shared}. {text}", work=f"m{number}-{people}",
                doi=f"10.9999/people.{number}.{people}", pages=f"{at * 31 + 2}-{at * 31 + 9}")
        for at, (people, text) in enumerate(zip(("men", "women"), texts, strict=True))
    ]  # fmt: skip


# --- What databases do to a record ---


def _copy(chance: random.Random, row: Row, number: int) -> Row:
    if number == 0:
        return row
    changes: tuple[tuple[float, Callable[[random.Random, Row], Row]], ...] = (
        (0.35, _spell_title), (0.5, _spell_authors), (0.5, _spell_abstract), (0.12, _drop_abstract), (0.35, _spell_doi),
        (0.3, _drop_doi), (0.5, _abridge_pages), (0.1, _drop_place), (0.5, _abbreviate), (0.12, _shift_year),
    )  # fmt: skip
    for share, change in changes:
        if chance.random() < share:
            row = change(chance, row)
    return row


def _spell_title(chance: random.Random, row: Row) -> Row:
    title = row.title
    generic = len(title) < 40
    ways = [
        f"{title}.",
        title.upper(),
        title.replace("-", " "),
        title.replace("beta", "β"),
        title.replace("type 2", "type-2"),
    ]
    if not generic:
        at = chance.randrange(5, len(title) - 12)
        ways += [title[:at] + title[at + 1 :], f"{title} [Article in Polish]", title.replace("  ", " ") + " (Abstract)"]
    return replace(row, title=chance.choice(ways))


def _spell_authors(chance: random.Random, row: Row) -> Row:
    names = [name.replace(".", "").replace(",", "") for name in row.authors]
    ways = (
        tuple(name.replace(" ", ", ", 1) for name in names),
        (row.authors[0], *row.authors[1:3]),
        (row.authors[0],),
        tuple(name.translate(str.maketrans("éóń", "eon")) for name in row.authors),
    )
    return replace(row, authors=chance.choice(ways))


def _spell_abstract(chance: random.Random, row: Row) -> Row:
    text = row.abstract
    if not text:
        return row
    ways = (
        f"{text} © {row.year} Invented Press. All rights reserved.", text.replace(",", ""), text[: len(text) // 2],
        f"Abstract: {text}", f"PURPOSE: {text}".replace(". ", ". RESULTS: ", 1), text.replace("p<0.05", "P < .05"),
    )  # fmt: skip
    return replace(row, abstract=chance.choice(ways))


def _drop_abstract(_: random.Random, row: Row) -> Row:
    return replace(row, abstract="")


def _spell_doi(chance: random.Random, row: Row) -> Row:
    return replace(row, doi=chance.choice((f"https://doi.org/{row.doi}", row.doi.upper())) if row.doi else "")


def _drop_doi(_: random.Random, row: Row) -> Row:
    return replace(row, doi="")


def _abridge_pages(_: random.Random, row: Row) -> Row:
    first, _, last = row.pages.partition("-")
    return replace(row, pages=f"{first}-{last[-1:]}" if last and len(last) == len(first) else first)


def _drop_place(_: random.Random, row: Row) -> Row:
    return replace(row, volume="", pages="")


def _abbreviate(_: random.Random, row: Row) -> Row:
    return replace(row, journal=(row.journal[1], row.journal[0]))


def _shift_year(chance: random.Random, row: Row) -> Row:
    return replace(row, year=row.year + chance.choice((-1, 1)))
