"""Notes of a library leave with their owner's export and not with the site; no such work exists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbook.__main__ import main
from litbook.core.project import Project
from litbook.pipeline import prepare

PRIVATE = "Ask Bo whether this holds"
SOURCES = {
    "annote.bib": f"@article{{k, title={{Kelp}}, author={{Made}}, note={{Extended version}}, annote={{{PRIVATE}}}}}",
    "annotation.bib": f"@article{{k, title={{Kelp}}, author={{Made, Bo}}, annotation={{{PRIVATE}}}}}",
    "jabref.bib": f"@article{{k, title={{Kelp}}, author={{Made, Bo}}, comment={{{PRIVATE}}}, ranking={{rank3}}}}",
    "comment-of-a-user.bib": f"@article{{k, title={{Kelp}}, author={{Made, Bo}}, comment-bo={{{PRIVATE}}}}}",
    "zotero.ris": f"TY  - JOUR\nTI  - Kelp\nAU  - Made, Bo\nN1  - {PRIVATE}\nER  - \n",
    "html.ris": f"TY  - JOUR\nTI  - Kelp\nAU  - Made, Bo\nN1  - <p>{PRIVATE}</p>\nN1  - Second\nER  - \n",
    "research.ris": f"TY  - JOUR\nTI  - Kelp\nAU  - Made, Bo\nRN  - {PRIVATE}\nU1  - {PRIVATE}\nER  - \n",
    "csl.json": json.dumps([{"id": "k", "type": "article-journal", "title": "Kelp", "annote": PRIVATE,
                             "author": [{"family": "Made", "given": "Bo"}], "issued": {"date-parts": [[2031]]}}]),
}  # fmt: skip


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments], catch_exceptions=False)


def start(folder: Path, source: str) -> Path:
    (folder / source).write_text(SOURCES[source], "utf-8")
    made = run("new", str(folder / "review"), "--from", str(folder / source))
    assert made.exit_code == 0, made.output
    return folder / "review"


def published(review: Path) -> str:
    """Return all that the site can show or offer: generated pages and data."""
    prepare(Project(review))
    folders = (review / "book/papers", review / "book/data")
    return "\n".join(path.read_text("utf-8") for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES)
def test_notes_stay_out_of_the_site_and_come_with_their_owner_s_export(source: str, tmp_path: Path) -> None:
    review = start(tmp_path, source)
    text = published(review)
    assert "Kelp" in text
    assert PRIVATE not in text
    assert "rank3" not in text
    for form in ("bib", "ris", "json"):
        target = review / f"mine.{form}"
        assert run("export", "--root", str(review), str(target)).exit_code == 0
        assert run("export", "--root", str(review), "--no-notes", str(review / f"plain.{form}")).exit_code == 0
        assert PRIVATE not in (review / f"plain.{form}").read_text("utf-8")
    assert PRIVATE in (review / f"mine.{source.rpartition('.')[2]}").read_text("utf-8")


def test_the_settings_can_let_notes_out(tmp_path: Path) -> None:
    review = start(tmp_path, "zotero.ris")
    config = review / "_config.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("    html_theme:", "    litbook_export_notes: true\n    html_theme:"), "utf-8")
    assert PRIVATE in published(review)


def test_a_note_that_bibliographies_print_is_published(tmp_path: Path) -> None:
    review = start(tmp_path, "annote.bib")
    published(review)
    for name, line in (("references.bib", "note = {Extended"), ("papers.ris", "N1  - note: Extended"),
                       ("papers.csl.json", '"note": "Extended')):  # fmt: skip
        assert line in (review / "book/data" / name).read_text("utf-8")


def test_another_format_is_refused(tmp_path: Path) -> None:
    done = run("export", "--root", str(start(tmp_path, "annote.bib")), str(tmp_path / "x.docx"))
    assert done.exit_code == 1
    assert "unknown format '.docx'; write .bib, .ris or .json (CSL)" in done.output
