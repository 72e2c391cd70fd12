"""TF-IDF weights of words and phrases in papers, for the stages that compare texts.

scikit-learn is imported only when a matrix is computed, so that an unchanged build does not pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litbook.model.review import Paper

# Hyphenated words are one term ("in-context"), so that a phrase reads as its authors wrote it.
TOKEN = r"(?u)\b\w[\w\-]*\w\b"
_FEW_TEXTS = 30
_PHRASE_BONUS = 1.8
# Words found in any abstract: sharing only these is not a reason that would convince a reader.
_BOILERPLATE = frozenset(
    "abilities ability able achieve achieved achieves achieving add address advance advances allow allows analysis "
    "aims analyze approach approaches available aware background based benefit best better capabilities capability "
    "capture challenge challenges challenging code compare compared comprehensive conclusion conclusions crucial "
    "current demonstrate demonstrated demonstrates despite develop developed different difficult directly diverse "
    "effective effectively effectiveness effects efficient enable enables ensure especially evaluate evaluated "
    "evaluation example existing experimental experiments explore exploring extensive finally find finding findings "
    "finds focus formally framework fully furthermore generally github given high higher highlight highlights http "
    "https important importantly improve improved improvement improves improving including increase increasing "
    "insights introduce introduced introduces investigate issue key large leading leads level limitations limited low "
    "lower main make makes making method methods model models moreover motivated multiple need new novel number "
    "objective objectives observe obtain operate outperform outperforms paper papers parts perform performance "
    "performs plan popular possible potential practical present presented presents previous prior problem problems "
    "process project promising propose proposed proposes provide provides public range recent recently reduce rely "
    "remains remarkable require requires research result results robust serve setting settings shared show showing "
    "shown shows significant significantly simple simpler simply specific standard state-of-the-art strong studied "
    "studies study superior system systems task tasks times typically understand understanding use used useful using "
    "various way ways weak work works".split()
)


@dataclass(frozen=True, slots=True)
class Terms:
    """TF-IDF weights, one row per text (each of length 1), and the phrase of each column."""

    weights: Any  # scipy.sparse.csr_matrix, shape (texts, phrases)
    phrases: Sequence[str]


def weigh_terms(texts: Sequence[str]) -> Terms | None:
    """Weight words and two-word phrases by sublinear TF-IDF; return None if the texts contain no usable word.

    Terms that occur in a single text cannot connect two texts and are dropped, except in collections of fewer than 30
    texts.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - costs over a second to import

    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2),
        sublinear_tf=True,
        min_df=1 if len(texts) < _FEW_TEXTS else 2,
        stop_words="english",
        token_pattern=TOKEN,
    )
    try:
        weights = vectorizer.fit_transform(texts)
    except ValueError:  # "empty vocabulary": nothing but stop words, or no letter at all
        return None
    return Terms(weights.tocsr(), [str(phrase) for phrase in vectorizer.get_feature_names_out()])


def text_of(paper: Paper) -> str:
    """Return a paper's text for comparison; the title counts twice, since it is chosen with more care."""
    return f"{paper.title.plain} . {paper.title.plain} . {paper.abstract.plain}"


def choose_phrases(ranked: Sequence[str], texts: Sequence[str], most: int) -> tuple[str, ...]:
    """Return the first phrases that occur literally in all texts, no two of which share a word.

    Two-word terms can span a removed stop word; such a phrase occurs nowhere and is skipped. Phrases are spelt as in
    the first text, in lower case if that occurs.
    """
    lowered = [text.lower() for text in texts]
    taken: list[str] = []
    words: set[str] = set()
    for phrase in ranked:
        if (
            says_something(phrase)
            and words.isdisjoint(phrase.split())
            and all(_find(phrase, text) >= 0 for text in lowered)
        ):
            taken.append(_spell(phrase, texts[0]))
            words.update(phrase.split())
        if len(taken) == most:
            break
    return tuple(taken)


def says_something(phrase: str) -> bool:
    """Return whether a lower-case phrase contains a word that is not found in any abstract."""
    return not _BOILERPLATE.issuperset(phrase.split())


def prefer_phrases(phrase: str, weight: float) -> float:
    """Return the weight for ranking shared terms: two words tell a reader more than one."""
    return weight * _PHRASE_BONUS if " " in phrase else weight


def _find(phrase: str, text: str) -> int:
    """Return where a phrase first occurs as whole words (no letter, digit, _ or - on either side), or -1."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not any(sign.isalnum() or sign in "_-" for sign in text[max(0, at - 1) : at] + text[end : end + 1]):
            break
        at = text.find(phrase, at + 1)
    return at


def _spell(phrase: str, text: str) -> str:
    lowered = text.lower()
    if _find(phrase, text) >= 0 or len(lowered) != len(text):  # a few letters, like İ, have longer lower-case forms
        return phrase
    at = _find(phrase, lowered)
    return text[at : at + len(phrase)] if at >= 0 else phrase
