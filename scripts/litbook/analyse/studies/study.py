"""What an abstract says of a study, in any field: design, sample, population, country, comparison, outcome, effects.

All of it is found by rules, and every value is a piece of the text, character for character. As for the names and
numbers of `analyse.findings`, the rules would rather miss something than take something else for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from litbook.analyse.studies.compared import find_comparison
from litbook.analyse.studies.design import find_design
from litbook.analyse.studies.effects import find_effects, find_p_values
from litbook.analyse.studies.outcomes import find_outcome
from litbook.analyse.studies.parts import read_own
from litbook.analyse.studies.people import find_population
from litbook.analyse.studies.places import find_countries
from litbook.analyse.studies.samples import count_sample, find_sample
from litbook.model.stated import Draft

# An abstract without any of these is not of a study of the kind that the rules know: most abstracts of other fields are
# ruled out by one search.
_STUDY = re.compile(
    r"\b(?:patients|participants|children|adults|adolescents|women|respondents|students|pupils|teachers|nurses|people"
    r"|developers|practitioners|programmers|newcomers|users|households|volunteers|undergraduates|experts|engineers"
    r"|maintainers|randomi[sz]ed|randomly (?:assigned|allocated)|cohort|case[-–]control|cross-sectional|trial"
    r"|confidence interval|CI|[Ii]nterviews?|survey(?:ed|ing)?|questionnaire|employees|systematic (?:review|mapping)"
    r"|scoping review"
    r"|meta-analy\w+|mapping study|umbrella review|focus groups?|Delphi|action research|intervention study|think-aloud"
    r"|field study|case study|user study|empirical study|(?:controlled|lab|laboratory|within-subjects?) experiment"
    r"|quasi[- ]experiment\w*|qualitative"
    r"|ethnograph\w+|longitudinal|difference-in-differences|replicat\w+|economic evaluation|open[- ]source projects"
    r"|faculty members|academics|educators|detainees|wild[- ]type|[Ii]n vivo|[Ii]n vitro|cells?|strains?|species"
    r"|rats|mice|piglets|broilers|retrospective\w*|prospective|[Rr]eview|control groups?|healthy (?:controls"
    r"|volunteers|donors)"
    r"|comparative analysis|content analysis|fieldwork|simulations|sampled|[Tt]his (?:study|article|review)"
    r"|[Tt]he (?:present |current )?(?:study|review)|monitoring data|field data"
    r"|repositories|bugs|issues|libraries|participated|[Nn] ?= ?\d+|[Pp] ?[<=>] ?0?[.·]\d+)(?!\w)"
)

_TRIED = re.compile(
    r"\b(?:trial|experiments?|randomi[sz]ed|cohort|[Cc]ompar(?:ed|ing|ison|able (?:with|to))|groups?|controls)\b"
)
# A longer sentence is hardly prose, and the patterns would take time that grows with the cube of their length.
_LONGEST = 800


def find_study(title: str, sentences: Sequence[str]) -> tuple[Draft, ...]:
    """Return what title and abstract say of a study; `sentences` are those of the abstract, in order."""
    if not any(map(_STUDY.search, sentences)):
        return ()
    title, *sentences = (text if len(text) <= _LONGEST else "" for text in (title, *sentences))
    own = read_own(sentences)
    design = tuple(find_design(title, own))
    counted = count_sample(own)
    named = design[0].value if design else ""
    sample = tuple(find_sample(own, counted))
    measured = (*find_effects(sentences), *find_p_values(sentences))
    compared = (
        find_comparison(title, own, named) if design or sample or measured or any(map(_TRIED.search, own)) else ()
    )
    return (
        *design,
        *sample,
        *find_population(title, own, counted, is_study=bool(design or sample or measured)),
        *find_countries(title, own),
        *compared,
        *find_outcome(sentences),
        *measured,
    )
