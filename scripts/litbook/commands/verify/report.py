"""What `litbook verify` prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from litbook.commands.verify.compare import Differences
from litbook.core.receipt import Receipt
from litbook.text.nouns import count_noun

_MOST_LISTED = 20


def render_report(receipt: Receipt, text: bytes, found: Differences, inputs: Differences | None) -> str:
    """Return the report: what the receipt says of itself, then what differs."""
    state = f"commit {receipt.commit}" if receipt.commit else "no commit"
    changed = ", with changes that no commit holds" if receipt.changed else ""
    lines = [
        f"Receipt: litbook {receipt.litbook}, {state}{changed}, {receipt.date or 'no date'}; "
        f"{count_noun(len(receipt.inputs), 'input')}.",
        f"Its SHA-256: {hashlib.sha256(text).hexdigest()}",
        *_list_differences("file", found),
    ]
    if inputs is not None:
        lines += _list_differences("input", inputs)
    return "\n".join(lines) + "\n"


def _list_differences(noun: str, found: Differences) -> Iterator[str]:
    if found.is_same:
        yield f"All of {count_noun(found.checked, noun)} as in the receipt."
        return
    for what, names in (("missing", found.missing), ("changed", found.changed), ("not in the receipt", found.surplus)):
        if names:
            yield f"{count_noun(len(names), noun)} {what}:"
            yield from (f"  {name}" for name in names[:_MOST_LISTED])
            if len(names) > _MOST_LISTED:
                yield f"  and {len(names) - _MOST_LISTED:,} more"
