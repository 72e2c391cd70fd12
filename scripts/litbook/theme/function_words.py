"""Function words of the languages in which papers are written, and words of any paper: neither names a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from litbook.text.stop_words import STOP_WORDS

# Articles, prepositions, pronouns, conjunctions and auxiliaries; by code of ISO 639-1.
_BY_LANGUAGE = {
    "de": "der die das den dem des ein eine einer eines einem einen und oder aber auch als am an auf aus bei beim bis "
    "durch für gegen im in ist sind war waren wird werden wurde wurden mit nach nicht noch nur ob ohne sich sie er es "
    "wir sein seine seiner ihr ihre über um unter vom von vor wie zu zum zur zwischen dass daß kann können hat haben "
    "diese dieser dieses mehr sehr sowie hier wenn so man etwa je nach bzw",
    "fr": "le la les l un une des du de d et ou mais au aux à dans par pour sur avec sans sous ce cet cette ces est "
    "sont été être a ont il elle ils elles nous on se sa son ses leur leurs que qui dont où ne pas plus entre chez "
    "comme aussi ainsi y en vers lors afin très selon depuis",
    "es": "el la los las un una unos unas de del y e o u a al en con por para sin sobre entre que se su sus es son fue "
    "fueron ha han ser no más como este esta estos estas lo le les nos desde hasta muy también según sí cuando donde "
    "cual mediante así",
    "it": "il lo la i gli le un uno una di del dello della dei degli delle e ed o a al allo alla ai agli alle da dal "
    "dalla in nel nella nei nelle con su sul sulla per tra fra che si è sono stato stata non più come anche questo "
    "questa questi queste cui dove loro suo sua",
    "pt": "o a os as um uma uns umas de do da dos das e ou em no na nos nas com por pelo pela pelos para sem sobre "
    "entre que se seu sua seus suas é são foi foram ser não mais como este esta estes estas também ao aos à às até "
    "quando onde",
    "nl": "de het een en of maar van voor met op in aan bij door naar om over te tot uit als dat die deze dit is zijn "
    "was waren wordt worden werd niet ook nog er hij zij wij hun haar meer dan tussen onder",
    "sv": "en ett och eller men att av för från i in med om på till under vid är var som den det de denna detta dessa "
    "inte har hade kan ska mellan hos efter",
    "da": "en et og eller men at af for fra i ind med om på til under ved er var som den det de denne dette disse ikke "
    "har havde kan skal mellem hos efter",
    "pl": "i w z na do o od po przez przy dla za jest są był była było były się nie oraz lub a ale jak że który która "
    "które tego tej tych ich jego jej jako między pod nad",
    "cs": "a v ve z ze na do o od po pro při za je jsou byl byla bylo byly se si ne nebo ale jak že který která které "
    "toho této těch jejich jeho jako mezi pod nad",
    "tr": "ve veya ile bir bu şu için olarak olan de da ki ne daha çok gibi göre kadar sonra üzerine arasında ise en",
    "id": "dan atau yang di ke dari untuk dengan pada dalam oleh sebagai ini itu adalah tidak akan telah dapat antara "
    "terhadap tentang",
    "ru": "и в во на с со к ко по за из от до у о об для при не но а или что как это этот эта эти его её их он она "
    "они мы был была было были быть является также между под над так же",
}
_ENGLISH = frozenset(
    "the of and in to a for with on by from is are was were that this these we our an as at be can which has have it "
    "its their not or between".split()
)
# Nouns that papers on any subject share: the end of a name such as "risk factors", but not a name by themselves.
_GENERAL = frozenset(
    "abstract abstracts aim aims algorithm algorithms analyses analysis application applications approach approaches "
    "area areas article articles aspect aspects assessment association author authors background base basis benefit "
    "case cases category challenge challenges change changes characteristic characteristics comparison conclusion "
    "conclusions condition conditions contribution data decrease design development difference differences discussion "
    "effect effectiveness effects evaluation evidence example examples experiment experiments factor factors feature "
    "features field figure finding findings focus framework future group groups identification impact impacts "
    "implementation implementations implication implications improvement increase influence information insight "
    "insights investigation issue issues journal key knowledge label level levels limit limitations literature "
    "material materials measure measurement measurements measures method methodology methods model modeling modelling "
    "models month months nature need needs note number objective objectives opportunities outcome outcomes overview "
    "panel panels paper papers parameter parameters part participant participants patient patients performance "
    "perspective perspectives phase point points population practice presence problem problems procedure process "
    "processes project properties property publication purpose purposes quality question questions range rate rates "
    "relation relationship relationships report reports research researchers response result results review reviews "
    "rights risk role sample samples scale science section series set sets setting settings significance size "
    "solution solutions source sources state step strategies strategy structure studies study subject subjects "
    "success summary support survey system systems target task tasks technique techniques term terms test theory time "
    "times tool tools treatment trends type types update use user users value values version volume way ways week "
    "weeks work works world year years".split()
)
# Verbs, adjectives and leftovers of exports that are part of no name.
_OUTSIDE_NAMES = frozenset(
    "able abstracttext accelerating achieve achieved across additionally advancing al amp analyse analysed analytical "
    "analyze analyzed analyzing applied apply applying assess assessed assessing associated available based based-on "
    "best better beyond bv case-study ci cm com combined common comparative compare compared comparing comprehensive "
    "conduct conducted consider considered copyright copyrightinformation current date demonstrate demonstrated "
    "demonstrates designed determine determined develop developed developing different difficult discuss discussed "
    "doi early ed eds effective efficient elsevier email emails emerging emph enabling end-to-end enhanced enhancing "
    "establish estimate et evaluate evaluated evaluating examine examined existing experimental explicit explore "
    "explored exploring fast final first follow following general global gmbh good google growing gt high high- "
    "performance higher highly holder hr html http https identified identify identifying ii iii implicit important "
    "improve improved improving inc include included including increased increases increasing indicate indicated "
    "individual initial investigate investigated investigating iv key kg large large-scale largest lead learn learned "
    "learning-based learns license limited llc long long-term low low-cost lower lt ltd main major making many mathbf "
    "mathcal mathrm max mean means measured mg min ml mm modern much multi multiple nbsp new nlmcategory nm novel "
    "observed obtained open or org original particular past pdf performed permission possible potential pp practical "
    "preliminary present presented press previous promising propose proposed prospective provide provided provides "
    "providing published publisher quot real-world recent recently related relevant reported reporting require "
    "required reserved respectively resulting reveal revealed reviewed rm scholar scientific sd se select selected "
    "several short short-term show showed showing shown shows significant significantly similar simple single small "
    "special specific springer sqrt standard state-of-the-art statistical studied studying subscribers suggest "
    "suggested suggests supplementary systematic tested testing textbf textemdash textendash textit toward towards "
    "unassigned understand understanding unlabelled used useful uses using utilizing various verlag via view vol "
    "vphantom vs well wide wiley working www yet".split()
)
_OTHERS = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())
FUNCTION_WORDS = STOP_WORDS | _OTHERS - frozenset("den die dan en as on per son so sin van was war for par man".split())
_WORDS_OF = {code: frozenset(words.split()) for code, words in _BY_LANGUAGE.items()}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _code, _words in (("en", _ENGLISH), *_WORDS_OF.items()):
    for _word in _words:
        _LANGUAGES_OF.setdefault(_word, []).append(_code)
_FEWEST_HITS = 3


def is_general(word: str) -> bool:
    """Return whether a lower-case word is a noun that papers on any subject use."""
    return word in _GENERAL


def separates_phrases(word: str, language: str = "") -> bool:
    """Return whether a lower-case word is part of no name: a function word, or a verb or adjective of any paper."""
    return word in FUNCTION_WORDS or word in _OUTSIDE_NAMES or word in _WORDS_OF.get(language, ())


def guess_language(words: Iterable[str]) -> str:
    """Return the language whose function words are most frequent, as a code of ISO 639-1, or "" for too few."""
    scores = Counter(code for word in words for code in _LANGUAGES_OF.get(word, ()))
    best = max(scores, key=lambda code: (scores[code], code == "en", code), default="")
    return best if scores[best] >= _FEWEST_HITS else ""
