"""Copies of a site: a folder, or what a server gives below an address."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import quote

import requests

import litbook
from litbook.core.receipt import NAME

_TIMEOUT = (10.0, 60.0)  # seconds to connect, and between two chunks
_LARGEST = 200_000_000  # bytes


class CopyError(RuntimeError):
    """A copy cannot be read; the message says why."""


class Copy(Protocol):
    """A copy of a site, whose files have paths relative to its root."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None if it is missing."""

    def list_names(self) -> frozenset[str]:
        """Return the names of all files, or none where they cannot be listed."""


def open_copy(site: str) -> Copy:
    """Return the copy at an address or in a folder."""
    return ServedCopy(site) if site.lower().startswith(("http://", "https://")) else FolderCopy(Path(site))


class FolderCopy:
    """A copy in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file below the folder."""
        parts = PurePosixPath(name).parts
        if not self._root.is_dir():
            raise CopyError(f"{self._root}: no such folder")
        if not parts or ".." in parts or name.startswith("/"):
            raise CopyError(f"the receipt names '{name}', which is not below the site")
        path = self._root.joinpath(*parts)
        return path.read_bytes() if path.is_file() else None

    def list_names(self) -> frozenset[str]:
        """Return the names of all files but the receipt and hidden ones."""
        found = (path.relative_to(self._root) for path in self._root.rglob("*") if path.is_file())
        return frozenset(
            path.as_posix()
            for path in found
            if path.as_posix() != NAME and not any(part.startswith(".") for part in path.parts)
        )


class ServedCopy:
    """A copy that a server gives; it cannot be asked for the names of its files."""

    def __init__(self, address: str) -> None:
        """Take the address of the site's root, or of its start page."""
        bare = address.partition("#")[0].partition("?")[0]
        self._root = bare.rpartition("/")[0] + "/" if bare.endswith(".html") else bare.rstrip("/") + "/"

    def read(self, name: str) -> bytes | None:
        """Ask the server for a file; one that it does not have is None, and any other trouble raises `CopyError`."""
        address = self._root + quote(name)
        headers = {"User-Agent": f"litbook/{litbook.__version__}", "Cache-Control": "no-cache"}
        try:
            with requests.get(address, headers=headers, timeout=_TIMEOUT, stream=True) as answer:
                if answer.status_code in (404, 410):
                    return None
                if not answer.ok:
                    raise CopyError(f"{address}: the server answers {answer.status_code} {answer.reason}")
                return _read_all(answer, address)
        except requests.RequestException as error:
            raise CopyError(f"{address}: {_explain(error)}") from error

    def list_names(self) -> frozenset[str]:
        """Return no name."""
        return frozenset()


def _read_all(answer: requests.Response, address: str) -> bytes:
    pieces, size = [], 0
    for piece in answer.iter_content(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise CopyError(f"{address}: more than {_LARGEST:,} bytes")
    return b"".join(pieces)


def _explain(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.ConnectionError):
        return "cannot be reached"
    return type(error).__name__
