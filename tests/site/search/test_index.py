"""The search index: same corpus, same bytes; unchanged inputs, no work; untrusted text stays text."""

from __future__ import annotations

import ast
import os
import string
import subprocess
import sys
from dataclasses import replace
from itertools import accumulate, pairwise, zip_longest
from pathlib import Path
from typing import Any

import pytest
from indexed import HOSTILE, make_invented_corpus, make_paper, read_part

from litbook.core.cache import Cache
from litbook.model.review import Corpus, Text
from litbook.site.search.index.learned import learn
from litbook.site.search.index.packing import LETTERS, list_files, pack_facet
from litbook.site.search.index.parts import describe_text, make_facets, render_index, render_part
from litbook.site.search.index.postings import AUTHOR, CITED, MOST, NAME, TITLE, make_postings
from litbook.site.search.index.sections import read_sections
from litbook.site.search.index.shards import cut_terms, fold_strings
from litbook.site.search.index.site_pages import Notes, read_page
from litbook.site.search.index.terms import stem
from litbook.site.search.index.vectors import make_vectors
from litbook.site.search.index.write import FOLDER, index

ROOT = Path(__file__).parents[3]


def render_parts(corpus: Corpus) -> dict[str, str]:
    postings = make_postings(corpus.papers)
    return render_index(corpus, {}, postings, learn(postings))


def read_core(out: Path) -> dict[str, Any]:
    return read_part((out / FOLDER / "core.js").read_text("utf-8"))


def unfold(folded: str) -> list[str]:
    before, strings = "", []
    for piece in folded.split(" "):
        before = before[: int(piece[0], 36)] + piece[1:]
        strings.append(before)
    return strings


def read_numbers(word: str) -> list[int]:
    """Return numbers that are written in base 32, all digits but the last of each from the second half of the signs."""
    signs = string.digits + string.ascii_letters + "-_"
    digits = [signs.index(sign) for sign in word]
    ends = [at + 1 for at, digit in enumerate(digits) if digit < 32]
    parts = [digits[start:end] for start, end in pairwise([0, *ends])]
    return [sum((digit % 32) * 32**at for at, digit in enumerate(reversed(part))) for part in parts]


def unpack(part: dict[str, Any]) -> list[dict[int, int]]:
    """Return postings; those of a form have no values."""
    pairs = zip(part["steps"].split(" "), part["values"].split(" "), strict=True)
    return [
        {at - 1: value for at, value in zip_longest(accumulate(read_numbers(steps)), read_numbers(values), fillvalue=0)}
        for steps, values in pairs
    ]


def list_names(core: dict[str, Any]) -> list[str]:
    return [
        name for kind, count in core["files"] for name in ([f"{kind}-{at}" for at in range(count)] if count else [kind])
    ]


def test_every_part_that_core_names_is_written_under_its_digest_and_size(tmp_path: Path) -> None:
    written = index(make_invented_corpus(40), tmp_path)
    core = read_core(tmp_path)
    assert {path.stem for path in written} == {"core", "identify", *list_names(core), "details", "details-0"}
    assert {kind.split("-")[0] for kind, _ in core["files"]} == {
        *("scores", "codes", "acronyms", "words", "terms", "near", "vectors", "papers", "keys", "ids", "said"),
    }
    assert core["papers"] == 40
    assert ["papers", 10] in core["files"]
    assert len(core["digests"]) == 6 * len(list_names(core))
    assert {kind: len(sizes) for kind, sizes in core["sizes"].items()} == {"words": 1, "terms": 1}


def test_a_digest_changes_with_any_of_the_parts_that_share_it() -> None:
    texts = {"one": "1", **{f"many-{at}": str(at) for at in range(500)}}
    listed = list_files(texts)
    changed = list_files({**texts, "many-3": "another"})
    assert (listed["files"], listed["shared"]) == ([["one", 0], ["many", 500]], 3)
    pairs = zip(str(listed["digests"]), str(changed["digests"]), strict=True)
    assert {at // 6 for at, (one, other) in enumerate(pairs) if one != other} == {1}


def test_the_value_of_each_paper_takes_as_many_letters_as_there_are_values() -> None:
    few = {"values": ["a", "b"], "papers": [1, -1, 0]}
    assert pack_facet(few) == {"values": ["a", "b"], "papers": "201", "width": 1}
    many = {"values": [str(at) for at in range(70)], "papers": [69, -1]}
    assert pack_facet(many)["papers"] == "1600"
    several = {"values": ["a"], "papers": [[0], []]}
    assert pack_facet(several) == several


def test_unchanged_inputs_write_nothing_and_import_nothing_heavy(tmp_path: Path) -> None:
    assert index(make_invented_corpus(), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).iterdir()}
    assert index(make_invented_corpus(), tmp_path) == ()
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).iterdir()} == before
    code = (
        "import sys, litbook.site.search.index.write; "
        "sys.exit(bool({'numpy', 'sklearn', 'sphinx', 'litbook.site.search.index.parts'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], env=_environment("0"), check=False).returncode == 0


@pytest.mark.parametrize("lost", ["core.js", "terms-0.js", "digest.txt"])
def test_a_lost_file_comes_back(tmp_path: Path, lost: str) -> None:
    index(make_invented_corpus(), tmp_path)
    content = (tmp_path / FOLDER / lost).read_bytes()
    (tmp_path / FOLDER / lost).unlink()
    index(make_invented_corpus(), tmp_path)
    assert (tmp_path / FOLDER / lost).read_bytes() == content


def test_a_broken_digest_is_made_again(tmp_path: Path) -> None:
    index(make_invented_corpus(), tmp_path)
    (tmp_path / FOLDER / "digest.txt").write_bytes(b"\xff\xfe")
    index(make_invented_corpus(), tmp_path)
    assert index(make_invented_corpus(), tmp_path) == ()


def test_a_change_writes_only_the_parts_it_touches(tmp_path: Path) -> None:
    corpus = make_invented_corpus()
    index(corpus, tmp_path)
    key = corpus.papers[0].citekey
    placements = {**corpus.placements, key: replace(corpus.placements[key], kind="survey")}
    changed = index(replace(corpus, placements=placements), tmp_path)
    assert {path.name for path in changed} == {"core.js", "scores.js", "details-0.js", "details.js"}


def test_parts_that_are_no_longer_made_are_deleted(tmp_path: Path) -> None:
    index(make_invented_corpus(20), tmp_path)
    assert (tmp_path / FOLDER / "papers-1.js").is_file()
    index(make_invented_corpus(3), tmp_path)
    assert not (tmp_path / FOLDER / "papers-1.js").exists()


@pytest.mark.parametrize("count", [0, 1, 2, 7, 8])
def test_few_papers_are_enough(tmp_path: Path, count: int) -> None:
    index(make_invented_corpus(count), tmp_path)
    assert read_core(tmp_path)["papers"] == count


def _environment(seed: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "scripts"), str(ROOT / "tests/support"))),
    }


@pytest.mark.slow
def test_two_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from indexed import make_invented_corpus; "
        "from litbook.site.search.index.write import index; "
        "index(make_invented_corpus(30), pathlib.Path(sys.argv[1]))"
    )
    contents = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        out.mkdir()
        subprocess.run([sys.executable, "-c", code, str(out)], env=_environment(seed), check=True)
        contents.append({path.name: path.read_bytes() for path in (out / FOLDER).iterdir()})
    assert contents[0] == contents[1]


@pytest.mark.slow
def test_size_grows_no_faster_than_the_papers() -> None:
    small, large = (sum(map(len, render_parts(make_invented_corpus(count)).values())) for count in (200, 800))
    assert large <= 4 * small


def test_untrusted_text_cannot_leave_the_script() -> None:
    text = render_part({"part": "papers", "rows": [[HOSTILE]]})
    assert not set("<>&\u2028\u2029\ud800") & set(text)
    assert read_part(text)["rows"] == [[HOSTILE]]


def test_hostile_papers_make_an_index(tmp_path: Path) -> None:
    corpus = make_invented_corpus(9)
    papers = tuple(replace(paper, title=Text(HOSTILE), abstract=Text(HOSTILE * 50)) for paper in corpus.papers)
    index(replace(corpus, papers=papers), tmp_path)
    shown = read_part((tmp_path / FOLDER / "papers-0.js").read_text("utf-8"))["rows"]
    assert shown[0][1] == HOSTILE


def test_a_term_knows_its_papers_and_fields() -> None:
    postings = make_postings(make_invented_corpus().papers)
    assert postings.papers["cran"] == {0: TITLE | NAME | 1}
    assert postings.papers["incontext"][2] == TITLE | 1
    assert postings.papers["ada"] == {0: AUTHOR, 1: AUTHOR, 2: AUTHOR}
    parts = render_parts(make_invented_corpus())
    terms = unfold(read_part(parts["words-0"])["terms"])
    held = dict(zip(terms, unpack(read_part(parts["terms-0"])), strict=True))
    assert {term: held[term] for term in postings.papers} == postings.papers
    assert held.keys() == postings.all().keys()


def test_the_papers_of_a_form_are_places_among_those_of_its_term() -> None:
    texts = ("boats", "learning by learning", "learning", "learned learning", "learned")
    postings = make_postings([make_paper(at, "Of boats", text) for at, text in enumerate(texts)])
    terms, held = list(postings.all()), unpack(cut_terms(postings)[0]["terms-0"])
    assert list(postings.papers["learn"]) == [1, 2, 3, 4]
    assert held[terms.index("learned=")] == {2: 0, 3: 0}


def test_rarer_forms_of_a_term_have_postings_of_their_own() -> None:
    texts = ("learning by learning", "learning", "learned learning", "learned", "boats")
    postings = make_postings([make_paper(at, "Of boats", text) for at, text in enumerate(texts)])
    assert postings.forms == {"learning!": {3: 1}, "learned=": {2: 1, 3: 1}}
    assert "learning" in postings.written()
    assert "learned" not in postings.written()


def test_a_count_stays_in_its_bits() -> None:
    paper = make_paper(0, "Chess", "chess " * 1000)
    assert make_postings([paper]).papers[stem("chess")] == {0: TITLE | MOST}


def test_a_paper_is_found_by_the_words_that_its_name_joins() -> None:
    postings = make_postings([make_paper(0, "StreamAdapter: of boats", "SegFORMER and GPT sail.")])
    assert postings.papers["adapter"] == postings.papers["stream"] == {0: NAME}
    assert "seg" not in postings.papers


def test_vectors_are_one_row_a_paper() -> None:
    part = read_part(render_parts(make_invented_corpus(30))["vectors"])
    columns = part["rows"].split(" ")
    assert [len(column) for column in columns] == [30] * len(part["squares"])
    lengths = [sum(((LETTERS.index(column[at]) - 31) * part["step"]) ** 2 for column in columns) for at in range(30)]
    assert lengths == pytest.approx([1] * 30, abs=0.2)
    assert max(part["weights"], key=LETTERS.index) == LETTERS[63]
    assert len(part["weights"]) == 30


CHAPTER = """<html><body><nav>Elsewhere</nav><article class="litbook-article">
<section id="tides"><h1>Tides<a class="headerlink">#</a></h1><p>Cranes may be creased by machines
<span class="bibtex-citation">[<a href="../papers/{key}.html">Ada, 2020</a>]</span>. No one asked why.</p>
<section id="why"><h2>Why &amp; how</h2><p>Because.</p></section></section></article></body></html>"""


def write_chapter(out: Path, key: str, html: str = CHAPTER) -> None:
    (out / "book/chapters").mkdir(parents=True, exist_ok=True)
    (out / "book/chapters/crafts.html").write_text(html.replace("{key}", key), "utf-8")


def test_what_a_chapter_says_of_a_paper_finds_the_paper_and_the_section(tmp_path: Path) -> None:
    corpus = make_invented_corpus(9)
    write_chapter(tmp_path, corpus.papers[4].citekey)
    index(corpus, tmp_path)
    words = read_part((tmp_path / FOLDER / "words-0.js").read_text("utf-8"))
    held = unpack(read_part((tmp_path / FOLDER / "terms-0.js").read_text("utf-8")))
    assert held[unfold(words["terms"]).index(stem("creased"))] == {4: CITED}
    said = read_part((tmp_path / FOLDER / "said.js").read_text("utf-8"))
    assert said["pages"] == [["book/chapters/crafts.html", "Tides", 0]]
    assert (said["kinds"], said["on"]) == (["section", "section"], [0, 0])
    rows = read_part((tmp_path / FOLDER / "said-rows-0.js").read_text("utf-8"))["rows"]
    assert [row[:2] for row in rows] == [["", "Tides"], ["why", "Why & how"]]
    assert rows[0][2] == "Cranes may be creased by machines. No one asked why."


def test_an_edited_chapter_relearns_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = make_invented_corpus(9)
    index(corpus, tmp_path, cache_folder=tmp_path / "cache")
    write_chapter(tmp_path, corpus.papers[0].citekey)
    monkeypatch.setattr("numpy.linalg.qr", None)
    monkeypatch.setattr("litbook.site.search.index.neighbours.read_english", None)
    assert "said.js" in {path.name for path in index(corpus, tmp_path, cache_folder=tmp_path / "cache")}


@pytest.mark.parametrize("name", ["vectors.make_vectors", "neighbours.make_neighbours", "postings.read_paper"])
@pytest.mark.parametrize("content", [b"", b"{", b"0" * 64, b"\xff"])
def test_a_broken_cache_is_made_again(tmp_path: Path, content: bytes, name: str) -> None:
    corpus = make_invented_corpus(9)
    index(corpus, tmp_path / "one", cache_folder=tmp_path)
    kept = (tmp_path / f"{name}.pickle").read_bytes()
    (tmp_path / f"{name}.pickle").write_bytes(kept[:32] + content)
    index(corpus, tmp_path / "two", cache_folder=tmp_path)
    assert (tmp_path / f"{name}.pickle").read_bytes() == kept


def test_what_was_learned_survives_being_written_down(tmp_path: Path) -> None:
    postings = make_postings(make_invented_corpus(30).papers)
    cache = Cache(tmp_path)
    learned = learn(postings, cache)
    cache.save()
    assert learned.vectors
    assert learned.neighbours
    assert learn(postings, Cache(tmp_path)) == learn(postings) == learned


def test_many_papers_get_the_places_that_few_would_get(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learn the same from products that are written out, and from a sparse matrix."""
    words = ["crane", "tide", "weed", "kiln", "loom", "reef", "moss", "fern", "clay", "silk", "dune", "lark"]
    held = {
        f"{one}{other}": {paper: 1 for paper in range(120) if paper * 7 % (3 + at) == 0 or (paper + to) % 5 == 0}
        for at, one in enumerate(words)
        for to, other in enumerate(words)
    }
    written_out = make_vectors(held, 120)
    monkeypatch.setattr("litbook.site.search.index.vectors._DENSE", 60)
    sparse = make_vectors(held, 120)
    assert written_out
    assert sparse
    assert sparse.squares == pytest.approx(written_out.squares, rel=1e-3)


def test_the_search_page_names_the_index_that_was_written(tmp_path: Path) -> None:
    page = tmp_path / "search.html"
    page.write_text('<article data-litbook-search data-index="">', "utf-8")
    corpus = make_invented_corpus(9)
    assert page in index(corpus, tmp_path)
    first = page.read_text("utf-8")
    assert index(corpus, tmp_path) == ()
    index(make_invented_corpus(10), tmp_path)
    assert len({first, page.read_text("utf-8"), '<article data-litbook-search data-index="">'}) == 3


def test_common_words_lead_to_words_of_the_papers() -> None:
    part = read_part(render_parts(make_invented_corpus(9))["near-0"])
    words, rows = unfold(part["words"]), part["rows"].split(" ")
    assert len(words) == len(rows)
    terms = unfold(read_part(render_parts(make_invented_corpus(9))["words-0"])["terms"])
    near = dict(zip(words, rows, strict=True))["seaside"]
    assert "beach" in [terms[int(number)] for number in near.replace(near[-1], " ").split()]


def test_folded_strings_come_back() -> None:
    strings = ["a", "ab", "abc", "b", "long" * 20, "long" * 20 + "er", "über"]
    assert unfold(fold_strings(strings)) == strings


def test_papers_are_numbered_by_what_they_are_filtered_by() -> None:
    corpus = make_invented_corpus(4)
    coded = replace(corpus.papers[1], links={"code": "https://example.org"}, year=None, venue=None)
    corpus = replace(corpus, papers=(corpus.papers[0], coded, *corpus.papers[2:]))
    key = corpus.papers[2].citekey
    facets = make_facets(corpus, Notes({key: "2026-01-02"}))
    assert facets["code"] == {"values": ["yes"], "papers": [-1, 0, -1, -1]}
    assert facets["year"] == {"values": ["2020"], "papers": [0, -1, 0, 0]}
    assert facets["venue"]["papers"] == [0, -1, 0, 0]
    assert facets["seen"] == {"values": ["2026-01-02"], "papers": [-1, -1, 0, -1]}
    names = {"names": ["Crafts and gardens"], "short": ["Crafts and gardens"]}
    assert facets["theme"] == {**names, "values": ["crafts"], "papers": [0, 0, 0, 0]}


@pytest.mark.slow
def test_no_part_holds_more_than_a_question_should_load() -> None:
    parts = render_parts(make_invented_corpus(2000))
    assert max(describe_text(text)[1] for name, text in parts.items() if name.startswith(("terms", "papers"))) < 50_000


def test_the_index_imports_no_other_stage() -> None:
    folder = ROOT / "scripts/litbook/site/search/index"
    sources = sorted(folder.glob("*.py"))
    nodes = [node for source in sources for node in ast.walk(ast.parse(source.read_text("utf-8")))]
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    inner = {name for name in modules if name.startswith("litbook.") and ".search.index" not in name}
    made = {
        f"litbook.write.{name}" for name in ("bibliography", "catalogue", "extraction", "groups", "labels")
    }  # for the details
    models = {f"litbook.model.{name}" for name in ("editorial", "fulltext", "notices", "review", "stated")}
    core = {f"litbook.core.{name}" for name in ("atomic", "cache", "code", "threads", "urls")}
    texts = {f"litbook.text.{name}" for name in ("acronyms", "escape", "person_names", "stop_words", "venues")}
    assert inner == {*core, *made, *models, *texts}


def test_pages_say_what_else_they_are_called_and_whom_they_are_for() -> None:
    assert read_page({"synonyms": '["glossary", " abbreviations "]'}, "Acronyms").synonyms == (
        "glossary",
        "abbreviations",
    )
    assert read_page({"synonyms": "glossary, abbreviations,"}, "Acronyms").synonyms == ("glossary", "abbreviations")
    assert read_page({"audience": "editors"}, "Edit").audience == "editors"
    for broken in ({}, {"synonyms": "[1", "audience": "cats"}, {"synonyms": None}, {"synonyms": 7}):
        assert read_page(broken, "Page").audience == "readers"
    assert read_page({}, "Page").synonyms == ()


def test_a_folded_table_of_all_papers_is_left_out_of_the_text_of_its_page() -> None:
    table = "<details><summary>All papers</summary><table><tr><td>Zebrafinches</td></tr></table></details>"
    page = f'<article class="litbook-article"><section><h1>Map</h1><p>A map.</p>{table}</section></article>'
    assert [section.text for section in read_sections(page)] == ["A map. All papers"]
