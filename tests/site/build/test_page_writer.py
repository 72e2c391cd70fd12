"""Generated pages are written when anything that they show changes, and only then. All pages are invented."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from litbook.site.build.page_writer import GeneratedPage, PageWriter


class FakeBuilder:
    """Offer what the writer asks of Sphinx's HTML builder; a page is its title and its body."""

    out_suffix = ".html"

    def __init__(self, folder: Path) -> None:
        self.outdir = folder
        self.globalcontext: dict[str, Any] = {"css_files": [], "script_files": [], "docstitle": "Invented"}
        self.templates = SimpleNamespace(render=self._render)

    def get_target_uri(self, name: str) -> str:
        return f"{name}.html"

    def get_outfilename(self, name: str) -> str:
        path = self.outdir / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        return str(path)

    def add_sidebars(self, name: str, context: dict[str, Any]) -> None:
        """Add none."""

    def _render(self, template: str, context: dict[str, Any]) -> str:
        return f"{context['docstitle']}|{context['title']}|{context['body']}|{context.get('extra', '')}"


class Site:
    """Build pages of a folder once more, with what a handler adds to each page."""

    def __init__(self, folder: Path) -> None:
        self.builder = FakeBuilder(folder / "html")
        self.digests = folder / "digests.json"
        self.extra = ""
        self.rendered: list[str] = []
        self.announced: list[str] = []

    def build(self, **sources: str) -> frozenset[str]:
        self.rendered = []
        app: Any = SimpleNamespace(builder=self.builder, emit=self._emit, env=SimpleNamespace(all_docs={}),
                                   config=SimpleNamespace(html_baseurl="", html_output_encoding="utf-8"))  # fmt: skip
        writer = PageWriter(app, self.digests)
        for name, source in sources.items():
            writer.write(GeneratedPage(f"made/{name}", name, source, self._body(name, source)))
        return writer.save()

    def _body(self, name: str, source: str) -> Callable[[], str]:
        def render() -> str:
            self.rendered.append(name)
            return source.upper()

        return render

    def _emit(self, event: str, name: str, *arguments: Any) -> None:
        if event == "html-page-context":
            _, context, _ = arguments
            context["extra"] = self.extra
        else:
            self.announced.append(name)

    def text(self, name: str) -> str:
        return (self.builder.outdir / f"made/{name}.html").read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_page_is_rendered_again_only_when_its_source_changes(site: Site) -> None:
    site.build(crane="folded", tide="low")
    assert site.text("crane") == "Invented|crane|FOLDED|"
    site.build(crane="folded", tide="low")
    assert site.rendered == []
    site.announced.clear()
    site.build(crane="unfolded", tide="low")
    assert (site.rendered, site.text("crane")) == (["crane"], "Invented|crane|UNFOLDED|")
    assert site.announced == ["made/crane"]  # the preview shows it again


def test_what_a_handler_adds_and_what_all_pages_share_count_as_well(site: Site) -> None:
    site.build(crane="folded")
    site.extra = "a new chapter"
    site.build(crane="folded")
    assert site.text("crane").endswith("|a new chapter")
    site.builder.globalcontext["docstitle"] = "Renamed"
    site.build(crane="folded")
    assert site.text("crane").startswith("Renamed|")


def test_a_page_with_the_same_bytes_is_not_touched(site: Site) -> None:
    site.build(crane="folded")
    path = site.builder.outdir / "made/crane.html"
    os.utime(path, ns=(1, 1))
    site.build(crane="FOLDED")  # another source, the same page
    assert site.rendered == ["crane"]
    assert path.stat().st_mtime_ns == 1


def test_a_page_that_was_deleted_is_written_again(site: Site) -> None:
    site.build(crane="folded")
    (site.builder.outdir / "made/crane.html").unlink()
    site.build(crane="folded")
    assert site.text("crane") == "Invented|crane|FOLDED|"


def test_pages_that_are_gone_are_named(site: Site) -> None:
    site.build(crane="folded", tide="low")
    assert site.build(crane="folded") == {"made/tide"}
    assert site.build(crane="folded") == frozenset()


def test_damaged_digests_cost_a_rendering_and_nothing_else(site: Site) -> None:
    site.build(crane="folded")
    site.digests.write_text("[not an object", "utf-8")
    site.build(crane="folded")
    assert site.rendered == ["crane"]
