"""BibTeX, RIS, CSL-JSON and plain references of papers; fields that are not known are absent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

import rispy

from litbook.model.review import Paper
from litbook.text.escape import clean
from litbook.text.person_names import split_name
from litbook.write.links import addresses

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "`": r"\textasciigrave{}",
}  # fmt: skip
_TEX_TABLE = {ord(mark): command for mark, command in _TEX.items()}
_JOURNAL = re.compile(
    r"\b(journal|transactions|trans\.|foundations and trends|tmlr|jmlr|tacl|nature|science|plos|pnas|reviews?|"
    r"letters|surveys)\b",
    re.IGNORECASE,
)
_PROCEEDINGS = re.compile(
    r"\b(proceedings|conference|acm mm|workshops?|symposium|findings|aaai|aistats|acl|blackboxnlp|bmvc|chi|coling|"
    r"collas|colm|conll|corl|cvpr|eacl|eccv|emnlp|iccv|iclr|icml|icra|ijcai|ijcnn|iros|iwcs|kdd|lrec|naacl|neurips|"
    r"nips|nodalida|recsys|sigir|sigmod|siggraph|uai|wacv|www)\b",
    re.IGNORECASE,
)


def entry_type(paper: Paper) -> str:
    """Return `article`, `inproceedings` or `misc`, as the name of the venue tells."""
    if paper.venue and _JOURNAL.search(paper.venue):
        return "article"
    if paper.venue and _PROCEEDINGS.search(paper.venue):
        return "inproceedings"
    return "misc"


def issued(paper: Paper) -> int | None:
    """Return the year in which the venue published the paper, or else that of its first version."""
    return paper.venue_year or paper.year


def render_bibtex(paper: Paper) -> str:
    """Return a BibTeX entry; text is UTF-8 with TeX's special characters written as commands."""
    kind = entry_type(paper)
    year = issued(paper)
    links = paper.links
    fields = {
        "title": f"{{{tex(paper.title.plain)}}}",
        "author": " and ".join(_bibtex_name(author) for author in _authors(paper)),
        "year": str(year) if year else "",
        {"article": "journal", "inproceedings": "booktitle", "misc": "howpublished"}[kind]: tex(paper.venue or ""),
        "doi": verbatim(links.get("doi", "")),
        "eprint": verbatim(links.get("arxiv", "")),
        "archiveprefix": "arXiv" if "arxiv" in links else "",
        "url": verbatim(best_address(paper)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{paper.citekey},", *lines, "}"])


def tex(text: str) -> str:
    """Return text for a BibTeX value, its special characters as commands."""
    return clean(text).translate(_TEX_TABLE)


def verbatim(text: str) -> str:
    """Leave out what would end a field whose value BibTeX takes as it is."""
    return re.sub(r"[{}\\\s]", "", clean(text))


def _authors(paper: Paper) -> list[str]:
    """Return the authors whose names hold more than blanks."""
    return [author for author in paper.authors if split_name(clean(author)).family]


def _bibtex_name(author: str) -> str:
    """Return "von Last, First", which no BibTeX style can misread.

    A name of one word stands in braces, and so does one with the word "and", which would part it in two.
    """
    name = split_name(clean(author))
    if re.search(r"\sand\s", f" {author} ", re.IGNORECASE):
        return f"{{{tex(author)}}}"
    return f"{tex(name.family)}, {tex(name.given)}" if name.given else f"{{{tex(name.family)}}}"


def best_address(paper: Paper) -> str:
    """Return the address that leads to the work itself, or else to its project, or nothing."""
    found = addresses(paper.links)
    return next((found[name] for name in ("doi", "acl", "arxiv", "openreview", "project") if name in found), "")


def render_references(papers: Iterable[Paper]) -> str:
    """Return the whole bibliography as a .bib file."""
    return "".join(f"{render_bibtex(paper)}\n\n" for paper in papers)


_RIS_TYPES = {"article": "JOUR", "inproceedings": "CONF", "misc": "GEN"}


def render_ris(papers: Sequence[Paper], abstracts: bool = True) -> str:
    """Return the whole bibliography as a .ris file, with abstracts or without them."""
    return f"{rispy.dumps([_ris_entry(paper, abstracts) for paper in papers])}\n" if papers else ""


def _ris_entry(paper: Paper, abstract: bool) -> dict[str, object]:
    year = issued(paper)
    fields: dict[str, object] = {
        "type_of_reference": _RIS_TYPES[entry_type(paper)],
        "id": paper.citekey,
        "title": clean(paper.title.plain),
        "authors": [_ris_name(author) for author in _authors(paper)],
        "year": str(year) if year else "",
        "secondary_title": clean(paper.venue or ""),
        "abstract": clean(paper.abstract.plain) if abstract else "",
        "doi": clean(paper.links.get("doi", "")),
        "urls": [address] if (address := best_address(paper)) else [],
    }
    return {name: value for name, value in fields.items() if value}


def _ris_name(author: str) -> str:
    name = split_name(clean(author))
    return f"{name.family}, {name.given}" if name.given else name.family


_CSL_TYPES = {"article": "article-journal", "inproceedings": "paper-conference", "misc": "article"}


def render_csl(papers: Iterable[Paper]) -> str:
    """Return the whole bibliography as CSL-JSON."""
    return json.dumps([_csl_item(paper) for paper in papers], ensure_ascii=False, indent=1) + "\n"


def _csl_item(paper: Paper) -> dict[str, object]:
    year = issued(paper)
    item: dict[str, object] = {
        "id": paper.citekey,
        "type": _CSL_TYPES[entry_type(paper)],
        "title": paper.title.plain,
        "author": [_csl_name(author) for author in _authors(paper)],
        "issued": {"date-parts": [[year]]} if year else None,
        "container-title": paper.venue,
        "DOI": paper.links.get("doi"),
        "URL": best_address(paper),
        "abstract": paper.abstract.plain,
    }
    return {name: value for name, value in item.items() if value}


def cite_in_ris(paper: Paper) -> str:
    """Return the RIS of one paper, without the abstract."""
    _number_in_the_list, _, entry = render_ris([paper], abstracts=False).partition("\n")
    return entry.strip("\n")


def cite_in_csl(paper: Paper) -> str:
    """Return the CSL-JSON of one paper, without the abstract: a list of one item, each field on a line of its own."""
    item = {name: clean(value) if isinstance(value, str) else value for name, value in _csl_item(paper).items()}
    item.pop("abstract", None)
    fields = [
        json.dumps({name: value}, ensure_ascii=False, separators=(",", ":"))[1:-1] for name, value in item.items()
    ]
    return "[{" + ",\n  ".join(fields) + "}]"


def cite_in_words(paper: Paper) -> str:
    """Return a paper's reference on one line: authors, year, title, venue, identifiers and an address."""
    year = issued(paper)
    who = ", ".join(clean(author) for author in _authors(paper))
    address = best_address(paper)
    arxiv = paper.links.get("arxiv", "")
    known = [
        " ".join(filter(None, [who, f"({year})" if year else ""])),
        clean(paper.title.plain) or paper.citekey,
        clean(paper.venue or ""),
        f"arXiv:{clean(arxiv)}" if arxiv and arxiv not in address else "",
    ]
    return " ".join([*map(end_sentence, filter(None, known)), *([clean(address)] if address else [])])


def end_sentence(text: str) -> str:
    """Return a text with a full stop behind it, unless it ends with such a mark."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _csl_name(author: str) -> dict[str, str]:
    name = split_name(clean(author))
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}
