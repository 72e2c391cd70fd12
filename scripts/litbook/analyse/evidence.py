"""Choose quotations from an abstract: the sentence that says what a paper does, and those that say what it found.

A quotation is a whole sentence, character for character, never joined or reworded. Of a gist, a label such as
"METHODS:" and an opening such as "In this paper," are left out, and one of more than 200 characters is cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litbook.analyse.standalone import WORKS, cut, lighten, points_elsewhere, weigh_leaning
from litbook.analyse.studies.parts import read_headings
from litbook.model.stated import Evidence
from litbook.text.sentences import LONGEST_SENTENCE, split_sentences

__all__ = ["Cue", "choose_gist", "find_evidence", "split_sentences"]

_SHORT, _LONG = 60, 320
_MOST_EVIDENCE = 5

# -- what a paper does ----------------------------------------------------------------------------------------------

_ADVERBS = r"(?:\w+ly |also |then |further |first |therefore |thus |hence |here )?"
_WORK = rf"(?:{WORKS})"
_THIS = rf"(?:[Tt]his|[Oo]ur|[Tt]he (?:present|current)) (?:[\w-]+ ){{0,3}}{_WORK}"


@dataclass(frozen=True, slots=True)
class Cue:
    """Hold a pattern and its weight in a sentence; each match contains one of `parts`, which are faster to look for."""

    pattern: re.Pattern[str]
    weight: float
    parts: tuple[str, ...] = ()

    def fits(self, sentence: str) -> bool:
        """Return whether the pattern matches in a sentence."""
        if len(sentence) > LONGEST_SENTENCE:
            return False
        for part in self.parts:  # a loop: `any` with a generator takes several times as long
            if part in sentence:
                break
        else:
            if self.parts:
                return False
        return self.pattern.search(sentence) is not None


def _cue(weight: float, pattern: str, *parts: str) -> Cue:
    return Cue(re.compile(pattern), weight, parts)


_WE = ("We ", "we ")
_WORKS = tuple(_WORK.removeprefix("(?:").removesuffix(")").split("|"))
# An aim without a main clause: "OBJECTIVE: To assess naps."
_TO_DO = (
    r"^(?:[A-Z][A-Za-z]+[:.]? )?To [a-z]+ (?!.*\b(?:we|I|have|has|is|are|was|were|reveals?|shows?|presents?"
    r"|proposes?)\b)"
)
# A survey that "was conducted to assess": the aim of a study in the passive.
_DONE = (
    r"\b(?:was|were) (?:\w+ly )?(?:conducted|performed|carried out|undertaken|designed|developed"
    r"|used) (?:\w+ly )?to \w+"
)


# Each of these alone shows that a sentence says what the paper does; they are sorted by weight, and the first match
# counts.
PURPOSES = (
    _cue(5.0, rf"\b[Ww]e {_ADVERBS}(?:propose|introduce|present)\b", *_WE),
    _cue(5.0, rf"\b{_THIS} {_ADVERBS}(?:present|propose|introduce|survey|review|report)(?:s|e?d)?\b", *_WORKS),
    _cue(4.5, rf"\b[Ww]e {_ADVERBS}\w+ [^.]{{0,150}}\band (?:propose|introduce|present)\b", *_WE),
    _cue(4.5, r"\b(?:is|are) (?:proposed|introduced|presented) in this\b", "in this"),
    _cue(4.0, rf"\b{_THIS} {_ADVERBS}(?:investigate|explore|examine|stud(?:ie|y)|address|(?:aims|seeks"
         rf"|attempts) to|describe|develop|focus|"
         r"analy[sz]e|compare|ask|consider|extend|evaluate|tackle|discusse?|bridge|fill|embark|revisit|argue"
         r"|characteri[sz]e)(?:e?s|e?d)?\b", *_WORKS),
    _cue(4.0, rf"\b[Ww]e {_ADVERBS}(?:develop|design|devise|describe|define|formulate|formali[sz]e|build|create"
         rf"|construct|release|curate|reframe|implement)(?:e?d)?\b", *_WE),
    _cue(3.6, rf"\b[Ww]e {_ADVERBS}(?:study|investigate|explore|examine|analy[sz]e|survey|review|address|tackle"
         rf"|revisit|ask|probe|evaluate|compare"
         r"|conduct|characteri[sz]e|assess|test|focus|aim|seek|extend|explain|understand|benchmark|measure"
         r"|reassess|re-?examine|interpret)(?:e?d)?\b", *_WE),
    _cue(3.6, rf"\b(?:aim|objective|purpose|goal)s? (?:of (?:this|our|the) [^.;]{{0,60}}?)?(?:was|is|were|are) to\b"
         rf"|{_TO_DO}|{_DONE}",
         "aim", "objective", "purpose", "goal", "To ", " to "),
    _cue(3.4, rf"\b[Ww]e {_ADVERBS}(?:show|find|demonstrate|argue|prove|establish|reveal|report|derive"
         rf"|hypothesi[sz]e|consider|apply|adapt)\b|[Ii]n this (?:\w+ ){{0,2}}{_WORK},? (?:we|I) \w", *_WE, "n this"),
    _cue(3.4, r"^Our (?:\w+ ){0,2}(?:contribution|goal|aim|objective) is\b", "Our "),
    _cue(2.8, rf"\b[Ww]e {_ADVERBS}(?:use|provide|offer|give|observe|identify|discover|discuss|perform|take"
         rf"|leverage|illustrate)\b|\b{_THIS} {_ADVERBS}(?!is\b|was\b|has\b|does\b)\w+s\b", *_WE, *_WORKS),
    _cue(1.8, r"\b[Oo]ur (?:\w+ ){0,2}(?:method|approach|framework|goal|aim|objective|idea|contribution)\b",
         "Our ", "our "),
)  # fmt: skip

# What makes such a sentence better or worse to read on its own; all matches add up.
QUALITIES = (
    _cue(1.5, rf"^(?:[^,]{{0,60}}, )?[Ii]n this (?:\w+ )?{_WORK}\b(?! [\w-]+ (?:were|was) )|^(?:Here"
         rf"|In the present {_WORK}),? we\b"
         rf"|^This (?:\w+ )?{_WORK} ", "n this", "Here", "In the present", "This "),
    _cue(0.6, r"\b(?:novel|new|first|simple)\b", "novel", "new", "first", "simple"),
    _cue(-2.5, r"^(?:We (?:also|first (?:describe|review|discuss|outline|recall)|further|then"
         r"|additionally|next|conclude|release|finally|hope|believe)\b|Overall"
         r"|Together|Altogether|In (?:summary|conclusion|sum)\b|To (?:conclude|summari[sz]e|further|explain"
         r"|re-use)\b|Finally|Additionally|Furthermore|Moreover|Lastly|Second|Third|In addition|Also|Besides|Then)\b"),
    _cue(-4.0, r"https?://|\b(?:publicly|freely) available|\bopen-source[sd]?\b.{0,80}\bcode\b|\b(?:[Cc]ode|[Dd]ata"
         r"|[Mm]odels?|[Cc]heckpoints) (?:and \w+ )?(?:is|are|will be) (?:\w+ )?(?:available|released)",
         "http", "available", "open-source", "released"),
    _cue(-1.5, r"^(?:Extensive |Comprehensive |Our )?(?:[Ee]xperiment|[Ee]valuation|[Rr]esult|[Ff]inding)"
         r"|^Our (?:work|study|paper)\b|^We (?:conduct|perform|run|carry out) [^.]*\bexperiments\b|^\(?\d\)"
         r"|\bextensive experiments (?:and|show|demonstrate|on)\b|^Through (?:extensive|comprehensive|experiments)",
         "xperiment", "valuation", "esult", "inding", "Our ", ")", "Through "),
    _cue(-1.5, r"^(?:Specifically|In particular|Concretely|For example|For instance|First|Firstly|To do so"
         r"|To do this|Based on|Using|Instead|Crucially|Notably|Interestingly|Surprisingly|More \w+)\b"),
    _cue(-0.7, r"^(?:However|But|Yet|Hence|Thus|Therefore|Inspired by this|Motivated by|To (?:this|that) end"
         r"|To (?:address|tackle|overcome|solve|mitigate|bridge|fill|remedy) (?:this|these|such|those|the (?:above"
         r"|aforementioned)))"),
    _cue(-2.0, r"\b(?:(?:we|thus|our \w+|results?|findings?|study|experts|it was) also|thus provides?"
         r"|paves? the way|foundation for|supports? the (?:view"
         r"|idea)|underscor\w+|highlights? the (?:need|importance|potential)|future (?:work|research))\b|^During ",
         " also", "thus provide", "the way", "foundation for", "support", "underscor", "highlight",
         "future ", "During "),
    _cue(-1.0, r"\?[\"”’]?$", "?"),
    _cue(-1.5, r":$|\b(?:a case study|ablation|pilot study)\b", ":", "case study", "ablation", "pilot study"),
)  # fmt: skip


# What a sentence announces rather than reports, and what makes a result fit to be read before it.
_INTENTION = re.compile(
    rf"\b(?:[Ww]e|I|{_THIS}) {_ADVERBS}(?:(?:aims?|seeks?|attempts?|tr(?:y|ies)|set out|want) to|ask"
    r"|stud(?:y|ies|ied)|investigate[sd]?|explore[sd]?|examine[sd]?|address(?:es)?|focus(?:es)?|consider|tests?|assess"
    r"|evaluate[sd]?|measures?|revisits?|probes?|analy[sz]e[sd]?|compare[sd]?|characteri[sz]es?"
    r"|propose to (?:study|investigate|explore|examine|analy[sz]e|compare)"
    r"|(?:conduct|perform|present|provide|report|carr(?:y|ied) out)(?:s|ed)? (?:an?|the first) (?:[\w-]+ ){0,3}"
    r"(?:study|evaluation|analysis|investigation|comparison)|extends?|extended"
    r"|(?:conduct|perform|run|carry out)(?:ed)? (?:[\w-]+ ){0,2}(?:experiments|evaluations|analyses|studies)"
    r"|\w+ (?:a (?:series|set|number|variety) of|several|two|three|four) (?:[\w-]+ ){0,2}"
    r"(?:improvements|extensions|modifications|methods|variants|techniques|contributions|experiments))\b"
    r"|\b(?:goal|aim|purpose|objective)s? (?:of (?:this|our|the)\b|(?:was|is|were|are) to\b)"
    rf"|{_TO_DO}|{_DONE}"
    r"|\b[Ww]e \w+ [\w-]+: (?:a|an) (?:series|set|collection) of (?:improvements|extensions|modifications)\b"
)
_REPORTED = re.compile(r"\b(?:find|finds|found|show|shows|demonstrate|demonstrates|reveal|reveals|prove)\b")
_ADVISES = re.compile(
    r"\b(?:should|must|further|future|needed|warranted|recommend\w*|needs? (?:to|some|more)|could be|may be useful)\b",
    re.I,
)
_SAYS_NOTHING = re.compile(r"\b(?:highlights?|underscores?|sheds? light on|insights?)\b")
_ENOUGH_FOR_GIST = 3.5
_NEARLY, _ENOUGH_PURPOSE = 2.0, 3.0  # of a sentence that takes the place of one that points elsewhere
_MOST_FINDINGS = 3.0
_SAME_SUBJECT = 0.6  # share of a title's words, doubled
_LONGEST_RESULT = -2.0  # the least fit, of a sentence of some 440 characters
_LABELS = (
    r"(?:Background|Objectives?|Methods?|Methodology|Results?|Findings|Conclusions?|Purpose|Aims?|Goals?|Introduction"
    r"|Discussion|Importance|Design|Context|Hypothesis|Significance|Interpretation|Implications|Motivation|Problem"
    r"|Study [Dd]esign|(?:Patients|Materials?|Subjects|Participants) and [Mm]ethods|Methods and [\w ]{5,20}"
    r"|(?:Main|Key|Principal) (?:[Rr]esults|[Ff]indings)|Originality|Contribution|Approach)"
)
_LABEL = re.compile(
    rf"^(?:(?:[A-Z]{{3,}}(?: (?:AND |& |OF )?[A-Z]+)*|{_LABELS}(?:(?:/| and | & )[\w ]{{3,20}})?)\s?[:.–—]\s+"
    r"|(?:Background|Objectives?|Methods|Results|Conclusions?|Purpose|Aims?|Introduction|Discussion) (?=[A-Z](?!ROM"
    r"|rom)))"
)
# How studies of people and nature tell what goes with what.
_RELATION = (
    r"associated with|predict(?:s|ed|or|ors)|correlat(?:e[sd]?|ion)|(?:higher|lower|greater|smaller|longer|shorter"
    r"|more|less|fewer"
    r"|better|worse)\b[^.;]{0,80}?\bthan|no (?:\w+ )?differences?|inhibit(?:s|ed)?|promot(?:es|ed)|induc(?:es|ed)"
    r"|suppress(?:es|ed)|play(?:s|ed)? (?:an?|no) \w+ role|depend(?:s|ed) on|differ(?:s|ed)?|prefer(?:s|red)?"
    r"|mediat(?:es|ed)|moderat(?:es|ed)"
)
_RELATES = re.compile(rf"\b(?:{_RELATION})\b")
# What the conclusion of such a study says it found.
_FINDS = re.compile(
    rf"\b(?:{_RELATION}|significant(?:ly)?|effective(?:ly)?|(?:in|de)creas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing)"
    r"|improv(?:e[sd]?|ing)|confirm(?:s|ed)?|contribut(?:es|ed)|affect(?:s|ed)?|positive|negative|safe(?:ly)?|feasible"
    r"|common(?:ly)?|prevalent|at risk)\b"
)


# What is under a heading such as "Background" was known before; "Conclusions" say more often what a paper found.
_OF_PART = {"background": -3.0, "conclusion": 0.8}


def choose_gist(title: str, abstract: str) -> Evidence | None:
    """Return the sentence of an abstract that best says what the paper does, or None if there is no sentence.

    If that only announces a study, its conclusion or a sentence that reports its result is better.
    If no sentence is about the paper itself it is the first one; of equals, the earlier one.
    """
    spans = split_sentences(abstract)
    if not spans:
        return None
    whole = [abstract[start:end] for start, end in spans]
    parts = read_headings(whole)
    sentences = [_LABEL.sub("", sentence) for sentence in whole]
    scores = [
        _weigh_gist(title, sentence) + weigh_leaning(sentence) - 0.08 * place + _OF_PART.get(parts[place], 0)
        for place, sentence in enumerate(sentences)
    ]
    best = _prefer_finding(title, sentences, parts, _prefer_alone(sentences, scores))
    quote, is_cut = cut(lighten(sentences[best]))
    return Evidence(quote, best + 1, is_cut)


def _prefer_finding(title: str, sentences: list[str], parts: Sequence[str], best: int) -> int:
    """Return the place of a sentence that tells what was found, if the best one only announces or introduces."""
    reports = _REPORTED.search(sentences[best])
    if not reports and _INTENTION.search(sentences[best]):
        return _find_result(title, sentences, parts, best)
    if not reports and _may_end_better(sentences[best], parts):
        return _find_conclusion(title, sentences, parts) or best
    if not _weigh_purpose(sentences[best]):
        found = _find_result(title, sentences, parts, -1)
        return found if found >= 0 else best
    return best


def _may_end_better(sentence: str, parts: Sequence[str]) -> bool:
    """Return whether a sentence under a heading proposes nothing, while there is a heading for conclusions."""
    return "conclusion" in parts and _weigh_purpose(sentence) < PURPOSES[0].weight


def _prefer_alone(sentences: list[str], scores: list[float]) -> int:
    """Return the place of the best sentence, or of one nearly as good that points to no other sentence."""
    best = max(range(len(sentences)), key=lambda place: (scores[place], -place))
    if not points_elsewhere(sentences[best]):
        return best
    alone = [
        place
        for place, sentence in enumerate(sentences)
        if scores[place] >= scores[best] - _NEARLY
        and weigh_leaning(sentence) == 0
        and sum(cue.weight for cue in QUALITIES if cue.weight < 0 and cue.fits(sentence)) >= -_NEARLY
        and _weigh_purpose(sentence) >= _ENOUGH_PURPOSE
    ]
    return max(alone, key=lambda place: (scores[place], -place), default=best)


def _find_result(title: str, sentences: list[str], parts: Sequence[str], announced: int) -> int:
    """Return the place of the sentence that best reports a result, or else of the one that announces the study."""
    if concluded := _find_conclusion(title, sentences, parts):
        return concluded
    weights = {
        place: _weigh_result(title, sentence)
        for place, sentence in enumerate(sentences)
        if place > announced
        and weigh_leaning(sentence) > -1
        and _fit(sentence) > _LONGEST_RESULT
        and not _SAYS_NOTHING.search(sentence)
        and sum(cue.weight for cue in RESULTS if cue.fits(sentence)) + _weigh_findings(sentence) >= _ENOUGH_FOR_GIST
        and parts[place] != "background"
    }
    best = max(weights, key=lambda place: (weights[place], -place), default=announced)
    return best if weights.get(best, 0) > 0 else announced


def _find_conclusion(title: str, sentences: list[str], parts: Sequence[str]) -> int:
    """Return the place of the sentence under "Conclusions" that best says what was found, or 0."""
    weights = {
        place: _share_title(title, sentence)
        + len(set(_FINDS.findall(sentence))) / 2
        - 0.5 * (place - parts.index("conclusion"))
        for place, sentence in enumerate(sentences)
        if parts[place] == "conclusion"
        and (_FINDS.search(sentence) or _share_title(title, sentence) >= _SAME_SUBJECT)
        and weigh_leaning(sentence) > -1
        and _fit(sentence) > _LONGEST_RESULT
        and not _SAYS_NOTHING.search(sentence)
        and not _ADVISES.search(sentence)
    }
    return max(weights, key=lambda place: (weights[place], -place), default=0)


def _weigh_result(title: str, sentence: str) -> float:
    """Return how well a sentence that states a result reads on its own."""
    result = min(sum(cue.weight for cue in RESULTS if cue.fits(sentence)) + _weigh_findings(sentence), 6.0)
    quality = sum(cue.weight for cue in QUALITIES if cue.fits(sentence) and cue.weight < 0)
    return result + quality + _share_title(title, sentence) + _fit(sentence)


def _weigh_findings(sentence: str) -> float:
    """Return how much a sentence says as studies of people and nature report it."""
    return min(1.5 * len(set(_RELATES.findall(sentence))), _MOST_FINDINGS)


def _weigh_gist(title: str, sentence: str) -> float:
    purpose = _weigh_purpose(sentence)
    quality = sum(cue.weight for cue in QUALITIES if cue.fits(sentence))
    return purpose + min(quality, 2.0) + _share_title(title, sentence) + _fit(sentence)


def _weigh_purpose(sentence: str) -> float:
    return next((cue.weight for cue in PURPOSES if cue.fits(sentence)), 0.0)


def _fit(sentence: str) -> float:
    """Return 0 for a sentence of good length, less for one too short to say much or too long to skim."""
    size = len(sentence)
    return -max(0.0, (_SHORT - size) / 10, (size - _LONG) / 60)


def _share_title(title: str, sentence: str) -> float:
    """Return the overlap of a sentence with the title, from 0 to 2, plus 1 for the name before the title's colon."""
    words = _stems(title)
    shared = len(words & _stems(sentence)) / len(words) if words else 0.0
    name, colon, _ = title.partition(":")
    named = bool(colon) and " " not in name.strip() and name.strip() in sentence
    return 2 * shared + named


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z0-9]{4,}", text.lower())}


# -- what a paper found ---------------------------------------------------------------------------------------------

_NUMBER = (
    r"(?<![0-9])(?<![0-9][.,])[0-9]++(?:[.,][0-9]++)*+(?:–[0-9]+(?:\.[0-9]+)?)? ?"
    r"(?:%|×|x\b|-?fold\b|percent|points?\b|times\b|pp\b|BLEU\b|dB\b|F1\b|hours?\b|seconds?\b|ms\b)"
)
_GAINS = (
    r"\b(?:achiev|improv|reduc|increas|decreas|rais|sav|cut|halv|doubl)(?:es|ed|ing)\b(?! of)|\b(?:attain|obtain"
    r"|reach|yield|boost|lower|gain|drop|solv|match)(?:s|es|ed|ing)?\b"
    r"|\b[Ww]e (?:achieve|improve|reduce|increase)\b|\b(?:improvement|reduction|increase|decrease|gain|speed-?up)s?\b"
)
_GAIN_PARTS = (
    "achiev improv reduc increas decreas rais sav cut halv doubl attain obtain reach yield boost lower gain drop solv "
    "match speed"
).split()
RESULTS = (
    _cue(3.0, rf"\b[Ww]e {_ADVERBS}(?:find|found|show|demonstrate|report|observe|prove|discover|reveal|establish"
         rf"|confirm|uncover)\b"
         r"|\b[Ww]e [^.;]{0,150}\band (?:find|show|demonstrate|observe|prove)\b", *_WE),
    _cue(3.0, r"\b(?:[Rr]esults?|[Ee]xperiments?|[Ee]valuations?|[Ff]indings?|[Aa]nalys[ei]s|[Ss]tud(?:y|ies)"
         r"|[Ee]vidence|[Aa]blations?|[Bb]enchmarks?)\b"
         r"[^.;]{0,90}?\b(?:shows?|demonstrates?|suggests?|indicates?|reveals?|confirms?|validates?"
         r"|highlights?|verif(?:y|ies)|substantiates?)\b",
         "esult", "xperiment", "valuation", "inding", "nalys", "tud", "vidence", "blation", "enchmark"),
    _cue(3.0, r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)|beats)\b",
         "outperform", "surpass", "exceed", "beats"),
    _cue(1.5, r"\bstate[- ]of[- ]the[- ]art\b|\bSOTA\b", "state", "SOTA"),
    _cue(1.5, _GAINS, *_GAIN_PARTS),
    _cue(2.0, _NUMBER, *"0123456789"),
    _cue(0.5, r"\b(?:[Ww]e|[Oo]urs?)\b", "We", "we", "Our", "our"),
    _cue(1.0, r"\b(?:compared (?:to|with)|over (?:the )?(?:\w+ )?(?:baseline|state|previous|prior|existing)"
         r"|on par with|competitive|comparable|significant(?:ly)?|consistent(?:ly)?)\b",
         "compared ", "over ", "on par with", "competitive", "comparable", "significant", "consistent"),
    _cue(-4.0, r"https?://|\b(?:is|are|will be) (?:\w+ )?available\b|^We (?:hope|believe|conclude with|discuss)\b"
         r"|\bfuture (?:work|research)\b", "http", "available", "We ", "future "),
    _cue(-3.0, r"\b(?:has|have) (?:been|recently|shown|demonstrated|achieved|emerged|exhibited|become|led)\b"
         r"|^(?:Recent|Existing|Previous|Prior|Current|Many|Most|Although|(?:By contrast, )?most"
         r"|However,? (?:existing|current|these|most))\b",
         "has ", "have ", "Recent", "Existing", "Previous", "Prior", "Current", "Many", "Most",
         "Although", "most", "However"),
    _cue(-2.0, r"^(?:In this \w+,? we|We|This \w+) (?:propose|introduce|present|investigate|study|explore|ask|aim"
         r"|seek)s?\b|\?[\"”’]?$", "In this", "We ", "This ", "?"),
)  # fmt: skip
_ENOUGH = 3.0


def find_evidence(abstract: str) -> tuple[Evidence, ...]:
    """Return the sentences of an abstract that state a result: at most the five strongest, in their order."""
    found = []
    for number, (start, end) in enumerate(split_sentences(abstract), start=1):
        weight = sum(cue.weight for cue in RESULTS if cue.fits(abstract[start:end]))
        if weight >= _ENOUGH:
            found.append((-weight, number, abstract[start:end]))
    strongest = sorted(found)[:_MOST_EVIDENCE]
    return tuple(Evidence(quote, number) for _, number, quote in sorted(strongest, key=lambda item: item[1]))
