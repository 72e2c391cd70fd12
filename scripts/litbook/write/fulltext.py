"""What a paper's page says from its full text: citations in the review, and quoted sentences with their sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from litbook.model.citing import CitedHere
from litbook.model.fulltext import Parsed, TextSentence
from litbook.model.review import Text
from litbook.text.escape import escape, escape_text

MOST_LISTED = 6  # citations with their titles; more of them are named by their labels, and then counted
_MOST_NAMED = 24
_MOST_SECTIONS = 3
_MOST_HEADINGS = 12
_ABOUT = {"sample": "Sample", "limitations": "Limitations", "availability": "Data and code", "claim": "Quoted here"}
_MOST_QUOTED = 2  # sentences about one thing; sentences that pages rest on are all quoted
_CITATIONS_PAGE = "../../citations/index.html"


def render_citations(
    cites: Sequence[CitedHere], cited_by: Sequence[CitedHere], titles: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[str]:
    """Yield which papers of the review a paper cites, and which cite it, each with the sections that cite."""
    yield from _render_citing("Cites in this review", cites, titles, names)
    yield from _render_citing("Cited by in this review", cited_by, titles, names)
    if cites or cited_by:
        yield f"[Citations between the papers of this review]({_CITATIONS_PAGE})"


def _render_citing(
    heading: str, items: Sequence[CitedHere], titles: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[str]:
    known = [item for item in items if item.citekey in titles]
    if not known:
        return
    yield f"## {heading}"
    # Where a text is cited in more sections, the citation says more.
    first = sorted(known, key=lambda item: (-len(item.sections), item.citekey))[:MOST_LISTED]
    yield "\n".join(f"- {_render_item(item, titles, names)}" for item in first)
    others = [item for item in known if item not in first]
    if others:
        named = "; ".join(f"[{escape(names[item.citekey])}]({item.citekey}.md)" for item in others[:_MOST_NAMED])
        rest = len(others) - _MOST_NAMED
        yield f"Also {named}" + (f" and {rest} more." if rest > 0 else ".")


def _render_item(item: CitedHere, titles: Mapping[str, str], names: Mapping[str, str]) -> str:
    title, name = titles[item.citekey], names[item.citekey]
    where = ", ".join(escape(heading) for heading in item.sections[:_MOST_SECTIONS])
    said = [escape(name)] if name != title else []
    said += [f"cited in {where}{' …' if len(item.sections) > _MOST_SECTIONS else ''}"] if where else []
    detail = " · ".join(said)
    return f"[{escape(title)}]({item.citekey}.md)" + (f"\\\n  {detail}" if detail else "")


def render_text(parsed: Parsed | None) -> Iterator[str]:
    """Yield the headings of a paper's text, and the sentences that are kept of it, marked as from the full text."""
    if parsed is None or not (parsed.headings or parsed.sentences):
        return
    yield "## In the paper"
    headings = [escape(item.text) for item in parsed.headings if item.text]
    shown = " · ".join(headings[:_MOST_HEADINGS]) + (" …" if len(headings) > _MOST_HEADINGS else "")
    yield f"*From the full text, parsed by {escape(parsed.tool)}.*" + (f" Sections: {shown}." if shown else "")
    quoted = [line for about in _ABOUT for line in _quote(parsed, about)]
    if quoted:
        yield "\n".join(quoted)


def _quote(parsed: Parsed, about: str) -> Iterator[str]:
    kept = [item for item in parsed.sentences if item.about == about]
    for item in kept if about == "claim" else kept[:_MOST_QUOTED]:
        yield f"- **{_ABOUT[about]}** {_quote_sentence(parsed, item)}"


def _quote_sentence(parsed: Parsed, item: TextSentence) -> str:
    """Return a quoted sentence with its place; its number is a class, which the site makes an address."""
    heading = parsed.headings[item.section - 1].text
    where = f"{escape(heading)}, sentence {item.number}" if heading else f"sentence {item.place}"
    said = escape_text(Text(f"“{item.text}”"))
    return f"[{said}]{{.sentence-{item.section}-{item.number}}} ({where})"
