"""`.zenodo.json`: what Zenodo says of a release that it archives.

Fields: https://developers.zenodo.org/#representation and https://help.zenodo.org/docs/github/describe-software. If this
file exists, Zenodo does not look at CITATION.cff, so it has all of it.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from litbook.commands.publishing.citation import Citing, Creator
from litbook.model.faults import CorpusError, Fault
from litbook.model.history import Release


def render_zenodo(path: Path, citing: Citing, release: Release, summary: str) -> bytes:
    """Return the file for a release.

    What people have added to it, such as communities or grants, stays; what CITATION.cff and the release say takes the
    place of what was there. Raise `CorpusError` if the file that is there is not a JSON object.
    """
    known = _read(path)
    ours = {
        "title": citing.title,
        "creators": [_describe(creator) for creator in citing.creators],
        "version": release.version,
        "publication_date": release.date,
        "license": citing.license,
        "keywords": list(citing.keywords),
        "notes": escape(summary),
    }
    description = citing.abstract or f"{citing.title}. {summary}"
    others = {
        "upload_type": "dataset",
        "access_right": "open",
        "description": f"<p>{escape(description)}</p>",
        "related_identifiers": [{"identifier": citing.url, "relation": "isSupplementTo", "scheme": "url"}]
        if citing.url
        else [],
    }
    if citing.abstract:
        known.pop("description", None)
    merged = known | {name: value for name, value in ours.items() if value}
    merged |= {name: value for name, value in others.items() if value and name not in known}
    return (json.dumps(merged, ensure_ascii=False, indent=2) + "\n").encode()


def _describe(creator: Creator) -> dict[str, str]:
    known = {"name": creator.name, "orcid": creator.orcid, "affiliation": creator.affiliation}
    return {name: value for name, value in known.items() if value}


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        value = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise CorpusError([Fault(path.name, 0, f"invalid JSON ({error})", "correct it, or delete the file")]) from error
    if not isinstance(value, dict):
        raise CorpusError([Fault(path.name, 0, "not a JSON object", "correct it, or delete the file")])
    return value
