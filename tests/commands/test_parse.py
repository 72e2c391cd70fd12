"""Parsed papers in a review: what is kept of them, and that their text is nowhere else. All papers are invented."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from exports import content_of
from parsedpapers import SECRET, THEORY, Owl, write_folder, write_tei
from readings import read_file, read_single

from litbook.__main__ import main
from litbook.commands.intake.texts import render_source
from litbook.commands.parse.chosen import choose_kept
from litbook.core.project import Project
from litbook.model.fulltext import FullText, Passage, TextSection
from litbook.pipeline import make_corpus, prepare
from litbook.site.authoring.evidence_drawing import render_table
from litbook.site.authoring.evidence_table import select_rows
from litbook.site.search.index.entries import list_entries

JATS_WITH_SIGNS = """\
<article><front><article-meta><title-group><article-title>Owls &amp; mice &lt; snow</article-title></title-group>
<contrib-group><contrib contrib-type="editor"><name><surname>Moll</surname></name></contrib></contrib-group>
<abstract><p>We test p &lt; 0.05 &amp; more.</p></abstract></article-meta></front>
<body><sec><title>Introduction</title><p>Owls.</p></sec></body></article>
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a review that was made from four parsed papers, each of which cites the earlier ones."""
    place = tmp_path_factory.mktemp("parsed")
    done = run("new", place / "review", "--from", write_folder(place / "tei"))
    assert done.exit_code == 0, done.output
    assert "The texts of 4 parsed papers stay in book/corpus/texts" in done.output
    prepare(Project(place / "review"))
    return Project(place / "review")


def test_tables_quote_the_full_text_in_columns_of_their_own_with_the_section(review: Project) -> None:
    prepared = prepare(review)
    slug = next(iter(prepared.corpus.placements.values())).theme
    rows = select_rows.select(prepared, slug)
    html = render_table(rows, lambda citekey: f"{citekey}.html")
    assert "Limitations, in the full text" in html
    assert "Sample, in the full text" in html
    quoted = {quote.about: quote for quote in rows[0].texts}
    assert (quoted["limitations"].text, quoted["limitations"].label) == (
        "We tested three owls in one winter only.", "Limitations, sentence 1"
    )  # fmt: skip
    assert f'href="{rows[0].citekey}.html#{quoted["limitations"].anchor}"' in html


def test_the_search_finds_the_sentences_that_are_kept_of_texts(review: Project) -> None:
    corpus = prepare(review).corpus
    entries = list_entries(corpus, {}, {})
    paper = corpus.papers[0]
    said = next(entry for entry in entries if entry.text == "We tested three owls in one winter only.")
    assert (said.anchor, said.heading) == ("sentence-4-1", "In the full text: Limitations")
    assert said.page == (f"book/papers/{paper.citekey}.html", paper.title.plain, 0)
    assert not any(SECRET in entry.text for entry in entries)


def find_files_with(root: Path, words: str) -> list[str]:
    files = (path for path in root.rglob("*") if path.is_file() and ".litbook" not in path.parts)
    return sorted(path.relative_to(root).as_posix() for path in files if words in path.read_text("utf-8", "replace"))


def test_the_text_of_a_paper_is_only_where_git_ignores_it(review: Project) -> None:
    kept = find_files_with(review.root, SECRET)
    assert kept == [f"book/corpus/texts/tei/owl{number}.tei.xml" for number in range(4)]
    assert not any(SECRET.encode() in path.read_bytes() for path in review.cache.rglob("*") if path.is_file())
    subprocess.run(["git", "init", "-q", review.root], check=True)
    command = ["git", "-C", str(review.root), "status", "--porcelain", "-uall"]
    seen = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "sources/tei/owl0.tei.csl.json" in seen.stdout
    assert "texts" not in seen.stdout


def test_a_clone_without_the_texts_builds_the_same_pages(review: Project, tmp_path: Path) -> None:
    for name in ("_config.yml", "_toc.yml", "book/corpus/parsed.jsonl", "book/corpus/ledger.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((review.root / name).read_bytes())
    for path in (review.root / "book").rglob("*"):
        below = path.relative_to(review.root)
        if path.is_file() and not {"texts", "papers", "data"} & set(below.parts):
            (tmp_path / below).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / below).write_bytes(path.read_bytes())
    prepare(Project(tmp_path))
    for folder in ("book/papers", "book/data"):
        made, cloned = (
            {path.name: path.read_bytes() for path in (root / folder).rglob("*.*")} for root in (review.root, tmp_path)
        )
        assert made == cloned


def test_what_is_kept_are_headings_references_first_sentences_and_a_few_sentences(review: Project) -> None:
    lines = [json.loads(line) for line in review.parsed.read_text("utf-8").splitlines()]
    assert [line["file"] for line in lines] == [f"tei/owl{number}.tei.xml" for number in range(4)]
    last = lines[-1]
    assert last["tool"] == "GROBID 0.8.0"
    assert [item["heading"] for item in last["headings"]] == ["Introduction", "Methods", "Birds", "Limitations"]
    assert last["references"][0] == {"title": Owl(0).title, "author": "Kraut0", "year": 2010, "doi": Owl(0).doi,
                                     "sections": [1]}  # fmt: skip
    assert last["captions"] == ["An owl above the snow."]
    assert [(item["about"], item["section"], item["sentence"], item["text"]) for item in last["sentences"]] == [
        ("sample", 2, 1, "We recruited 34 participants who watched owls."),
        ("limitations", 4, 1, "We tested three owls in one winter only."),
    ]


def test_pages_and_the_catalogue_say_who_cites_whom(review: Project) -> None:
    corpus = make_corpus(review)[0]
    keys = [paper.citekey for paper in corpus.papers]
    page = (review.papers / f"{keys[2]}.md").read_text("utf-8")
    cites = page.partition("## Cites in this review\n")[2]
    assert cites.index(f"({keys[0]}.md)") < cites.index(f"({keys[1]}.md)") < cites.index("## Cited by in this review")
    assert "cited in Introduction" in cites
    assert f"({keys[3]}.md)" in cites.partition("## Cited by in this review\n")[2]
    assert "(Limitations, sentence 1)" in page.partition("## In the paper\n")[2]
    papers = {item["citekey"]: item for item in json.loads((review.data / "papers.json").read_text("utf-8"))}
    assert papers[keys[1]]["cites"] == [{"citekey": keys[0], "sections": ["Introduction"]}]
    assert papers[keys[1]]["cited_by"] == keys[2:]
    assert "cites" not in papers[keys[0]]


def test_works_that_are_lacking_can_be_added(review: Project, tmp_path: Path) -> None:
    assert (review.data / "lacking.txt").read_text("utf-8") == f"{THEORY[3]}\n"
    (record,) = read_file((review.data / "lacking.ris").read_text("utf-8"), "lacking.ris").records
    assert (record.title, record.year, record.links) == (THEORY[0], THEORY[2], {"doi": THEORY[3]})


@pytest.mark.parametrize("text", [write_tei(Owl(2)), JATS_WITH_SIGNS], ids=["TEI", "JATS"])
def test_the_source_of_a_parsed_paper_reads_back_as_the_same_record(text: str) -> None:
    record = read_single(text)
    (source,) = read_file(render_source([record]), "x.csl.json").records
    assert content_of(source)[:7] == content_of(record)[:7]
    assert source.reference == record.reference
    assert source.extra["parsed by"] == record.extra["parsed by"]


def test_parse_binds_to_papers_that_are_there_and_names_the_others(tmp_path: Path) -> None:
    entries = "\n".join(f"@article{{o{n}, title={{{Owl(n).title}}}, doi={{{Owl(n).doi}}}, year=2010}}" for n in (0, 1))
    (tmp_path / "owls.bib").write_text(entries, "utf-8")
    assert run("new", tmp_path / "review", "--from", tmp_path / "owls.bib").exit_code == 0
    folder = write_folder(tmp_path / "tei", 3)
    done = run("parse", "--root", tmp_path / "review", folder)
    assert done.exit_code == 0, done.output
    assert "3 parsed papers read, 2 of papers in this review; 2 lines of parsed.jsonl changed." in done.output
    assert (
        "tei/owl2.tei.xml: 'Invented owls of sort gamma hear mice in snow' not taken: no paper of the review"
        in done.output
    )
    review = Project(tmp_path / "review")
    assert not find_files_with(review.sources, "teiHeader")
    assert [path.name for path in sorted((review.texts / "tei").iterdir())] == ["owl0.tei.xml", "owl1.tei.xml"]
    before = review.parsed.read_bytes()
    assert run("parse", "--root", review.root).exit_code == 0
    assert review.parsed.read_bytes() == before


def test_a_person_can_say_to_which_paper_a_text_belongs(tmp_path: Path) -> None:
    (tmp_path / "owls.bib").write_text("@article{o, title={Quite another owl}, author={Moll, Ada}, year=2010}", "utf-8")
    assert run("new", tmp_path / "review", "--from", tmp_path / "owls.bib").exit_code == 0
    folder = write_folder(tmp_path / "tei", 1)
    review = Project(tmp_path / "review")
    review.fulltext.write_text("file,citekey,by,date\ntei/owl0.tei.xml,moll2010quite,Ada Moll,2026-01-01\n", "utf-8")
    assert "1 parsed paper read, 1 of papers" in run("parse", "--root", review.root, folder).output
    assert make_corpus(review)[0].parsed["moll2010quite"].tool == "GROBID 0.8.0"


def test_check_names_the_texts_that_a_person_put_among_the_sources(tmp_path: Path) -> None:
    (tmp_path / "owls.bib").write_text("@article{o, title={An owl}, year=2010}", "utf-8")
    assert run("new", tmp_path / "review", "--from", tmp_path / "owls.bib").exit_code == 0
    write_folder(tmp_path / "review/book/corpus/sources/tei", 1)
    said = run("check", "--root", tmp_path / "review").output
    assert "sources/tei/owl0.tei.xml: the whole text of a paper, which would be published; move the file" in said
    assert "litbook add" in said


def test_a_bibliography_is_not_a_text(tmp_path: Path) -> None:
    (tmp_path / "owls.bib").write_text("@article{o, title={An owl}, year=2010}", "utf-8")
    assert run("new", tmp_path / "review", "--from", tmp_path / "owls.bib").exit_code == 0
    done = run("parse", "--root", tmp_path / "review", tmp_path / "owls.bib")
    assert (done.exit_code, "a bibliography, not the text of a paper" in done.output) == (1, True)


def test_added_texts_stay_out_of_the_sources_too(tmp_path: Path) -> None:
    (tmp_path / "owls.bib").write_text("@article{o, title={An owl}, year=2010}", "utf-8")
    assert run("new", tmp_path / "review", "--from", tmp_path / "owls.bib").exit_code == 0
    review = Project(tmp_path / "review")
    folder = write_folder(tmp_path / "tei", 2)
    for _ in range(2):
        done = run("add", "--root", review.root, folder)
        assert done.exit_code == 0, done.output
        assert sorted(path.name for path in review.sources.rglob("*.*")) == [
            "owl0.tei.csl.json",
            "owl1.tei.csl.json",
            "owls.bib",
        ]
    assert find_files_with(review.sources, SECRET) == []
    assert len(review.parsed.read_text("utf-8").splitlines()) == 2


def test_a_damaged_line_is_a_fault_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "owls.bib").write_text("@article{o, title={An owl}, author={Moll, Ada}, year=2010}", "utf-8")
    assert run("new", tmp_path / "review", "--from", tmp_path / "owls.bib").exit_code == 0
    review = Project(tmp_path / "review")
    line = {"citekey": "moll2010owl", "tool": "x", "references": [{"title": "y", "sections": [3]}]}
    review.parsed.write_text(f'{{"tool": "x"}}\n{json.dumps(line)}\n', "utf-8")
    done = run("check", "--root", review.root)
    assert "book/corpus/parsed.jsonl:1: missing citekey" in done.output
    assert "book/corpus/parsed.jsonl:2: section 3 of 0" in done.output


# -- claims on sentences of the text --------------------------------------------------------------------------------


def write_chapter(review: Project, statement: str) -> None:
    chapter = next(iter(sorted((review.book / "chapters").glob("*.md"))))
    chapter.write_text(f"# Owls\n\n{statement}\n", "utf-8")


@pytest.mark.slow
def test_a_sentence_of_the_text_can_be_claimed_and_its_numbers_count_only_then(tmp_path: Path) -> None:
    assert run("new", tmp_path / "review", "--from", write_folder(tmp_path / "tei", 4)).exit_code == 0
    review = Project(tmp_path / "review")
    key = make_corpus(review)[0].papers[0].citekey
    assert (
        f"{key}:2.1  We recruited 31 participants who watched owls."
        in run("show", "--root", review.root, "--text", key).output
    )

    def check(claim: str, number: int = 31) -> str:
        write_chapter(review, f"In one study, {number} participants watched owls {{claim}}`{key}:{claim}`.")
        return run("check", "--root", review.root).output

    assert "the number '31 participants'" in check("1")  # the abstract does not state it
    assert "faults found" not in check("2.1")
    assert "the number '32 participants'" in check("2.1", 32)
    assert f"sentence 3.1 of the text of '{key}' is not kept; run 'litbook parse'" in check("3.1")
    assert run("parse", "--root", review.root).exit_code == 0
    kept = read_kept(review, key)
    assert kept["3.1"] == ("claim", "All birds were wild.")


def read_kept(review: Project, key: str) -> dict[str, tuple[str, str]]:
    line = next(
        line for line in map(json.loads, review.parsed.read_text("utf-8").splitlines()) if line["citekey"] == key
    )
    return {f"{item['section']}.{item['sentence']}": (item["about"], item["text"]) for item in line["sentences"]}


@pytest.mark.slow
def test_a_claimed_sentence_that_has_moved_in_the_text_is_named(tmp_path: Path) -> None:
    assert run("new", tmp_path / "review", "--from", write_folder(tmp_path / "tei", 1)).exit_code == 0
    review = Project(tmp_path / "review")
    key = make_corpus(review)[0].papers[0].citekey
    write_chapter(review, f"The birds were wild {{claim}}`{key}:3.1`.")
    assert run("parse", "--root", review.root).exit_code == 0
    (tmp_path / "tei/owl0.tei.xml").write_text(
        write_tei(Owl(0)).replace("<p>All birds", "<p>We watched them. All birds"), "utf-8"
    )
    done = run("parse", "--root", review.root, tmp_path / "tei")
    assert f"{key}:3.1 is now {key}:3.2; correct the claims on “All birds were wild.”" in done.output


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("The recordings and all data are freely available in the archive of owls.", True),
        ("The data that support these findings are available from Ben upon reasonable request.", True),
        ("We release the code of our ears and the models that hear mice in snow.", True),
        ("They work on fuzzy data that are provided in the form of notes on the calls of owls.", False),
        ("There are opportunities to design models which can then be shared with other owls.", False),
    ],
)
def test_a_sentence_on_availability_says_that_something_is_available(said: str, about: bool) -> None:
    section = TextSection("Methods", 1, (Passage(said),), "methods")
    text = FullText((section,))
    kept = choose_kept(text, "kraut2031owls", "x.xml", "0")
    assert [sentence.about for sentence in kept.sentences] == (["availability"] if about else [])


@pytest.mark.parametrize(
    ("said", "role", "about"),
    [
        ("In total, there were 98 patients who were watched by the owls in winter.", "results", ["sample"]),
        ("If owls heard all, there would be 560 fewer cases that are found late in winter.", "results", []),
        ("Some 150 adult shrimps were added and kept in the dark for the owls of winter.", "methods", []),
        ("These findings come from one valley and cannot be generalized to other owls.", "discussion", ["limitations"]),
        ("The effects of snow cannot be generalized across the tissues of mice.", "discussion", []),
    ],
)
def test_what_is_imagined_is_not_a_sample_and_what_holds_of_mice_not_a_limitation(
    said: str, role: str, about: list[str]
) -> None:
    text = FullText((TextSection(role, 1, (Passage(said),), role),))
    assert [item.about for item in choose_kept(text, "kraut2031owls", "x.xml", "0").sentences] == about
