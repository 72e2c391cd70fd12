"""Names that become paths: whatever passes is the name of one file on every system."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litbook.core.names import find_clashes, find_flaw, fold_name, make_portable
from litbook.text.citekey import make_citekey
from litbook.theme.propose import make_slug
from litbook.write.groups import make_slugs

HOSTILE = (
    *("..", "../x", "a/b", "a\\b", "/etc", "C:x", "a b", ".hidden", "-rf", "a.", "a ", "", "ü", "\u212a", "ﬁ", "a\0b"),
    *("con", "CON", "Nul", "com1", "LPT9", "aux", "x" * 300, "\u202ecod", "é", "e\u0301", "~", "$HOME", "%2e", "a:b"),
)
PLAIN = st.text(st.sampled_from("aAbBkK\u212aıİ019-_. /\\"), max_size=6)
ANY = PLAIN | st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(HOSTILE)


class CaseIgnoringDisk:
    """A file system that ignores case, normalises names and keeps the names of devices, as Windows and macOS do."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def write(self, name: str) -> None:
        assert not set(name) & set('<>:"/\\|?*')
        assert not any(sign < " " or "\ud800" <= sign <= "\udfff" for sign in name)
        assert not name.endswith((".", " "))
        assert 0 < len(name.encode()) <= 255
        assert name.partition(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1", "com9", "lpt9"}
        assert self.files.setdefault(fold_name(name), name) == name, "one file would replace another"


@pytest.mark.parametrize("name", [name for name in HOSTILE if name])
def test_no_hostile_name_passes(name: str) -> None:
    assert find_flaw(name)


@pytest.mark.parametrize("name", ["hansen2023tdmpc2", "graph-methods", "Smith_2020", "console", "3d", "com10"])
def test_names_in_use_pass(name: str) -> None:
    assert find_flaw(name) == ""


@given(st.lists(ANY, max_size=8, unique=True))
@example(["Kelp", "kelp", "KELP", "\u212aelp"])
def test_all_that_passes_is_one_file_each_where_case_is_ignored(names: list[str]) -> None:
    passed = [name for name in names if not find_flaw(name)]
    clashing = {later for _, later in find_clashes(passed)}
    disk = CaseIgnoringDisk()
    for name in passed:
        if name not in clashing:
            disk.write(f"{name}.md")
    assert len(disk.files) == len(set(map(fold_name, passed)))


@given(ANY)
@example("x" * 254 + "é.bib")
@example("CON.bib")
@example("..")
@example("a" + "." * 300)
def test_a_person_s_file_gets_a_name_that_every_system_can_hold(name: str) -> None:
    portable = make_portable(name)
    CaseIgnoringDisk().write(portable)
    assert make_portable(portable) == portable
    assert not portable.startswith(".")


@pytest.mark.parametrize(
    "name", ["my search 2024.bib", "scopus (1).csv", "文献.ris", "Größe.nbib", "a.tar.gz", "source"]
)
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert make_portable(name) == name


@given(st.lists(ANY, max_size=8, unique=True))
@example(["Con", "CON", "con", "Index", "Initial A"])
@example(["Müller, Å", "Muller, A", "MULLER, A", "\u212aelp", "Kelp", "kelp"])
@example(["x" * 80, "X" * 80, "x" * 60, "é" * 80])
def test_each_author_and_venue_has_a_page_of_its_own(names: list[str]) -> None:
    disk = CaseIgnoringDisk()
    slugs = make_slugs(names)
    for slug in slugs.values():
        assert slug == slug.lower()
        disk.write(f"{slug}.html")
    assert len(disk.files) == len(names)


@given(st.lists(st.tuples(ANY, ANY), max_size=6))
@example([("Aux", "Aux"), ("Con", "Con"), ("", ""), ("漢字", "漢")])
def test_citekeys_and_slugs_of_themes_pass_the_gate_whatever_they_are_made_from(works: list[tuple[str, str]]) -> None:
    for title, name in works:
        assert find_flaw(make_citekey(title, (name,), 2031)) == ""
    themes = [make_slug(title, set()) for title, _ in works]
    assert [find_flaw(slug) for slug in themes] == [""] * len(works)


def test_a_clash_names_both() -> None:
    def clashes(names: Iterable[str]) -> list[tuple[str, str]]:
        return list(find_clashes(names))

    assert clashes(["kelp", "cranes", "Kelp"]) == [("kelp", "Kelp")]
    assert clashes(["kelp", "kelp"]) == []
    assert clashes(["caf\u00e9", "cafe\u0301"]) == [("caf\u00e9", "cafe\u0301")]
