"""Nothing that a person wrote is ever lost, whatever happens between two builds and wherever one is killed.

Each trial is a history of a review: a person edits, sources come and go, builds and `litbook add` run, and some of
them die. `LITBOOK_TRIALS=2000 pytest tests/book/test_nothing_lost.py` makes 2,000 trials instead of 40. All data are
invented; `test_killed.py` kills real processes.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from invented import SOUND, WORDS, json_lines, read_tree
from nothing_lost import FORMATS, Source, Work, dying_after, find_works, is_draft, is_whole_result

from litbook.__main__ import main
from litbook.commands.added_sources import add_sources
from litbook.core.project import Project
from litbook.ingest.ledgers.decisions import COLUMNS
from litbook.ingest.ledgers.pairs import COLUMNS as PAIR_COLUMNS
from litbook.model.faults import CorpusError
from litbook.pipeline import prepare

TRIALS = int(os.environ.get("LITBOOK_TRIALS", "40"))
SOURCES = "book/corpus/sources/"
CHAPTER = "book/chapters/{}.md"
THEMES = (SOUND / "book/corpus/themes.yml").read_bytes()
MADE = ("book/papers/", "book/data/", ".litbook/")
LEDGER = "book/corpus/ledger.jsonl"
ORDER = "book/corpus/sources.csv"
DAY = 86_400
# A change of the disk at which a run dies: one file takes up to three, and a folder one.
MOMENTS = st.integers(0, 70)
SEEDS = st.integers(0, 2**20)
# What people's editors leave: any letters, other line ends, marks of byte order, no line end at the end of the file.
# Marks of Markdown need their other half, and a number, such as "¼", a source.
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")


def _write_words(text: str) -> str:
    """Return a text without marks, numbers and indented lines: nothing in it is a mistake, whatever its letters."""
    words = "".join("x" if unicodedata.numeric(letter, None) is not None else letter for letter in text)
    return "x" + re.sub(r"\s{2,}", " ", _MARKS.sub("x", words))


PROSE = st.sampled_from(
    [
        b"",
        b"\xef\xbb\xbf# A heading\r\n\r\nText.\r\n",
        "café, no line end".encode(),
        "鶴 “ü”\u2028\n\n\n".encode(),
    ]
) | st.text(max_size=40).map(lambda text: _write_words(text).encode())
FAULTY = {
    "book/corpus/themes.yml": b"- title: [a list without its end\n",
    "book/corpus/decisions.csv": ",".join(COLUMNS).encode() + b"\nnobody1999,no-such-theme,,,,,,\n",
    "book/corpus/facts.jsonl": b'{"title": "cut sho',
    "book/corpus/pairs.csv": ",".join(PAIR_COLUMNS).encode() + b"\na,b,perhaps,,,\n",
    "book/chapters/draft.md": b"A claim {cite}`nobody1999`.\n",
    SOURCES + "broken.xlsx": b"PK\x03\x04 nothing that a reader knows",
}


class Histories(RuleBasedStateMachine):
    """Know what a person's files hold, and compare it to the disk after everything that a machine did."""

    @initialize()
    def begin(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.root = Path(tempfile.mkdtemp(prefix="litbook-history-")).resolve()
        self.project = Project(self.root)
        self.files: dict[str, bytes] = {}
        self.sources: list[Source] = []
        self.works: list[Work] = []
        self.keys: dict[int, str] = {}  # by the numbers of the works
        self.seen: dict[str, int] = {}  # the works by every citekey that was ever shown
        self.united: set[str] = set()
        self.excluded: set[str] = set()
        self.printed: set[str] = set()  # citekeys that `litbook add` printed
        self.day = 0
        self.order = b""  # in which sources were added, which only grows
        self._write("book/corpus/themes.yml", THEMES)
        self.add_source(seed=1, form="bib", name="first.bib")
        self.add_source(seed=2, form="txt", name="second.txt")
        self.build()

    def teardown(self) -> None:
        if not hasattr(self, "root"):
            return
        try:
            self._finish()
        finally:
            self.patch.undo()
            shutil.rmtree(self.root)

    # -- people ----------------------------------------------------------------------------------------------------

    def _write(self, name: str, content: bytes) -> None:
        self.files[name] = content
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_bytes(content)

    def _remove(self, name: str) -> None:
        del self.files[name]
        (self.root / name).unlink()

    def _choose_key(self, seed: int) -> str:
        return sorted(self.seen)[seed % len(self.seen)]

    @rule(prose=PROSE, page=st.sampled_from(["chapters/tide-gardens", "chapters/new/one", "index", "about/method"]))
    def write_a_page(self, prose: bytes, page: str) -> None:
        self._write(f"book/{page}.md", prose)

    @rule(seed=SEEDS, prose=PROSE)
    def cite_a_paper(self, seed: int, prose: bytes) -> None:
        cited = f"\n\nSee {{cite}}`{self._choose_key(seed)}`.\n".encode()
        self._write(CHAPTER.format("cited"), prose.replace(b"~", b"-") + cited)

    @rule(seed=SEEDS, prose=PROSE, dropped=st.booleans())
    def write_a_note(self, seed: int, prose: bytes, dropped: bool) -> None:
        key = self._choose_key(seed)
        self._write(f"book/notes/{key}.md", prose)
        left = [work for source in self.sources for work in source.works if work.number != self.seen[key]]
        if dropped and left:
            self.sources = [Source("left.ris", "ris", list({work.number: work for work in left}.values()))]
            self._save_sources()

    @rule(seed=SEEDS, theme=st.sampled_from(["", "paper-folding", "tide-gardens"]), end=st.sampled_from(["\n", "\r\n"]))
    def decide(self, seed: int, theme: str, end: str) -> None:
        chosen = sorted(self.seen)[seed % len(self.seen) :: 2]
        self.excluded = {key for number, key in enumerate(chosen) if (seed >> number) % 3 == 0}
        status = {key: "exclude" if key in self.excluded else "include" for key in chosen}
        rows = [f'{key},{theme},,method,{status[key]},"It ""folds"", é",an editor,2031-01-01' for key in chosen]
        self._write("book/corpus/decisions.csv", (end.join([",".join(COLUMNS), *rows]) + end).encode())

    @rule(seed=SEEDS, same=st.sampled_from(["yes", "no"]))
    def decide_on_a_pair(self, seed: int, same: str) -> None:
        one, other = random.Random(seed).sample(sorted(self.keys.values()), 2)
        self.united = {one, other} if same == "yes" else set()
        self._write("book/corpus/pairs.csv", f"{','.join(PAIR_COLUMNS)}\n{one},{other},{same},,me,\n".encode())

    @rule(remark=st.sampled_from(["# mine", "# “鶴”", ""]), title=st.sampled_from(["Water", "Wet things"]))
    def edit_the_themes(self, remark: str, title: str) -> None:
        self._write("book/corpus/themes.yml", THEMES.replace(b"Water", title.encode()) + f"\n{remark}".encode())

    @rule(seed=SEEDS)
    def look_facts_up(self, seed: int) -> None:
        chance = random.Random(seed)
        found = [
            {"title": work.original[0], "authors": ["Ada Invented"], "year": 2031, "arxiv_id": f"3102.{work.number:05}"}
            for work in self.works
            if chance.random() < 0.5
        ]
        self._write("book/corpus/facts.jsonl", json_lines(*found).encode())

    # -- sources ---------------------------------------------------------------------------------------------------

    def _make_work(self, title: str) -> Work:
        self.works.append(Work(len(self.works), title))
        return self.works[-1]

    def _make_works(self, chance: random.Random) -> list[Work]:
        titles = (" ".join(chance.sample(WORDS, chance.randint(1, 3))).title() for _ in range(chance.randint(1, 3)))
        return [self._make_work(f"{title} {len(self.works)}") for title in titles]

    @rule(seed=SEEDS, form=st.sampled_from(sorted(FORMATS)), name=st.sampled_from(["a", "b.bib", "ü/c.txt", "d.json"]))
    def add_source(self, seed: int, form: str, name: str) -> None:
        if all(source.name != name for source in self.sources):
            self.sources.append(Source(name, form, self._make_works(random.Random(seed))))
            self._save_sources()

    @rule(seed=SEEDS)
    def add_a_twin_with_the_same_title(self, seed: int) -> None:
        """Add another work of a title that is there; without a build, it and a rewritten work would look the same."""
        chance = random.Random(seed)
        source = chance.choice(self.sources)
        source.works.append(self._make_work(chance.choice(source.works).original[0]))
        self._save_sources()
        self.build()

    @rule(seed=SEEDS, change=st.sampled_from(["drop", "rename", "shuffle", "retouch", "reform", "copy", "thin"]))
    def change_sources(self, seed: int, change: str) -> None:
        chance = random.Random(seed)
        source = chance.choice(self.sources)
        match change:
            case "drop" if len(self.sources) > 1:
                self.sources.remove(source)
            case "rename":
                source.name = f"{seed}-{source.name}"
            case "shuffle":
                chance.shuffle(source.works)
            case "retouch":
                for work in source.works:
                    work.retouch(chance)
            case "reform":
                source.form = chance.choice(sorted(FORMATS))
            case "copy":
                source.works += [work for work in self.works if chance.random() < 0.3 and work not in source.works]
            case "thin" if len(source.works) > 1:
                source.works.pop(chance.randrange(len(source.works)))
        self._save_sources()

    def _save_sources(self) -> None:
        wanted = {SOURCES + source.name: source.content() for source in self.sources}
        for name in [name for name in self.files if name.startswith(SOURCES) and name not in wanted]:
            self._remove(name)
        for name, content in wanted.items():
            self._write(name, content)

    # -- the machine -----------------------------------------------------------------------------------------------

    @rule()
    def build(self) -> None:
        self._compare_after(self._prepare)
        papers = {key for key, number in self.keys.items()}
        present = {work.number for source in self.sources for work in source.works}
        assert papers >= present
        self._expect_pages(present)

    def _expect_pages(self, present: set[int]) -> None:
        """Every work that a source holds has its page, unless a person excluded it or said that it is another one."""
        shown = set(find_works(read_tree(self.root)).values())
        hidden = {number for number, key in self.keys.items() if key in self.excluded | self.united}
        assert present - hidden <= shown <= present

    def _prepare(self) -> None:
        """Build as a person does who corrects what the faults name."""
        with suppress(CorpusError):
            self._run()
            return
        self._compare()
        self._remove(CHAPTER.format("cited"))  # what it cites is gone, and nothing else is wrong
        self._run()

    def _run(self) -> None:
        self.day += 1
        self.patch.setenv("SOURCE_DATE_EPOCH", str(1_930_000_000 + self.day * DAY))
        prepare(self.project)

    def _compare_after(self, work: Callable[[], object]) -> None:
        work()
        self._compare()

    def _compare(self) -> None:
        """Not one byte of a person's file has changed, nothing else has come, and every citekey keeps its work."""
        tree = {name: content for name, content in read_tree(self.root).items() if not is_draft(name)}
        assert {
            name: content for name, content in tree.items() if not name.startswith((*MADE, LEDGER, ORDER))
        } == self.files
        assert tree.get(ORDER, b"").startswith(self.order)
        self.order = tree.get(ORDER, b"")
        for key, number in find_works(tree).items():
            assert self.seen.setdefault(key, number) == number
            assert self.keys.setdefault(number, key) == key
        known = [json.loads(line)["citekey"] for line in tree.get(LEDGER, b"").decode().splitlines()]
        assert set(self.seen) | self.printed <= set(known)
        assert len(set(known)) == len(known)

    @rule(moment=MOMENTS)
    def build_and_die(self, moment: int) -> None:
        self.build()
        self.change_sources(moment, "thin")
        self.add_source(moment, "csv", f"before-death-{moment}.csv")
        self._die_in_a_build(moment)

    @rule(moment=MOMENTS)
    def die_in_a_build(self, moment: int) -> None:
        self._die_in_a_build(moment)

    def _die_in_a_build(self, moment: int) -> None:
        old = read_tree(self.root)
        self.patch.setenv("SOURCE_DATE_EPOCH", str(1_930_000_000 + (self.day + 1) * DAY))
        with tempfile.TemporaryDirectory(prefix="litbook-other-") as other:
            shutil.copytree(self.root, other, dirs_exist_ok=True)
            try:
                prepare(Project(Path(other)))
            except CorpusError:
                return
            new = read_tree(Path(other))
        with dying_after(self.root, moment):
            prepare(self.project)
        found = read_tree(self.root)
        other = {name: content for name, content in found.items() if content not in (old.get(name), new.get(name))}
        torn = [name for name, content in other.items() if not is_whole_result(name, content)]
        # A manifest also lists, before they are written, the files that a run is about to write.
        assert [name for name in torn if not is_draft(name) and not name.endswith("/.litbook.json")] == []
        assert (old.keys() & new.keys()) - found.keys() == set()
        self._compare()

    @rule(seed=SEEDS, form=st.sampled_from(sorted(FORMATS)), moment=st.integers(0, 3) | st.just(10_000))
    def add_and_perhaps_die(self, seed: int, form: str, moment: int) -> None:
        name = f"inbox-{len(self.works)}.{form}"
        source = Source(name, form, self._make_works(random.Random(seed)))
        with tempfile.TemporaryDirectory(prefix="litbook-inbox-") as inbox:
            (Path(inbox) / name).write_bytes(source.content())
            with dying_after(self.root, moment):
                add_sources(self.project, [str(Path(inbox) / name)])
            if (self.root / SOURCES / name).is_file():
                self.files[SOURCES + name] = source.content()
            self._compare()
            self.files[SOURCES + name] = source.content()
            added = add_sources(self.project, [str(Path(inbox) / name)])
        self.sources.append(source)
        self._compare()
        assert added.read == len(source.works)
        for key in (*added.new, *added.known):
            self.printed.add(key)

    @rule(name=st.sampled_from(sorted(FAULTY)))
    def a_fault_stops_everything(self, name: str) -> None:
        before = read_tree(self.root)
        kept = self.files.get(name)
        self._write(name, FAULTY[name])
        with pytest.raises(CorpusError) as raised:
            prepare(self.project)
        assert name in {fault.file for fault in raised.value.faults}
        assert read_tree(self.root) == before | {name: FAULTY[name]}
        if kept is None:
            self._remove(name)
        else:
            self._write(name, kept)

    @rule()
    def delete_what_is_generated(self) -> None:
        for folder in (self.project.papers, self.project.data, self.project.cache):
            shutil.rmtree(folder, ignore_errors=True)

    def _finish(self) -> None:
        """Build twice, and once more from nothing: the bytes are the same; `check` reports the notes without paper."""
        self.build()
        built = read_tree(self.root)
        self._run()
        assert read_tree(self.root) == built
        checked = CliRunner().invoke(main, ["check", "--root", str(self.root)])
        assert checked.exit_code == 0, checked.output
        notes = {name for name in self.files if name.startswith("book/notes/")}
        stale = {name for name in notes if name.replace("notes", "papers", 1) not in built}
        reported = {
            name for name in notes if f"to do: {name}: note on a paper that is not in the review" in checked.output
        }
        assert reported == stale
        self.delete_what_is_generated()
        self._run()
        again = read_tree(self.root)
        other = {name for name in built.keys() | again.keys() if built.get(name) != again.get(name)}
        # A pickle also records which equal strings were one object; the next build reads the same from either.
        assert sorted(name for name in other if not is_draft(name) and not name.endswith(".pickle")) == []


Histories.TestCase.settings = settings(
    max_examples=TRIALS, stateful_step_count=8, suppress_health_check=list(HealthCheck)
)
TestHistories = pytest.mark.slow(Histories.TestCase)
