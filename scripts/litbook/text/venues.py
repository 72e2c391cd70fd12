"""Decide when two names belong to the same venue, and which kind of publication a venue's name indicates."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)")
_JOURNAL = re.compile(
    r"\b(journal|transactions|trans\.|foundations and trends|tmlr|jmlr|tacl|nature|science|plos|pnas|reviews?|"
    r"letters|surveys)\b",
    re.IGNORECASE,
)
_PROCEEDINGS = re.compile(
    r"\b(proceedings|conference|acm mm|workshops?|symposium|findings|aaai|aistats|acl|blackboxnlp|bmvc|chi|coling|"
    r"collas|colm|conll|corl|cvpr|eacl|eccv|emnlp|iccv|iclr|icml|icra|ijcai|ijcnn|iros|iwcs|kdd|lrec|naacl|neurips|"
    r"nips|nodalida|recsys|sigir|sigmod|siggraph|uai|wacv|www)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.])[’']?\d+(?![\w.])")


def name_series(venue: str) -> str:
    """Return a venue's name without bracketed parts and standalone numbers: "EMNLP 2022" gives "EMNLP".

    The years of a conference and the volumes of a journal thus become one venue, while a workshop stays apart from the
    conference that hosted it. A name of which nothing would remain is returned unchanged.
    """
    bare = " ".join(_NUMBER.sub(" ", _BRACKETS.sub(" ", venue)).split()).strip(" ,;:-–")
    return bare or venue.strip()


def guess_type(venue: str) -> str:
    """Return the CSL type of what a venue publishes, judging by its name, or an empty string."""
    if _JOURNAL.search(venue):
        return "article-journal"
    return "paper-conference" if _PROCEEDINGS.search(venue) else ""
