"""Sub- and superscripts as characters of Unicode, as far as there are such."""

from __future__ import annotations

import re

_PLAIN = "0123456789+-=()"
_RAISED = str.maketrans(f"{_PLAIN}−ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ⁿⁱ")
_LOWERED = str.maketrans(f"{_PLAIN}−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_LEVELLED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", f"{_PLAIN}n{_PLAIN}")
_CHEMISTRY = re.compile(r"\^\{([^{}]*)\}|\^([\d+-]+)|(?<=[A-Za-z)\]])_?\{?(\d+)\}?")


def raise_text(text: str) -> str:
    """Return a superscript, "²" for "2" and "°" for a circle; one that Unicode lacks stays as it is, on the line."""
    bare = text.strip()
    if bare in ("\\circ", "∘", "o"):
        return "°"
    found = bare.translate(_RAISED)
    return found if _is_script(found) else bare


def lower_text(text: str) -> str:
    """Return a subscript, "₂" for "2"; one that Unicode lacks ("2.5", "max") stays as it is, on the line."""
    found = text.strip().translate(_LOWERED)
    return found if _is_script(found) else text.strip()


def _is_script(text: str) -> bool:
    return bool(text) and text.translate(_LEVELLED) != text and not re.search(r"[0-9A-Za-z.,]", text)


def write_formula(source: str) -> str:
    """Return a chemical formula of mhchem, `CO2` or `^{14}C`, with its indices and charges."""
    return _CHEMISTRY.sub(lambda m: lower_text(m[3]) if m[3] else raise_text(m[1] or m[2]), source)
