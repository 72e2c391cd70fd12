"""What the browser knows of all papers, and whether it finds them in a reader's library. All texts are invented."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anyascii import anyascii
from invented import CRAFTS, make_corpus_of, make_paper

from litbook.core.project import Project
from litbook.ingest.sources import read_source
from litbook.model.review import Corpus, Paper
from litbook.model.site import identify_review
from litbook.pipeline import make_corpus
from litbook.site.search.index.identify import make_identify_part
from litbook.site.search.index.parts import render_part
from litbook.write.bibliography import render_csl, render_references, render_ris
from litbook.write.labels import make_label

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "scripts/litbook/site/library/assets"
# What a title may be made of; BibTeX, RIS and JSON each write it in their own way.
HOSTILE = [
    "Owls & <b>voles</b>: 100% $k$-NN {with} C# ~ and under_scores ^2",
    "\\textbf{Backslashes} \\ and \\'accents\\` of \\alpha and }unbalanced{ braces",
    "Ünïcödé — ﬁne ligatures, Straße, Øre, Łódź and Ångström",
    "学習する梟の研究について",
    "Αλφα and ΑΛΦΑΣ of the greek owls Σ",
    "@article{not, an = {entry}} # % comment",
    "</script><script>hurt()</script> “quoted” 'owls' \"here\"",
    "e\u0301tude of combining marks \u202e and \u2028 odd spaces\u00a0here",
    "TY  - JOUR of hedgehogs ER  -",
    "1",
]


VOLES = "10.18653/v1/2023.emnlp-main.9999"
READ_ALL = """() => {
  globalThis.readAll = (text) => {
    const plain = litbookLibrary.decode(new TextEncoder().encode(text));
    return [...litbookLibrary.findReader(plain)(plain)];
  };
  globalThis.matchAll = (papers, text) => {
    const match = litbookLibrary.makeMatcher(papers);
    return readAll(text).map(({ entry }) => match(entry));
  };
  globalThis.countAll = (text) => {
    try {
      return (litbookLibrary.findReader(text) ? readAll(text) : []).length;
    } catch (error) {
      return error.name;
    }
  };
}"""


@pytest.fixture(scope="module")
def library(browser: Browser) -> Iterator[Page]:
    """Return a page with the scripts that read libraries and files of marks."""
    page = browser.new_page()
    for name in ("library", "formats"):
        page.add_script_tag(path=STATIC / f"litbook-yours-{name}.js")
    page.evaluate(READ_ALL)
    yield page
    page.close()


def read(library: Page, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = library.evaluate("(text) => readAll(text)", text)
    return found


def match(library: Page, papers: list[dict[str, Any]], text: str) -> list[int]:
    """Return for each entry of a library the number of the paper that it is, or -1."""
    found: list[int] = library.evaluate("([papers, text]) => matchAll(papers, text)", [papers, text])
    return found


def as_browser_has_them(corpus: Corpus, identified: bool = True) -> list[dict[str, Any]]:
    part = make_identify_part(corpus)
    columns = (part["titles"], part["by"], part["years"], part["dois"].split(" "), part["arxiv"].split(" "))
    rows = zip(*columns, strict=True)
    return [
        {
            "title": title,
            "by": by,
            "year": year,
            "doi": (identified and doi) or "",
            "arxiv": (identified and arxiv) or "",
        }
        for title, by, year, doi, arxiv in rows
    ]


def make_hostile() -> Corpus:
    return make_corpus_of([make_paper(f"hostile{number}", title) for number, title in enumerate(HOSTILE)])


def all_formats(papers: Sequence[Paper]) -> dict[str, str]:
    return {"bib": render_references(papers), "ris": render_ris(papers), "json": render_csl(papers)}


# --- What is written ---


def test_the_part_tells_what_identifies_and_names_each_paper() -> None:
    papers = [
        make_paper("vole2020", "Voles", authors=("Ana de la Cruz", "Bo Li"), year=2020, links={"doi": "10.9/A b"}),
        make_paper("owl", "", authors=("A B", "C D", "E F"), links={"arxiv": "2401.01234v3", "code": "x"}),
    ]
    part = make_identify_part(make_corpus_of(papers))
    assert part["keys"] == "owl vole2020"
    assert part["titles"] == ["owl", "Voles"]
    assert part["by"] == ["B et al.", "de la Cruz and Li"]
    assert part["years"] == [0, 2020]
    assert part["dois"].split(" ") == ["", "10.9/ab"]
    assert part["arxiv"].split(" ") == ["2401.01234", ""]
    assert [part["themes"][number][0] for number in part["placed"]] == [CRAFTS.slug] * 2


def test_a_paper_without_authors_has_an_empty_label() -> None:
    assert [make_label(make_paper("a", "A", authors=names)).short for names in ((), (" ",), ("Plato",))] == [
        "",
        "",
        "Plato",
    ]


@pytest.mark.slow
def test_ten_thousand_papers_fit_into_what_a_page_may_load() -> None:
    corpus, *_ = make_corpus(Project(ROOT))
    bytes_each = len(render_part(make_identify_part(corpus)).encode()) / len(corpus.papers)
    assert bytes_each * 10_000 < 1_500_000


def test_the_name_of_a_review_stays_when_papers_come() -> None:
    first = {"vole2020": "2024-01-02", "owl": "2024-01-03"}
    name = identify_review(first)
    assert name == identify_review({"aardvark": "2024-01-03", "new": "2025-01-01", **first})
    assert name != identify_review({"other2020": "2024-01-02"})
    assert identify_review({}).startswith("1970-01-01:")


# --- What litbook and the browser both read ---

CASES = json.loads((ROOT / "tests/support/library-cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("written", "doi"), CASES["dois"])
def test_a_doi_in_any_form_is_the_one_that_the_browser_reads(written: str, doi: str) -> None:
    reading = read_source("x.bib", f"@misc{{k, title={{Kelp}}, doi={{{written}}}}}".encode())
    assert reading is not None
    assert reading.records[0].links.get("doi", "").lower() == doi


@pytest.mark.parametrize(("written", "family"), CASES["families"])
def test_the_family_name_of_an_author_is_the_one_that_the_browser_reads(written: str, family: str) -> None:
    reading = read_source("x.bib", f"@misc{{k, title={{Kelp}}, author={{{written}}}}}".encode())
    assert reading is not None
    (name,) = reading.records[0].reference.names["author"]
    assert re.sub(r"[^a-z]", "", anyascii(name.core).lower()) == family


# --- What is found again ---


@pytest.mark.parametrize("format", ["bib", "ris", "json"])
def test_hostile_titles_are_found_again_in_every_format(library: Page, format: str) -> None:
    corpus = make_hostile()
    text = all_formats(corpus.papers)[format]
    assert match(library, as_browser_has_them(corpus), text) == list(range(len(HOSTILE)))


@pytest.mark.parametrize("format", ["bib", "ris", "json"])
@pytest.mark.parametrize("identified", [True, False], ids=["identifiers", "titles"])
def test_the_review_knows_all_of_its_own_bibliography(library: Page, format: str, identified: bool) -> None:
    corpus, *_ = make_corpus(Project(ROOT))
    text = all_formats(corpus.papers)[format]
    found = match(library, as_browser_has_them(corpus, identified), text)
    assert found == list(range(len(corpus.papers)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("zotero.bib", [(VOLES, "", "okafor", 2023), ("", "2401.99999", "lindqvist", 2024)]),
        ("betterbibtex.bib", [("10.9999/jiz_2022.17", "2203.98765", "haddad", 2022), ("", "2405.11111", "ito", 2024)]),
        ("mendeley.bib", [("10.9999/frogs", "1807.12345", "silva", 2018)]),
        ("scholar.bib", [("", "2012.54321", "okafor", 2020), ("", "", "ito", 2021)]),
        ("zotero.ris", [(VOLES, "", "okafor", 2023), ("", "2401.99999", "lindqvist", 2024)]),
        ("scopus.ris", [("10.9999/jiz.2020.407", "", "okafor", 2020)]),
        ("mendeley.ris", [("10.9999/frogs", "1807.12345", "silva", 2018)]),
        ("wos.ris", [("10.9999/vole.2020.1", "", "okafor", 2020)]),
        ("betterbibtex.json", [("10.5555/jio.2021.0042", "", "vanderveer", 2021), ("", "2310.99901", "tamm", 2023)]),
        ("better-csl.json", [("10.5555/jio.2021.0042", "", "veer", 2021), ("", "", "tamm", 2023), ("", "", "", 2019)]),
    ],
)  # fmt: skip
def test_exports_of_other_programs_are_read(
    library: Page, name: str, expected: list[tuple[str, str, str, int]]
) -> None:
    found = [entry["entry"] for entry in read(library, (ROOT / "tests/samples" / name).read_text("utf-8"))]
    assert [(entry["doi"], entry["arxiv"], entry["family"], entry["year"]) for entry in found] == expected
    assert all(entry["title"] for entry in found)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"{M{\"u}ller's \'etude of \c{c}a \v{S}koda \ss\ \o{} {\aa}}", "Müllers Étude of ça Škoda ß ø å"),
        (r'"Quoted {"}owls{"} of " # nowhere # " town"', "Quoted owls of Nowhere town"),
        (r"{The \emph{C\#} of $\alpha$-owls \& {\LaTeX}}", "The C# of α-owls"),
        ("{Owls <i>in vivo</i> &amp; out}", "Owls in vivo out"),
    ],
)
def test_titles_in_tex_are_read_as_far_as_comparing_needs(library: Page, written: str, title: str) -> None:
    text = (
        f"@string{{nowhere = {{Nowhere}}}}\n@comment{{no}}\n@misc{{a, title = {written}, author={{Ko, A}}, year=2020}}"
    )
    papers = [{"title": title, "by": "Ko", "year": 2020, "doi": "", "arxiv": ""}]
    assert match(library, papers, text) == [0]


@pytest.mark.parametrize(
    ("fields", "is_it"),
    [
        ("author = {Ko, A}, year = 1990", True),
        ("author = {Su, A}, year = 2021", True),  # the year a preprint came out
        ("author = {Su, A}, year = 1990", False),
        ("author = {Su, A}", False),
        ("", True),
        ("author = {Ko, A}, eprint = {2401.00001}", False),
        ("author = {Su, B}, eprint = {arXiv:2401.00002v7 [cs.CL]}", True),
        ("author = {Su, B}, note = {see https://arxiv.org/pdf/2401.00002v1.pdf}", True),
        (r"doi = {https://doi.org/10.9999/A\_B}", True),
        ("doi = {10.48550/arXiv.2401.00002}", True),
    ],
)
def test_a_short_title_alone_is_not_enough(library: Page, fields: str, is_it: bool) -> None:
    title = "Another one" if "doi" in fields else "Owls"
    papers = [{"title": "Owls", "by": "Ko and Li", "year": 2020, "doi": "10.9999/a_b", "arxiv": "2401.00002"}]
    assert match(library, papers, f"@misc{{k, title = {{{title}}}, {fields}}}") == [0 if is_it else -1]


def test_a_long_title_needs_no_author_but_no_other_author_of_another_time(library: Page) -> None:
    title = "A rather long title about owls in the winter forest"
    papers = [{"title": title, "by": "Ko", "year": 2020, "doi": "", "arxiv": ""}]
    entries = ["", "author={Su, B}, year=2020", "author={Su, B}, year=2011", "author={Ko, B}, year=2011"]
    text = "".join(f"@misc{{k{at}, title={{{title}}}, {fields}}}\n" for at, fields in enumerate(entries))
    assert match(library, papers, text) == [0, 0, -1, 0]


def test_a_broken_entry_is_reported_with_its_line_and_costs_no_other(library: Page) -> None:
    text = "@misc{a, title={One}}\n\n@misc{b,\n title={never { ends},\n}\n@misc{c, title={Three}}\n@misc{d,}\n"
    found = [(one["line"], (one.get("entry") or {}).get("title"), one["text"]) for one in read(library, text)]
    assert found == [
        (1, "One", "@misc{a, title={One}}"),
        (3, None, "@misc{b,"),
        (6, "Three", "@misc{c, title={Three}}"),
        (7, None, "@misc{d,}"),
    ]
    ris = "1.\nTI  - Lost\nER  - \nTY  - JOUR\nTI  - Long\n title\nER  - \nTY  - JOUR\nTI  - Open"
    entries = [(one["line"], (one.get("entry") or {}).get("title")) for one in read(library, ris)]
    assert entries == [(2, None), (4, "Long title"), (8, "Open")]


@pytest.mark.parametrize("name", ["zotero.bib", "scopus.ris", "jabref.bib", "zotero.csl.json"])
def test_damaged_files_are_read_to_their_end(library: Page, name: str) -> None:
    text = (ROOT / "tests/samples" / name).read_text("utf-8")
    chance = random.Random(name)
    for _ in range(40):
        start, length = chance.randrange(len(text)), chance.randrange(60)
        sign = chance.choice(["{", "}", '"', "@a{", "\n", "\\", "TY  - ", "=", "\x00"])
        found = library.evaluate("(text) => countAll(text)", text[:start] + sign + text[start + length :])
        assert found in range(20) or (found == "SyntaxError" and name.endswith("json"))


# --- Files of marks ---

NOTE = "One\n\n  two {braces} 100% \\ $x_1^2$ ~`#&\n> @misc{not, an={entry}}\n"
OTHER = "# <b>bold</b> & \\< &amp; ](x/book/papers/wrong.html) Marked: read\n\\newline{}"
MARKS = {
    "vole2020": {"state": "read", "starred": True, "note": NOTE},
    "owl2021": {"state": "to read", "starred": False, "note": ""},
    "mouse": {"state": "", "starred": False, "note": OTHER},
    "rat-1999": {"state": "", "starred": True, "note": ""},
}
ROUND_TRIP = """([marks, format]) => {
  const f = litbookYoursFormats, about = { review: "r", title: "A [review]", saved: "2024-05-06T07:08:09.000Z" };
  const entries = Object.entries(marks);
  const papers = entries.map(([key, entry]) => ({
    ...entry, key, title: "Title [of] ](x) " + key, authors: "A](book/papers/z.html), B", year: 2020,
    address: "https://x.example/r/book/papers/" + key + ".html",
  }));
  const write = {
    Json: () => f.writeJson(new Map(entries), about),
    Markdown: () => f.writeMarkdown(papers, about),
    Bibtex: () => papers.map((one) => f.writeBibtex("@misc{" + one.key + ",\\n  title = {{T}},\\n}", one)).join("\\n"),
  };
  const text = write[format]();
  const found = f.read(text.replaceAll("\\n", "\\r\\n"));
  return [text, Object.fromEntries(found.papers), f.plan(new Map(entries), found).changes.size];
}"""


@pytest.mark.parametrize("format", ["Json", "Markdown", "Bibtex"])
def test_what_is_exported_comes_back(library: Page, format: str) -> None:
    text, found, changes = library.evaluate(ROUND_TRIP, [MARKS, format])
    assert found == MARKS
    assert changes == 0
    assert format != "Markdown" or not re.search(r"(?<!\\)<b>", text)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"papers":[]}', '{"papers":{"a":7}}', "# Nothing", "@misc{a, title={x}}"]
)
def test_a_file_that_holds_no_marks_is_refused_in_words(library: Page, text: str) -> None:
    script = "(text) => { try { litbookYoursFormats.read(text); } catch (error) { return error.message; } }"
    assert library.evaluate(script, text).endswith(("found in this file.", "was not exported here."))


def plan(library: Page, mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    script = """([mine, theirs]) => {
      const found = litbookYoursFormats.read(theirs);
      const { changes, ...counts } = litbookYoursFormats.plan(new Map(Object.entries(mine)), found);
      return { ...counts, ...Object.fromEntries(changes) };
    }"""
    found: dict[str, Any] = library.evaluate(script, [mine, json.dumps({"papers": theirs})])
    return found


def test_an_import_loses_no_note_and_the_later_marks_win(library: Page) -> None:
    early, late = "2024-01-01T00:00:00.000Z", "2024-02-01T00:00:00.000Z"
    mine = {"state": "read", "note": "mine", "changed": early, "colour": "red"}
    merged = plan(library, {"a": mine}, {"a": {"state": "to read", "note": "theirs", "changed": late, "shape": 1}})
    assert merged["a"] == {
        **mine, "state": "to read", "starred": False, "note": "mine\n\ntheirs", "changed": late, "shape": 1
    }  # fmt: skip
    assert (merged["added"], merged["changed"], merged["same"]) == (0, 1, 0)
    other = {"state": "to read", "starred": True, "changed": early}
    earlier = plan(library, {"a": {**mine, "changed": late}}, {"a": other})
    assert (earlier["a"]["state"], earlier["a"]["starred"], earlier["a"]["note"]) == ("read", True, "mine")
    rubbish = {"state": "burnt", "starred": "yes", "note": 7}
    new = plan(library, {}, {"b": rubbish, "c": {"state": "read"}, "__proto__": {"starred": True}})
    assert new["added"] == 2
    assert new["c"]["state"] == "read"
    assert "b" not in new
