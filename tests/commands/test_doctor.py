"""The report on the libraries: what is installed, what is out of bounds, and what is patched."""

from __future__ import annotations

from litbook.commands.libraries import find_libraries, render_report
from litbook.sphinxext.patches import MOST, PATCHES, Patch


def test_the_installed_libraries_are_within_the_declared_bounds() -> None:
    libraries = find_libraries()
    assert {"sphinx", "jupyter-book", "pandas"} <= {library.name for library in libraries}
    assert [library for library in libraries if not library.is_sound] == []
    assert f"All {len(libraries)} libraries are within bounds." in render_report(libraries)


def test_libraries_out_of_bounds_and_missing_ones_are_named_with_the_command() -> None:
    libraries = find_libraries(["sphinx>=1,<2", "no-such-library-of-litbook>=3", "pytest; extra == 'test'"])
    report = render_report(libraries)
    assert [library.name for library in libraries] == ["no-such-library-of-litbook", "sphinx"]
    assert "OUT OF BOUNDS: needs <2,>=1; run pip install 'sphinx<2,>=1'" in report
    assert "MISSING: run pip install 'no-such-library-of-litbook>=3'" in report
    assert "2 of 2 libraries are out of bounds." in report


def test_each_patch_is_printed_with_its_reason() -> None:
    patch = Patch("made.up.function", "1.2 to 1.4", "no hook is called between reading and writing", "1 s")
    report = render_report((), [patch])
    assert "Patched places in other libraries: 1" in report
    assert "made.up.function (1.2 to 1.4): no hook is called between reading and writing; saves 1 s" in report


def test_there_are_few_patches() -> None:
    assert len(PATCHES) <= MOST
