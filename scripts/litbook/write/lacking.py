"""The works that the review lacks, as files for `litbook add` and for reference managers."""

from __future__ import annotations

from collections.abc import Iterable

from litbook.model.citing import LackedWork
from litbook.text.escape import clean
from litbook.text.nouns import count_noun
from litbook.write.links import addresses


def render_lacking_ris(works: Iterable[LackedWork]) -> str:
    """Return the works as RIS; a list of references states no more than title, first author, year and identifiers."""
    return "\n".join(_render_work(work) for work in works)


def _render_work(work: LackedWork) -> str:
    found = addresses(work.links)
    known = {
        "TY": "GEN",
        "TI": clean(work.title),
        "AU": clean(work.author),
        "PY": str(work.year or ""),
        "DO": work.links.get("doi", ""),
        "UR": found.get("arxiv", "") or found.get("openreview", "") or found.get("acl", ""),
        "N1": f"cited by {count_noun(len(work.cited_by), 'paper')}: {', '.join(work.cited_by)}",
    }
    lines = [f"{tag}  - {value}" for tag, value in known.items() if value]
    return "\n".join([*lines, "ER  - ", ""])


def render_lacking_ids(works: Iterable[LackedWork]) -> str:
    """Return one identifier a line, of those works that have one."""
    named = (next((work.links[name] for name in ("doi", "arxiv", "acl") if name in work.links), "") for work in works)
    return "".join(f"{identifier}\n" for identifier in dict.fromkeys(filter(None, named)))
