"""Join the sites of volumes into one: each below its name, and at the root one front page, catalogue and search.

All is checked before anything is written. What an earlier join wrote and this one does not is deleted, and no other
file: a list of what was written says which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from litbook.commands.volumes.catalogue import Catalogue, read_catalogue, render_catalogue
from litbook.commands.volumes.crossing import Crossing, check_crossings
from litbook.commands.volumes.pages import ASSETS, render_pages, tell_where
from litbook.commands.volumes.settings import FILE, Volume, Volumes
from litbook.commands.volumes.statistics import Indexed, read_index, render_statistics
from litbook.core.atomic import check_regular, write_bytes
from litbook.core.code import PACKAGE
from litbook.core.names import fold_name
from litbook.model.faults import CorpusError, Fault
from litbook.text.nouns import count_noun

_MANIFEST = "site.json"
# The volumes have it as a part of the one script of all their pages.
_DOM = PACKAGE / "site" / "layout" / "assets" / "litbook-dom.js"
# Files of a volume's own site that its host reads at the root alone.
_ROOT_ALONE = {"_headers", "robots.txt", "404.html"}


@dataclass(slots=True)
class Joined:
    """What was joined."""

    volumes: Volumes
    catalogue: Catalogue
    crossings: int
    written: set[str] = field(default_factory=set)
    changed: int = 0
    deleted: int = 0

    def describe(self) -> Iterator[str]:
        """Yield lines that say so."""
        number = count_noun(len(self.volumes.volumes), "volume")
        yield f"{count_noun(self.catalogue.papers, 'paper')} of {number} joined in {self.volumes.site}"
        yield (
            f"{count_noun(len(self.written), 'file')}, {self.changed} of them changed and {self.deleted} deleted; "
            f"{count_noun(self.crossings, 'link')} between volumes checked"
        )
        if self.catalogue.shared:
            many = count_noun(len(self.catalogue.shared), "work")
            yield f"{many} in several volumes, listed in data/in-several-volumes.csv"


def join_volumes(volumes: Volumes) -> Joined:
    """Write the joined site; raise `CorpusError` if a volume is not built or a link between volumes leads nowhere."""
    faults = [fault for volume in volumes.volumes for fault in _check_built(volumes, volume)]
    if faults:
        raise CorpusError(faults)
    crossings, faults = check_crossings(volumes)
    faults += list(_check_sitemaps(volumes))
    indexed: list[Indexed] = []
    for volume in volumes.volumes:
        found = read_index(volumes, volume)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            indexed.append(found)
    if faults:
        raise CorpusError(faults)
    joined = Joined(volumes, read_catalogue(volumes), sum(map(len, crossings.values())))
    for volume in volumes.volumes:
        _copy(joined, volume, crossings)
    for name, content in render_statistics(indexed):
        _write(joined, f"search-index/{name}.js", content.encode("utf-8"))
    for name, text in render_catalogue(volumes, joined.catalogue):
        _write(joined, name, text.encode("utf-8", "surrogateescape"))
    for name, text in render_pages(volumes, joined.catalogue, indexed):
        _write(joined, name, text.encode("utf-8"))
    _share_assets(joined)
    _drop_stale(joined)
    return joined


def _check_built(volumes: Volumes, volume: Volume) -> Iterator[Fault]:
    html = volumes.html(volume)
    needed = ("search-index/core.js", "data/papers.json", "data/papers.csv", "book/index.html", "search.html")
    missing = next((name for name in needed if not (html / name).is_file()), "")
    if missing:
        what = (
            f"volume '{volume.name}' is not built: {(html / missing).relative_to(volumes.root).as_posix()} is missing"
        )
        yield Fault(
            FILE, volume.line, what, f"run 'litbook volumes build', or 'jupyter-book build volumes/{volume.name}'"
        )


def _check_sitemaps(volumes: Volumes) -> Iterator[Fault]:
    """Yield a fault for each volume whose own addresses are not those that it has in the joined site."""
    for volume in volumes.volumes if volumes.address else ():
        sitemap = volumes.html(volume) / "sitemap.xml"
        address = f"{volumes.address}{volume.name}/"
        text = sitemap.read_text("utf-8", "replace") if sitemap.is_file() else ""
        if text.count("<loc>") != text.count(f"<loc>{address}") or not text:
            place = (volumes.review(volume) / "_config.yml").relative_to(volumes.root).as_posix()
            remedy = f"write 'baseurl: \"{address}\"' below html: there, and build again"
            yield Fault(place, 0, "the address of this volume is not the one below the address of the whole", remedy)


def _copy(joined: Joined, volume: Volume, crossings: dict[Path, list[Crossing]]) -> None:
    """Copy the site of a volume, with its links to other volumes as they are in the joined site."""
    html = joined.volumes.html(volume)
    for path in sorted(html.rglob("*")):
        name = path.relative_to(html).as_posix()
        if name in _ROOT_ALONE or check_regular_or_folder(path) is None:
            continue
        content = path.read_bytes()
        for crossing in crossings.get(path, ()):
            content = content.replace(crossing.written, crossing.href(name))
        content = tell_where(joined.volumes, volume, name, content)
        _write(joined, f"{volume.name}/{name}", content)


def check_regular_or_folder(path: Path) -> int | None:
    """Return the size of a regular file, or None for a folder; raise `OSError` for anything else."""
    return None if path.is_dir() and not path.is_symlink() else check_regular(path)


def _share_assets(joined: Joined) -> None:
    """Copy scripts, styles and pictures of the first volume for the pages at the root, and add their own."""
    first = joined.volumes.volumes[0]
    static = joined.volumes.html(first) / "_static"
    for path in sorted(static.glob("litbook*")):
        if path.is_file():
            _write(joined, f"_static/{path.name}", path.read_bytes())
    for path in (_DOM, *sorted(path for path in ASSETS.iterdir() if path.suffix in (".js", ".css"))):
        _write(joined, f"_static/{path.name}", path.read_bytes())


def _write(joined: Joined, name: str, content: bytes) -> None:
    joined.written.add(name)
    joined.changed += write_bytes(joined.volumes.site / name, content)


def _drop_stale(joined: Joined) -> None:
    """Delete what an earlier join wrote and this one did not.

    On some systems names that differ in case are one file.
    """
    manifest = joined.volumes.state(_MANIFEST)
    try:
        before = set(json.loads(manifest.read_text("utf-8")))
    except (OSError, ValueError):
        before = set()
    here = set(map(fold_name, joined.written))
    for name in sorted(name for name in before if fold_name(name) not in here):
        path = joined.volumes.site / name
        if ".." not in Path(name).parts and path.is_file() and not path.is_symlink():
            path.unlink()
            joined.deleted += 1
            with suppress(OSError):  # not empty
                path.parent.rmdir()
    write_bytes(manifest, json.dumps(sorted(joined.written), indent=0).encode("utf-8"))
