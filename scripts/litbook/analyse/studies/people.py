"""Who took part in a study, or what it analysed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from litbook.analyse.studies.beyond import find_beyond, find_healthy
from litbook.analyse.studies.living import find_living
from litbook.analyse.studies.phrases import Phrase, find_phrases, list_all
from litbook.analyse.studies.samples import Counted
from litbook.analyse.studies.words import END, NOT_OURS, PEOPLE
from litbook.model.stated import Draft

_MORE = (
    r"(?:with|after|aged|who|whose|without|starting|discharged (?:with|from)"
    r"|undergoing|receiving|living with|working|attending"
    r"|scheduled for|presenting with|(?:older than|younger than)(?= \d)|over(?= \d)|of(?! whom)"
    r"|in(?= (?:training|grades?|years?|lower|upper|primary|secondary|introductory|their"
    r"|[a-z-]+ (?:program\w*|schools?|courses?|classes|teams)\b))|from(?! the| \d)"
    r"|admitted to|taking|awaiting"
    r"|recovering from|classified as|identified as|infected with|speciali[sz]ing in|hospitali[sz]ed (?:for|with)"
    r"|treated (?:for|with)"
    r"|referred for|seen (?:for|with))"
)
_TAIL = re.compile(rf"(?: and (?:[a-z-]+ )?{PEOPLE})?(?: {_MORE} [^,;:.()\[\]—]{{1,90}}?)?{END}")
_HEAD = re.compile(rf"\b{PEOPLE}\b", re.IGNORECASE)
_BEFORE_N = re.compile(
    rf"(?P<who>(?:[\w-]+ )?(?:[\w-]+ and (?:[\w-]+ )?)?(?i:{PEOPLE})(?: {_MORE} (?:(?! were | was | had "
    rf"| are )[^().]){{2,70}}?)?)"
    r" \((?:[^()]*[,;] )?[Nn] ?="
)
_AFTER_N = re.compile(
    rf"\b[Nn] ?= ?\d[\d,]* (?P<who>(?:[\w-]+ ){{0,3}}?(?:(?i:{PEOPLE})|[A-Z]\w+(?:ian|can"
    rf"|lan)s)(?: {_MORE} [^,;:().]{{2,70}}?{END})?)(?![\w-])"
)
_STUDY_OF = re.compile(r"\b(?:study|survey|trial|interviews|experiment) (?:of|among|in|with) (?:the )?$")
_STEM = 6  # letters by which "pregnant" and "pregnancy" are one condition
_TELLS = re.compile(r" who | than |(?: \S+){9}")  # not just a condition
_COMMON = frozenset("with without aged living undergoing receiving high young older adult from".split())
_ASKS = re.compile(
    r"\b(?:(?:[Ii]nterviews?|[Ff]ocus groups?|experiments?|[Ss]urveys?)(?:(?: were| was)? (?:conducted|held"
    r"|administered"
    r"|carried out))? (?:with|of|among|to)"
    r"|[Ss]ubjects were|[Pp]articipants were|sample of|solicited from) (?:(?:the|an?) )?$"
)
_RECRUITED = re.compile(
    r"(?: and [\w ]{3,30}?)? were (?:\w+ly )?(?:recruited|enrolled|included|invited|randomi[sz]ed)\b"
)
_ANSWERED = re.compile(r" (?:that |which )?(?:completed|answered|responded|replied|participated|took part)\b")
# "patients with ABI (n = 91), MS (n = 99)": the first of several names.
_GOES_ON = re.compile(r" \([^()]{1,60}\),?(?: and)? [A-Z][\w ]{0,30} \(")
_PLAN = 3  # sentences
_SMALL = (
    r"(?!(?!nursing|working|teaching|engineering|pre-service|practi[cs]ing|breastfeeding)\w+ing )(?!(?:offers|asks"
    r"|were|was|and|or|of|in|to|with|from|per|the|a|an|their|many|most|some|few|for|by|how|more|that|other|these"
    r"|those|both|as|among|assigned|which|when|whether|if|randomi[sz]ed|than|what|do|does|did|million|billion"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)
_WHO = re.compile(rf"(?<![\w-])(?P<who>(?i:(?:{_SMALL}[a-z'’-]+ )?(?i:{PEOPLE})) {_MORE} [^;:.()\[\]]{{2,110}}?){END}")
_PLAIN = re.compile(
    rf"(?<![\w-])(?P<who>(?i:(?:{_SMALL}[a-z'’-]+ )?(?:{PEOPLE})(?: and (?:[\w-]+ )?{PEOPLE})?))(?![\w'’-])"
)
_CUE = re.compile(
    r"\b(?:enrol\w*|recruit\w*|includ\w+|randomi[sz]\w+|assign\w*|allocat\w+|follow(?:ed)?|survey\w*|interview\w*"
    r"|analy[sz]\w+|participa\w+|took part|stud(?:y|ied)|trial|experiment|cohort|compar\w+|asked|tested|measured"
    r"|evaluat\w+|observed|collected|answered|sample|register|data|received|receive|offered|invited|eligible|given"
    r"|aim|purpose|objective|explore|examined?|sought|investigat\w+)\b|^(?:\w+:? )?To \w+|PARTICIPANTS|^Participants",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(r"\b[Ee]xclud\w+\b[^.;]{0,80}$")
# "four surgeons graded the answers", "the evaluation from 30 experts"
_JUDGE = re.compile(
    r"(?: [\w-]+){0,4}? (?:who )?(?:independently |then )?(?:evaluated|rated|graded|scored|judged|reviewed|applied)\b"
)
_BY_JUDGES = re.compile(r"\b(?:(?:evaluat|rat|grad|scor|judg|review)ed by|evaluations? (?:from|by))(?: [\w-]+){0,2} $")
_TOOK_PART = re.compile(
    r"\b(?:took part|participated|enrol(?:led|s)|recruited|were (?:interviewed|surveyed|randomi[sz]ed|included"
    r"|eligible))\b"
    r"|^(?:PARTICIPANTS|Participants)\b"
)
_N = re.compile(r"\b[Nn] ?= ?\d\d|interviews? with")
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)
# A sentence of results speaks of parts of the sample.
_RESULT = re.compile(
    r"\d ?%|\b[Pp] ?[<=>]|\bCI\b|^(?:RESULTS|Results|FINDINGS|Findings)\b|\b(?:significant(?:ly)?"
    r"|was (?:higher|lower)|were (?:higher|lower|found|observed)|outcomes? measures?|endpoint)\b"
)
# "patients without difference", "cases with difficult reduction": a part of the sample, or a piece of a sentence.
_SAYS_LITTLE = re.compile(
    r" (?:with(?:out)? (?:(?:and|or) without$|\d|significant|difficult|type i+\b|no |high(?:er)?(?!-risk)"
    r"|low(?:er)?(?!-risk| back| birth| vision| income| literacy| risk)"
    r"|greater|poor|distant|worse|better|more|less|at least|reactions|an? (?:mean|median|average|range|total|variety)"
    r"|the (?:condition|disease|same|following|highest|lowest|most|efforts|latter|former)|follow-up|different|their\b"
    r"|devices$|answers$|various|several|presumed|Generation|this|these|that)"
    r"| after the | who (?:will|each|selected|chose|rated|scored|then|contributed|did|had (?:a|an|the|no)\b)"
    r"|who$|whose$|with$|of$|in$|seemed$|from$|as$|and$)|^(?:cases|twins) |^participants over |^control \bcontrols$"
    r"| as well as"
)
_PLACE = re.compile(
    r" (?:in|at|(?<!discharged )from|across|of|on|by) "
    r"(?:[A-Z]|\d|the (?:[A-Z]\w+ )+(?:Hospital|Cent(?:er|re)|Clinic)\b"
    r"|(?:[\w-]+ ){0,4}(?:hospitals?|clinics?|centres?|centers?|universit\w+"
    r"|compan\w+|schools|units?|practices?|sites?|countries|villages|towns?|wards?|districts|register|municipalities"
    r"|programs?|programmes?|topics?)\b).*$"
    r"| from an? (?:\w+ )?sample\b.*$"
    r"|,? (?:and|or) (?:\w+ed|held|compare|read|took|gave|had)\b.*$"
    r"| (?:compared|(?<!admitted )(?<!exposed )(?<!referred )to(?! \d)|about|by|under"
    r"|during|using) .*$"
    r"| attending (?:\w+ )*(?:clinics|centres|centers|hospitals|practices|schools)\b.*$"
)
_BUT_NOT = re.compile(r"(?<= )(with [^,]{2,40}?) (?:but )?without .*$")
_VAGUE = frozenset(
    "participants people individuals subjects persons respondents controls cases members users volunteers patients"
    " readers writers males females authors reviewers raters evaluators coders researchers families relatives"
    " twins".split()
)
# Words before a noun of people that do not make it less vague, or that name a group beside the one studied.
_VAGUE_PHRASE = re.compile(
    r"(?:study|real|individual|other|different|various|many|some|new|future|independent|human|healthy|control|matched"
    r"|young|elderly|outpatient|normal|unit|same|remaining|respective|potential|digital|screen|three|two|adult"
    r"|overall|total)"
    r" (?:participants|people|individuals|subjects|persons|respondents|controls|cases|members|users|volunteers|couples"
    r"|patients|experts|readers|raters|reviewers|evaluators|twins|groups)"
)
_NO_MORE = re.compile(
    r" (?:who|whose|that)(?: \w+)?$| (?:due|treated|then|prior|because|including|and|or)$| from the .*$"
    r"| (?:enrolled|admitted|living|working|studying|registered|visiting)$"
)  # "patients who subsequently"
_LEADING = re.compile(
    r"^(?i:(?:where|which|whose|that|put|let|previous|II|III|I|both|comprised|consented|were|was|are|is|of|on|in"
    r"|among|for|with|from|and|or|the|these|those|our|all|to|by"
    r"|between|amongst) )+"
)
# Said of people, this tells nothing of who they are.
_PROCEDURE = re.compile(
    r"^(?:(?:\d[\d,]*|(?:Ten|Eleven|Twelve|\w+teen|(?:[Tt]wen|[Tt]hir|[Ff]or|[Ff]if|[Ss]ix|[Ss]even|[Ee]igh"
    r"|[Nn]ine)ty(?:-\w+)?)|consecutively|prospectively|retrospectively"
    r"|randomly|recruited|surveyed|interviewed|asked|invited"
    r"|randomi[sz]ed|eligible|consecutive"
    r"|included|enrolled|analysed|analyzed|screened|additional|selected"
    r"|consenting|participating|total|anonymous|further|unique|new|all|our) )+"
)


_HAS = re.compile(r"\b(?:with|without|aged|undergoing|receiving|living|who|diagnosed)\b", re.IGNORECASE)
# People who judge, advise or are set beside those studied.
_ASIDE = re.compile(
    r"(?:experts|professionals|cases|controls|candidates|stakeholders|scientists|researchers|users|owners|heads|members"
    r"|participants|subjects|managers|authors|reviewers|readers|writers|flies|seals|birds|fish|staff|evaluators|raters"
    r"|surgeons|academics|leaders|partners|donors|carriers|technicians)",
    re.IGNORECASE,
)


# Things that people make and that studies sample as they sample people.
_MADE = re.compile(
    r"\S+(?: \S+)* (?:projects|libraries|packages|repositories|programs|systems|suites|notebooks|models)"
)


def find_population(
    title: str, sentences: Sequence[str], sample: Sequence[Counted], *, is_study: bool
) -> Iterator[Draft]:
    """Yield who was studied, in the words that say most of them, or else the things that were.

    `is_study` says whether the text states a design or a result: then it may name its people by the way only.
    """
    planned = _choose_plan(sentences)
    has_sample = bool(sample) or any(map(_N.search, sentences))
    counted = tuple(_describe_counted(sample))
    ways = (
        (item for item in counted if _is_titled(title, item[0])),
        _name_study_of(title),
        (item for item in _name_titled(title, sentences, ()) if _HAS.search(item[0]) and not title.startswith(item[0])),
        counted,
        _describe_n(sentences),
        _find_titled(title, planned, has_sample=has_sample),
        _name_titled(title, sentences, sample),
        _name_counted(sample),
        _find_plain(title, planned) if has_sample else (),
        _name_often(title, sentences, planned, has_sample=has_sample)
        if is_study or any(map(_TOOK_PART.search, sentences))
        else (),
        _name_asked(sentences),
        _name_places(sample),
        _name_recruited(sentences),
        _name_condition(title, sentences),
        find_living(title, sentences),
        find_beyond(title, sentences, sample),
    )
    for phrase, number in chain(*ways):
        if who := _name_people(phrase):
            whole, place = _say_more(who, number, (title, *sentences), planned)
            yield Draft("population", list_all(whole, (title, *sentences)[place]), place)
            return
    yield from (Draft("population", what, place) for what, place in islice(find_healthy(sample), 1))


def _name_study_of(title: str) -> Iterator[tuple[str, int]]:
    """Yield the people of whom a title calls itself a study."""
    yield from (
        (p.text, 0)
        for p in find_phrases(title)
        if p.size and not _ASIDE.fullmatch(p.head) and _STUDY_OF.search(title, 0, p.start)
    )


def _name_asked(sentences: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield people right behind the words that say that they were asked or tested, even by one noun."""
    for number, text in enumerate(sentences, 1):
        if not _OTHERS.search(text):
            yield from ((phrase.text, number) for phrase in find_phrases(text) if _ASKS.search(text, 0, phrase.start))


def _name_recruited(sentences: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield described people who were recruited: "gout patients and healthy controls were enrolled"."""
    for number, text in enumerate(sentences, 1):
        if "were " in text and not _OTHERS.search(text):
            for phrase in find_phrases(text):
                if phrase.size and _RECRUITED.match(text, phrase.start + len(phrase.text)):
                    yield phrase.text, number


def _name_places(sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield places that were surveyed themselves: "the 273 hospitals that answered"."""
    yield from (
        (item.what, item.sentence)
        for item in sample
        if item.kind == "place" and _ANSWERED.match(item.text, item.end) and " in " not in item.what
    )


def _name_condition(title: str, sentences: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield people whom a sentence names by a condition that the title names, too: "glioma patients"."""
    named = {word[:_STEM] for word in re.findall(r"[a-z]{4,}", title.casefold())}
    for number, text in enumerate(sentences, 1):
        for phrase in find_phrases(text) if not _OTHERS.search(text) else ():
            said = re.findall(r"[a-z]{4,}", f"{phrase.before} {phrase.tail}".casefold())
            if _ASIDE.fullmatch(phrase.head) or _TELLS.search(_cut_place(phrase.tail)):
                continue
            if any(word[:_STEM] in named for word in said if word not in _COMMON):
                yield phrase.text, number


def _say_more(who: str, number: int, texts: Sequence[str], planned: Sequence[tuple[int, str]]) -> tuple[str, int]:
    """Return the people with the words that describe them before their noun, here or where the plan names them."""
    whole = _describe(who, texts[number])
    if " " in whole:
        return whole, number
    for place, text in ((0, texts[0]), *planned):
        if place == 0 or (_CUE.search(text) and not _OTHERS.search(text)):
            for phrase in find_phrases(text):
                described = _name_people(phrase.text)
                if phrase.head.casefold() == who.casefold() and " " in described:
                    return described, place
    return whole, number


def _describe(who: str, text: str) -> str:
    """Return a phrase with the words before it that describe its people, too."""
    start = text.find(who)
    for phrase in find_phrases(text):
        if phrase.start < start < phrase.start + len(phrase.text):
            whole = text[phrase.start : start] + who
            return _PROCEDURE.sub("", _LEADING.sub("", whole))
    return who


def _name_titled(title: str, sentences: Sequence[str], sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield people whom the title describes, first those of whom the sentences speak as well.

    Where the study counts people under a name of their own, it is them that the title must name.
    """
    counted = {item.what.rsplit(" ", 1)[-1].casefold() for item in sample if item.kind == "people"} - _VAGUE
    named = [
        phrase
        for phrase in find_phrases(title)
        if phrase.size and not _ASIDE.fullmatch(phrase.head) and (not counted or phrase.head.casefold() in counted)
    ]
    body = " ".join(sentences).casefold()
    named.sort(key=lambda phrase: phrase.head.casefold() not in body)
    yield from ((phrase.text, 0) for phrase in named)


def _name_often(
    title: str, sentences: Sequence[str], planned: Sequence[tuple[int, str]], *, has_sample: bool
) -> Iterator[tuple[str, int]]:
    """Yield the people of whom title and sentences speak most, in the words that say most of them."""
    weights: dict[str, float] = {}
    phrases: dict[str, list[tuple[int, Phrase]]] = {}
    early = {number for number, _ in planned}
    for number, text in enumerate((title, *sentences)):
        if not text or _OTHERS.search(text):
            continue
        weight = 3 if number == 0 else 2 if number in early and _CUE.search(text) else 1
        for phrase in find_phrases(text):
            head = phrase.head.casefold()
            if _ASIDE.fullmatch(head):
                continue
            weights[head] = weights.get(head, 0) + weight
            phrases.setdefault(head, []).append((number, phrase))
    for head in sorted(weights, key=lambda head: -weights[head]):
        best = max(phrases[head], key=lambda item: min(item[1].size, 3) + 2 * (item[0] in early))
        titled = any(number == 0 for number, _ in phrases[head])
        if weights[head] >= (3 if titled else 4) and (" " in _name_people(best[1].text) or (titled and not has_sample)):
            yield best[1].text, best[0]


def _name_people(phrase: str) -> str:
    """Return who a phrase says was studied, or an empty string if that is no more than "participants"."""
    who = _PROCEDURE.sub("", _LEADING.sub("", _NO_MORE.sub("", _cut_place(phrase))))
    first = who.casefold()
    return "" if first in _VAGUE or _VAGUE_PHRASE.fullmatch(first) or _SAYS_LITTLE.search(first) else who


def _find_plain(title: str, places: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """Yield people whom the title and a sentence about the study name without saying more of them."""
    for number, text in places:
        if not _OTHERS.search(text) and _CUE.search(text):
            yield from ((match["who"], number) for match in _PLAIN.finditer(text) if _is_titled(title, match["who"]))


def _choose_plan(sentences: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return the sentences, with their numbers, that say what was to be done: the first of them, without results."""
    own = [(number, text) for number, text in enumerate(sentences, 1) if text]
    first = own[: max(_PLAN, len(own) // 2)]
    return tuple((number, text) for number, text in first if not _RESULT.search(text))


def _find_titled(title: str, planned: Sequence[tuple[int, str]], *, has_sample: bool) -> Iterator[tuple[str, int]]:
    """Yield described people whom the title names too, then others; these only if the study counts someone."""
    found = tuple(_find_described((*planned, (0, title)) if has_sample else planned))
    titled = tuple(item for item in found if _is_titled(title, item[0]))
    yield from titled
    said = {number for number, text in planned if has_sample or _TOOK_PART.search(text)}
    yield from (item for item in found if item not in titled and item[1] in {0, *said})


def _is_titled(title: str, phrase: str) -> bool:
    """Return whether a title names the first people of a phrase."""
    head = _HEAD.search(phrase)
    return head is not None and head.group().casefold().removesuffix("s") in title.casefold()


def _describe_counted(sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield the people who are counted, where the text says more of them than their number."""
    for item in sample:
        if item.kind != "people" or _judged(item):
            continue
        tail = _TAIL.match(item.text, item.end)
        who = item.what + (tail.group() if tail else "")
        if tail and _GOES_ON.match(item.text, tail.end()):
            continue
        if " " in _PROCEDURE.sub("", _cut_place(who)):
            yield who, item.sentence


def _judged(item: Counted) -> bool:
    """Return whether counted people judged what the study made instead of being studied."""
    return bool(_BY_JUDGES.search(item.text, 0, item.start) or _JUDGE.match(item.text, item.end))


def _describe_n(sentences: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the people whose number follows them in brackets, or precedes them as "N = 26"."""
    for number, text in enumerate(sentences, 1):
        if "=" not in text:  # part of both patterns, and faster to look for
            continue
        match = _BEFORE_N.search(text) or _AFTER_N.search(text)
        if match:
            yield match["who"], number
            return


def _find_described(places: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """Yield people of whom a sentence about the study, or its title, says more than that they took part."""
    for number, text in places:
        if not _OTHERS.search(text) and (number == 0 or _CUE.search(text)):
            for match in _WHO.finditer(text):
                if " " in _cut_place(match["who"]) and not _EXCLUDED.search(text, 0, match.start()):
                    yield match["who"], number


def _name_counted(sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield people as they are counted, or else things that are named by what they are of."""
    yield from ((item.what, item.sentence) for item in sample if item.kind == "people" and not _judged(item))
    yield from ((item.what, item.sentence) for item in sample if item.kind == "thing" and _MADE.fullmatch(item.what))


def _cut_place(who: str) -> str:
    """Return a phrase without the place at its end, or what its people have not beside what they have."""
    return _BUT_NOT.sub(r"\1", _PLACE.sub("", who)).strip()
