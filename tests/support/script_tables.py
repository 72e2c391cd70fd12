"""Print what the Python side computes, as JSON, for tests of the scripts that must compute the same in a browser."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests/support")]

from indexed import make_invented_corpus, make_paper, read_part  # noqa: E402

from litbook.model.editorial import Editorial, Quotation, Tension  # noqa: E402
from litbook.model.reference import PersonName, Reference  # noqa: E402
from litbook.model.review import Citation, Corpus, Paper, Part, Placement, Suggestion, Theme  # noqa: E402
from litbook.site.search.index import terms  # noqa: E402
from litbook.site.search.index.details import find_file  # noqa: E402
from litbook.site.search.index.learned import Learned, learn  # noqa: E402
from litbook.site.search.index.parts import render_index  # noqa: E402
from litbook.site.search.index.postings import make_postings  # noqa: E402
from litbook.site.search.index.sections import Section  # noqa: E402
from litbook.site.search.index.shards import fold_strings  # noqa: E402
from litbook.site.search.index.site_pages import Notes, SitePage  # noqa: E402

# Invented texts with accents, ligatures, possessives, raised signs, hyphens of many kinds, and other alphabets.
HARD = (
    "Müller’s co‑operative ﬁne–tuning of Se² and x^2; it's the models' own",
    "Straße ÅNGSTRÖM Łódź naïve cafe\u0301s ΑΛΦΑΣ αλφα 学習する梟 ١٢٣ 𝐱-𝐲 ½-life IIR Ⅷ",
    "state-of-the-art, in-context; a--b -c- d_e f/g h.i 3.14 GPT-4o 1,000 'quoted' \u02bcokina",
    "optimizers optimisers modelling modeling colours color catalogs analyse analyzed",
    "x's X'S x’S s's ''s 'S a^b ^c d^ e^^f",
    "Łukasz Đorđe Åse Bjørn Æsir œuvre ẞtraße þorn ıstanbul İzmir Ħal",
    "大規模言語モデルの文脈内学習 上下文学习GPT模型-4 がぎぐ ガギグ ｶﾞｷﾞ 猫 한국어 조선말",
    "हिन्दी भाषा। দুনিয়া ภาษาไทยดี မြန်မာ ខ្មែរ עִבְרִית العَرَبِيَّة مدرسة فارسی کتاب أإآٱى",
)
STEMS = ("b", "be", "walk", "conver", "gener", "hopp", "fall", "ski", "color", "organ")


def make_words() -> dict[str, Any]:
    """Return the rules, words with their stems, and texts with their words and terms."""
    texts = [*HARD, *(line for path in sorted((ROOT / "book/corpus/sources").iterdir()) for line in read_lines(path))]
    endings = {ending for step in terms.STEPS for ending, _, _ in step}
    words = {word for text in texts for word in terms.read_words(text, common=True)}
    words |= {stem + ending for stem in STEMS for ending in endings} | set(terms.SPELLINGS) | set(terms.COMMON)
    return {
        "rules": terms.describe_rules(),
        "stems": {word: terms.stem(word) for word in sorted(words)},
        "texts": [
            [text, list(terms.read_words(text, common=True)), list(terms.make_terms(text, common=True))]
            for text in texts
        ],
    }


def read_lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()][:2000]


def make_files() -> list[tuple[str, int, int]]:
    """Return citekeys, numbers of files, and the number of the file that holds each paper."""
    keys = ("smith2020deep", "a", "", "müller2021", "論文", "x" * 200, *(f"invented20{at:02}paper" for at in range(60)))
    return [(key, total, find_file(key, total)) for key in keys for total in (1, 2, 8, 64, 1024)]


def make_index() -> dict[str, Any]:
    """Return the parts of an index of invented papers and pages, without vectors, by their names."""
    made = make_invented_corpus(24)
    papers = tuple(identify(number, paper) for number, paper in enumerate(made.papers))
    corpus = replace(made, papers=papers, editorial=Editorial(tensions=(TENSION,)))
    page = [Section("section", "", "Paper birds", "Cranes can be folded."), Section("term", "rl", "RL", "Learning.")]
    learned = Learned(None, {"flower": (("garden", 0.9),)})
    pages = {
        "book/glossary.html": SitePage("Acronyms", ("glossary", "abbreviations")),
        "book/editing.html": SitePage("Edit this review", ("how to edit",), "editors"),
    }
    texts = render_index(
        corpus, {"book/chapters/crafts.html": page}, make_postings(papers), learned, Notes(pages=pages)
    )
    return {name: read_part(text) for name, text in texts.items()}


# An invented disagreement of invented papers.
TENSION = Tension(
    "weeds",
    "Do tomatoes need weeds?",
    (
        (Quotation("invented2020p00002", "In-context gardening grows tomatoes from few examples.", 1),),
        (Quotation("invented2020p00005", "Weeds are hallucinated.", 2),),
    ),
    "confirmed",
    "A garden without weeds.",
    1,
)


def identify(number: int, paper: Paper) -> Paper:
    """Give an invented paper an identifier of each kind."""
    links = {
        "arxiv": f"2002.{number:05}v2",
        "doi": f"10.1234/Made({number})",
        "openreview": f"Abc_dE{number}",
        "acl": f"2020.made-1.{number}",
        "code": f"https://github.com/invented/paper{number}",
    }
    fields = {"PMID": str(1_000_000 + number), "PMCID": f"PMC{500_000 + number}"}
    return replace(paper, links=links, reference=Reference(fields=fields))


def make_foreign() -> dict[str, Any]:
    """Return an index of the invented papers in `foreign.json`, and by language the questions with the right title."""
    rows = json.loads((ROOT / "tests/support/foreign.json").read_text("utf-8"))
    papers = tuple(make_paper(at, title, text) for at, (_, title, text, _) in enumerate(rows))
    theme = Theme("all", "All", "Invented.")
    place = Placement("all", (), None, True, "", Suggestion("all", (), None, 0.0))
    placed = {paper.citekey: place for paper in papers}
    corpus = Corpus(papers, (Part("Part I", (theme,)),), placed, {}, {}, {}, {}, frozenset())
    postings = make_postings(papers)
    parts = render_index(corpus, {}, postings, learn(postings))
    questions = [[language, question, title] for language, title, _, question in rows]
    return {"parts": {name: read_part(text) for name, text in parts.items()}, "questions": questions}


def make_kept() -> dict[str, Any]:
    """Return an index of invented papers whose citekeys do not tell who wrote them; two cited ones share a label."""
    rows = (
        ("Ana Garza Moreno", "Garza Moreno, Ana", "General relations", "General relations are general."),
        ("Zoé Lefèvre", "Lefèvre, Zoé", "Generative crust", "Generative models generate. Generated, generatively."),
        ("Zoé Lefèvre", "Lefèvre, Zoé", "Integrity of ice", "The integrity of ice."),
        ("王小明", "王, 小明", "Integration of ice", "Integration integrates the integrated."),
    )
    papers = []
    for at, (shown, written, title, text) in enumerate(rows):
        family, given = written.split(", ")
        known = Reference(names={"author": (PersonName(family, given),)})
        paper = make_paper(at, title, text)
        authors = (shown, "Rui Made") if at < 3 else (shown,)
        papers.append(replace(paper, citekey=f"kept_{at + 1}", authors=authors, year=2021, reference=known))
    cited = {paper.citekey: (Citation(paper.citekey, "chapters/a.md", 1, "A"),) for paper in papers}
    made = make_invented_corpus(0)
    place = Placement("crafts", (), None, True, "", Suggestion("crafts", (), None, 0.0))
    corpus = replace(made, papers=tuple(papers), placements=dict.fromkeys(cited, place), citations=cited)
    parts = render_index(corpus, {}, make_postings(papers), Learned(None, {}))
    return {name: read_part(text) for name, text in parts.items()}


def make_folded() -> list[tuple[list[str], str]]:
    """Return sorted words, and what they are folded to."""
    lists: list[list[str]] = [
        [],
        ["a"],
        ["fold", "folded", "folding", "unfold"],
        [f"{'y' * at}" for at in range(1, 60)],
    ]
    return [(words, fold_strings(words)) for words in lists]


TABLES: dict[str, Callable[[], object]] = {
    "words": make_words, "files": make_files, "index": make_index, "folded": make_folded, "foreign": make_foreign,
    "kept": make_kept,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(TABLES[sys.argv[1]]()))
