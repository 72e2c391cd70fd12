"""When two names are of one venue: pages and figures go by the same rule."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"(?<![\w.])[’']?\d+(?![\w.])")


def name_series(venue: str) -> str:
    """Return a venue without what stands in brackets and without numbers that stand alone: "EMNLP 2022" is "EMNLP".

    So the years of a conference and the volumes of a journal are one venue, and a workshop is not the conference at
    which it was held. A name of which nothing is left stays as it is.
    """
    bare = " ".join(_NUMBER.sub(" ", _BRACKETS.sub(" ", venue)).split()).strip(" ,;:-–")
    return bare or venue.strip()
