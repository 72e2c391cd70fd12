"""Names of the files and folders of a review."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Project:
    """The paths of one review; `root` is the folder that holds `_config.yml`."""

    root: Path

    @property
    def book(self) -> Path:
        """The book: what people write, and what the build generates."""
        return self.root / "book"

    @property
    def corpus(self) -> Path:
        """The sources and the hand-kept files."""
        return self.book / "corpus"

    @property
    def sources(self) -> Path:
        """Exports of papers, as downloaded; never edited."""
        return self.corpus / "sources"

    @property
    def source_order(self) -> Path:
        return self.corpus / "sources.csv"

    @property
    def source_forms(self) -> Path:
        """The formats and columns that people have named for sources."""
        return self.corpus / "formats.csv"

    @property
    def facts(self) -> Path:
        """Looked-up values, one JSON object per line."""
        return self.corpus / "facts.jsonl"

    @property
    def themes(self) -> Path:
        """Parts and themes of the book, with their scope and boundary rules."""
        return self.corpus / "themes.yml"

    @property
    def decisions(self) -> Path:
        """People's decisions about papers: theme, kind, inclusion."""
        return self.corpus / "decisions.csv"

    @property
    def pairs(self) -> Path:
        """People's decisions about near-duplicates."""
        return self.corpus / "pairs.csv"

    @property
    def screening(self) -> Path:
        """Screeners' judgements, one row for each paper and person; what is settled is in the decisions."""
        return self.corpus / "screening.csv"

    @property
    def searches(self) -> Path:
        """The searches in which the papers were found."""
        return self.corpus / "searches.yml"

    @property
    def tensions(self) -> Path:
        """Findings of different papers that disagree."""
        return self.corpus / "tensions.yml"

    @property
    def highlights(self) -> Path:
        """Findings and open questions for the front page."""
        return self.corpus / "highlights.yml"

    @property
    def concepts(self) -> Path:
        """Terms that the review explains, and where."""
        return self.corpus / "concepts.csv"

    @property
    def glossary(self) -> Path:
        """Corrections to the computed list of acronyms."""
        return self.corpus / "glossary.csv"

    @property
    def paths(self) -> Path:
        """Reading paths through the review."""
        return self.corpus / "paths.yml"

    @property
    def outside(self) -> Path:
        """Works outside the collection that chapters name, which are not evidence."""
        return self.corpus / "outside.bib"

    @property
    def excused(self) -> Path:
        """Numbers in chapters that are exempt from the number check, each with a reason."""
        return self.corpus / "excused.csv"

    @property
    def status(self) -> Path:
        """Whether the review is kept up to date, and when the next update is due."""
        return self.corpus / "status.yml"

    @property
    def grades(self) -> Path:
        """Editors' grades of tensions, highlights and rows of tables, each with a reason."""
        return self.corpus / "grades.csv"

    @property
    def audit(self) -> Path:
        """People's verdicts on statements of the review, from the sheets of `litbook audit`."""
        return self.corpus / "audit.csv"

    @property
    def kept(self) -> Path:
        """Sentences that rest on retracted papers and that editors keep, each with a reason."""
        return self.corpus / "kept.csv"

    @property
    def releases(self) -> Path:
        """The releases of the review; written by `litbook release`, committed."""
        return self.corpus / "releases.jsonl"

    @property
    def ledger(self) -> Path:
        """The identity of the work behind each citekey; written by litbook, committed, entries never change."""
        return self.corpus / "ledger.jsonl"

    @property
    def findings(self) -> Path:
        """Corrections to what the rules found in abstracts."""
        return self.corpus / "findings.csv"

    @property
    def columns(self) -> Path:
        """The columns that the review extracts."""
        return self.corpus / "extraction.yml"

    @property
    def extraction(self) -> Path:
        """The values that people extracted, one a row."""
        return self.corpus / "extraction.csv"

    @property
    def claims(self) -> Path:
        """The sentence that each claim was tied to when first seen; written by litbook, committed."""
        return self.corpus / "claims.jsonl"

    @property
    def parsed(self) -> Path:
        """What the review keeps of papers' texts; written by `litbook parse`, committed."""
        return self.corpus / "parsed.jsonl"

    @property
    def references(self) -> Path:
        """Lists of references that services gave; written by `litbook fetch --references`, committed."""
        return self.corpus / "references.jsonl"

    @property
    def fulltext(self) -> Path:
        """The papers to which parsed files belong, where no identifier or title says so."""
        return self.corpus / "fulltext.csv"

    @property
    def texts(self) -> Path:
        """The texts of parsed papers; never committed, and no build reads them."""
        return self.corpus / "texts"

    @property
    def notes(self) -> Path:
        """People's notes on papers, one `<citekey>.md` each."""
        return self.book / "notes"

    @property
    def papers(self) -> Path:
        """Generated paper pages; not committed."""
        return self.book / "papers"

    @property
    def data(self) -> Path:
        """Generated exports; not committed."""
        return self.book / "data"

    @property
    def theme_data(self) -> Path:
        """Generated exports per theme, for reference managers."""
        return self.data / "themes"

    @property
    def cache(self) -> Path:
        """Cached results: not committed, safe to delete."""
        return self.root / ".litbook"

    @property
    def ledgers(self) -> tuple[Path, ...]:
        """All hand-kept files below `corpus`, whether they exist or not."""
        return (
            *(self.source_order, self.source_forms, self.facts, self.themes, self.decisions, self.pairs, self.tensions),
            *(self.highlights, self.glossary, self.paths, self.outside, self.excused, self.ledger, self.findings),
            *(self.claims, self.kept, self.audit, self.status, self.grades, self.concepts, self.columns),
            *(self.extraction, self.screening, self.searches, self.parsed, self.references, self.fulltext),
            self.releases,
        )

    def name(self, path: Path) -> str:
        """Return a path as messages show it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()
