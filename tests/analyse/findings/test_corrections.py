"""People's corrections of what was found: they win over the rules, and each fault has its line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invented import SOUND, put

from litbook.__main__ import main
from litbook.analyse.history.measured import read_measured
from litbook.commands.benchmarks.findings import read_sample, render_scores, score, tabulate_scores
from litbook.commands.benchmarks.studies import read_studies, tabulate_studies
from litbook.core.project import Project
from litbook.model.faults import CorpusError
from litbook.model.review import Corpus
from litbook.model.stated import Finding, Stated
from litbook.pipeline import find_uncorrected, make_corpus, prepare

FILE = "book/corpus/findings.csv"
HEAD = "citekey,field,action,value,sentence,measured,reason\n"
CRANE, KELP = "invented2031cranefold", "nobody2032kelp"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    return tmp_path


def make(root: Path, rows: str) -> Corpus:
    return make_corpus(put(root, {FILE: HEAD + rows}))[0]


def faults_in(root: Path, rows: str, head: str = HEAD) -> list[str]:
    """Return the faults, each without the name of the file."""
    with pytest.raises(CorpusError) as raised:
        make_corpus(put(root, {FILE: head + rows}))
    return [str(fault).removeprefix(f"{FILE}:") for fault in raised.value.faults]


def test_without_the_file_the_rules_stand_alone(root: Path) -> None:
    stated = make_corpus(Project(root))[0].stated
    assert stated[CRANE] == Stated(method=("CraneFold",), findings=(Finding(3, "", "3%"),))
    assert stated[KELP] == Stated(findings=(Finding(3, "", "12%"),))


def test_corrections_win_over_the_rules(root: Path) -> None:
    rows = (
        f"{CRANE},method,replace,Patient Robots,,,it is the robots\n{CRANE},method,replace,Folding,,,and the folding\n"
        f"{CRANE},models,add,hasty robot,,,a baseline\n{CRANE},finding,replace,3%,3,tears,what is counted\n"
        f"{CRANE},finding,add,40 sheets,3,,how many\n{KELP},finding,drop,12%,3,,a length\n"
    )
    stated = make(root, rows).stated
    findings = (Finding(3, "tears", "3%"), Finding(3, "", "40 sheets"))
    assert stated[CRANE] == Stated(("Patient Robots", "Folding"), ("hasty robot",), (), findings)
    assert stated[KELP] == Stated()


def test_a_name_that_is_there_already_is_not_there_twice(root: Path) -> None:
    assert make(root, f"{CRANE},method,add,CraneFold,,,\n").stated[CRANE].method == ("CraneFold",)


def test_a_correction_of_an_excluded_paper_waits(root: Path) -> None:
    with (root / "book/corpus/decisions.csv").open("a", encoding="utf-8") as decisions:
        decisions.write("tidegardensneed,,,,exclude,Not kelp.,an invented editor,2031-05-01\n")
    assert "tidegardensneed" not in make(root, "tidegardensneed,method,add,Gardener,,,\n").stated


def test_every_correction_that_does_not_fit_its_paper_is_reported_with_its_line(root: Path) -> None:
    rows = (
        "nobody2032kelb,method,add,kelp,,,\n"
        f"{CRANE},method,add,CraneFolt,,,\n"
        f"{CRANE},method,drop,CraneFolds,,,\n"
        f"{CRANE},models,drop,CraneFold,,,\n"
        f"{CRANE},models,replace,hasty robot,,,\n"
        f"{CRANE},finding,add,3%,9,tears,\n"
        f"{CRANE},finding,add,3%,2,,\n"
        f"{CRANE},finding,add,3%,3,hasty robots,\n"
        f"{CRANE},finding,add,0 sheets,3,,\n"
        f"{CRANE},finding,drop,4%,3,,\n"
        f"{CRANE},finding,replace,waits,2,,\n"
        f"{KELP},finding,add,zzz,3,,\n"
    )
    assert faults_in(root, rows) == [
        f"2: no paper 'nobody2032kelb'; did you mean '{KELP}'?",
        f"3: {CRANE}: 'CraneFolt' stands neither in the title nor in the abstract; did you mean 'CraneFold'?",
        f"4: {CRANE}: 'CraneFolds' is not found under method, so it cannot be dropped; did you mean 'CraneFold'?",
        f"5: {CRANE}: 'CraneFold' is not found under models, so it cannot be dropped; "
        "the rules found nothing there: delete the row",
        f"6: {CRANE}: the rules found nothing under models, so nothing can be replaced; write add",
        f"7: {CRANE}: no sentence 9; the abstract has 3",
        f"8: {CRANE}: '3%' is not in sentence 2; it is in sentence 3",
        f"9: {CRANE}: 'hasty robots' is not in sentence 3; did you mean 'hasty robot'?",
        f"10: {CRANE}: '0 sheets' is not in sentence 3; did you mean '40 sheets'?",
        f"11: {CRANE}: '4%' is not found in sentence 3, so it cannot be dropped; found were 3%",
        f"12: {CRANE}: the rules found nothing in sentence 2, so nothing can be replaced; write add",
        f"13: {KELP}: 'zzz' is not in sentence 3; copy it from the paper's page",
    ]


def test_every_row_that_is_not_a_correction_is_reported_with_its_line(root: Path) -> None:
    rows = (
        f"{CRANE},method,add\n"
        f'{CRANE},methods,add,"Cranes,\nof paper",,,\n'
        f"{CRANE},method,remove,CraneFold,,,\n"
        ",method,add,CraneFold,,,\n"
        f"{CRANE},method,add,,,,\n"
        f"{CRANE},finding,add,3%,three,,\n"
        f"{CRANE},method,add,CraneFold,3,,\n"
    )
    assert faults_in(root, rows) == [
        "2: the row has more or fewer cells than the header; put cells with a comma in quotation marks",
        "3: unknown field 'methods'; did you mean 'method'?",
        "5: unknown action 'remove'; use one of add, drop, replace",
        "6: missing citekey; write the citekey of the paper",
        "7: missing value; write the name, or the number of the finding, exactly as in the paper's text",
        "8: invalid sentence number 'three'; run 'litbook show' to see the numbered sentences",
        "9: 'sentence' and 'measured' apply only to findings; leave both cells empty",
    ]


def test_a_table_without_its_columns_is_reported(root: Path) -> None:
    assert faults_in(root, "", "citekey,field,action,value\n") == [
        "1: missing columns sentence, measured, reason; "
        "the header is citekey,field,action,value,sentence,measured,reason"
    ]


def test_the_catalogue_the_paper_s_page_and_show_tell_what_is_stated(root: Path) -> None:
    project = put(root, {FILE: f"{HEAD}{CRANE},models,add,hasty robot,,,\n"})
    prepare(project)
    papers = {paper["citekey"]: paper for paper in json.loads((project.data / "papers.json").read_text("utf-8"))}
    assert (papers[CRANE]["method"], papers[CRANE]["models"]) == (["CraneFold"], ["hasty robot"])
    assert "benchmarks" not in papers[CRANE]
    assert "method" not in papers[KELP]
    assert papers[KELP]["findings"] == [{"number": "12%", "sentence": 3}]
    assert {"quote": "Its kelp grows 12% longer than that of a fixed bed.", "sentence": 3} in papers[KELP]["evidence"]
    page = (project.papers / f"{CRANE}.md").read_text("utf-8")
    assert "{.litbook-glance}\n**Method** CraneFold · **Models** hasty robot\n" in page
    assert ".litbook-glance" not in (project.papers / f"{KELP}.md").read_text("utf-8")
    shown = CliRunner().invoke(main, ["show", "--root", str(root), CRANE]).stdout
    assert "  models: hasty robot  [found by rules, corrected by findings.csv:2]\n" in shown
    assert "  finding: 3% (sentence 3)  [found by rules, corrected by findings.csv:2]\n" in shown


# -- the benchmark ----------------------------------------------------------------------------------------------------

FOUND = {
    "a": Stated(("X", "Y"), ("M",), (), (Finding(1, "cost", "5%"), Finding(2, "", "6%")), task=("V",)),
    "b": Stated(),
}


def test_a_score_counts_what_is_right_wrong_and_missed_in_the_fields_that_were_looked_for() -> None:
    wanted = [
        {"sentence": 1, "number": "5%", "measured": ["costs", "cost"]},
        {"sentence": 2, "number": "6%", "measured": ["x"]},
    ]
    introduced = {"method": [["the Y", "Y"]], "task": [["Z"]], "dataset": [["V"]], "unclear": ["X"]}
    scores = score({"a": {"introduces": introduced, "findings": wanted}, "b": {"introduces": {"task": [["W"]]}}}, FOUND)
    assert {name: (item.right, item.wrong, item.missed) for name, item in scores.items()} == {
        "introduces": (2, 0, 2),
        "sort": (1, 1, 1),
        "findings": (2, 0, 0),
        "measured": (1, 1, 1),
    }
    assert (scores["introduces"].precision, scores["introduces"].recall) == (1, 1 / 2)
    assert "b: introduces is missing 'W'" in scores["introduces"].lines
    assert "a: sort should not have 'V: task'" in scores["sort"].lines
    assert score({"b": {"models": []}}, FOUND)["models"].precision is None
    assert "–" in render_scores({"p": {"b": {"models": []}}}, FOUND)


def bench(root: Path, sample: str) -> Result:
    path = root / "sample.json"
    path.write_text(sample, "utf-8")
    return CliRunner().invoke(main, ["findings-bench", "--root", str(root), "--sample", str(path)])


def test_the_command_measures_the_rules_and_not_the_corrections(root: Path) -> None:
    make(root, f"{CRANE},method,drop,CraneFold,,,\n")
    result = bench(root, json.dumps({"read": {CRANE: {"introduces": {"method": [["CraneFold"]]}}}}))
    assert result.exit_code == 0
    (line,) = [line.split() for line in result.stdout.splitlines() if line.split()[:1] == ["introduces"]]
    assert line == ["introduces", "1", "0", "0", "1.00", "1.00"]


def test_a_sample_of_papers_that_the_review_does_not_have_is_reported(root: Path) -> None:
    result = bench(root, json.dumps({"read": {"nobody2032kelb": {}}}))
    assert (result.exit_code, f"unknown citekey 'nobody2032kelb'; did you mean '{KELP}'?" in result.stderr) == (1, True)


def as_forms(forms: str | list[str]) -> list[str]:
    return [forms] if isinstance(forms, str) else forms


@pytest.mark.slow
def test_the_sample_of_this_review_holds_only_quotations() -> None:
    root = Path(__file__).parents[3]
    corpus = make_corpus(Project(root))[0]
    by_key = {paper.citekey: paper for paper in corpus.papers}
    sample = read_sample(root / "tests/findings-sample.json", corpus)
    for citekey, answers in ((key, answers) for part in sample.values() for key, answers in part.items()):
        paper = by_key[citekey]
        text = f"{paper.title.plain}\n{paper.abstract.plain}"
        own = [form for names in answers.get("introduces", {}).values() for forms in names for form in as_forms(forms)]
        for name in (*own, *answers.get("models", ()), *answers.get("benchmarks", ())):
            assert name in text, (citekey, name)
        for item in answers.get("findings", ()):
            start, end = corpus.sentences[citekey][item["sentence"] - 1]
            quote = paper.abstract.plain[start:end]
            assert all(piece in quote for piece in (item["number"], *item["measured"])), (citekey, item)
    assert sorted(map(len, list(sample.values())[:2])) == [20, 40]


@pytest.mark.slow
def test_the_rules_score_as_published() -> None:
    """After a change of the rules, the abstracts or the sample: `litbook findings-bench --save`."""
    project = Project(Path(__file__).parents[3])
    corpus = make_corpus(project)[0]
    by_key = {paper.citekey: paper for paper in corpus.papers}
    sample = read_sample(project.root / "tests/findings-sample.json", corpus)
    published = read_measured(project)["findings"]
    assert tabulate_scores(sample, find_uncorrected(corpus)) == published.tables["scores"]
    assert find_uncorrected(corpus).keys() == by_key.keys()
    studies = read_studies(project.root / "tests/studies-sample.json")
    assert tabulate_studies(studies) == published.tables["studies"]
