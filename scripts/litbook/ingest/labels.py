"""Find references on pages to labels that nothing in the book defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from litbook.core.project import Project
from litbook.ingest.syntax import read_syntax
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Page

_ROLES = frozenset({"ref", "numref", "eq"})
_OF_SPHINX = frozenset({"genindex", "modindex", "search"})
_SUFFIXES = (".md", ".ipynb", ".rst", ".txt")
_NAMED = re.compile(r"(?:.*<)?(?P<target>[^<>]*?)>?", re.DOTALL)  # "text <target>", or the target alone
# Every form in which a label may be written, also in notebooks; one that only looks like a label hides a fault,
# but raises none.
_LABELS = re.compile(
    r"""\((?P<target>[^()\n]+)\)="""
    r"""|(?<![\w-])(?:name|label|id)["']?[ \t]*[:=][ \t]*["']?(?P<option>[^"'\s,}][^"'\n,}]*)"""
    r"""|\{[^{}\n]*\#(?P<attribute>[^\s{}]+)"""
    r"""|\\label\{(?P<tex>[^{}\n]+)\}"""
    r"""|\$\$[ \t]*\((?P<formula>[^()\n]+)\)"""
    r"""|\{figure-md\}[ \t]*(?P<figure>\S+)"""
    r"""|\.\.[ ]_(?P<rst>[^:\n]+):""",
)


def find_dead_references(project: Project, pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield the roles `ref`, `numref` and `eq` whose label nothing defines.

    If other extensions are loaded, which may make labels, as of all headings, nothing is checked.
    """
    pages = tuple(pages)
    if not read_syntax(project).is_closed:
        return
    known = _OF_SPHINX.union(*(_list_labels(page.source) for page in pages))
    elsewhere = cache(lambda: _list_elsewhere(project, pages))  # read only if a label is on no page
    for page in pages:
        for role in page.roles:
            match = _NAMED.fullmatch(role.text.strip()) if role.name in _ROLES else None
            label = _normalise(match["target"]) if match else ""
            if label and not label.startswith("!") and label not in known and label not in elsewhere():
                what = f"the label '{label}' of {{{role.name}}} is defined nowhere"
                yield Fault(f"book/{page.file}", role.line, what, _advise(role.name, label, known - _OF_SPHINX))


def _advise(role: str, label: str, known: Iterable[str]) -> str:
    if role == "eq":
        return nearest(label, known) or f"give the formula a label: $$ ({label}), or :label: {label} in a directive"
    if role == "numref":
        return nearest(label, known) or f"give the figure or table the option :name: {label}"
    return nearest(label, known) or f"write ({label})= above the heading that it leads to"


def _list_labels(source: str) -> set[str]:
    return {_normalise(match[match.lastgroup or 0]) for match in _LABELS.finditer(source)}


def _list_elsewhere(project: Project, pages: Iterable[Page]) -> set[str]:
    """Return the labels of notebooks, included texts and whatever else the book holds."""
    read = {project.book / page.file for page in pages}
    files = (path for path in sorted(project.book.rglob("*")) if path.suffix in _SUFFIXES and path not in read)
    return set().union(*(_list_labels(path.read_text("utf-8", "replace")) for path in files if path.is_file()))


def _normalise(label: str) -> str:
    return " ".join(label.lower().split())
