"""Bad input through the whole pipeline: one clear message with file, line and remedy, and the rest is read.

How each reader handles damage in its own format is tested with that reader. All papers here are invented.
"""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from effort import coming_to_an_end, count_calls
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import ROOT, SOUND, put, read_tree
from nothing_lost import FORMATS, Work

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.ingest.sources import read_source, read_sources
from litbook.pipeline import gather, prepare

SOURCES = "book/corpus/sources/"
LEDGER = "book/corpus/ledger.jsonl"
ORDER = "book/corpus/sources.csv"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "review/book")
    return tmp_path / "review"


def add(root: Path, name: str, content: str | bytes) -> Result:
    """Add an export, checking that nothing but it, the order of the sources and the ledger changes."""
    put(root.parent, {name: content})
    before = read_tree(root)
    result = CliRunner().invoke(main, ["add", "--root", str(root), str(root.parent / name)])
    after = {key: kept for key, kept in read_tree(root).items() if key not in (LEDGER, ORDER)}
    if result.exit_code == 0:
        whole = content.encode() if isinstance(content, str) else content
        assert after == {key: kept for key, kept in before.items() if key not in (LEDGER, ORDER)} | {
            SOURCES + name: whole
        }
    else:
        assert read_tree(root) == before
    return result


def messages(result: Result, name: str) -> list[tuple[int, str]]:
    """Return the line and text of every message about one export; each message takes one line."""
    found = [re.fullmatch(rf"{SOURCES}{re.escape(name)}:(\d+): (.+)", line) for line in result.stderr.splitlines()]
    assert None not in found, result.stderr
    return [(int(match[1]), match[2]) for match in found if match]


def read(result: Result) -> int:
    assert result.exit_code == 0, result.output
    return int(result.stdout.split()[0].replace(",", ""))


def make_works(number: int) -> list[Work]:
    return [Work(n, f"Thing Number {n}") for n in range(number)]


# -- damage in the middle -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_unclosed_brace_costs_only_its_own_entry(root: Path) -> None:
    entries = FORMATS["bib"](make_works(2000)).split("\n\n")
    line = 1 + sum(entry.count("\n") + 2 for entry in entries[:700])
    entries[700] = entries[700].replace("Number 700}", "Number 700")
    result = add(root, "my.bib", "\n\n".join(entries))
    ((place, message),) = messages(result, "my.bib")
    assert (read(result), place) == (1999, line)
    assert message == "the entry 'key700' has no closing brace or quote for its field 'title'; add it"


def test_two_entries_with_one_key_are_both_read_and_reported(root: Path) -> None:
    one, other = (FORMATS["bib"]([Work(n, f"Thing {n}")]).replace(f"key{n}", "same") for n in range(2))
    result = add(root, "my.bib", one + other)
    assert read(result) == 2
    assert messages(result, "my.bib") == [
        (one.count("\n") + 1, "the key 'same' is that of line 1 too; both were read, rename one")
    ]


def test_ris_without_end_lines_is_read_and_reported_once(root: Path) -> None:
    result = add(root, "my.ris", FORMATS["ris"](make_works(50)).replace("ER  - \r\n", ""))
    assert read(result) == 50
    ((place, message),) = messages(result, "my.ris")
    assert place == 1
    assert message.startswith("a record without 'ER  - ' at its end (and 49 more); it was read, add the line or ")


def test_shifted_rows_cost_only_themselves(root: Path) -> None:
    rows = FORMATS["csv"](make_works(9)).split("\r\n")
    rows[4] = rows[4].replace(",Mark", ",,Mark")  # a cell too many, the last of them empty
    rows[6] = rows[6].replace('"Nobody, Cy",', "")  # a cell too few
    rows[7] = rows[7].replace("Cy", 'C"y')  # a quote inside of a cell
    result = add(root, "my.csv", "\r\n".join(rows))
    assert read(result) == 7
    found = messages(result, "my.csv")
    assert [place for place, _ in found] == [5, 7, 8]
    assert [message.split(";")[0] for _, message in found] == [
        "the cells are shifted: column 'Year' holds what belongs beside it",
        "the cells are shifted: column 'Authors' holds what belongs beside it",
        "a quote inside of a cell was read as part of its text",
    ]


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"txt"}))
def test_a_truncated_file_gives_its_whole_entries_and_one_message(form: str, root: Path) -> None:
    content = FORMATS[form](make_works(9))
    cut = content.index("Number 7") + 6
    result = add(root, "cut", content[:cut])
    ((place, message),) = messages(result, "cut")
    # RIS and tables give the truncated record as well, and report that it is incomplete.
    assert read(result) == (8 if form in ("ris", "csv") else 7)
    start = max(0, content.rfind("@", 0, cut), content.rfind("TY  -", 0, cut), content.rfind('{\n  "id"', 0, cut))
    start = max(start, content.rfind("\r\nThing", 0, cut) + 2 if form == "csv" else 0)
    assert place == len(re.findall(r"\r\n|\n", content[:start])) + 1
    assert ";" in message


@pytest.mark.parametrize(("first", "second"), [("bib", "ris"), ("ris", "bib"), ("bib", "json"), ("json", "bib")])
def test_a_part_in_another_format_is_reported_with_its_line(first: str, second: str, root: Path) -> None:
    works = make_works(8)
    start, end = FORMATS[first](works[:4]) + "\n", FORMATS[second](works[4:])
    result = add(root, "both", start + end)
    assert read(result) == 4
    places = [place for place, _ in messages(result, "both")]
    assert min(places) in range(start.rstrip().count("\n") + 1, start.count("\n") + 3)
    assert len(set(places)) == 1


ATTACK = """<?xml version="1.0"?>
<!DOCTYPE xml [
 <!ENTITY a "aaaaaaaaaa">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
 <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
 <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
 <!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
 <!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">
 <!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">
 <!ENTITY secret SYSTEM "file:///etc/hostname">
]>
"""
ENDNOTE = """<xml><records>
<record><ref-type name="Book">6</ref-type><titles><title>Sound Thing</title></titles></record>
<record><ref-type name="Book">6</ref-type><titles><title>&h; &secret;</title></titles></record>
</records></xml>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom">
<entry><id>http://arxiv.org/abs/3102.00011v1</id><title>Sound Thing</title><summary>Made up.</summary></entry>
<entry><id>http://arxiv.org/abs/3102.00012v1</id><title>&h; &secret;</title><summary>Made up.</summary></entry>
</feed>
"""


@pytest.mark.parametrize("document", [ENDNOTE, ATOM])
def test_an_entity_bomb_is_not_expanded_and_costs_one_record(document: str, root: Path) -> None:
    with coming_to_an_end():
        result = add(root, "my.xml", ATTACK + document)
    assert read(result) == 1
    assert any("entit" in message for _, message in messages(result, "my.xml"))
    assert len(result.output) < 10_000
    title = next(paper.title.plain for paper in gather(Project(root)).papers if "Thing" in paper.title.plain)
    assert title == "Sound Thing"


# -- encodings ------------------------------------------------------------------------------------------------------

NAMES = "@misc{x,\n  title = {Größe – the “Œuvre” of Šimůnek},\n  author = {Müller, Zoë},\n  abstract = {Naïve.}\n}\n"
WESTERN = NAMES.replace("ů", "u")


def records_of(root: Path) -> dict[str, str]:
    (paper,) = [paper for paper in gather(Project(root)).papers if "Gr" in paper.title.plain]
    return {"title": paper.title.plain, "author": paper.authors[0], "abstract": paper.abstract.plain}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_encoding_with_or_without_a_bom(encoding: str, root: Path) -> None:
    result = add(root, "my.bib", NAMES.encode(encoding))
    assert (read(result), messages(result, "my.bib")) == (1, [])
    assert records_of(root) == {
        "title": "Größe – the “Œuvre” of Šimůnek",
        "author": "Zoë Müller",
        "abstract": "Naïve.",
    }


def test_windows_1252_is_read_and_reported_with_an_example(root: Path) -> None:
    result = add(root, "my.bib", WESTERN.encode("cp1252"))
    assert read(result) == 1
    assert messages(result, "my.bib") == [
        (
            2,
            "bytes that are not UTF-8 were read as Windows-1252, here in 'Größe'; if that is wrong, save the file as "
            "UTF-8",
        )
    ]
    assert records_of(root)["title"] == "Größe – the “Œuvre” of Šimunek"
    assert records_of(root)["author"] == "Zoë Müller"


def test_a_file_mixing_utf_8_and_windows_1252_is_read_correctly(root: Path) -> None:
    mixed = NAMES.encode() + NAMES.replace("ů", "u").replace("Gr", "Kr").encode("cp1252")
    result = add(root, "my.bib", mixed.replace(b"misc{x", b"misc{y", 1))
    assert read(result) == 2
    assert [place for place, message in messages(result, "my.bib") if "Windows-1252" in message] == [7]
    titles = {paper.title.plain for paper in gather(Project(root)).papers}
    assert {"Größe – the “Œuvre” of Šimůnek", "Kröße – the “Œuvre” of Šimunek"} <= titles


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_is_read_from_windows_1252_and_utf_16(form: str, root: Path) -> None:
    for number, encoding in enumerate(("cp1252", "utf-16")):
        work = Work(number, f"Das Maß der Flöße {number}")
        assert read(add(root, f"{encoding}.{form}", FORMATS[form]([work]).encode(encoding))) == 1
        assert work.title in {paper.title.plain for paper in gather(Project(root)).papers}


def test_a_build_warns_of_an_old_encoding_and_leaves_the_file_unchanged(root: Path) -> None:
    content = WESTERN.encode("cp1252")
    put(root, {SOURCES + "my.bib": content})
    prepared = prepare(Project(root))
    assert [(piece.source, piece.first_line) for piece in prepared.unread] == [("my.bib", 2)]
    assert (root / SOURCES / "my.bib").read_bytes() == content
    assert any("Größe" in path.read_text("utf-8") for path in (root / "book/papers").glob("*.md"))


def test_utf_16_truncated_inside_a_character_is_reported(root: Path) -> None:
    content = FORMATS["ris"](make_works(3)).encode("utf-16")
    result = add(root, "my.ris", content[:-1])
    assert read(result) == 3
    assert any(
        "bytes that are not UTF-16; the file is cut short or damaged here" in message
        for _, message in messages(result, "my.ris")
    )


@pytest.mark.slow
@settings(max_examples=60)
@given(content=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("cp1252", "replace")))
def test_any_bytes_are_read_or_refused_without_losing_a_character(content: bytes) -> None:
    source = b"@misc{x, title = {" + content + b"}}\n"
    reading = read_source("my.bib", source)
    if reading is not None:
        assert len(reading.text()) <= len(source)
        assert all(piece.reason for piece in reading.unread)
        if all(byte < 128 for byte in content):
            assert reading.text().encode("latin-1") == source


# -- size -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("form", ["bib", "ris", "csv", "json", "txt"])
def test_reading_work_grows_linearly_with_the_file(form: str, tmp_path: Path) -> None:
    def work(size: int) -> int:
        project = put(tmp_path / str(size), {f"{SOURCES}big": FORMATS[form](make_works(size))})

        def check() -> None:
            (reading,), faults = read_sources(project)
            assert (len(reading.records), faults) == (size, [])

        return count_calls(check)

    assert work(1_600) < 4 * work(400) * 1.1


@pytest.mark.slow
def test_twenty_megabytes_with_scattered_damage_are_read(tmp_path: Path) -> None:
    """A tenth of the entries is broken at random; each costs only itself and is reported with its line."""
    chance = random.Random(1)
    entries = FORMATS["bib"](make_works(1_000)).split("\n\n")
    long = [entry.replace("Mark", "Word " * 4_000 + "Mark") for entry in entries]
    broken = set(chance.sample(range(1_000), 100))
    text = "\n\n".join(
        entry.replace("},\n  abstract", ",\n  abstract") if n in broken else entry for n, entry in enumerate(long)
    )
    assert len(text) > 20_000_000
    with coming_to_an_end():
        (reading,), faults = read_sources(put(tmp_path, {SOURCES + "big.bib": text}))
    assert (len(reading.records), faults) == (900, [])
    damaged = [piece for piece in reading.unread if not piece.understood]
    assert {match[1] for piece in damaged if (match := re.search(r"'key(\d+)'", piece.reason))} == set(map(str, broken))
    assert reading.text() == text


# -- prose ----------------------------------------------------------------------------------------------------------

PROSE = """\
Kelp kit

A kit for those who want to grow kelp below the tide. It holds a rope, a bucket and a knife, and it needs a boat.

How to use it

Tie the rope to the bucket. Fill the bucket with stones. Let it down from the boat, and come back when the year is over.
"""


def test_prose_shaped_like_titles_and_abstracts_is_refused_unless_a_person_says_what_it_is(root: Path) -> None:
    result = add(root, "README.txt", PROSE)
    assert result.exit_code == 1
    assert "README.txt: plain text without identifiers, links or labels of papers" in result.stderr
    assert "use '--as huggingface' if lines are" in result.stderr
    forced = CliRunner().invoke(
        main, ["add", "--root", str(root), "--as", "huggingface", str(root.parent / "README.txt")]
    )
    assert read(forced) == 2
    assert (root / "book/corpus/formats.csv").read_text("utf-8").splitlines()[1:] == ["README.txt,huggingface,"]
    _, faults = read_sources(Project(root))
    assert faults == []


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_real_export_format_is_accounted_for(form: str) -> None:
    reading = read_source(f"x.{form}", FORMATS[form]([Work(n, f"Invented Thing {n}") for n in range(9)]).encode())
    assert reading is not None
    assert [piece.reason for piece in reading.unread if not piece.understood] == []


@pytest.mark.parametrize("review", ["", "tests/toy", "tests/cases/sound"])
def test_every_source_of_this_repository_is_accounted_for(review: str) -> None:
    readings, faults = read_sources(Project(ROOT / review))
    assert readings
    assert not faults
