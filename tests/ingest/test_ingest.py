"""What people and look-ups put in: sources, facts, themes, decisions, citations, and the message for each fault."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import CASES, CHROME, SOUND, json_lines, make_abstract, put, read_tree, write_page

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.ingest import ingest
from litbook.ingest.ledgers.decisions import COLUMNS, read_decisions
from litbook.ingest.ledgers.facts import read_facts, read_ledger
from litbook.ingest.ledgers.themes import read_themes
from litbook.ingest.pages import find_citations, gather_citations, make_page, read_pages
from litbook.ingest.sources import read_sources
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.review import Decision, Facts, LedgerEntry, Redirection

HEADER = ",".join(COLUMNS) + "\n"
SLUGS = ("paper-folding", "tide-gardens")


def lay_case(case: str, root: Path) -> Path:
    """Copy a case over the sound review in a new folder."""
    shutil.copytree(SOUND / "book", root / "book")
    if (CASES / case / "book").is_dir():
        shutil.copytree(CASES / case / "book", root / "book", dirs_exist_ok=True)
    if (CASES / case / "absent.txt").is_file():
        for name in (CASES / case / "absent.txt").read_text("utf-8").split():
            (root / name).unlink()
    return root


# -- every fault, with its place and a remedy -----------------------------------------------------------------------


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_a_case_gives_exactly_its_expected_messages(case: str, tmp_path: Path) -> None:
    root = lay_case(case, tmp_path)
    before = read_tree(root)
    expected = (CASES / case / "expected.txt").read_text("utf-8").splitlines()
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    if expected:
        number = f"{len(expected)} fault{'s' if len(expected) > 1 else ''}"
        head = f"{number} found; nothing was written:"
        assert result.stderr.splitlines() == [head, *(f"  {line}" for line in expected)]
        assert result.stdout == ""
        after = read_tree(root)  # a fault in prose is found only after the cache has been written
        assert {name: text for name, text in after.items() if not name.startswith(".litbook/")} == before
    assert result.exit_code == (1 if expected else 0), result.output


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir() and path != SOUND))
def test_every_expected_message_has_file_line_and_remedy(case: str) -> None:
    lines = (CASES / case / "expected.txt").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"book/\S+?(:[1-9]\d*)?: [^;]+; .+", line), line


def test_faults_are_sorted_by_place_and_listed_once() -> None:
    faults = [
        Fault("b.csv", 10, "x", "y"),
        Fault("b.csv", 9, "x", "y"),
        Fault("a.csv", 0, "x"),
        Fault("b.csv", 9, "x", "y"),
    ]
    error = CorpusError(iter(faults))
    expected = "3 faults found; nothing was written:\n  a.csv: x\n  b.csv:9: x; y\n  b.csv:10: x; y"
    assert str(error) == expected
    assert str(CorpusError([Fault("a.csv", 0, "x")])).startswith("1 fault found;")


def test_a_suggestion_is_made_only_for_a_similar_word() -> None:
    assert nearest("tide-garden", SLUGS) == "did you mean 'tide-gardens'?"
    assert nearest("zeppelins", SLUGS) == ""
    assert nearest("x", ()) == ""


# -- sources --------------------------------------------------------------------------------------------------------

WORKS = (("CraneFold: Folding Paper", make_abstract(1)), ("Kelp Beds That Learn", make_abstract(2)))


def test_sources_are_read_in_order_of_path_without_hidden_files(tmp_path: Path) -> None:
    page = write_page(WORKS)
    names = ("b.txt", "a/z.txt", ".hidden.txt", "a/.git/x.txt", "c.md")
    project = put(tmp_path, {f"book/corpus/sources/{name}": page for name in names})
    readings, faults = read_sources(project)
    assert ([reading.source for reading in readings], faults) == (["a/z.txt", "b.txt", "c.md"], [])
    assert {record.title for reading in readings for record in reading.records} == {title for title, _ in WORKS}


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_reading_reproduces_its_file_byte_for_byte(tmp_path: Path, ending: bytes, start: bytes) -> None:
    content = start + write_page(WORKS).encode().replace(b"\n", ending)
    (reading,), _ = read_sources(put(tmp_path, {"book/corpus/sources/a.txt": content}))
    assert reading.text().encode("utf-8") == content
    assert [(r.first_line, r.last_line, r.title, r.abstract) for r in reading.records] == [
        (3, 4, *WORKS[0]),
        (5, 6, *WORKS[1]),
    ]


def test_invalid_utf8_is_read_as_windows_1252_and_reported(tmp_path: Path) -> None:
    content = write_page(WORKS).encode() + b"Folding Caf\xe9 Napkins\nWe fold caf\xe9 napkins into invented boats.\n"
    (reading,), faults = read_sources(put(tmp_path, {"book/corpus/sources/a.txt": content}))
    assert reading.text() == content.decode("cp1252")
    assert (reading.records[-1].title, faults) == ("Folding Café Napkins", [])
    (remark,) = [piece for piece in reading.unread if not piece.understood]
    assert (remark.first_line, remark.raw) == (7, "")
    assert "here in 'Café'" in remark.reason


def test_a_format_is_recognised_by_content_not_by_file_name(tmp_path: Path) -> None:
    page = {"book/corpus/sources/no-suffix": write_page(WORKS), "book/corpus/sources/b.csv": CHROME}
    readings, faults = read_sources(put(tmp_path, page))
    assert ([len(reading.records) for reading in readings], faults) == ([0, 2], [])


# -- facts and ledger -----------------------------------------------------------------------------------------------


def test_facts_are_read_with_line_numbers_and_links_in_fixed_order(tmp_path: Path) -> None:
    first = {"title": "CraneFold", "authors": ["Ada Invented"], "year": 2031, "published": "2031-02", "venue": "V",
             "venue_year": 2032, "project_url": "https://example.org", "arxiv_id": "3102.00001", "doi": "10.1/x",
             "openreview_id": "o", "acl_id": "a", "code_url": "https://example.org/c", "confidence": "exact",
             "sources": ["here"], "notes": "a doubt", "url": "ignored"}  # fmt: skip
    text = json_lines(first) + "\n\n" + json_lines({"title": "Kelp", "year": None, "venue": ""})
    facts, faults = read_facts(put(tmp_path, {"book/corpus/facts.jsonl": text}))
    assert faults == []
    assert facts[0] == Facts(1, "CraneFold", ("Ada Invented",), 2031, "2031-02", "V", 2032, facts[0].links, "exact",
                             ("here",), "a doubt")  # fmt: skip
    assert list(facts[0].links) == ["arxiv", "doi", "openreview", "acl", "code", "project"]
    assert facts[1] == Facts(4, "Kelp")


def test_missing_facts_ledger_and_decisions_count_as_empty(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert (read_facts(project), read_ledger(project), read_decisions(project, SLUGS)) == (((), []),) * 3
    assert gather_citations(read_pages(project)) == {}


def test_a_ledger_entry_is_read_with_the_identifiers_it_has(tmp_path: Path) -> None:
    text = json_lines({"citekey": "k", "title": "T", "sketch": "-", "first_seen": "2031-05-01", "doi": "10.1/x"})
    entries, faults = read_ledger(put(tmp_path, {"book/corpus/ledger.jsonl": text}))
    assert (entries, faults) == ((LedgerEntry("k", "T", None, "10.1/x", "-", "2031-05-01"),), [])


# -- themes ---------------------------------------------------------------------------------------------------------


def test_themes_are_read_in_the_order_of_the_book() -> None:
    parts, faults = read_themes(Project(SOUND))
    assert faults == []
    assert [(part.title, [theme.slug for theme in part.themes]) for part in parts] == [
        ("Part I. Paper", ["paper-folding"]),
        ("Part II. Water", ["tide-gardens"]),
    ]
    folding = parts[0].themes[0]
    assert (folding.title, folding.belongs) == ("Folding paper", ("A sheet of paper is folded.",))
    assert folding.does_not_belong == (Redirection("The paper is eaten by the tide.", "tide-gardens"),)
    assert folding.phrases == ("paper crane", "mountain fold")


# -- decisions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_decisions_with_bom_quotes_and_multi_line_cells(tmp_path: Path, start: str, ending: str) -> None:
    rows = (
        'a2031,paper-folding,tide-gardens,method,include,"It folds,\n\nand ""it"" flies.",an editor,2031-05-01\n'
        "b2031,,,,,,,\n"
        '"c2031", tide-gardens ,,survey,exclude,é “ü”,,\n'
    )
    text = (start + HEADER + rows).replace("\n", ending)
    decisions, faults = read_decisions(put(tmp_path, {"book/corpus/decisions.csv": text}), SLUGS)
    assert faults == []
    reason = 'It folds,\n\nand "it" flies.'.replace("\n", ending)
    assert decisions == (
        Decision(
            2, "a2031", "paper-folding", ("tide-gardens",), "method", "include", reason, "an editor", "2031-05-01"
        ),
        Decision(5, "b2031", None),
        Decision(6, "c2031", "tide-gardens", (), "survey", "exclude", "é “ü”"),
    )


def test_columns_may_be_reordered_and_extended(tmp_path: Path) -> None:
    text = "note,date,by,reason,status,kind,also,theme,citekey\nn,2031-05-01,b,r,include,method,,tide-gardens,a2031\n"
    decisions, faults = read_decisions(put(tmp_path, {"book/corpus/decisions.csv": text}), SLUGS)
    assert (decisions, faults) == (
        (Decision(2, "a2031", "tide-gardens", (), "method", "include", "r", "b", "2031-05-01"),),
        [],
    )


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named_in_the_fault(tmp_path: Path, separator: str, name: str) -> None:
    text = HEADER.replace(",", separator) + separator.join(("a2031", *[""] * 7)) + "\n"
    _, (fault,) = read_decisions(put(tmp_path, {"book/corpus/decisions.csv": text}), SLUGS)
    assert fault.remedy == f"separate the cells with commas instead of {name}"


def test_faults_of_all_files_are_collected(tmp_path: Path) -> None:
    faults = ingest(Project(lay_case("everything-at-once", tmp_path))).faults
    assert {Path(fault.file).name for fault in faults} == {"decisions.csv", "facts.jsonl", "ledger.jsonl", "themes.yml"}


# -- citations ------------------------------------------------------------------------------------------------------


def cited(text: str) -> list[tuple[str, int]]:
    return [(citation.citekey, citation.line) for citation in find_citations(make_page(text, "chapters/x.md"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{cite}`a`", [("a", 1)]),
        ("{cite}`a,b , c`", [("a", 1), ("b", 1), ("c", 1)]),
        ("One\n\nTwo {cite}`a,\nb` and\n{cite}`c`", [("a", 3), ("b", 4), ("c", 5)]),  # over two lines
        ("{cite:t}`a` {cite:p}`b` {cite:year}`c`", [("a", 1), ("b", 1), ("c", 1)]),
        ("{cite:p}`{see}a{p. 7}`", [("a", 1)]),
        ("`` {cite}`a` ``", []),
        ("`{cite}` `b`", []),
        ("{doc}`a` {count}`papers`", []),
        ("```\n{cite}`a`\n```\n{cite}`b`", [("b", 4)]),
        ("~~~text\n{cite}`a`\n```\n{cite}`b`\n~~~\n{cite}`c`", [("c", 6)]),
        ("````\n```\n{cite}`a`\n```\n{cite}`b`\n````\n{cite}`c`", [("c", 7)]),  # a fence in a fence
        ("```{note}\n{cite}`a`\n```\n{cite}`b`", [("a", 2), ("b", 4)]),  # a directive is not code
        ("````{note}\n```\n{cite}`a`\n```\n{cite}`b`\n````\n{cite}`c`", [("b", 5), ("c", 7)]),
        ("````{note}\n```{tip}\n{cite}`a`\n```\n{cite}`b`\n````\n{cite}`c`", [("a", 3), ("b", 5), ("c", 7)]),
        ("```{code-cell} python\n{cite}`a`\n```\n{cite}`b`", [("b", 4)]),
        ("```{code-block} md\n{cite}`a`\n```\n{cite}`b`", [("b", 4)]),
        (":::{note}\n{cite}`a`\n:::\n{cite}`b`", [("a", 2), ("b", 4)]),
        ("::::{note}\n:::{tip}\n{cite}`a`\n```\n{cite}`b`\n```\n:::\n::::\n{cite}`c`", [("a", 3), ("c", 9)]),
        ("> ```\n> {cite}`a`\n> ```\n> {cite}`b`", [("b", 4)]),
        ("Ticks ``x` {cite}`a`", []),  # the third tick pairs with the one behind the role's name
        ("A lone ` tick\n\n{cite}`a` and another ` tick", [("a", 3)]),
        ("\r\n\r\n{cite}`a`\r\n", [("a", 3)]),
        ("- {cite}`a`\n  {cite}`b`", [("a", 1), ("b", 2)]),
        ("<!-- {cite}`a` -->\n% {cite}`b`\n{cite}`c`", [("c", 3)]),  # comments do not cite
        ("", []),
    ],
)
def test_citations_are_found_with_their_lines_except_in_code(text: str, found: list[tuple[str, int]]) -> None:
    assert cited(text) == found


def test_a_citation_carries_the_title_of_its_page() -> None:
    text = "---\nkey: value\n---\n\n```\n# In code\n```\n\n#   Folding {count}`papers` hats  \n\n{cite}`a`\n"
    (citation,) = find_citations(make_page(text, "chapters/hats.md"))
    assert (citation.title, citation.file, citation.line) == ("Folding papers hats", "chapters/hats.md", 11)
    (untitled,) = find_citations(make_page("{cite}`a`", "notes/a.md"))
    assert untitled.title == "notes/a.md"


def test_hand_written_pages_are_read_and_generated_ones_are_not(tmp_path: Path) -> None:
    pages = ("index", "chapters/deep/a", "about/b", "analysis/c", "notes/d", "papers/e", "data/f")
    found = gather_citations(read_pages(put(tmp_path, {f"book/{page}.md": "{cite}`key`" for page in pages})))
    files = ["index.md", "chapters/deep/a.md", "about/b.md", "analysis/c.md", "notes/d.md"]
    assert [citation.file for citation in found["key"]] == files
