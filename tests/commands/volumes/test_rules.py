"""The rules of Snakemake, the start of a volume, and what is said of failures."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from invented import PACKAGE

from litbook.commands.volumes import building
from litbook.commands.volumes.building import find_failed, list_written, run_rules, start_volume
from litbook.commands.volumes.settings import Volume, Volumes, read_volumes, write_volumes
from litbook.model.faults import CorpusError

BREAD = Volume("bread", "Bread")


def make_volumes(root: Path, address: str = "") -> Volumes:
    volumes = Volumes(root, "Invented", (BREAD, Volume("boats", "Boats")), address)
    write_volumes(volumes)
    for volume in volumes.volumes:
        text = f"TY  - JOUR\nTI  - An invented study of {volume.name}\nAB  - We invented {volume.name} here.\nER  - \n"
        volumes.sources(volume).mkdir(parents=True)
        (volumes.sources(volume) / "papers.ris").write_text(text, "utf-8")
    return read_volumes(root)


def test_a_volume_is_started_once_with_the_address_that_it_will_have(tmp_path: Path) -> None:
    volumes = make_volumes(tmp_path, "https://example.org/r/")
    assert start_volume(volumes, BREAD) == "bread: started with 1 paper in 1 suggested theme"
    settings = volumes.review(BREAD) / "_config.yml"
    assert 'baseurl: "https://example.org/r/bread/"' in settings.read_text("utf-8")
    assert "volume" in settings.read_text("utf-8").partition("myst_url_schemes:")[2].splitlines()[0]
    settings.write_text("mine", "utf-8")
    assert start_volume(volumes, BREAD) == "bread: the review is there already, and stays as it is"
    assert settings.read_text("utf-8") == "mine"


def test_a_volume_with_neither_review_nor_exports_is_a_fault(tmp_path: Path) -> None:
    volumes = make_volumes(tmp_path)
    shutil.rmtree(volumes.sources(BREAD))
    with pytest.raises(
        CorpusError, match="volume 'bread' has neither a review nor exports; put exports into sources/bread"
    ):
        start_volume(volumes, BREAD)


def test_what_builds_write_does_not_call_for_another_build(tmp_path: Path) -> None:
    volumes = make_volumes(tmp_path)
    start_volume(volumes, BREAD)
    before = list_written(volumes, BREAD)
    assert {"volumes/bread/_toc.yml", "volumes/bread/book/corpus/sources/papers.ris"} <= set(before)
    for name in ("book/papers/a.md", "book/data/papers.csv", "_build/html/index.html", ".litbook/x", "book/.x/y"):
        path = volumes.review(BREAD) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("made", "utf-8")
    assert list_written(volumes, BREAD) == before
    assert not any("ledger" in name for name in before)


def test_a_failed_volume_is_reported_by_its_own_files(tmp_path: Path) -> None:
    volumes = make_volumes(tmp_path)
    volumes.state("x").parent.mkdir(parents=True)
    volumes.state("bread.started").touch()
    listed = "  book/chapters/a.md:7: unknown citekey 'x'; see\n  _toc.yml: empty\n"
    log = f"Running Sphinx\nwarning: odd\n2 faults found; nothing was written:\n{listed}"
    volumes.state("bread.build.log").write_text(log, "utf-8")
    volumes.state("boats.start.log").write_text("Traceback\nMemoryError: too much\n", "utf-8")
    assert [str(fault) for fault in find_failed(volumes, 0)] == [
        "volumes/bread/book/chapters/a.md:7: unknown citekey 'x'; see",
        "volumes/bread/_toc.yml: empty",
        "_build/volumes/boats.start.log: volume 'boats' failed to start: MemoryError: too much",
    ]
    assert list(find_failed(volumes, float("inf"))) == []  # logs of an earlier run


def test_without_snakemake_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(CorpusError, match=r"Snakemake is missing; install it with: pip install 'litbook\[volumes\]'"):
        run_rules(make_volumes(tmp_path), "1", ())


@pytest.mark.skipif(importlib.util.find_spec("snakemake") is None, reason="the extra litbook[volumes] is not installed")
def test_snakemake_plans_to_start_and_build_each_volume_and_to_join_them(tmp_path: Path) -> None:
    make_volumes(tmp_path)
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(building.RULES), "--directory", str(tmp_path)]
    done = subprocess.run(
        [*command, "--cores", "1", "--dry-run"], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    planned = done.stdout + done.stderr
    assert [planned.count(f"rule {name}:") for name in ("start", "build", "join")] == [2, 2, 1]


def test_the_rules_name_only_commands_and_files_that_are_there() -> None:
    text = building.RULES.read_text("utf-8")
    assert " start {wildcards.name:q}" in text
    assert " join > {log:q}" in text
    assert sorted(path.name for path in building.RULES.parent.iterdir()) == [building.RULES.name]
