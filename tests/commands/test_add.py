"""`litbook add` adds sources and reports what is new; `litbook show` prints everything known about a paper.

All papers here are invented.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invented import SOUND, json_lines, put, read_tree
from nothing_lost import FORMATS, Work, dying_after

from litbook.__main__ import main
from litbook.commands.added_sources import IDENTIFIERS, add_sources
from litbook.core.project import Project
from litbook.ingest.formats.readers import READERS
from litbook.pipeline import gather

SOURCES = "book/corpus/sources/"
LEDGER = "book/corpus/ledger.jsonl"
ORDER = "book/corpus/sources.csv"
BIB = """\
@article{seahats,
  title    = {Sea Hats},
  author   = {Invented, Ada and Nobody, Cy},
  abstract = {We fold hats from the sea.},
  year     = {2031}, month = mar, volume = {7}, number = {3}, pages = {1--9},
  journal  = {Journal of Hats}, issn = {1234-5679}, publisher = {Nowhere Press},
  keywords = {hats, sea}, note = {A note of mine}, annote = {Read twice},
  doi      = {10.5555/hats.7}, url = {https://example.org/hats}, file = {:hats.pdf:PDF},
  language = {en}, mycustomfield = {kept as well},
}
"""
RIS = """\
TY  - JOUR
TI  - Sea hats
AU  - Invented, A.
PY  - 2030
DO  - 10.5555/HATS.7
KW  - folding
KW  - weather
N1  - From another database
CY  - Nowhere-on-Sea
ER  -
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "review/book")
    return tmp_path / "review"


def run(command: str, root: Path, *items: Path | str) -> Result:
    return CliRunner().invoke(main, [command, "--root", str(root), *map(str, items)])


def lay(root: Path, name: str, content: str | bytes) -> Path:
    """Put an export beside the review."""
    put(root.parent, {name: content})
    return root.parent / name


# -- files ----------------------------------------------------------------------------------------------------------


def test_it_reports_what_was_read_what_is_new_and_what_was_known(root: Path) -> None:
    known = "@misc{x, title = {A survey of {Mountain} folds}}\n"
    export = lay(root, "my.bib", BIB + known)
    result = run("add", root, export)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:2] == [
        "2 entries read: 1 new paper, 1 already in the review.",
        "1 paper new: invented2031sea",
    ]
    assert "1 record joined to another record of the same work: 1 by title." in result.stdout
    assert (root / SOURCES / "my.bib").read_bytes() == export.read_bytes()


def test_what_is_not_understood_is_reported_and_the_rest_is_read(root: Path) -> None:
    export = lay(
        root, "my.bib", BIB + "\n@article{bad,\n  title = {Never Closed,\n  year = 2030\n}\n\n" + BIB.replace("S", "B")
    )
    result = run("add", root, export)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 entries read: ")
    place, message = result.stderr.rstrip("\n").split(": ", 1)
    assert place == f"{SOURCES}my.bib:{BIB.count(chr(10)) + 2}"
    assert "the entry 'bad' has no closing brace" in message


def test_only_sources_their_order_and_ledger_change(root: Path) -> None:
    before = read_tree(root)
    run("add", root, lay(root, "my.bib", BIB))
    after = read_tree(root)
    assert after.keys() - before.keys() == {f"{SOURCES}my.bib", ORDER}
    assert {name for name in before if after[name] != before[name]} == {LEDGER}


def test_adding_the_same_file_again_changes_nothing(root: Path) -> None:
    export = lay(root, "my.bib", BIB)
    run("add", root, export)
    before = read_tree(root)
    again = run("add", root, export, lay(root, "a-copy.bib", BIB))
    assert again.stdout == "1 entry read: 0 new papers, 1 already in the review.\n"
    assert read_tree(root) == before


def test_another_export_with_the_same_name_gets_a_number(root: Path) -> None:
    run(
        "add", root, lay(root, "my.bib", BIB), lay(root, "other/my.bib", RIS), lay(root, "more/.my.bib", "1706.03762\n")
    )
    assert {path.name: path.read_text("utf-8") for path in (root / SOURCES).glob("my*")} == {
        "my.bib": BIB,
        "my-2.bib": RIS,
        "my-3.bib": "1706.03762\n",
    }


REFUSED = [
    ("x.bib", "neither a paper nor any known format", "x.bib: unknown format; supported: "),
    ("x.xlsx", b"PK\x03\x04\xff\xfe\x00", "x.xlsx: an Excel workbook: the workbook is damaged; save it as CSV"),
    ("x.pdf", b"%PDF-1.7\n%\xe2\xe3", "x.pdf: a PDF without an identifier on its first page; parse it with GROBID"),
    ("x.ris", "", "x.ris: an empty file; check that the export is complete"),
    ("x.csv", "Key,paper_id\nA,1\nB,2\n", "x.csv: a table without a column of titles; its columns are Key, paper_id"),
    ("x.bib", "\n@book{a, title = {Cut", "x.bib:2: the entry 'a' has no closing brace"),
    ("x.bib", "@string{a = {b}}", "x.bib: no papers in this file; check that the export is complete"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "content", "message"), REFUSED)
def test_a_file_without_a_paper_is_refused_by_what_it_is(
    name: str, content: str | bytes, message: str, root: Path
) -> None:
    bad = lay(root, name, content)
    before = read_tree(root)
    result = run("add", root, bad)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"1 fault found; nothing was written:\n  {root.parent}/{message}")
    assert read_tree(root) == before


@pytest.mark.parametrize(("name", "content", "message"), REFUSED)
def test_of_several_files_those_that_can_be_read_are_added_and_the_others_named(
    name: str, content: str | bytes, message: str, root: Path
) -> None:
    result = run("add", root, lay(root, "good.bib", BIB), lay(root, name, content), "2310.16828")
    assert result.exit_code == 1
    assert result.stdout.startswith("2 entries read: ")
    assert result.stderr.startswith(f"1 file not read:\n  {root.parent}/{message}")
    assert sorted(path.name for path in (root / SOURCES).iterdir() if path.suffix == ".bib") == ["good.bib"]


def test_an_invalid_identifier_stops_the_command_before_anything_is_added(root: Path) -> None:
    before = read_tree(root)
    assert run("add", root, lay(root, "good.bib", BIB), "no-such-file.bib").exit_code == 1
    assert read_tree(root) == before


def test_a_folder_is_added_with_its_files_under_its_name(root: Path) -> None:
    put(root.parent, {"exports/a.bib": BIB, "exports/more/b.ris": RIS, "exports/.hidden.bib": BIB})
    assert run("add", root, str(root.parent / "exports")).exit_code == 0
    added = root / SOURCES / "exports"
    assert {path.relative_to(added).as_posix() for path in added.rglob("*.*")} == {"a.bib", "more/b.ris"}


def test_columns_and_format_that_a_person_names_are_kept_for_every_build(root: Path) -> None:
    table = lay(root, "x.csv", "Bezeichnung,Jahr\nThe Songs of Newts,2031\nThe Dances of Newts,2032\n")
    assert run("add", root, table).exit_code == 1
    result = run("add", root, "--map", "title=Bezeichnung", table)
    assert result.stdout.startswith("2 entries read: 2 new papers")
    kept = (root / "book/corpus/formats.csv").read_text("utf-8")
    assert kept == "source,format,columns\nx.csv,,title=Bezeichnung\n"
    assert "The Songs of Newts" in run("show", root, "2031songsnewts").output


def test_a_role_or_format_that_does_not_exist_is_refused(root: Path) -> None:
    table = lay(root, "x.csv", "Name,Jahr\nThe Songs of Newts,2031\n")
    assert "--map titel=Name: invalid; write a role" in run("add", root, "--map", "titel=Name", table).stderr
    assert "unknown format 'bibtx'; did you mean 'bibtex'?" in run("add", root, "--as", "bibtx", table).stderr


def test_an_unknown_format_is_refused_with_a_list_of_all_formats(root: Path) -> None:
    output = run("add", root, lay(root, "x.bib", "nothing")).stderr
    assert [reader.name for reader in READERS if reader.name not in output] == []


def test_other_faults_do_not_stop_it_and_a_damaged_ledger_is_left_alone(root: Path) -> None:
    put(root, {"book/corpus/themes.yml": "- [", "book/corpus/decisions.csv": "no,columns\n", LEDGER: "{cut sho"})
    result = run("add", root, lay(root, "my.bib", BIB))
    assert result.stdout.startswith("1 entry read: 1 new paper, 0 already in the review.\n")
    assert (root / LEDGER).read_text("utf-8") == "{cut sho"


def test_a_printed_citekey_does_not_change_when_more_is_added(root: Path) -> None:
    """Two papers that would share a citekey if added together get different ones."""
    entry = "@misc{{x, title = {{Sea {0}}}, author = {{Invented, Ada}}, year = 2031, abstract = {{About {0}.}}}}\n"
    first = run("add", root, lay(root, "one.bib", entry.format("Zebras"))).stdout.split()[-1]
    second = run("add", root, lay(root, "two.bib", entry.format("Ants"))).stdout.split()[-1]
    titles = {paper.citekey: paper.title.plain for paper in gather(Project(root)).papers}
    assert (titles[first], titles[second]) == ("Sea Zebras", "Sea Ants")


@pytest.mark.parametrize("moment", range(4))
def test_after_a_kill_the_same_command_completes_the_work(moment: int, root: Path) -> None:
    export = lay(root, "my.bib", BIB)
    before = read_tree(root)
    with dying_after(root, moment):
        add_sources(Project(root), [str(export)])
    found = {name: content for name, content in read_tree(root).items() if not name.endswith(".draft")}
    assert found in (before, before | {f"{SOURCES}my.bib": BIB.encode()})
    add_sources(Project(root), [str(export)])
    assert (root / SOURCES / "my.bib").read_text("utf-8") == BIB
    assert "invented2031sea" in (root / LEDGER).read_text("utf-8")


# -- identifiers ----------------------------------------------------------------------------------------------------


def test_identifiers_are_appended_to_a_list_and_only_they_are_reported(root: Path) -> None:
    first = run("add", root, "3102.00011", "https://doi.org/10.5555/hats.7")
    assert first.stdout.startswith("2 entries read: 2 new papers, 0 already in the review.\n")
    second = run("add", root, "3102.00012", "3102.00011")
    assert second.stdout.startswith("2 entries read: 1 new paper, 1 already in the review.\n")
    assert (root / SOURCES / IDENTIFIERS).read_text("utf-8").split() == [
        "3102.00011",
        "https://doi.org/10.5555/hats.7",
        "3102.00012",
    ]


def test_papers_known_only_by_identifier_keep_their_citekeys(root: Path) -> None:
    output = run("add", root, "3102.00011", "10.5555/hats.7", "aB3dE5fG7h", "2031.hats-main.1").stdout
    assert "papers new: acl2031hatsmain1, arxiv310200011, doi105555hats7, openreviewab3de5fg7h\n" in output
    before = read_tree(root)
    assert (
        "4 already in the review."
        in run("add", root, "aB3dE5fG7h", "2031.hats-main.1", "3102.00011", "10.5555/hats.7").stdout
    )
    assert read_tree(root) == before


def test_an_identifier_in_a_source_belongs_to_a_known_paper(root: Path) -> None:
    run("add", root, lay(root, "my.bib", BIB))
    assert run("add", root, "10.5555/Hats.7").stdout == "1 entry read: 0 new papers, 1 already in the review.\n"


def test_a_hand_edited_list_keeps_its_bytes(root: Path) -> None:
    mine = b"# mine, caf\xe9\r\n3102.00001 # read\r\n\r\n3102.00009"
    put(root, {SOURCES + IDENTIFIERS: mine})
    run("add", root, "3102.00002")
    assert (root / SOURCES / IDENTIFIERS).read_bytes() == mine + b"\n3102.00002\n"
    before = read_tree(root)
    run("add", root, "3102.00002")
    assert read_tree(root) == before


@pytest.mark.parametrize("item", ["my-review.bib", "nothing", "a/b", "", "2310.16828 nonsense", "\udcff"])
def test_an_item_that_is_neither_file_nor_identifier_is_refused(
    item: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    put(root, {SOURCES + IDENTIFIERS: "3102.00001\n"})
    before = read_tree(root)
    result = run("add", root, "3102.00002", item)
    assert result.exit_code == 1
    assert "neither a file nor an identifier (arXiv" in result.stderr
    assert read_tree(root) == before


# -- show -----------------------------------------------------------------------------------------------------------


def test_every_value_of_every_record_is_shown_with_its_line(root: Path) -> None:
    put(root, {SOURCES + "a.bib": "\n\n" + BIB, SOURCES + "b.ris": RIS})
    lines = run("show", root, "invented2031sea").stdout.splitlines()
    assert lines[0] == "invented2031sea: Sea Hats"
    bib = [line for line in lines if line.endswith("  [a.bib:3]")]
    ris = [line for line in lines if line.endswith("  [b.ris:1]")]
    values = [value for part in re.findall(r"\{([^{}]*)\}", BIB) for value in [part.replace("--", "–")] if value]
    output = "\n".join(bib).replace("--", "–")
    names = {"Invented, Ada and Nobody, Cy": "Ada Invented; Cy Nobody"}
    assert [value for value in values if names.get(value, value) not in output] == []
    assert "mar" in output or "2031-03" in output
    for value in re.findall(r"(?m)^(?!TY|ER|AU)[A-Z]\w  - (.+)$", RIS):
        assert value.lower() in "\n".join(ris).lower()
    assert any("A. Invented" in line for line in ris)


def test_facts_decision_suggestion_and_ledger_are_shown_with_origins(root: Path) -> None:
    key = "invented2031cranefold"
    fact = {
        "title": "CraneFold: Folding Paper Cranes with Patient Robots",
        **{"authors": ["Ada Invented"], "year": 2031, "arxiv_id": "3102.00001", "venue": "Nowhere", "venue_year": 2032},
        **{"confidence": "exact", "sources": ["here", "there"], "notes": "in doubt", "abstract": "Looked up."},
        "code_url": "https://example.org/code",
    }
    row = f"{key},paper-folding,tide-gardens,method,include,It flies.,me,2031-05-01"
    decisions = f"citekey,theme,also,kind,status,reason,by,date\n{row}\n"
    put(root, {"book/corpus/facts.jsonl": "\n" + json_lines(fact), "book/corpus/decisions.csv": decisions})
    output = run("show", root, key).stdout
    wanted = ["authors: Ada Invented", "year: 2031", "venue: Nowhere", "venue_year: 2032", "arxiv: 3102.00001",
              "code: https://example.org/code", "confidence: exact", "origins: here; there", "notes: in doubt",
              "abstract: Looked up."]  # fmt: skip
    assert [line for line in wanted if f"  {line}  [facts.jsonl:2]\n" not in output] == []
    wanted = ["theme: paper-folding", "also: tide-gardens", "kind: method", "status: include", "reason: It flies.",
              "by: me", "date: 2031-05-01"]  # fmt: skip
    assert [line for line in wanted if f"  {line}  [decisions.csv:2]\n" not in output] == []
    assert re.search(r"  theme: \S+  \[suggested from the words\]\n", output)
    assert re.search(r"  first seen: \d{4}-\d\d-\d\d  \[ledger.jsonl\]\n", output)


def test_a_name_with_two_values_is_shown_twice(root: Path) -> None:
    put(root, {SOURCES + "a.csv": "title,authors,year,doi\nSea Boats,Ada Invented,2031,DOI: 10.5555/Boats\n"})
    output = run("show", root, "invented2031sea").stdout
    assert re.findall(r"^  doi: .*", output, re.MULTILINE) == [
        "  doi: 10.5555/Boats  [a.csv:2]",
        "  doi: DOI: 10.5555/Boats  [a.csv:2]",
    ]


def test_an_unknown_citekey_is_answered_with_the_most_similar(root: Path) -> None:
    result = run("show", root, "invented2031cranefolt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "unknown citekey 'invented2031cranefolt'; did you mean 'invented2031cranefold'?" in result.stderr


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_can_be_added_and_shown(form: str, root: Path) -> None:
    work = Work(1, "Sea Hats")
    result = run("add", root, lay(root, f"export.{form}", FORMATS[form]([work])))
    key = result.stdout.split()[-1]
    output = run("show", root, key).stdout
    assert f"  title: Sea Hats  [export.{form}:" in output
    assert f"  abstract: {work.abstract}  [export.{form}:" in output
