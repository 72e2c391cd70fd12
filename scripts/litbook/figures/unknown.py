"""How captions say what is unknown."""

from __future__ import annotations

from litbook.figures.show import share


def say_unknown(field: str, unknown: int, whole: int) -> str:
    """Return a sentence on the papers of which a field ("year", "authors") is unknown."""
    verb = "are" if field.endswith("s") else "is"
    if not unknown:
        return f"The {field} {verb} known for {'the paper' if whole == 1 else 'every paper'}."
    return f"The {field} {verb} unknown for {share(unknown, whole)} {'paper' if whole == 1 else 'papers'}."
