"""Coverage: where this collection is thick and thin, by theme, by kind of paper and by what the papers work on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML

from litbook.figures.crossing import EMPTY, Axis, Crossing, cross, list_themes, render_details, show_crossing
from litbook.figures.links import link_papers, link_search
from litbook.figures.ranked.bars import Bar, link, render_bars
from litbook.figures.show import count, fold, frame, join, per_cent, plain, portion, say, say_nothing, share
from litbook.figures.style import KIND_COLOURS

# What a paper works on, by the words of its title and abstract: general enough for any field. "(s)" may be absent, and
# a space stands for a hyphen too. Left out are words that mostly mean something else ("sound", "network", "table").
CUES: Mapping[str, tuple[str, ...]] = {
    "text": ("text(s)", "textual", "language(s)", "linguistic", "document(s)", "sentence(s)", "word(s)", "corpus",
             "corpora", "machine translation", "dialogue(s)", "conversation(s)", "LLM(s)"),
    "images": ("image(s)", "imagery", "photo(s)", "photograph(s)", "pixel(s)", "visual", "visually", "vision"),
    "video": ("video(s)", "movie(s)", "footage"),
    "speech and sound": ("speech", "spoken", "audio", "acoustic(s)", "sounds", "sound source(s)", "voice(s)", "music",
                         "song(s)"),
    "3D": ("3D", "3 D", "three dimensional", "point cloud(s)", "voxel(s)", "mesh", "meshes", "radiance field(s)",
           "NeRF(s)"),
    "robots and control": ("robot(s)", "robotic(s)", "locomotion", "drone(s)", "autonomous driving",
                           "autonomous vehicle(s)", "embodied agent(s)", "motor control", "continuous control"),
    "tables": ("tabular", "spreadsheet(s)", "database(s)", "relational data", "SQL"),
    "graphs and networks": ("graph(s)", "social network(s)", "citation network(s)", "network analysis"),
    "time series": ("time series", "forecasting", "sensor data", "EEG", "ECG"),
    "code": ("source code", "pseudo code", "code generation", "code completion", "program synthesis",
             "programming language(s)", "computer program(s)", "software engineering"),
}  # fmt: skip
_MOST_NAMED = 4  # themes or kinds with equally many papers in a sentence
NONE_NAMED = "none named"
UNDECIDED = "not decided"
_NOT_THIS = re.compile(r"part[- ]of[- ]speech", re.IGNORECASE)
# A sentence that only says where code or data are to be had tells nothing of what the paper works on.
_ANNOUNCES = re.compile(
    r"https?://|\bgithub\b|\b(?:publicly|freely) available|\bavailable at\b|\bwill be released\b", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def _compile(cues: tuple[str, ...]) -> re.Pattern[str]:
    words = (re.escape(cue).replace(r"\(s\)", "s?").replace(r"\ ", r"[\s-]") for cue in cues)
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_PATTERNS = {modality: _compile(cues) for modality, cues in CUES.items()}


def find_modalities(text: str) -> tuple[str, ...]:
    """Return what a title and abstract name as worked on, in the order of CUES; a text may name several, or none."""
    read = _NOT_THIS.sub(" ", " ".join(part for part in _SENTENCE.split(text) if not _ANNOUNCES.search(part)))
    return tuple(modality for modality, pattern in _PATTERNS.items() if pattern.search(read))


def add_modalities(papers: pd.DataFrame) -> pd.DataFrame:
    """Return the papers with a column "modality", a tuple for each, read from "title" and "abstract"."""
    texts = papers["title"].astype(str) + ". " + papers["abstract"].astype(str)
    found = pd.Series([find_modalities(text) or (NONE_NAMED,) for text in texts], index=papers.index, dtype=object)
    return papers.assign(modality=found)


def are_modalities_named(papers: pd.DataFrame) -> bool:
    """Return whether at least half of the papers name a modality; in medicine papers do not differ by it."""
    return 2 * int((papers["modality"] == (NONE_NAMED,)).sum()) <= len(papers)


def explain_modalities() -> Any:
    """Say how it is found what papers work on."""
    return say(
        "What a paper works on, its modality, is found by whole words of its title and abstract. A paper may name "
        "several. Sentences that only say where to get code or data are ignored. In the list of words, “(s)” marks an "
        "optional plural."
    )


def show_cues() -> HTML:
    """Return the cue words as a table, so that readers can judge what was counted as what."""
    rows = "".join(
        f'<tr><th scope="row">{escape(modality)}</th><td>{escape(", ".join(cues))}</td></tr>'
        for modality, cues in CUES.items()
    )
    head = '<thead><tr><th scope="col">counted as</th><th scope="col">words</th></tr></thead>'
    table = f'<table class="table">{head}<tbody>{rows}</tbody></table>'
    return HTML(render_details("Words that identify each modality", table))  # type: ignore[no-untyped-call]


def draw_themes_by_kind(papers: pd.DataFrame) -> Any:
    """Draw a heat map of the papers of each theme by kind; a cell leads to the search with both as filters."""
    if not papers["kind"].astype(bool).any():
        return say_nothing("No kind has been decided for any paper yet, so themes and kinds cannot be crossed.")
    known = papers.assign(kind=papers["kind"].replace("", UNDECIDED))
    crossing = cross(known, list_themes(papers), _list_kinds(known))
    links = {place: link_search({"theme": place[0], "kind": place[1]}) for place in crossing.cells}
    undecided = {place: address for place, address in crossing.links().items() if place[1] == UNDECIDED}
    links = {place: address for place, address in links.items() if place[1] != UNDECIDED} | undecided
    number = int((known["kind"] == UNDECIDED).sum())
    return show_crossing(
        crossing,
        "coverage-themes-by-kind",
        title=_tell_kinds(known, crossing),
        caption="Papers by theme and by what they mainly contribute. "
        f"{_describe_empty(crossing)}{f' Not decided: {share(number, len(papers))}.' if number else ''}",
        links=links,
    )


def draw_themes_by_modality(papers: pd.DataFrame) -> Any:
    """Draw bars of what titles and abstracts name as worked on, and folded a heat map by theme."""
    if not are_modalities_named(papers):
        return say_nothing("Most papers name no modality, so themes and modalities are not crossed.")
    drawing = _draw_by_modality(papers, list_themes(papers), "coverage-themes-by-modality", 3)
    return HTML(_show_modalities(papers) + fold(drawing, "The same by theme").data)  # type: ignore[no-untyped-call]


def _show_modalities(papers: pd.DataFrame) -> str:
    """Return bars of the papers that name each modality, those that most papers name first."""
    pairs = papers[["citekey", "modality"]].explode("modality")
    counts = pairs["modality"].value_counts()
    order = [str(name) for name in counts.index if name != NONE_NAMED]
    only = int((papers["modality"] == ("text",)).sum())
    bars = [
        Bar(
            escape(name),
            (int(counts[name]) / len(papers),),
            (
                link(link_papers(pairs.loc[pairs["modality"] == name, "citekey"]), f"{counts[name]:,}"),
                per_cent(int(counts[name]), len(papers)),
            ),
        )
        for name in [*order, *([NONE_NAMED] if NONE_NAMED in counts else [])]
    ]
    return frame(
        "modalities",
        render_bars("modalities", ("Modality", "Share of papers", "Papers", ""), bars),
        title=_tell_modalities(papers),
        caption="Papers by what their titles and abstracts name; a paper may name several."
        + (f" Those that name text only: {share(only, len(papers))}." if only else ""),
        data=counts.rename_axis("modality").rename("papers").reset_index(),
    )


def draw_kinds_by_modality(papers: pd.DataFrame) -> Any:
    """Draw a folded heat map of the papers of each kind by what their titles and abstracts name as worked on."""
    if not papers["kind"].astype(bool).any():
        return say_nothing("No kind has been decided for any paper yet, so kinds and modalities cannot be crossed.")
    known = papers.assign(kind=papers["kind"].replace("", UNDECIDED))
    shown = _draw_by_modality(known, _list_kinds(known), "coverage-kinds-by-modality", 2)
    return fold(shown, "The same by kind of paper") if isinstance(shown, HTML) else shown


def _draw_by_modality(papers: pd.DataFrame, rows: Axis, name: str, colour: int) -> Any:
    modalities = Axis("modality", {modality: modality for modality in (*CUES, NONE_NAMED)})
    if not are_modalities_named(papers):
        return say_nothing(f"Most papers name no modality, so {rows.name}s and modalities are not crossed.")
    crossing = cross(papers.explode("modality"), rows, modalities)
    return show_crossing(
        crossing,
        name,
        title=_tell_modalities(papers),
        caption=f"Papers by {rows.name} and by what their titles and abstracts name; a paper that names several counts "
        f"in several columns. {_describe_empty(crossing)}",
        colour=colour,
    )


def _list_kinds(papers: pd.DataFrame) -> Axis:
    held = set(papers["kind"])
    kinds = [kind for kind in KIND_COLOURS if kind != UNDECIDED or kind in held]
    return Axis("kind", {kind: _read_kind(kind) for kind in kinds})


def _read_kind(kind: str) -> str:
    return kind.replace("-", " ")


def _tell_kinds(papers: pd.DataFrame, crossing: Crossing) -> str:
    """Say in how many themes the most frequent kind is the largest, and how many papers it has."""
    decided = papers.loc[papers["kind"] != UNDECIDED, "kind"]
    kind = str(decided.value_counts().index[0])
    counts = crossing.count().drop(columns=UNDECIDED, errors="ignore")
    leads = int((counts.max(axis=1) == counts[kind])[counts.sum(axis=1) > 0].sum())
    themes = f"{leads} of {count(len(counts), 'theme')}" if leads < len(counts) else "every theme"
    whole = portion(int((decided == kind).sum()), len(papers), "paper")
    return f"{_read_kind(kind).capitalize()} papers are the largest group in {themes}: {whole}."


def _tell_modalities(papers: pd.DataFrame) -> str:
    """Say how many papers name the two most frequent modalities, and what bounds all others."""
    counts = papers["modality"].explode().value_counts().drop(NONE_NAMED, errors="ignore")
    if counts.empty:
        return "No title or abstract names a modality."
    (first, most), *others = [(str(name), int(number)) for name, number in counts.items()]
    said = f"{portion(most, len(papers), 'paper')} {'names' if most == 1 else 'name'} {first}"
    if others:
        said += f", {others[0][1]:,} {others[0][0]}"
    return said + (f", and no other modality is named by more than {others[1][1]:,}." if len(others) > 1 else ".")


def _describe_empty(crossing: Crossing) -> str:
    empty = crossing.count_empty()
    cells = len(crossing.rows.labels) * len(crossing.columns.labels)
    return f"An empty cell means {EMPTY}: {share(empty, cells)}." if empty else "No cell is empty."


def describe_coverage(papers: pd.DataFrame) -> Any:
    """Say which themes and kinds have most and fewest papers, and how many papers are of no decided kind."""
    titles = {slug: _quote(title) for slug, title in list_themes(papers).labels.items()}
    themes = papers["theme"].astype(str).map(titles)
    sentences = [_describe_extremes(themes, "theme")]
    kinds = papers.loc[papers["kind"] != "", "kind"].map(_read_kind)
    undecided = len(papers) - len(kinds)
    if len(kinds):
        sentences.append(_describe_extremes(kinds, "kind"))
        absent = [_read_kind(kind) for kind in KIND_COLOURS if kind not in {*papers["kind"], UNDECIDED}]
        if absent:
            sentences.append(f"Of the kind {join(absent)} there is {EMPTY}.")
    sentences.append(
        f"Papers whose kind is not decided: {share(undecided, len(papers))}."
        if undecided
        else "The kind of every paper is decided."
    )
    return say(" ".join(sentences))


def describe_modalities(papers: pd.DataFrame) -> Any:
    """Say which modalities most papers name, how many name text alone, and how many name none."""
    counts = papers["modality"].explode().value_counts().drop(NONE_NAMED, errors="ignore")
    if counts.empty:
        return say_nothing("No title or abstract names a modality.")
    named = [f"{modality} {counts[modality]:,}" for modality in CUES if modality in counts]
    absent = [modality for modality in CUES if modality not in counts]
    only = int((papers["modality"] == ("text",)).sum())
    none = int((papers["modality"] == (NONE_NAMED,)).sum())
    sentence = (
        f"Papers that name each modality: {join(named)}. Those that name text only: {share(only, len(papers))}; "
        f"none of these: {share(none, len(papers))}."
    )
    return say(sentence + (f" For {join(absent)} there is {EMPTY}." if absent else ""))


def _describe_extremes(values: pd.Series[str], noun: str) -> str:
    """Return a sentence that names the values with most and fewest papers, all of those that are equal."""
    counts = values.value_counts()
    if counts.min() == counts.max():
        return f"{_name(counts, int(counts.max()), f'The only {noun}', f'All {noun}s have equally many papers:')}."
    largest = _name(counts, int(counts.max()), f"The largest {noun} is", f"The largest {noun}s are")
    return f"{largest}; {_name(counts, int(counts.min()), 'the smallest is', 'the smallest are')}."


def _name(counts: pd.Series[int], number: int, one: str, several: str) -> str:
    """Return the values that have a number of papers, after the words for one value or for several."""
    values = sorted(str(value) for value in counts.index[counts == number])
    shown = values if len(values) <= _MOST_NAMED else [*values[:_MOST_NAMED], f"{len(values) - _MOST_NAMED} more"]
    each = " each" if len(values) > 1 else ""
    return f"{one if len(values) == 1 else several} {join(shown)}, with {count(number, 'paper')}{each}"


def _quote(title: str) -> str:
    return "“" + plain(title) + "”"
