"""What a reader of a source format is, and all readers that there are.

A reader first says how sure it is that a text has its format, by evidence in the text; then it reads the whole of it.
How much of the file it accounts for is counted by `accounts`, which knows no format, and `choice` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from litbook.ingest.formats import (
    arxiv_atom,
    arxiv_listing,
    bibtex,
    crossref,
    csljson,
    csvtable,
    dublincore,
    elsevier,
    endnote_xml,
    enw,
    frontmatter,
    hfjson,
    hfpapers,
    idlist,
    labelled,
    linklist,
    marcxml,
    mods,
    nbib,
    oai,
    objects,
    openalex,
    ovid,
    paper_html,
    paper_json,
    paper_text,
    paper_xml,
    pubmed_text,
    pubmed_xml,
    refworks,
    ris,
    semanticscholar,
    tei_bibliography,
    vocabularies,
    yamlitems,
    zotero_rdf,
)
from litbook.model.review import Reading

Columns = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """A source format: its name, a function that scores a text, and a function that reads it.

    `matches(text)` returns how certain it is that the text has this format, in 0 … `most`; `read(source, text)` parses
    it. `key` names the format in `--as`. In a `structured` format, signs such as `@article{` or `TY  -` begin a record:
    what the reader reports as damaged belongs to the format too. In others, such lines are foreign to it.
    `read_mapped(source, text, columns)` reads a format whose fields have names, with the names that a person gave.
    """

    name: str
    matches: Callable[[str], float]
    read: Callable[[str, str], Reading]
    most: float = 1.0
    key: str = ""
    structured: bool = True
    read_mapped: Callable[[str, str, Columns], Reading] | None = None

    @property
    def names(self) -> frozenset[str]:
        """Return the names by which a person may ask for this format, in lower case."""
        return frozenset({self.key or self.name.lower(), self.name.lower()})


READERS = (
    Reader("Hugging Face Papers", hfpapers.matches, hfpapers.read_hfpapers, key="huggingface", structured=False),
    Reader("BibTeX", bibtex.matches, bibtex.read_bibtex, key="bibtex"),
    Reader("RIS", ris.matches, ris.read_ris, key="ris"),
    Reader("PubMed nbib", nbib.matches, nbib.read_nbib, key="nbib"),
    Reader("EndNote XML", endnote_xml.matches, endnote_xml.read_endnote_xml, key="endnote-xml"),
    Reader("PubMed XML", pubmed_xml.matches, pubmed_xml.read_pubmed_xml, key="pubmed-xml"),
    Reader("PubMed text", pubmed_text.matches, pubmed_text.read_pubmed_text, key="pubmed-text"),
    Reader("NoteExpress and CNKI", labelled.matches, labelled.read_labelled, key="noteexpress"),
    Reader("EndNote tagged (.enw)", enw.matches, enw.read_enw, key="enw"),
    Reader("RefWorks tagged", refworks.matches, refworks.read_refworks, key="refworks"),
    Reader("Ovid text", ovid.matches, ovid.read_ovid, key="ovid"),
    Reader("Zotero RDF", zotero_rdf.matches, zotero_rdf.read_zotero_rdf, key="zotero-rdf"),
    Reader("DBLP and other XML of works", vocabularies.matches, vocabularies.read_vocabulary, key="xml"),
    Reader("OAI-PMH", oai.matches, oai.read_oai, key="oai"),
    Reader("MARCXML", marcxml.matches, marcxml.read_marcxml, key="marcxml"),
    Reader("Dublin Core", dublincore.matches, dublincore.read_dublin_core, key="dublin-core"),
    Reader("MODS", mods.matches, mods.read_mods, key="mods"),
    Reader(
        "YAML: CSL, or objects with a title",
        yamlitems.matches,
        yamlitems.read_yaml,
        key="yaml",
        read_mapped=yamlitems.read_mapped,
    ),
    Reader("page of a paper with front matter", frontmatter.matches, frontmatter.read_frontmatter, key="front-matter"),
    Reader(
        "TEI bibliography", tei_bibliography.matches, tei_bibliography.read_tei_bibliography, key="tei-bibliography"
    ),
    Reader("TEI of papers (GROBID)", paper_xml.matches_tei, paper_xml.read_tei, key="tei"),
    Reader("JATS", paper_xml.matches_jats, paper_xml.read_jats, key="jats"),
    Reader("Elsevier XML", elsevier.matches, elsevier.read_elsevier, key="elsevier"),
    Reader("parsed papers as JSON", paper_json.matches, paper_json.read_paper_json, key="paper-json"),
    Reader("page of a paper", paper_html.matches, paper_html.read_paper_html, key="paper-html"),
    Reader("text of one parsed paper", paper_text.matches, paper_text.read_paper_text, key="paper-text"),
    Reader("CSV", csvtable.matches, csvtable.read_csvtable, key="csv", read_mapped=csvtable.read_mapped),
    Reader("CSL-JSON, Zotero and Better BibTeX JSON", csljson.matches, csljson.read_csljson, key="csl-json"),
    Reader("OpenAlex", openalex.matches, openalex.read_openalex, key="openalex"),
    Reader("Semantic Scholar", semanticscholar.matches, semanticscholar.read_semanticscholar, key="semanticscholar"),
    Reader("Crossref", crossref.matches, crossref.read_crossref, key="crossref"),
    Reader("Hugging Face Papers JSON", hfjson.matches, hfjson.read_hfjson, key="huggingface-json"),
    Reader("arXiv Atom", arxiv_atom.matches, arxiv_atom.read_arxiv_atom, key="arxiv-atom"),
    Reader(
        "JSON objects with a title", objects.matches, objects.read_objects, key="json", read_mapped=objects.read_mapped
    ),
    Reader(
        "arXiv listing",
        arxiv_listing.matches,
        arxiv_listing.read_arxiv_listing,
        key="arxiv-listing",
        structured=False,
    ),
    Reader("list of papers with links", linklist.matches, linklist.read_linklist, key="links", structured=False),
    Reader("list of identifiers", idlist.matches, idlist.read_idlist, idlist.MOST, key="ids", structured=False),
)


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return the built-in readers, followed by those that installed packages register.

    A package registers a `Reader` as an entry point in the group "litbook.readers".
    """
    return (*READERS, *(point.load() for point in entry_points(group="litbook.readers")))


def find_reader(name: str) -> Reader | None:
    """Return the reader that a person asks for by name or key; None for an unknown name."""
    return next((reader for reader in all_readers() if name.strip().lower() in reader.names), None)


def known_formats() -> str:
    """Return the names of all supported formats, separated by commas."""
    return ", ".join(reader.name for reader in all_readers())


def known_keys() -> tuple[str, ...]:
    """Return the keys by which formats are asked for."""
    return tuple(reader.key or reader.name.lower() for reader in all_readers())
