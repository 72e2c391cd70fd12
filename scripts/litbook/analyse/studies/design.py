"""The design of a study, as its title or abstract names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from litbook.analyse.studies.words import COUNT, NOT_OURS, PEOPLE
from litbook.model.stated import Draft

# What may come before the head of a design, in any order.
_QUALITY = (
    r"(?:prospective|retrospective|(?:multi|single|two)[- ]?(?:cent(?:re|er)|institution(?:al)?)|multi-?cent(?:re"
    r"|er)|single-arm"
    r"|investigator-initiated|quasi[- ]experimental|correlational|phenomenological|cohort|comparative"
    r"|discrete[- ]choice|descriptive|multinational|international|national|nationwide"
    r"|population-based"
    r"|(?:single|double|triple)-(?:blind(?:ed)?|mask(?:ed)?)|(?:assessor|observer|evaluator)-(?:blind(?:ed)?|masked)"
    r"|open-label|open|blinded end-point|parallel-group|parallel|(?:two|three|four)-(?:arm|group)|2x2|factorial"
    r"|cross-?over|cluster|stepped-wedge|pragmatic|explanatory|pilot|feasibility|phase (?:[1-4]|I{1,3}V?)[ab]?"
    r"|(?:placebo|sham|active|positive|parallel|vehicle|waitlist|wait-list|attention)-?controlled|European|Asian"
    r"|African|controlled|counterbalanced|individually"
    r"|non-?inferiority|superiority|equivalence|adaptive|hybrid|preregistered|within-subjects?|between-subjects?"
    r"|clinical|randomi[sz]ed|non-randomi[sz]ed|cluster-randomi[sz]ed|quasi-randomi[sz]ed|repeated|longitudinal"
    r"|comparative|exploratory|descriptive|observational|qualitative|quantitative|empirical|matched|diagnostic"
    r"|accuracy|cross-sectional|online|classroom|laboratory|field|vignette|intervention(?:al)?|quasi-experimental"
    r"|experimental|mixed-methods?|multiple|single|exploratory|large-scale|natural|controlled|expert|time-use"
    r"|household|web-based|telephone|postal|usability|eye-tracking|diary|twin|interview|ethnographic|action research"
    r"|grounded theory|case|ecological|modelling|simulation|benchmark|replication|cohort|and|,"
    r"|propensity(?:[ -]score)?-matched|time-stratified|two-sample|sequential|convergent"
    r"|self-controlled|(?:register|registry)-based|multi-?site|single-site"
    r"|quality improvement|design-based|nested|test-negative|historical|birth|cross-national|industrial|user|lab"
    r"|formative|summative|think-aloud|focus group|first-in-human|phase-[1-4]|blinded|mining|multi(?:ple)?-case"
    r"|platform|technical|economic|process|registered|implementation|acceptability|non-comparative"
    r"|before-and-after|secondary)"
)
_QUALITIES = rf"(?:{_QUALITY},? )*"
_SEVERAL = r"(?:two|three|four|five|six)"
# Before a way to gather or read data, these say that the study used it.
_DONE = (
    r"(?:using|through|via|by|conducted|performed|administered|carried out|employed|used|completed|applied|distributed"
    r"|undertook|filled(?: in| out)?|answered|based on|from|data from|drawing on|held|ran|with) "
)
_HEADS = (
    # what a study does to other studies or to a trial comes first: "secondary analysis of a randomised trial"
    (
        rf"(?:individual participant data |network )?(?:systematic (?:literature )?review(?: and meta-analysis)?"
        rf"|systematic mapping study|(?:scoping|umbrella|rapid|integrative|narrative|literature) review|meta-analysis"
        rf"|meta-(?:synthesis|ethnography)|bibliometric analysis)"
        rf"|{_QUALITIES}(?:secondary|post[ -]hoc(?= analysis of)|economic|cost-effectiveness|cost-utility)"
        r" (?:analysis|evaluation)(?: of (?:[\w-]+ ){0,3}?(?:data|trials?|surveys?|study|cohort))?"
        r"|(?:pooled )?individual participant data(?= (?:of|from))"
        rf"|(?<=We )meta-analy[sz]ed"
    ),
    # designs with a name of their own
    (
        rf"{_QUALITIES}(?:randomi[sz]ed|cluster-randomi[sz]ed) {_QUALITIES}(?:trial|study|experiment|evaluation)"
        r"|hybrid type [123] effectiveness-implementation trial"
        rf"|{_QUALITIES}Mendelian randomi[sz]ation|{_QUALITIES}case[ -]crossover (?:study|design|analysis)"
        r"|self-controlled case series|test-negative (?:study|design)|synthetic controls?(?: (?:method|analysis))"
        rf"|{_QUALITIES}cohort (?:study|design|analysis)|{_QUALITIES}case series"
        rf"|{_QUALITIES}case[ –-]control (?:study|design)|(?<=[Ii]n a )cohort(?= of {COUNT})"
        rf"|{_QUALITIES}cross-sectional(?: [\w-]+){{0,2}} (?:surveys?(?:-based study)?|study|analysis|design)"
        rf"|{_QUALITIES}(?:before-and-after|before-after|pre-?test(?: and |-| )post-?test|pre-post) study"
        rf"|interrupted time[ -]series|regression discontinuity"
        rf"|differences?[- ]in[- ]differences(?= (?:design|analysis|across)|$|[.,])"
        rf"|{_QUALITIES}mixed[- ]methods? (?:\w+ )?(?:design|study|approach|research|evaluation|analysis)"
        r"|mixed (?:[\w-]+ )?(?:research )?approach"
        rf"|(?:(?<=onducted )|(?<=e ran )|(?<=e report )|(?<=erformed )){_SEVERAL} (?:[\w-]+ )?experiments"
        r"|design science|(?:auto|digital )?ethnograph(?:y|ic (?:fieldwork|study))"
        r"|(?:\w+ )?phenomenological (?:study|design)"
        rf"|propensity(?:[ -]score)?[ -]matched analysis|matched comparison|(?:retrospective )?chart review"
        rf"|Delphi study|{_QUALITIES}natural experiment|grounded theory(?: study)?"
        rf"|(?<!analyzed a )(?<!analysed a )(?<!read a )(?<!solved a ){_QUALITIES}case study"
        rf"|family of (?:\w+ )?experiments|{_QUALITIES}quasi-experiment|action research(?: study)?|experience sampling"
        rf"|{_QUALITIES}replication(?= (?:study|of|in)\b|,)"
    ),
    (
        rf"(?!and |single )(?:{_QUALITY},? )+cohorts?(?!-)"
    ),
    (
        rf"(?:{_QUALITY},? )+(?:study|trial|experiments?|survey|interviews)(?! (?:populations?|datasets?|data"
        rf"|examples?))"
        rf"|{COUNT} (?:{_QUALITY},? )+(?:studies|trials|surveys)(?= (?:with|in|among)\b)"
        rf"|(?!and |clinical |implementation )(?:{_QUALITY} )+evaluation(?= (?:of|in|with|at)\b)"
        r"|(?:national|nationwide|online|regional|household|web-based)(?: \w+)? survey|questionnaire (?:study"
        r"|survey)|(?<=conducted )an? survey(?= (?:on|of|among|with))"
        r"|(?:qualitative|thematic|content) analysis(?= of)|(?<!provide )learning analytics(?! helps?)"
        r"|(?:randomi[sz]ed,? )cross-?over design"
        r"|(?:retrospective|prospective) (?:review|analysis|evaluation|observation|chart review|audit)"
    r"|(?:critical|narrative|mini|literature|systematized|state-of-the-art|comprehensive)[- ]review(?= (?:of|on)\b|$"
    r"|\.)"
    r"|case reports?|mini-review|(?<=[Tt]his )(?:conceptual|position|perspective) (?:article|paper)"
    r"|(?<=[Tt]his )review|(?<=n this )review|(?<=: A )review(?=$|\.)|(?<=\()review(?=\)\.?$)"
    r"|(?<=current )review|(?<=: a )review(?=$|\.)"
        r"|think-aloud sessions|focus groups|semi-structured interviews|registry(?= (?:study|enrols|of))"
    ),
    # how a study was done, where it has no other name
    (
        rf"(?<=[Ww]e )(?:interviewed|surveyed)(?= {COUNT})|(?<=[Ww]e )(?:mined|audited)(?= {COUNT})"
        r"|(?:were |was |been |We |we )?randomly (?:assigned|allocated)(?= )"
        r"|(?:were|was|been|be|We|we) randomi[sz]ed(?= )|randomi[sz]ed(?= (?:to|into|in|by|and|between|either|\d))"
    ),
    (
        rf"(?<=[Ww]e )(?:replicated?|observed|followed)(?= {COUNT}| (?:a|the|their) study)"
        r"|(?<=\ban )experiment(?= (?:with|on|in))"
        r"|(?<=\ba )survey(?= (?:of|among|in|with))|(?<=[Bb]y )mining|(?:(?:structured|on-site|self-administered"
        r"|interviewer-administered|self-report) )?questionnaire(?= (?:was|were))"
        r"|(?:structured|on-site|self-administered|interviewer-administered) questionnaires?"
        r"|cross-sectional(?= [^.;,]{0,40}\bdata)"
        r"|(?<=through )(?:[\w-]+ )?questionnaires?|(?:semi|un)-?structured interviews?|(?:in-depth"
        r"|individual) interviews?"
    r"|(?<=through )interviews(?= with)"
        r"|(?:both )?(?:quantitative and qualitative|qualitative and quantitative) (?:research )?(?:methods|approaches)"
        r"|descriptive(?:[- ](?:analytical|correlational|quantitative|qualitative|survey|research))? (?:approach|design"
        r"|method(?:ology)?)|(?:in vitro(?: and in vivo)?|in vivo(?: and in vitro)?) (?:experiments|study|studies)"
        r"|genome-wide association (?:study|analysis)|(?:[\w-]+ and )?(?:anonymous|online) surveys(?= (?:with|of"
        r"|among))"
        r"|(?<=ased on )survey(?= (?:results|data|responses))|(?<=ollected )retrospectively"
        r"|retrospectively(?= (?:collected|reviewed|analy[sz]ed|enrolled|included|evaluated|studied))"
        r"|(?<=, )retrospectively(?=\.?$)"
    r"|(?<=[Tt]he )survey(?= (?:investigated|included|asked|was))"
    ),
    # how its data came about, where a text says no more of its design
    (
        rf"(?:quasi[- ]experimental|pre-?experimental|experimental|(?:pre-?test[-– /]post-?test"
        rf"|pre-?test and post-?test)"
        r"(?: control group)?|correlational|phenomenological|repeated[- ]measures|factorial|within-subjects?"
        r"|between-subjects?|between-groups?|explanatory sequential|exploratory sequential|longitudinal|qualitative"
        r"|descriptive|exploratory|crossover|cross-over|single-case|cross-sectional"
        r"|design-based)(?: [\w-]+)? (?:designs?|approach|methodology"
        r"|research(?: design| approach| methods?| study)?)"
        rf"|(?<=[Ii]n |[Oo]f ){COUNT} (?:[\w-]+ )?experiments|(?:^{COUNT}|(?<=conducted ){COUNT}|(?<=cross ){COUNT}) "
        rf"(?:[\w-]+ )?experiments|\d+-year (?:field )?experiment|(?:[a-z]+-[a-z]+ )?experiments?(?= (?:was"
        rf"|were) (?:conducted|carried|run"
        r"|performed|held|designed|set))"
        r"|(?:Monte[- ]Carlo|numerical|computer|agent-based|large-scale) simulations?"
        r"|simulation (?:study|studies|experiments?)"
        rf"|(?:{_DONE})(?:an? )?(?:[\w-]+ )??(?P<d1>(?:thematic|content|bibliometric|discourse|document(?:ary)?|policy"
        r"|comparative|cost-benefit|network|conversation|scientometric|corpus)(?: [\w-]+)? analys[ie]s)"
        rf"|(?:{_DONE})(?:an? |the )?(?P<d2>(?:[\w-]+ ){{0,2}}(?:surveys?|focus groups?|interviews|ethnography"
        r"|fieldwork))"
        r"|(?:through|via|administered|distributed|from|filled(?: in| out)?|answered) (?:an? "
        r"|the )?(?P<d3>(?:[Ss]emi )?(?:[\w-]+ )?questionnaires?)"
        r"|(?:participatory|co-?design|design|co-?creation) workshops"
        r"|(?:online |web-based |anonymous |self-administered |structured )*(?:(?<!from )survey(?= data| results"
        r"| responses)"
        r"|(?:survey|questionnaire)(?= (?:was|were) (?:\w+ly )?(?:conducted|sent|distributed|administered|carried"
        r"|completed|emailed|performed|circulated)))"
        rf"|(?<=[Ww]e )(?:surveyed|interviewed)(?= (?:[\w-]+ ){{0,4}}?{PEOPLE})"
        r"|(?<=were )interviewed|(?:(?<=nts were )|(?<=ers were )|(?<=ors were )|(?<=lts were )|(?<=men were ))surveyed"
        r"|(?:perspective|topical|focused|selective|integrated|historical|theoretical|conceptual|scientific) review"
        r"|(?<=[Ww]e )review(?= )|(?<=[Tt]his article )reviews|(?<=[Tt]his paper )reviews|(?<=[Pp]resent )review"
        r"|(?<=[Oo]ur )review|(?<=this )(?:perspective|commentary|viewpoint|editorial)(?= |,)"
        r"|(?<=[Ww]e report )(?:an? |the )?(?:[\w-]+ ){0,2}case(?= of)|(?<=[Ww]e describe )(?:an? |the )?(?:[\w-]+ )"
        r"{0,2}case(?= of)|study protocol"
        r"|comparative (?:analysis|evaluation|assessment)(?= of| between)"
    ),
)  # fmt: skip
_OWN = re.compile(
    r"\b(?:[Ww]e|[Tt]his|[Oo]ur|[Ii]n an?|[Tt]he (?:study|trial)|[Uu]sing|Through|DESIGN|[Dd]esign|METHODS?"
    r"|[Mm]ethods?)\b"
)
_WHOLE = re.compile(
    r"\bpart of (?:an? |the )?(?:larger |ongoing )?$"
    r"|\b(?:for|before|towards?|inform) (?:an? |the )?(?:definitive|future|full-scale|larger|main) $"
)  # another study, to which this one belongs
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)
_PATTERNS = tuple(re.compile(rf"(?<![\w-])(?:{head})(?![\w-])", re.IGNORECASE) for head in _HEADS)
_ANY = re.compile(
    r"stud|trial|random|review|cohort|survey|experiment|series|analy|interview|evaluat|registry|discontinuity"
    r"|difference-in|groups|sessions|mined|audited|sampling|replicat|theory|crossover|Mendelian|synthetic|design"
    r"|approach|conceptual|questionnaire|simulation|workshop|fieldwork|case|perspective|commentary|protocol"
    r"|in vitro|in vivo|quantitative|retrospectively"
    r"|ethnograph|mining|participant data|action research",
    re.IGNORECASE,
)
_PEOPLE = re.compile(rf"\b{PEOPLE}\b")


# What a title calls its study, behind the colon: "…: a think-aloud study".
_IN_TITLE = re.compile(
    r"[:.?] (?:(?i:an?|the|results of an?|results from an?|protocol for an?) )?"
    r"(?P<design>(?!an? |the )(?:[a-z][\w-]* ){1,4}(?:study|studies"
    r"|trials?|experiments?|surveys?|evaluation|(?<=\bcontent )analysis|(?<=\bthematic )analysis"
    r"|(?<=\bcomparative )analysis"
    r"|(?<=\bqualitative )analysis|(?<=\bretrospective )analysis|(?<=\bSWOT )analysis|review|replication|comparison"
    r"|cohort))"
    r"(?= (?:of|in|with|among|from|on|using|by)\b|$|\.)"
)


def find_design(title: str, sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield the design of the study: the most specific that it names for itself."""
    numbered = enumerate((title, *sentences))
    places = [(number, text) for number, text in numbered if _ANY.search(text) and not _OTHERS.search(text)]
    places.sort(key=lambda place: place[0] == 0)  # a title comes last, since it may name its subject
    for rank, pattern in enumerate(_PATTERNS):
        found = _find_first(pattern, places, rank)
        if found:
            yield found
            return
    if match := _IN_TITLE.search(title):
        yield Draft("design", match["design"], 0)


def _find_first(pattern: re.Pattern[str], places: Iterable[tuple[int, str]], rank: int) -> Draft | None:
    """Return the first match that is about this study."""
    for number, text in places:
        for match in pattern.finditer(text):
            named = next((match[name] for name in pattern.groupindex if match[name]), match.group())
            value = re.sub(
                r"^(?:and|,|were|was|been|we|an?|the|conducting|performing|using) +",
                "",
                named.strip(" ,"),
                flags=re.IGNORECASE,
            )
            if value and not _WHOLE.search(text, 0, match.start()) and (rank or number == 0 or _is_own(text, match)):
                return Draft("design", value, number)
    return None


def _is_own(text: str, match: re.Match[str]) -> bool:
    """Return whether a sentence names a review or an analysis as this study's own, not as something it read."""
    return bool(_OWN.search(text[: match.start()])) or match.group()[0].isupper()
