"""`volumes.yml`: every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from litbook.commands.volumes.settings import Volume, Volumes, read_volumes, write_volumes
from litbook.model.faults import CorpusError


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    volumes = Volumes(
        tmp_path, 'A "review": <b>', (Volume("bread", "Bread: & more"), Volume("boats", "船")), "https://x.org/r/"
    )
    write_volumes(volumes)
    again = read_volumes(tmp_path)
    assert (again.title, again.address) == (volumes.title, volumes.address)
    assert [(one.name, one.title) for one in again.volumes] == [("bread", "Bread: & more"), ("boats", "船")]


def test_all_faults_are_listed_with_their_lines(tmp_path: Path) -> None:
    names = ("../out", "CON", "a/b", ".hidden", "ü", "Bread", "bread", "data", "bread")
    listed = "".join(f"- name: {name}\n  title: T\n" for name in names)
    text = f"titel: No title\naddress: ftp://x\nvolumes:\n{listed}- name: untitled\n"
    (tmp_path / "volumes.yml").write_text(text, "utf-8")
    with pytest.raises(CorpusError) as raised:
        read_volumes(tmp_path)
    faults = {str(fault) for fault in raised.value.faults}
    assert faults == {
        "volumes.yml:1: missing title; write what the whole review is called",
        "volumes.yml:1: unknown key 'titel'; did you mean 'title'?",
        "volumes.yml:2: invalid address 'ftp://x'; write the whole address, such as "
        "https://reviews.example.org/sourdough/",
        *(
            f"volumes.yml:{line}: invalid name '{name}'; only letters a to z, digits, hyphens and underscores are "
            "allowed, with a letter or digit first"
            for line, name in ((4, "../out"), (8, "a/b"), (10, ".hidden"), (12, "ü"))
        ),
        "volumes.yml:6: invalid name 'CON'; Windows reserves this name for a device",
        "volumes.yml:16: volume 'bread' and volume 'Bread' are one folder on some systems; rename one of them",
        "volumes.yml:18: invalid name 'data'; choose a name other than _static, data, papers, search-index, volumes, "
        "which the joined site needs",
        "volumes.yml:20: duplicate volume 'bread', first on line 16; rename one of them",
        "volumes.yml:22: volume 'untitled' is missing its title; write 'title:' below it",
    }


@pytest.mark.parametrize(
    "text", ["", "- a list", "title: [1]\nvolumes: {a: b}", "title: x\nvolumes:\n- 7\n", "a: b: c"]
)
def test_a_file_of_another_form_is_a_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "volumes.yml").write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=r"volumes\.yml"):
        read_volumes(tmp_path)
