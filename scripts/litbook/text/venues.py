"""Decide when two names belong to the same venue; pages and figures use the same rule."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"(?<![\w.])[’']?\d+(?![\w.])")


def name_series(venue: str) -> str:
    """Return a venue's name without bracketed parts and standalone numbers: "EMNLP 2022" gives "EMNLP".

    The years of a conference and the volumes of a journal thus become one venue, while a workshop stays apart from the
    conference that hosted it. A name of which nothing would remain is returned unchanged.
    """
    bare = " ".join(_NUMBER.sub(" ", _BRACKETS.sub(" ", venue)).split()).strip(" ,;:-–")
    return bare or venue.strip()
