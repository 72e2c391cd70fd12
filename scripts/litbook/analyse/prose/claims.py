"""Claims: statements in prose that are tied to one sentence of an abstract."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from litbook.model.faults import Fault, nearest
from litbook.model.pages import TIES, Claim, KeptClaim, Page, Role
from litbook.model.queries import find_paper
from litbook.model.review import Corpus

_ITEM = re.compile(r"\s*[^\s,:]+:(?:[1-9][0-9]{0,2}\.)?[0-9]{1,3}\s*")
_FILE = "book/corpus/claims.jsonl"


def quote_of(corpus: Corpus, citekey: str, sentence: int) -> str:
    """Return a sentence of a paper's abstract, counted from 1, or an empty string if there is no such sentence."""
    spans = corpus.sentences.get(citekey, ())
    if not 0 < sentence <= len(spans):
        return ""
    paper = find_paper(corpus, citekey)
    return paper.abstract.plain[slice(*spans[sentence - 1])] if paper else ""


def quote_text(corpus: Corpus, citekey: str, place: str) -> str:
    """Return a kept sentence of a paper's full text by section and number ("4.12"), or an empty string."""
    parsed = corpus.parsed.get(citekey)
    return next((item.text for item in parsed.sentences if item.place == place), "") if parsed else ""


def check_claims(corpus: Corpus, pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield malformed claims, and claims on an unknown paper, an unknown sentence, or a sentence that has moved."""
    for page in pages:
        for role in page.roles:
            if role.name in TIES:
                yield from _check_form(page, role)
    citekeys = {paper.citekey for paper in corpus.papers}
    kept = {(claim.citekey, claim.sentence): claim for claim in corpus.kept_claims}
    for claims in corpus.claims.values():
        for claim in claims:
            yield from _check_claim(corpus, citekeys, kept, claim)
    for claim in (claim for claims in corpus.text_claims.values() for claim in claims):
        yield from _check_text_claim(corpus, citekeys, claim)


def _check_form(page: Page, role: Role) -> Iterator[Fault]:
    if not all(_ITEM.fullmatch(item) for item in role.text.split(",")):
        remedy = f"write citekey:sentence, as in {{{role.name}}}`key2020word:3`"
        yield Fault(f"book/{page.file}", role.line, f"invalid {role.name} '{role.text}'", remedy)


def _check_claim(
    corpus: Corpus, citekeys: Collection[str], kept: Mapping[tuple[str, int], KeptClaim], claim: Claim
) -> Iterator[Fault]:
    place = (f"book/{claim.file}", claim.line)
    if claim.citekey not in citekeys:
        what = f"unknown citekey '{claim.citekey}' in a claim"
        yield Fault(*place, what, nearest(claim.citekey, citekeys) or "book/corpus/ledger.jsonl lists all citekeys")
        return
    number = len(corpus.sentences.get(claim.citekey, ()))
    before = kept.get((claim.citekey, claim.sentence))
    moved = before and _find_moved(corpus, before)
    if moved:
        what = f"sentence {claim.sentence} of '{claim.citekey}' is now sentence {moved}"
        yield Fault(*place, what, f"write '{claim.citekey}:{moved}'")
    elif not 0 < claim.sentence <= number:
        what = f"'{claim.citekey}' has no sentence {claim.sentence}: its abstract has {number}"
        yield Fault(*place, what, f"'litbook show {claim.citekey}' counts them")


def _check_text_claim(corpus: Corpus, citekeys: Collection[str], claim: Claim) -> Iterator[Fault]:
    place = (f"book/{claim.file}", claim.line)
    if claim.citekey not in citekeys:
        what = f"unknown citekey '{claim.citekey}' in a claim"
        yield Fault(*place, what, nearest(claim.citekey, citekeys) or "book/corpus/ledger.jsonl lists all citekeys")
    elif claim.citekey not in corpus.parsed:
        what = f"'{claim.citekey}:{claim.place}' names a sentence of a text, and no text of this paper has been parsed"
        yield Fault(*place, what, "give it to 'litbook parse', or claim a sentence of the abstract")
    elif not quote_text(corpus, claim.citekey, claim.place):
        what = f"sentence {claim.place} of the text of '{claim.citekey}' is not kept"
        remedy = "run 'litbook parse', which keeps what pages claim; 'litbook show --text' numbers the sentences"
        yield Fault(*place, what, remedy)


def _find_moved(corpus: Corpus, before: KeptClaim) -> int:
    """Return the new number of a sentence that has moved, or 0."""
    if quote_of(corpus, before.citekey, before.sentence) == before.quote:
        return 0
    numbers = range(1, len(corpus.sentences[before.citekey]) + 1)
    return next((number for number in numbers if quote_of(corpus, before.citekey, number) == before.quote), 0)


def find_retouched(corpus: Corpus) -> Iterator[Fault]:
    """Yield claims whose sentence has changed since it was first seen, so that a person checks them again."""
    kept = {(claim.citekey, claim.sentence): claim for claim in corpus.kept_claims}
    for claims in corpus.claims.values():
        for claim in claims:
            before = kept.get((claim.citekey, claim.sentence))
            now = quote_of(corpus, claim.citekey, claim.sentence)
            if before and before.quote != now:
                what = f"sentence {claim.sentence} of '{claim.citekey}' was “{before.quote}” and is “{now}”"
                remedy = f"check whether the claim still holds, then delete line {before.line} of {_FILE}"
                yield Fault(f"book/{claim.file}", claim.line, what, remedy)


def keep_claims(corpus: Corpus) -> tuple[KeptClaim, ...]:
    """Return the sentences of all claims as they were first seen; without a new one, as they are in the file.

    A claim that no page makes any more is kept: a page that is damaged for a while must not lose what it quoted.
    """
    kept = {(claim.citekey, claim.sentence): claim.quote for claim in corpus.kept_claims}
    used = {(claim.citekey, claim.sentence) for claims in corpus.claims.values() for claim in claims}
    if used <= kept.keys():
        return corpus.kept_claims
    return tuple(
        KeptClaim(line, citekey, sentence, kept.get((citekey, sentence)) or quote_of(corpus, citekey, sentence))
        for line, (citekey, sentence) in enumerate(sorted(used | kept.keys()), start=1)
    )
