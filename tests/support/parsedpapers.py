"""Parsed papers for the tests, as GROBID would write them. No such paper, person or identifier exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECRET = "The whole text of the owl belongs to its publisher and is on no page."
THEORY = ("A general theory of hearing through frozen layers", "Moll", 2001, "10.1000/theory")


@dataclass(frozen=True)
class Owl:
    """A paper on owls by its number: the earlier ones are cited by the later ones."""

    number: int

    @property
    def title(self) -> str:
        names = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
        return f"Invented owls of sort {names[self.number]} hear mice in snow"

    @property
    def doi(self) -> str:
        return f"10.1000/owl{self.number}"


def write_tei(owl: Owl, more: Sequence[tuple[str, str, int, str]] = (THEORY,), licence: str = "") -> str:
    """Return the TEI of a paper that cites all earlier ones and some other works, given by title, author, year, DOI."""
    known = [
        (other.title, f"Kraut{other.number}", 2010 + other.number, other.doi) for other in map(Owl, range(owl.number))
    ]
    references = "".join(_write_reference(at, *item) for at, item in enumerate([*known, *more]))
    marks = " ".join(f'<ref type="bibr" target="#b{at}">[{at + 1}]</ref>' for at in range(len(known) + len(more)))
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title level="a" type="main">{owl.title}</title></titleStmt>
<publicationStmt><availability>{f'<licence target="{licence}"/>' if licence else ""}</availability></publicationStmt>
<sourceDesc><biblStruct><analytic><author><persName><forename type="first">Ben</forename>
<surname>Kraut{owl.number}</surname></persName></author><title level="a" type="main">{owl.title}</title></analytic>
<monogr><imprint><date type="published" when="{2010 + owl.number}"/></imprint></monogr>
<idno type="DOI">{owl.doi}</idno></biblStruct></sourceDesc></fileDesc>
<encodingDesc><appInfo><application version="0.8.0" ident="GROBID"/></appInfo></encodingDesc>
<profileDesc><abstract><p>We test whether owls of sort {owl.number} hear mice. They do.</p></abstract></profileDesc>
</teiHeader><text><body>
<div><head n="1">Introduction</head><p>Owls hunt in winter {marks}. {SECRET}</p></div>
<div><head n="2">Methods</head><p>We recruited {31 + owl.number} participants who watched owls.</p></div>
<div><head n="2.1">Birds</head><p>All birds were wild.</p></div>
<div><head n="3">Limitations</head><p>We tested three owls in one winter only.</p></div>
<figure xml:id="fig_0"><head>Figure 1</head><figDesc>Figure 1. An owl above the snow. It waits.</figDesc></figure>
</body><back><div type="references"><listBibl>{references}</listBibl></div></back></text></TEI>
"""


def _write_reference(at: int, title: str, author: str, year: int, doi: str) -> str:
    identifier = f'<idno type="DOI">{doi}</idno>' if doi else ""
    return (
        f'<biblStruct xml:id="b{at}"><analytic><title level="a" type="main">{title}</title><author><persName>'
        f"<surname>{author}</surname></persName></author>{identifier}</analytic><monogr><imprint>"
        f'<date type="published" when="{year}"/></imprint></monogr></biblStruct>'
    )


def write_folder(folder: Path, number: int = 4) -> Path:
    """Write the TEI of the first papers into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for owl in map(Owl, range(number)):
        (folder / f"owl{owl.number}.tei.xml").write_text(write_tei(owl), "utf-8")
    return folder
