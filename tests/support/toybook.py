"""Copies of the invented toy review, and what the real commands make of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import kinds
from bs4 import BeautifulSoup, Tag
from warm import run_jupyter_book

REPOSITORY = Path(__file__).resolve().parents[2]
TOY = REPOSITORY / "tests/toy"
SCRIPTS = REPOSITORY / "scripts"
# Made by a build; everything else is an input.
MADE = ("_build", "book/papers", "book/data", ".litbook", "executions.txt")
# What a notebook's kernel prints about itself, not about pages or inputs: that on a busy machine its connection closed
# early.
_KERNEL = re.compile(
    r"^ERROR:tornado\.general:Uncaught exception in ZMQStream callback\nTraceback .*(?:\n[ \t].*)*\n.*$",
    re.MULTILINE,
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PATIENCE = 300
# Modification time and bytes of files.
Stamps = dict[str, tuple[int, bytes]]


@dataclass(frozen=True)
class Run:
    """Exit code and complete output of a command."""

    code: int
    output: str

    @property
    def warnings(self) -> list[str]:
        """Return every line about a warning or an error, except the kernel's about itself."""
        lines = _KERNEL.sub("", self.output).splitlines()
        return [line for line in lines if re.search(r"WARNING|ERROR|CRITICAL|Traceback|\\d+ warning", line)]


@dataclass(frozen=True)
class Review:
    """A review in a folder of its own."""

    root: Path

    @property
    def html(self) -> Path:
        return self.root / "_build/html"

    @property
    def executions(self) -> int:
        """Return how often the toy's notebook has been executed."""
        log = self.root / "executions.txt"
        return len(log.read_text().splitlines()) if log.is_file() else 0

    def build(self) -> Run:
        """Run `jupyter-book build .`, in a process that has imported what it needs."""
        kinds.require("build")
        code, output = run_jupyter_book(("build", "."), self.root, self._environment(), _PATIENCE)
        return Run(code, _COLOUR.sub("", output))

    def build_cold(self) -> Run:
        """Run `jupyter-book build .` as a user does: it starts with nothing, not even a hash seed."""
        kinds.require("build")
        return self.run(str(Path(sysconfig.get_path("scripts")) / "jupyter-book"), "build", ".")

    def run(self, *command: str) -> Run:
        """Run a command in the review's folder, with this repository's litbook."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
        return Run(done.returncode, _COLOUR.sub("", done.stdout))

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(SCRIPTS), "TOY_EXECUTIONS": str(self.root / "executions.txt")}

    def path(self, name: str) -> Path:
        return self.root / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs exactly once in a file."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{name} contains {text.count(old)} times: {old}"
        path.write_text(text.replace(old, new), "utf-8")

    def page(self, name: str) -> Page:
        """Return a built page by its address relative to the site's root."""
        return Page(BeautifulSoup((self.html / name).read_text("utf-8"), "html.parser"))

    def inputs(self) -> dict[str, bytes]:
        """Return the bytes of every file that a build does not make."""
        return {name: (self.root / name).read_bytes() for name in _names(self.root) if not name.startswith(MADE)}

    def site(self) -> dict[str, bytes]:
        """Return the bytes of every file of the built site."""
        return {name: (self.html / name).read_bytes() for name in _names(self.html)}

    def stamps(self) -> Stamps:
        """Return modification time and bytes of every file below `book/` and of the built site."""
        names = (name for name in _names(self.root) if name.startswith(("book/", "_build/html/")))
        return {name: ((self.root / name).stat().st_mtime_ns, (self.root / name).read_bytes()) for name in names}


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Page:
    """A built page, parsed."""

    soup: BeautifulSoup

    @cached_property
    def article(self) -> Tag:
        return self.one("article.litbook-article")

    def one(self, selector: str) -> Tag:
        """Return the only element that matches a selector."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def text(self, selector: str) -> str:
        """Return the text of the only element that matches a selector, without permalinks of headings."""
        return " ".join(text_of(self.one(selector)).split())

    def links(self, selector: str) -> dict[str, str]:
        """Return text and address of the links below a selector, without permalinks of headings."""
        found = self.soup.select(f"{selector} a[href]:not(.headerlink)")
        return {" ".join(link.get_text().split()): str(link["href"]) for link in found}


def text_of(element: Tag) -> str:
    """Return the text of an element, without permalinks of headings."""
    return "".join(
        str(piece) for piece in element.find_all(string=True) if not piece.find_parent("a", class_="headerlink")
    )


def copy_toy(root: Path) -> Review:
    """Copy the toy review with the repository's settings, pointed at the repository's scripts."""
    shutil.copytree(TOY, root, dirs_exist_ok=True)
    settings = (REPOSITORY / "_config.yml").read_text("utf-8")
    pointer = "litbook.sphinxext: scripts"
    assert settings.count(pointer) == 1
    (root / "_config.yml").write_text(settings.replace(pointer, f"litbook.sphinxext: {SCRIPTS}"), "utf-8")
    return Review(root)


def copy_real(root: Path) -> Review:
    """Copy what people wrote of this repository's review, with its settings pointed at the repository's scripts."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "book", "_config.yml", "_toc.yml"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (REPOSITORY / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / name, root / name)
    settings = root / "_config.yml"
    pointed = settings.read_text("utf-8").replace("litbook.sphinxext: scripts", f"litbook.sphinxext: {SCRIPTS}")
    settings.write_text(pointed, "utf-8")
    return Review(root)


def copy_inputs(review: Review, root: Path) -> Review:
    """Copy a review without anything that a build made."""
    for name, content in review.inputs().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return Review(root)


@dataclass(frozen=True)
class Built:
    """A review and the output of its first build."""

    review: Review
    run: Run


@dataclass(frozen=True)
class Toy:
    """The built toy review twice: one to read, and one to change and build again."""

    book: Built
    workshop: Built
