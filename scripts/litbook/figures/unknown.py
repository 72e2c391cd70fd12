"""How captions say what is not known."""

from __future__ import annotations

from litbook.figures.show import share


def say_unknown(field: str, unknown: int, whole: int) -> str:
    """Return a sentence on the papers of which a field ("year", "authors") is not known."""
    verb = "are" if field.endswith("s") else "is"
    if not unknown:
        return f"The {field} of {'the paper' if whole == 1 else 'every paper'} {verb} known."
    return f"The {field} of {share(unknown, whole)} {'paper' if whole == 1 else 'papers'} {verb} not known."
