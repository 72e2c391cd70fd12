"""`volumes.yml`: what the volumes of a review are, and where their parts lie.

The file has the title of the whole, the site's address if it has one, and a list of volumes with `name` and `title`.
Each volume is a complete review in `volumes/NAME`; what it was split from waits in `sources/NAME`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from litbook.core.atomic import write_text
from litbook.core.names import find_clashes, find_flaw, fold_name
from litbook.ingest.formats.wishes import NO_WISH, Wish
from litbook.ingest.ledgers.yamllines import Mapping, as_list, as_mapping, check_spelling, read_yaml
from litbook.model.faults import CorpusError, Fault

FILE = "volumes.yml"
# Names at the root of the joined site, which no volume can have.
RESERVED = ("_static", "data", "papers", "search-index", "volumes")
_KEYS = ("title", "address", "as", "map", "volumes")
_HEAD = """\
# The volumes of this review, in the order in which the front page lists them. Titles and order are yours to change; a
# name is a folder below volumes/ and a part of addresses.
"""


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume: its name, which is a folder's and a part of addresses, its title, and its line in `volumes.yml`."""

    name: str
    title: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Volumes:
    """A review in volumes; `address` is where the joined site will be, with a slash at its end, or empty.

    `wish` is what a person said of the exports' format, for starting volumes from them.
    """

    root: Path
    title: str
    volumes: tuple[Volume, ...]
    address: str = ""
    wish: Wish = NO_WISH

    @property
    def site(self) -> Path:
        """The folder of the joined site."""
        return self.root / "_build" / "site"

    def review(self, volume: Volume) -> Path:
        """Return the folder of a volume, which is a review."""
        return self.root / "volumes" / volume.name

    def html(self, volume: Volume) -> Path:
        """Return the folder of a volume's own site."""
        return self.review(volume) / "_build" / "html"

    def sources(self, volume: Volume) -> Path:
        """Return the folder of the exports from which a volume is started."""
        return self.root / "sources" / volume.name

    def state(self, name: str) -> Path:
        """Return a file of what has been done, such as `a.built` or `a.build.log`."""
        return self.root / "_build" / "volumes" / name


def find_volume(volumes: Volumes, name: str) -> Volume:
    """Return a volume by its name; raise `CorpusError` if the name is unknown."""
    found = next((volume for volume in volumes.volumes if volume.name == name), None)
    if found is None:
        known = ", ".join(volume.name for volume in volumes.volumes[:20])
        raise CorpusError([Fault(FILE, 0, f"unknown volume '{name}'", f"use one of: {known}")])
    return found


def write_volumes(volumes: Volumes) -> None:
    """Write `volumes.yml`."""
    listed = [{"name": volume.name, "title": volume.title} for volume in volumes.volumes]
    said = {"as": volumes.wish.form, "map": dict(volumes.wish.columns)}
    said = {key: value for key, value in said.items() if value}
    head = {"title": volumes.title, "address": volumes.address, **said, "volumes": listed}
    write_text(volumes.root / FILE, _HEAD + yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=110))


def read_volumes(root: Path) -> Volumes:
    """Read `volumes.yml` in a folder; raise `CorpusError` with all its faults."""
    path = root / FILE
    if not path.is_file():
        remedy = "change to the folder that 'litbook volumes split' made, or name it with --root"
        raise CorpusError([Fault(str(path), 0, "missing", remedy)])
    value, faults = read_yaml(path, FILE)
    head = as_mapping(value)
    entries = [as_mapping(item) for item in as_list(head.get("volumes"))]
    volumes = tuple(Volume(entry.text("name"), entry.text("title"), entry.line) for entry in entries)
    address = head.text("address")
    wish = Wish(head.text("as"), {role: str(name) for role, name in as_mapping(head.get("map")).items()})
    found = Volumes(root.resolve(), head.text("title"), volumes, f"{address.rstrip('/')}/" if address else "", wish)
    faults += [] if faults else _check(head, found)
    if faults:
        raise CorpusError(faults)
    return found


def _check(head: Mapping, volumes: Volumes) -> Iterator[Fault]:
    yield from (Fault(FILE, *problem) for problem in check_spelling(head, _KEYS))
    if not volumes.title:
        yield Fault(FILE, head.line_of("title"), "missing title", "write what the whole review is called")
    if volumes.address and not volumes.address.startswith(("https://", "http://")):
        remedy = "write the whole address, such as https://reviews.example.org/sourdough/"
        yield Fault(FILE, head.line_of("address"), f"invalid address '{head.text('address')}'", remedy)
    if not volumes.volumes:
        yield Fault(FILE, head.line_of("volumes"), "no volumes", "list each with '- name:' and 'title:'")
    yield from _check_names(volumes)


def _check_names(volumes: Volumes) -> Iterator[Fault]:
    reserved = {fold_name(name) for name in RESERVED}
    for volume in volumes.volumes:
        flaw = find_flaw(volume.name)
        if flaw:
            yield Fault(FILE, volume.line, f"invalid name '{volume.name}'", flaw)
        elif fold_name(volume.name) in reserved:
            remedy = f"choose a name other than {', '.join(RESERVED)}, which the joined site needs"
            yield Fault(FILE, volume.line, f"invalid name '{volume.name}'", remedy)
        if not volume.title:
            yield Fault(FILE, volume.line, f"volume '{volume.name}' is missing its title", "write 'title:' below it")
    lines = {volume.name: volume.line for volume in reversed(volumes.volumes)}
    names = [volume.name for volume in volumes.volumes]
    for first, name in find_clashes(names):
        what = f"volume '{name}' and volume '{first}' are one folder on some systems"
        yield Fault(FILE, lines[name], what, "rename one of them")
    for volume in volumes.volumes:
        if lines[volume.name] != volume.line:
            what = f"duplicate volume '{volume.name}', first on line {lines[volume.name]}"
            yield Fault(FILE, volume.line, what, "rename one of them")
