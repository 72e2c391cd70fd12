"""Groups and makers beside whose result a result is set."""

from __future__ import annotations

import re

# "higher in bakers than millers", "lower than that in maternity and children's hospitals (67%": whole groups.
IN_THAN = re.compile(
    r"\b(?:higher|lower|greater|smaller|longer|shorter|more \w+|less \w+|\w{3,}er) (?:in|among"
    r"|for) (?P<with>[^,.;()]{2,40}?) than"
    r" (?:(?:that |those )?(?:in|among|for) )?(?:the )?(?P<other>(?!in\b|that\b|those\b|expected\b)[^,.;()\[\]]{3,40}?)"
    r"(?=\s*(?:[,.;()\[]|$)| (?:and|in|at|but|with|after)\b)"
    r"|\bthan (?:that |those )?(?:in|among) (?:the )?(?P<group>[a-z-]+ and [a-z-]+ [a-z-]+s)(?= \()"
)
# "than those made by the old filters", "better than texts written by teachers".
MADE_BY = re.compile(
    r"\bthan (?:that|those|\w+s) (?:displayed|produced|generated|made|written|created|given|provided|designed"
    r"|rated) by "
    r"(?:the )?(?P<other>[^,.;()]{3,50}?)(?=\s*(?:[,.;()]|$)| (?:in|on|with|for|and|at)\b)"
)
