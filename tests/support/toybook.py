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

from bs4 import BeautifulSoup, Tag

REPOSITORY = Path(__file__).resolve().parents[2]
TOY = REPOSITORY / "tests/toy"
SCRIPTS = REPOSITORY / "scripts"
# What a build makes; everything else is an input.
MADE = ("_build", "book/papers", "book/data", ".litbook", "executions.txt")
# The kernel of a notebook says this about itself on stderr; no page and no input is meant.
# What a kernel says of itself: how it is reached, and that on a busy machine its connection ended before it did.
_KERNEL = re.compile(
    r"^\[IPKernelApp\] WARNING \| Kernel is running over TCP without encryption.*$"
    r"|^ERROR:tornado\.general:Uncaught exception in ZMQStream callback\nTraceback .*(?:\n[ \t].*)*\n.*$",
    re.MULTILINE,
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PATIENCE = 300
# The time at which each file was written, and its bytes.
Stamps = dict[str, tuple[int, bytes]]


@dataclass(frozen=True)
class Run:
    """Hold the exit code and the whole output of a command."""

    code: int
    output: str

    @property
    def warnings(self) -> list[str]:
        """Return every line that speaks of a warning or an error, but for the kernel's remark about itself."""
        lines = _KERNEL.sub("", self.output).splitlines()
        return [line for line in lines if re.search(r"WARNING|ERROR|CRITICAL|Traceback|\\d+ warning", line)]


@dataclass(frozen=True)
class Review:
    """Know a review in a folder of its own."""

    root: Path

    @property
    def html(self) -> Path:
        return self.root / "_build/html"

    @property
    def executions(self) -> int:
        """Return how often the toy's notebook was executed."""
        log = self.root / "executions.txt"
        return len(log.read_text().splitlines()) if log.is_file() else 0

    def build(self) -> Run:
        """Run `jupyter-book build .` as a person would."""
        return self.run(str(Path(sysconfig.get_path("scripts")) / "jupyter-book"), "build", ".")

    def run(self, *command: str) -> Run:
        """Run a command in the review's folder, with this repository's litbook."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(SCRIPTS),
            "TOY_EXECUTIONS": str(self.root / "executions.txt"),
        }
        done = subprocess.run(
            command,
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
        return Run(done.returncode, _COLOUR.sub("", done.stdout))

    def path(self, name: str) -> Path:
        return self.root / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one occurrence of a text in a file."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{name} holds {text.count(old)} times: {old}"
        path.write_text(text.replace(old, new), "utf-8")

    def page(self, name: str) -> Page:
        """Return a built page by its address below the site's root."""
        return Page(BeautifulSoup((self.html / name).read_text("utf-8"), "html.parser"))

    def inputs(self) -> dict[str, bytes]:
        """Return the bytes of everything that a person could have put here."""
        return {name: (self.root / name).read_bytes() for name in _names(self.root) if not name.startswith(MADE)}

    def site(self) -> dict[str, bytes]:
        """Return the bytes of everything that the built site consists of."""
        return {name: (self.html / name).read_bytes() for name in _names(self.html)}

    def stamps(self) -> Stamps:
        """Return the time and the bytes of every file below `book/` and of the built site."""
        names = (name for name in _names(self.root) if name.startswith(("book/", "_build/html/")))
        return {name: ((self.root / name).stat().st_mtime_ns, (self.root / name).read_bytes()) for name in names}


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Page:
    """Read one built page."""

    soup: BeautifulSoup

    @cached_property
    def article(self) -> Tag:
        return self.one("article.litbook-article")

    def one(self, selector: str) -> Tag:
        """Return the only element that a selector finds."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def text(self, selector: str) -> str:
        """Return the text of the only element that a selector finds, without the sign that links to a heading."""
        return " ".join(text_of(self.one(selector)).split())

    def links(self, selector: str) -> dict[str, str]:
        """Return text and address of the links below a selector, without the signs that link to headings."""
        found = self.soup.select(f"{selector} a[href]:not(.headerlink)")
        return {" ".join(link.get_text().split()): str(link["href"]) for link in found}


def text_of(element: Tag) -> str:
    """Return the text of an element, without the sign that links to a heading."""
    return "".join(
        str(piece) for piece in element.find_all(string=True) if not piece.find_parent("a", class_="headerlink")
    )


def copy_toy(root: Path) -> Review:
    """Copy the toy review; its settings are the repository's, pointed at the repository's scripts."""
    shutil.copytree(TOY, root, dirs_exist_ok=True)
    settings = (REPOSITORY / "_config.yml").read_text("utf-8")
    pointer = "litbook.sphinxext: scripts"
    assert settings.count(pointer) == 1
    (root / "_config.yml").write_text(settings.replace(pointer, f"litbook.sphinxext: {SCRIPTS}"), "utf-8")
    return Review(root)


def copy_inputs(review: Review, root: Path) -> Review:
    """Copy a review without anything that a build made of it."""
    for name, content in review.inputs().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return Review(root)


@dataclass(frozen=True)
class Built:
    """Hold a review and what its first build said."""

    review: Review
    run: Run


@dataclass(frozen=True)
class Toy:
    """Hold the built toy review twice: one to read, and one to change and to build again."""

    book: Built
    workshop: Built
