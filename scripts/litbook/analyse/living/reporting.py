"""Answer the reporting items of PRISMA 2020 and PRISMA-LSR from the records of a review.

An item whose answer is not in a record, and that no editor answered in `status.yml`, is "not recorded": nothing is
inferred. Names of items are short ones; what each asks for is in the statements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from litbook.analyse.living.due import describe_search
from litbook.model.living import ITEMS, NOT_RECORDED, Status
from litbook.model.pages import Page
from litbook.model.review import Corpus
from litbook.text.dates import say_date
from litbook.text.nouns import count_noun


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: what is reported, and where, as an address relative to the root of the site and a name.

    Both are empty where there is no such place; `says` is `NOT_RECORDED` where there is no answer.
    """

    item: str
    topic: str
    says: str
    address: str = ""
    place: str = ""


Found = tuple[str, str, str]  # what is reported, address and name of the place


def answer_items(corpus: Corpus, pages: Sequence[Page], status: Status) -> tuple[Answer, ...]:
    """Return the answers in the order of the items; an editor's own answer comes before what records say."""
    written = {item.item: item for item in status.reported}
    homes = _find_homes(pages)
    titles = {"index.html": "Front page"} | {_address_of(page): page.title for page in pages}
    answers = []
    for item, topic in ITEMS.items():
        says, address, place = _ANSWERS[item](corpus, status, homes) if item in _ANSWERS else ("", "", "")
        if item in written:
            own = written[item]
            says = " ".join(filter(None, (own.says, says)))
            address, place = (own.place, titles.get(own.place, own.place)) if own.place else (address, place)
        answers.append(Answer(item, topic, says or NOT_RECORDED, address, place))
    return tuple(answers)


def _find_homes(pages: Sequence[Page]) -> Mapping[str, tuple[str, str]]:
    """Return address and title of the first page with each directive."""
    homes: dict[str, tuple[str, str]] = {}
    for page in pages:
        for directive in page.directives:
            homes.setdefault(directive.name, (_address_of(page), page.title))
    return homes


def _address_of(page: Page) -> str:
    return f"book/{page.file.removesuffix('.md')}.html"


def _living_mode(_corpus: Corpus, status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    parts = [
        f"Mode: {status.mode}.",
        f"Schedule: {status.schedule}." if status.schedule else "",
        f"{describe_search(status, begins=True)}.",
        f"Next update due on {say_date(status.due)}." if status.due else "",
        f"Retirement: {status.retire}." if status.retire else "No plan for retirement is recorded.",
    ]
    return " ".join(filter(None, parts)), "", ""


def _rationale(_corpus: Corpus, status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    return (f"On the mode: {status.reason}" if status.reason else ""), "", ""


def _objectives(_corpus: Corpus, status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    return status.question, "", ""


def _eligibility(corpus: Corpus, _status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    ruled = sum(bool(theme.belongs or theme.scope) for theme in corpus.themes())
    says = f"Papers are grouped by {count_noun(ruled, 'theme')} with written rules." if ruled else ""
    return says, *homes.get("excluded", ("", ""))


def _sources(corpus: Corpus, status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    named = ", ".join(f"{name} ({number:,})" for name, number in corpus.flow.sources)
    says = f"{named}. {describe_search(status, begins=True)}." if named else ""
    return says, *homes.get("sources", ("", ""))


def _search(_corpus: Corpus, status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    return status.search, "", ""


def _selection(corpus: Corpus, _status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    flow = corpus.flow
    says = f"A person decided about {flow.screened:,} of {count_noun(flow.works, 'work')}."
    return says if flow.screened else "", *homes.get("flow", ("", ""))


def _collection(corpus: Corpus, _status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    looked_up = sum(paper.facts is not None for paper in corpus.papers)
    says = f"Values were looked up for {looked_up:,} of {count_noun(len(corpus.papers), 'paper')}, with their origins."
    return says if looked_up else "", "", ""


def _items(_corpus: Corpus, _status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    return "The fields of the catalogue of papers.", "data/papers.json", "Papers as data"


def _synthesis(corpus: Corpus, _status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    tied = sum(any(source.sentence for source in item.sources) for item in corpus.statements)
    says = f"{count_noun(tied, 'sentence')} of the text {'is' if tied == 1 else 'are'} tied to sentences of abstracts."
    return (says, "data/claims.json", "Claims as data") if tied else ("", "", "")


def _certainty(corpus: Corpus, _status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    return (
        (f"{count_noun(len(corpus.grades), 'grade')} given by editors, with reasons." if corpus.grades else ""),
        "",
        "",
    )


def _flow(corpus: Corpus, _status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    flow = corpus.flow
    found = f"{count_noun(flow.identified, 'record')}, {count_noun(flow.works, 'work')}"
    says = f"{found}, {flow.left:,} excluded, {flow.included:,} included."
    return says if flow.identified else "", *homes.get("flow", ("", ""))


def _characteristics(corpus: Corpus, _status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    return f"A page for each of {count_noun(len(corpus.papers), 'paper')}.", "all-papers.html", "All papers"


def _results(corpus: Corpus, _status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    number = sum(len(stated.findings) for stated in corpus.stated.values())
    says = f"{count_noun(number, 'number')} that abstracts state as results, each with its sentence." if number else ""
    return says, *homes.get("evidence-table", ("", ""))


def _syntheses(corpus: Corpus, _status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    number = len(corpus.editorial.tensions)
    says = f"{count_noun(len(corpus.themes()), 'chapter')}"
    says += f", and {count_noun(number, 'disagreement')} between papers" if number else ""
    return f"{says}.", *homes.get("tensions", ("", ""))


def _changed_results(corpus: Corpus, _status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    days = corpus.history.days
    says = (
        f"Changes on {count_noun(len(days), 'day')} are listed, the last on {say_date(days[0].date)}." if days else ""
    )
    return says, *homes.get("changes", ("", ""))


def _roles(_corpus: Corpus, status: Status, _homes: Mapping[str, tuple[str, str]]) -> Found:
    return (f"Updated by {', '.join(status.who)}." if status.who else ""), "", ""


def _availability(_corpus: Corpus, _status: Status, homes: Mapping[str, tuple[str, str]]) -> Found:
    says = "References, the catalogue of papers, and each sentence with its sources."
    return says, "data/claims.json", "Claims as data"


_ANSWERS: Mapping[str, Callable[[Corpus, Status, Mapping[str, tuple[str, str]]], Found]] = {
    "3": _rationale, "4": _objectives, "L1": _living_mode, "5": _eligibility, "6": _sources, "7": _search,
    "8": _selection, "9": _collection, "10": _items, "13": _synthesis, "15": _certainty, "16": _flow,
    "17": _characteristics, "19": _results, "20": _syntheses, "22": _certainty, "L3": _changed_results,
    "L4": _roles, "27": _availability,
}  # fmt: skip
