"""The statements of the review for programs, with a schema of the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from litbook.core.urls import page_address
from litbook.model.statements import VERDICTS, Check, Source, Statement, latest_checks

_TEXT: Mapping[str, object] = {"type": "string"}
_NUMBER: Mapping[str, object] = {"type": "integer", "minimum": 1}


def render_claims(statements: Iterable[Statement], checks: Iterable[Check]) -> str:
    """Return the file `claims.json`: an object with the version and the claims, in the order of the pages."""
    newest = latest_checks(checks)
    claims = [_describe(statement, newest.get(statement.id)) for statement in statements]
    return json.dumps({"version": 1, "claims": claims}, ensure_ascii=False, indent=1) + "\n"


def _describe(statement: Statement, check: Check | None) -> dict[str, object]:
    place = f"#{statement.anchor}" if statement.anchor else ""
    known: dict[str, object] = {
        "id": statement.id,
        "sentence": statement.text,
        "url": f"book/{statement.file.removesuffix('.md')}.html{place}",
        "papers": list(dict.fromkeys(source.citekey for source in statement.sources)),
        "sources": [_describe_source(source) for source in statement.sources],
    }
    if check is not None:
        known["checked"] = {
            name: value
            for name, value in (
                ("by", check.by),
                ("on", check.date),
                ("verdict", check.verdict),
                ("remark", check.remark),
            )
            if value
        }
    return known


def _describe_source(source: Source) -> dict[str, object]:
    address = page_address(source.citekey)
    if not source.sentence:
        return {"citekey": source.citekey, "url": address, "sha256": source.digest}
    place = {"sentence": source.sentence, "url": f"{address}#sentence-{source.sentence}"}
    return {"citekey": source.citekey, **place, "quote": source.quote, "sha256": source.digest}


def render_schema() -> str:
    """Return the schema of `claims.json` (JSON Schema, draft 2020-12)."""
    digest = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    source = _make_object(
        {"citekey": _TEXT, "url": _TEXT, "sha256": digest, "sentence": _NUMBER, "quote": _TEXT},
        needed=("citekey", "url", "sha256"),
    )
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    checked = _make_object(
        {"by": _TEXT, "on": day, "verdict": {"enum": list(VERDICTS)}, "remark": _TEXT}, needed=("by", "on", "verdict")
    )
    claim = _make_object(
        {
            "id": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
            "sentence": _TEXT,
            "url": _TEXT,
            "papers": {"type": "array", "items": _TEXT, "minItems": 1},
            "sources": {"type": "array", "items": source, "minItems": 1},
            "checked": checked,
        },
        needed=("id", "sentence", "url", "papers", "sources"),
    )
    whole = _make_object({"version": {"const": 1}, "claims": {"type": "array", "items": claim}},
                         needed=("version", "claims"))  # fmt: skip
    known = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Claims of a literature review"}
    return json.dumps({**known, **whole}, ensure_ascii=False, indent=1) + "\n"


def _make_object(properties: Mapping[str, object], needed: Iterable[str]) -> dict[str, object]:
    """Return the schema of an object; properties that are not in it may be added within a version."""
    return {"type": "object", "properties": dict(properties), "required": list(needed)}
