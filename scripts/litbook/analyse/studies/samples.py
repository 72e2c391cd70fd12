"""How many took part in a study, or how many of what it analysed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from litbook.analyse.studies.phrases import ANIMALS
from litbook.analyse.studies.words import COUNT, NOT_OURS, PEOPLE, PLACES, THINGS
from litbook.model.stated import Draft

_STOP = (
    r"were|was|are|is|and|or|of|in|on|to|with|without|from|per|the|a|an|their|for|by|at|after|than|as|that|which|who"
    r"|times|different|years?|months?|weeks?|days?|hours?|minutes?|million|billion|percent|percentage|points?|more"
    r"|less|fewer|had|have|did|do|not|out|other|separate|include[ds]?|including|results?"
)
_LABEL = rf"(?:(?!(?:{_STOP})(?![\w-]))[\w'’+#/-]+ ){{0,5}}?"
_FIRST = rf"(?:(?!{PEOPLE}\b)[a-z-]*[a-rt-z] and )?"  # "undergraduate and graduate students"
_ADJECTIVES = r"(?:(?![a-z-]*s,)[a-z][a-z-]+, ){0,2}?"  # "healthy, afebrile, nurses"
_NOUN = (
    rf"(?:(?P<people>(?:{PEOPLE}|{ANIMALS})(?: and (?:staff|family members|caregivers|carers))?)|(?P<place>{PLACES})"
    rf"|(?P<thing>{THINGS}))"
)
_COUNTED = re.compile(
    rf"(?<![\w.,·/±–−$£€-])(?<!ISO )(?P<count>{COUNT}"
    rf"|\(\d\d[\d,]{{0,7}}\)) (?P<what>{_ADJECTIVES}{_FIRST}{_LABEL}{_NOUN})(?![\w-]|['’]\w)(?! (?:{PEOPLE}"
    rf"|{PLACES})(?![\w'’-]))"
)
_N = re.compile(
    rf"\b[Nn] ?= ?(?:\d{{1,3}}(?:[,\u2009\u202f ]\d{{3}})+|\d\d+)(?![\d.]| ?%|/)(?: (?:{PEOPLE}|{THINGS})(?![\w-]))?"
)
_FEW_N = re.compile(rf"\b{PEOPLE} \([Nn] ?= ?\d\)|\binterviews \([Nn] ?= ?\d\d?\)")
_ANSWERED = re.compile(r"(?<=, )\d{1,3}(?:,?\d{3})? \([\d.]+ ?%\) (?:responded|replied|participated|took part)\b")
# "(75%, n = 18)", "(n = 18, 75%)" and "12% (n = 18)" count a part; so does what a sentence calls one.
_SHARE_BEFORE = re.compile(r"%[^()]{0,12}\(?[^()]{0,12}$")
_SHARE_AFTER = re.compile(r",? [\d.]+ ?%[)\];]")
_PART = re.compile(
    r"\b(?:training|test(?= (?:set|sample|data|group|cohort))|validation|subgroup|derivation|per group|each group"
    r"|excluded)\b"
)
# The sentence says whom or what the study has.
_TAKEN = re.compile(
    r"\b(?:enrol\w*|recruit\w*|includ\w+|randomi[sz]\w+|assign\w*|allocat\w+|follow(?:ed|ing)?|survey\w*|interview\w*"
    r"|analy[sz]\w+|participa\w+|took part|stud(?:y|ied|ies)|trial|experiment|cohort|compar\w+|mined|mining|asked"
    r"|tested|measured|evaluat\w+|observe\w*|collect\w+|record\w+|cover\w*|answered|sample[d]?|in total|total of"
    r"|report(?:s|ed)? on|examine\w*|held|spent|summari[sz]\w+|register|data|attended|predict\w*|learn\w*|replicat\w+"
    r"|extract\w+|select\w+|identif\w+|classif\w+|looks at|series|audit\w*|advice on|developed|deployed|received"
    r"|design|completed|meta-analy[sz]\w+|pooled|responses|replies|replied|instrumented|assembled|enlisted|contact\w+"
    r"|comprised|consisted|underwent)\b",
    re.IGNORECASE,
)
# Said of things right before or after their number: whoever has read this, has studied them.
_STUDIED = (
    r"(?:analy[sz]\w+|examine\w*|min(?:ed|ing)|stud(?:y|ied)|collect\w+|record\w+|label\w+|classif\w+|survey\w*"
    r"|includ\w+|compris\w+|select\w+|identif\w+|extract\w+|sample[ds]?|evaluat\w+|assess\w+|appl(?:y|ied)|validat\w+"
    r"|inspect\w+|review\w*|retain\w*|explor\w+|case study of|produced by|looks? at|cod(?:ed|ing)|audit\w*"
    r"|follow\w*|observe\w*|replicat\w+|compar\w+"
    r"|data(?:set)? (?:on|of|from)|total of|held|summari[sz]\w+|synthesi[sz]\w+|pool\w+|experiment (?:on|in|with)"
    r"|shown (?:on|in)|enrol\w+|randomi[sz]\w+"
    r"|retrieve\w*|gathered|crawl\w+|scrap\w+|search\w*|cover\w*|sequence\w*|based on|drawing on|measur\w+|repeat\w*"
    r"|conduct\w+|describe\w*|consult\w+|trained|admissions?|use[ds]?|using|obtain\w*)"
)
_BEFORE_THING = re.compile(rf"\b{_STUDIED},? (?:[\w'’-]+ ){{0,5}}$", re.IGNORECASE)
_AFTER_THING = re.compile(
    r"[^.;,]{0,60}?\b(?:were|was) (?:\w+ly )?(?:analy|examine|includ|identif|studied|collect|assess|coded|select"
    r"|review|retain|tested|measured|imaged|sequenced|scanned|used|trained"
    r"|mined|audited|eligible|retrieve|found|recorded|confirmed|sampled|inspected|randomi|allocated|assigned)"
)
_WHEN = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Dd]uring|[Oo]f|and) $")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEW = re.compile(r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|\d)")
_RESULT = re.compile(
    r"\b(?:completed (?:the )?follow|withdrew|dropped out|died|occurred|had developed|were lost|were transferred"
    r"|were excluded|in (?:the )?(?:exposure|control|intervention|treatment|experimental) group|in each group"
    r"|in both groups|per cent|of them|of these|among (?:those|them)|respectively"
    r"|were screened but|recovered|had a history)\b"
)
_STATISTIC = re.compile(r"\d ?%|\bCI\b|\b[Pp] ?[<=>]|\bvs\b")
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)
_RECORDED = re.compile(r"\b(?:record|detect|diagnos|notifi|register)\w* $")
_SUBSET = re.compile(
    r"(?:[<>±]|(?<![Nn] )(?<![Nn])=|\b(?:mean|median|than|least|most|within|aged?|up to|over|under|per|every"
    r"|top|last|next|age"
    r"|ages|grades?|years?|week|month|day|phase|type|stage|level)"
    r"|[(,] ?including(?: the)?|(?:selected|drawn|chosen|recruited) from(?: the)?|\d[\])]? of(?: the)?|% of(?: the)?"
    r"|\b(?:of the|out of|of whom|among whom)"
    r"|\b(?:some|many|most|half|third|thirds|quarters?|number|none|any|each|all|one|two|three) of) $"
)
_OF = re.compile(r"(?:^|[.:;] )(?:Of|From) $")
_OF_ALL = re.compile(
    r"^(?: from [^,.;]{1,30})?,? \d"
    r"|^[^,.;]{0,40}\b(?:includ|enrol|recruit|random|assess|analy|survey|invited|approach)"
)
# "Of 2,136 deliveries, 223 were followed": the whole that a clinic counts.
_BIRTHS = re.compile(r"(?:[\w-]+ ){0,2}(?:deliveries|births|pregnancies|admissions|hospitali[sz]ations|episodes)")
_IS_PART = re.compile(r" ?[(\[]\d[\d.·]* ?%[)\]]")
_NOT_YET = re.compile(
    r" (?:were|was) (?:screened|approached|invited|contacted)\b"
    r"|[^.;]{0,40} (?:were|was) (?:identified|retrieved|found|screened)[^.;]{0,20}?,? (?:and|of which|of whom"
    r"|of these|from which|with) \d"
)
_OURSELVES = re.compile(r"(?:authors|reviewers|raters|evaluators|researchers|coders|investigators|assessors)$")
_FOUND = re.compile(r"\b(?:screened|identified|retrieved|approached|invited) $")  # before some are kept
_TOTAL = re.compile(r"\b(?:total of|total,|in all,|[Aa]mong|survey of|sample of|sample comprised) $", re.IGNORECASE)
_STARTS = re.compile(r"(?:^|[:.] )(?:Through )?$")
_STUDIES = re.compile(r"(?:trials|RCTs|studies|publications|papers|articles|reviews|cohort)\b")
_REVIEWED = re.compile(
    r"\b(?:included|met|eligible|identified|retrieved|retained|reviewed|synthesi[sz]ed|analy[sz]ed|selected)\b"
)
# Studies that are found are those reviewed if they already "met the criteria".
_MET = re.compile(
    r"[^.;,]{0,20}? (?:that |which )?(?:met|meeting|fulfill?(?:ed|ing)|satisf(?:ied|ying)|fit(?:ting)?)\b"
)
_ALLOCATED = r"(?:\w+ly )?(?:randomi[sz]ed|allocated|assigned)"
_WERE_ALLOCATED = re.compile(rf"(?: [^.;,]{{0,50}}?)?,? (?:were|was) {_ALLOCATED}|[^.;]{{0,60}}{_ALLOCATED} by\b")
_ALLOCATING = re.compile(rf"(?:{_ALLOCATED}) $", re.IGNORECASE)
_GATHERED = re.compile(r"\b(?:gathered|collected|compiled|obtained|drawn) (?:from|in|across) (?:the )?$")
_WHERE = re.compile(r"\b(?:at|in|from) $")
_ASKED = re.compile(
    r"\b(?:interview(?:ed|s (?:were )?(?:conducted |held |carried out )?with)?|think-aloud (?:study|sessions) with"
    r"|survey(?:ed)?(?: of| among)?|asked"
    r"|questionnaire (?:among|to|with)|focus groups with)(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)
# "analysis of six chatbots": few things, if they are what was read or tested.
_FEW_READ = re.compile(
    r"\b(?:analysis of|analy[sz]ed|evaluated|tested|examined|produced by|limitations of|drawing on|performance of)"
    r"(?: the)? $",
    re.IGNORECASE,
)
# "in 4 patients and 4 volunteers": two groups, however small.
_AND_OTHERS = re.compile(rf" and {COUNT} (?:[\w-]+ ){{0,2}}?{PEOPLE}(?![\w-])")
_SEX = re.compile(r"(?:fe)?males$|(?:wo)?men$|girls$|boys$")
_REPORTED = re.compile(
    r"\b(?:report|describe|present|treated|saw|observed|followed|explor\w+|examine[sd]?|examining|investigat\w+|stud(?:y|ied)"
    r"|involv\w+|case stud(?:y|ies) of)(?: [\w-]+){0,2} $",
    re.I,
)
_LISTED = re.compile(r"^(?: \([^()]*\))?(?:,|,? and) $")  # "five coaches, six players, and six parents"
_JOINED = re.compile(
    r"^(?: (?:in|of|from|with|aged|at) [^.;]{1,60}?)?(?: \([^)]*\))?(?:,|,? (?:and|or|versus|vs\.?"
    r"|were compared with|compared with)) $"
)
# "8 reports by 7 researchers to 6 programs": what is counted beside a sample is one, too.
_BESIDE = re.compile(r"^,? (?:and|in|of|from|by|to|across)(?: (?!each|which|who|whom)[\w-]+){0,2} $")
_DESCRIBED = re.compile(r" (?:with|aged|who|attending|undergoing) ")
_MOST = 4  # values of one study; more are hardly samples


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of people, places or things in one sentence; `what` is all that follows the number, up to the noun."""

    kind: str
    what: str
    start: int
    end: int
    sentence: int
    text: str

    @property
    def draft(self) -> Draft:
        """Return the number with its noun."""
        return Draft("sample", self.text[self.start : self.end], self.sentence)


def find_sample(sentences: Sequence[str], counted: Sequence[Counted]) -> tuple[Draft, ...]:
    """Return the sizes of the sample, each with the words that say of what from a count or from "n = 40"."""
    drafts = tuple(item.draft for item in counted) or tuple(_find_n(sentences))
    if all(draft.sentence for draft in drafts) and (few := tuple(_find_few(sentences))) and not counted:
        drafts = (*drafts, *few)
    return drafts or tuple(_find_answered(sentences))


def _find_few(sentences: Iterable[str]) -> Iterator[Draft]:
    """Yield people or interviews with their number of one digit behind, or interviews with any: "nurses (N = 5)"."""
    for number, text in enumerate(sentences, 1):
        if "=" in text and not _OTHERS.search(text):
            yield from (Draft("sample", match.group(), number) for match in _FEW_N.finditer(text))


def _find_answered(sentences: Iterable[str]) -> Iterator[Draft]:
    """Yield how many answered, where that is all that a text counts: "Of the 73 invited, 71 (97%) responded"."""
    for number, text in enumerate(sentences, 1):
        if match := _ANSWERED.search(text):
            yield Draft("sample", match.group(), number)
            return


def count_sample(sentences: Sequence[str]) -> tuple[Counted, ...]:
    """Return what the study counts: people and things first, then the places where these were allocated."""
    counted = [item for number, text in enumerate(sentences, 1) for item in _count(number, text)]
    main = list(_choose_main(counted))
    places = [item for item in counted if item.kind == "place" and not _is_few(item)]
    if main:
        main += [item for item in places if _is_allocated(item) or _GATHERED.search(item.text[: item.start])][:1]
    elif next(_find_n(sentences), None) is None:
        main = places[:1]
    return tuple(main[:_MOST])


def _is_allocated(item: Counted) -> bool:
    """Return whether places were what a trial allocated."""
    before, after = item.text[: item.start], item.text[item.end :]
    return bool((_WERE_ALLOCATED.match(after) and not _WHERE.search(before)) or _ALLOCATING.search(before))


def _choose_main(counted: Sequence[Counted]) -> Iterator[Counted]:
    """Yield the people and things of the first sentence that counts any, and people who were asked later on."""
    first = next((item for item in counted if item.kind != "place"), None)
    if first is None:
        return
    here = [item for item in counted if item.sentence == first.sentence and item.kind != "place"]
    later = [item for item in counted if item.sentence > first.sentence and item.kind == "people"]
    if not any(item.kind == "people" for item in here):
        later = [item for item in later if item.sentence == later[0].sentence]
    else:
        later = [item for item in later if _ASKED.search(item.text[: item.start])]
    nouns: dict[str, Counted] = {}
    for item in (*here, *later):
        noun = item.what.rsplit(" ", 1)[-1]
        same = nouns.get(noun)
        if same is None or (same.sentence == item.sentence and _JOINED.search(item.text[same.end : item.start])):
            nouns[noun] = item
            yield item


def _count(number: int, text: str) -> Iterator[Counted]:
    """Yield what a sentence counts as its sample."""
    if _OTHERS.search(text):
        return
    end = None
    for match in _COUNTED.finditer(text):
        if _SEX.search(match["what"]) and text.count("(", 0, match.start()) > text.count(")", 0, match.start()):
            continue  # "eighty (54 females, 26 males)"
        between = text[end : match.start()] if end is not None else ""
        if between.count("(") > between.count(")") or ", including " in between:
            continue  # a part: "154 participants (78 women, 76 men)"
        kind = next(name for name in ("people", "place", "thing") if match[name])
        beside = end is not None and kind != "place" and _BESIDE.search(text[end : match.start()])
        listed = (
            end is not None
            and kind == "people"
            and _LISTED.match(text[end : match.start()])
            and not _IS_PART.match(text, match.end())
        )
        if _is_counted(text, match, kind) or listed or (beside and not _FEW.fullmatch(match["count"])):
            end = match.end() if kind != "place" else end
            yield Counted(kind, match["what"], match.start(), match.end(), number, text)


def _is_counted(text: str, match: re.Match[str], kind: str) -> bool:
    """Return whether a number counts the sample, rather than a part of it, a year, or something by the way."""
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() :]
    few = _FEW.fullmatch(match["count"]) is not None
    if (
        (_YEAR.fullmatch(match["count"]) and (_WHEN.search(before) or not _TAKEN.search(after)))
        or _IS_PART.match(after)
        or _NOT_YET.match(after)
        or (match["what"] == "cases" and (_RECORDED.search(before) or "recorded" in text[: match.start()]))
    ):
        return False
    if (_TOTAL.search(before) and not few) or (kind == "people" and _ASKED.search(before)):
        return True
    if _is_subset(before, after, kind) or _RESULT.search(text):
        return False
    if kind == "thing":
        reviewed = _STUDIES.search(match["what"]) is not None and _REVIEWED.search(text) is not None
        whole = _OF.search(before) is not None and _BIRTHS.fullmatch(match["what"]) is not None
        return (not few or reviewed or _FEW_READ.search(before) is not None) and (
            whole or _are_studied(before, after, text)
        )
    if few and _OURSELVES.search(match["what"]):
        return False
    return _take_part(before, after, text, is_few=few and kind == "people")


def _is_subset(before: str, after: str, kind: str) -> bool:
    """Return whether a number says how many of the sample, or not of what."""
    return (kind != "place" and _SUBSET.search(before) is not None) or (
        _OF.search(before) is not None and not _OF_ALL.match(after)
    )


def _are_studied(before: str, after: str, text: str) -> bool:
    """Return whether a sentence says of things right beside their number that they were studied."""
    if _FOUND.search(before):
        return _MET.match(after) is not None
    return (
        _BEFORE_THING.search(before) is not None
        or _AFTER_THING.match(after) is not None
        or (_STARTS.search(before) is not None and not _STATISTIC.search(text))
    )


def _take_part(before: str, after: str, text: str, *, is_few: bool) -> bool:
    """Return whether a sentence counts people, or places, because they took part; few of them need a stronger cue."""
    if _STARTS.search(before) and not is_few:
        return True
    if before.endswith("("):
        return False
    if is_few:
        return _AND_OTHERS.match(after) is not None or any(
            way.search(before) is not None for way in (_STARTS, _ASKED, _REPORTED)
        )
    cued = _TAKEN.search(text) is not None or _DESCRIBED.match(after) is not None
    return cued or not _STATISTIC.search(text)


def _is_few(item: Counted) -> bool:
    return _FEW.fullmatch(item.text[item.start : item.end - len(item.what) - 1]) is not None


def _find_n(sentences: Iterable[str]) -> Iterator[Draft]:
    """Yield the sizes that the first sentence with "n = 40" gives."""
    for number, text in enumerate(sentences, 1):
        found = [match.group() for match in _N.finditer(text) if not _is_share(text, match)]
        if found and not _OTHERS.search(text) and not _PART.search(text):
            yield from (Draft("sample", value, number) for value in dict.fromkeys(found[:_MOST]))
            return


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Return whether a size is given with its share, so that it counts a part of the sample."""
    return bool(_SHARE_BEFORE.search(text, 0, match.start()) or _SHARE_AFTER.match(text, match.end()))
