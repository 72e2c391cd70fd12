"""Write pages that are not Sphinx documents, in the layout of the theme, and only when they change.

Sphinx's own `handle_page` prepares each page from nothing and always writes its file. Here what all pages of a folder
share is made once; the handlers of `html-page-context` see each page as usual; and the content is rendered only if
anything that the template receives differs from the last build.
"""

from __future__ import annotations

import hashlib
import html
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sphinx
from sphinx.util.osutil import relative_uri

from litbook.core.atomic import write_text
from litbook.core.cache import digest_files
from litbook.core.code import PACKAGE
from litbook.site.build.observers import PAGE_WRITTEN

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# What `handle_page` gives a document, and a generated page does not have.
_NOT_A_DOCUMENT: dict[str, Any] = {
    **{"parents": [], "prev": None, "next": None, "meta": None, "metatags": "", "sourcename": "", "toc": ""},
    **{"display_toc": False, "page_source_suffix": ""},
}


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """Hold a page: its name without an ending, its title as HTML, what its body is made from, and its template.

    `source` is everything that `render_body` receives, as text: the body is rendered only when `source`, or something
    else that the template receives, changes. `sample` is HTML that needs the same styles and scripts as the body.
    """

    name: str
    title: str
    source: str
    render_body: Callable[[], str]
    sample: str = ""
    description: str = ""
    template: str = "page.html"


@dataclass(frozen=True, slots=True)
class _Folder:
    """Hold what the pages of one folder share: relative addresses are the same on all of them."""

    context: dict[str, Any]
    digest: str


class PageWriter:
    """Write generated pages; a file keeps digests of what each was made from until the next build."""

    def __init__(self, app: Sphinx, digests: Path) -> None:
        """Take the application, with its builder ready to write, and the file of the digests."""
        self._app = app
        self._builder = cast(Any, app.builder)
        if not hasattr(self._builder, "globalcontext"):
            self._builder.prepare_writing(set())  # no document is out of date, so Sphinx has not done it
        self._path = digests
        self._before = _read_digests(digests)
        self._now: dict[str, str] = {}
        self._folders: dict[str, _Folder] = {}

    def write(self, page: GeneratedPage) -> bool:
        """Write a page if it changed, and return whether it did."""
        folder = self._folder_of(page.name)
        context = self._make_context(folder, page)
        own = sorted((name, _spell(value)) for name, value in context.items() if folder.context.get(name) is not value)
        digest = _digest(folder.digest, page.source, page.template, repr(own))
        self._now[page.name] = digest
        target = Path(self._builder.get_outfilename(page.name))
        if self._before.get(page.name) == digest and target.is_file():
            return False
        context["body"] = page.render_body()
        written = write_text(target, self._builder.templates.render(page.template, context))
        if written:
            self._app.emit(PAGE_WRITTEN, page.name)
        return written

    def save(self) -> frozenset[str]:
        """Keep the digests for the next build; return the names of the pages of the last build that are gone."""
        if self._now != self._before:
            write_text(self._path, json.dumps(self._now, indent=0, sort_keys=True))
        return frozenset(self._before.keys() - self._now.keys())

    def _make_context(self, folder: _Folder, page: GeneratedPage) -> dict[str, Any]:
        context = dict(folder.context)
        context |= {"pagename": page.name, "current_page_name": page.name, "title": page.title, "body": page.sample}
        context["litbook_description"] = page.description
        base = self._app.config.html_baseurl
        context["pageurl"] = f"{base.rstrip('/')}/{page.name}{self._builder.out_suffix}" if base else None
        for files in ("css_files", "script_files"):  # handlers may change the lists of one page
            context[files] = list(context[files])
        self._app.emit("html-page-context", page.name, page.template, context, None)
        for files in ("css_files", "script_files"):
            context[files].sort(key=lambda file: file.priority)
        return context

    def _folder_of(self, name: str) -> _Folder:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            context = self._make_folder_context(f"{folder}/any" if folder else "any")
            spelt = sorted((key, _spell(value)) for key, value in context.items())
            shared = _digest(_digest_templates(), sphinx.__display_version__, repr(spelt))
            self._folders[folder] = _Folder(context, shared)
        return self._folders[folder]

    def _make_folder_context(self, name: str) -> dict[str, Any]:
        builder = self._builder
        base = builder.get_target_uri(name)

        def pathto(target: str, resource: bool = False) -> str:
            if resource and "://" in target:
                return target
            return relative_uri(base, target if resource else builder.get_target_uri(target)) or "#"

        @cache
        def tag(file: Any) -> str:
            return _make_tag(file, pathto, Path(builder.outdir))

        context = {
            **builder.globalcontext,
            **_NOT_A_DOCUMENT,
            "encoding": self._app.config.html_output_encoding,
            "pathto": pathto,
            "hasdoc": lambda docname: docname in self._app.env.all_docs,
            "toctree": lambda **_: "",
            "content_root": "../" * base.count("/") or "./",
            "css_tag": tag,
            "js_tag": tag,
        }
        builder.add_sidebars(name, context)
        return context


def _make_tag(file: Any, pathto: Callable[..., str], out: Path) -> str:
    """Return the tag of a script or a style sheet as Sphinx writes it, with a checksum of the file in the address."""
    values = {name: str(value) for name, value in file.attributes.items() if value is not None and name != "body"}
    attributes = [f'{name}="{html.escape(value)}"' for name, value in sorted(values.items())]
    if not file.filename:
        return f"<script{''.join(f' {item}' for item in attributes)}>{file.attributes.get('body', '')}</script>"
    address = pathto(str(file.filename), resource=True)
    path = out / str(file.filename)
    if path.is_file():
        checksum = zlib.crc32(path.read_bytes().replace(b"\r", b""))
        address += f"?v={checksum:08x}"
    if "rel" in values:
        return f'<link {" ".join(attributes)} href="{address}" />'
    return f"<script {' '.join([*attributes, f'src={chr(34)}{address}{chr(34)}'])}></script>"


def _spell(value: object) -> str:
    """Return a value of a context as text; functions are left out, since what they answer depends on the rest."""
    if isinstance(value, dict):
        return repr([(name, _spell(item)) for name, item in value.items()])
    if isinstance(value, list | tuple):
        return repr([_spell(item) for item in value])
    if isinstance(value, str | int | float | None):
        return repr(value)
    return str(getattr(value, "filename", type(value).__name__))


@cache
def _digest_templates() -> str:
    """Digest the templates and the theme, and the files that pages load: their checksums are in the pages."""
    kinds = ("*/templates/**/*", "*/theme/*", "*/assets/*")
    return digest_files(path for kind in kinds for path in sorted((PACKAGE / "site").glob(kind)) if path.is_file())


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _read_digests(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
