"""Where a paper is in the book and why, as its page says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from litbook.model.review import Placement, Suggestion
from litbook.text.escape import clean, escape

# How far behind the runner-up is, by the least margin: in words, since any edit moves all figures a little.
_DISTANCES = ((0.4, "far behind"), (0.1, "behind"), (0.0, "close behind"))
KIND_NAMES = {
    "method": "method",
    "analysis": "analysis",
    "benchmark-or-dataset": "benchmark or dataset",
    "survey": "survey",
    "theory": "theory",
    "position": "position",
}


def keep_shown(placement: Placement) -> Placement:
    """Return a placement with what a page says of it: any decision moves the figures of all suggestions a little."""
    suggestion = placement.suggestion
    phrases = () if placement.decided else suggestion.phrases
    least = next(least for least, _ in _DISTANCES if suggestion.margin >= least)
    return replace(placement, suggestion=replace(suggestion, phrases=phrases, margin=least))


def render_placement(placement: Placement, themes: Mapping[str, str], published: str) -> str:
    """Return when and where the paper was published, its kind, further themes, and a theme that no person confirmed.

    The theme itself is in the breadcrumbs. `themes` gives the names of themes by slug.
    """
    items = [published, KIND_NAMES[placement.kind] if placement.kind else ""]
    if placement.also:
        items.append("see also " + ", ".join(_chapter_link(themes, slug) for slug in placement.also))
    lines = list(filter(None, [" · ".join(filter(None, items))]))
    if not placement.decided:
        lines.append(_say_suggested(placement.suggestion))
    return "\\\n".join(lines)


def explain_placement(placement: Placement, themes: Mapping[str, str]) -> str:
    """Return why a paper is in its theme: the written reason, by whom and when, and what the classifier suggested."""
    said = [_say_decision(placement)] if placement.decided or placement.reason else []
    return " ".join([*said, _say_comparison(placement, themes)]).strip()


def _say_decision(placement: Placement) -> str:
    who = f" by {escape(clean(placement.by))}" if placement.by else ""
    when = f" on {escape(clean(placement.date))}" if placement.date else ""
    reason = clean(placement.reason).rstrip(".")
    return f"Decided{who}{when}" + (f": {escape(reason)}." if reason else ", without a reason.")


def _say_comparison(placement: Placement, themes: Mapping[str, str]) -> str:
    """Say what the classifier suggests without this decision, and how far behind the runner-up is."""
    suggestion = placement.suggestion
    if suggestion.theme not in themes or (len(themes) < 2 and not suggestion.runner_up):
        return ""
    suggested = "the same theme" if suggestion.theme == placement.theme else f"“{escape(themes[suggestion.theme])}”"
    start = f"From its words alone, the classifier suggests {suggested}"
    if not placement.decided:
        start = "This is what the classifier suggests from its words"
    runner_up = themes.get(suggestion.runner_up or "")
    if runner_up is None:
        return f"{start}."
    second = "this theme" if suggestion.runner_up == placement.theme else f"“{escape(runner_up)}”"
    how = next(words for least, words in _DISTANCES if suggestion.margin >= least)
    return f"{start}; the runner-up, {second}, is {how}."


def _say_suggested(suggestion: Suggestion) -> str:
    phrases = ", ".join(f"“{escape(phrase)}”" for phrase in suggestion.phrases)
    why = f" from the phrases {phrases}" if phrases else ""
    return f"*This theme was suggested automatically{why}; no person has confirmed it.*"


def _chapter_link(themes: Mapping[str, str], slug: str) -> str:
    return f"[{escape(themes[slug])}](../chapters/{slug}.md)"
