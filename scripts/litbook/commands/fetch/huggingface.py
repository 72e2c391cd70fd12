"""Hugging Face Papers, https://huggingface.co/api/papers/<arXiv id>: it links code and project pages.

Its own client, `huggingface_hub`, is not used: it brings a dozen packages for what is one address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.service import Answer, Known, Service, make_answer
from litbook.commands.fetch.untrusted import (
    LONGEST_ABSTRACT,
    LONGEST_TITLE,
    dig,
    read_address,
    read_date,
    read_list,
    read_names,
    read_text,
)
from litbook.text.identifiers import read_identifier

_API = "https://huggingface.co/api/papers"


def _by_identifier(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    found = ((paper.citekey, _read_one(connection, paper.identifier("arxiv_id"))) for paper in papers)
    return {citekey: answer for citekey, answer in found if answer}


def _read_one(connection: Connection, name: str) -> Answer | None:
    value = connection.read_json(f"{_API}/{name}")
    if value is not None and not isinstance(value, dict):
        raise BrokenError("its answer is not a paper")
    return _read_paper(value)


def _by_title(connection: Connection, paper: Known) -> list[Answer]:
    value = connection.read_json(f"{_API}/search", {"q": paper.question()})
    if not isinstance(value, list):
        raise BrokenError("its answer is not a list of papers")
    return [answer for item in value if (answer := _read_paper(dig(item, "paper")))]


def _read_paper(paper: object) -> Answer | None:
    name = read_identifier("arxiv_id", dig(paper, "id"))
    if not name:
        return None
    published = read_date(dig(paper, "publishedAt"))
    authors = [author for author in read_list(dig(paper, "authors")) if dig(author, "hidden") is not True]
    values = {
        "abstract": read_text(dig(paper, "summary"), LONGEST_ABSTRACT),
        "authors": read_names(dig(author, "name") for author in authors),
        "year": int(published[:4]) if published else None,
        "published": published,
        "arxiv_id": name,
        "code_url": read_address(dig(paper, "githubRepo")),
        "project_url": read_address(dig(paper, "projectPage")),
    }
    title = read_text(dig(paper, "title"), LONGEST_TITLE)
    return make_answer("huggingface", f"https://huggingface.co/papers/{name}", [title], values)


HUGGINGFACE = Service(
    name="huggingface",
    interval=0.5,
    identifiers=("arxiv_id",),
    gives=frozenset(
        {"title", "abstract", "authors", "year", "published", "arxiv_id", "code_url", "project_url"},
    ),
    by_identifier=_by_identifier,
    by_title=_by_title,
)
