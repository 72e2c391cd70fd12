"""Where things are in a review: names of files and folders, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Project:
    """Know the paths of one review; `root` is the folder that holds `_config.yml`."""

    root: Path

    @property
    def book(self) -> Path:
        return self.root / "book"

    @property
    def corpus(self) -> Path:
        return self.book / "corpus"

    @property
    def sources(self) -> Path:
        return self.corpus / "sources"

    @property
    def facts(self) -> Path:
        return self.corpus / "facts.jsonl"

    @property
    def themes(self) -> Path:
        return self.corpus / "themes.yml"

    @property
    def decisions(self) -> Path:
        return self.corpus / "decisions.csv"

    @property
    def pairs(self) -> Path:
        return self.corpus / "pairs.csv"

    @property
    def tensions(self) -> Path:
        return self.corpus / "tensions.yml"

    @property
    def glossary(self) -> Path:
        return self.corpus / "glossary.csv"

    @property
    def paths(self) -> Path:
        return self.corpus / "paths.yml"

    @property
    def excused(self) -> Path:
        return self.corpus / "excused.csv"

    @property
    def ledger(self) -> Path:
        return self.corpus / "ledger.jsonl"

    @property
    def findings(self) -> Path:
        return self.corpus / "findings.csv"

    @property
    def claims(self) -> Path:
        return self.corpus / "claims.jsonl"

    @property
    def notes(self) -> Path:
        return self.book / "notes"

    @property
    def papers(self) -> Path:
        return self.book / "papers"

    @property
    def data(self) -> Path:
        return self.book / "data"

    @property
    def theme_data(self) -> Path:
        """Hold the papers of each theme for reference managers."""
        return self.data / "themes"

    @property
    def cache(self) -> Path:
        """Hold what can be computed again: git-ignored, safe to delete."""
        return self.root / ".litbook"

    def name(self, path: Path) -> str:
        """Return a path as messages show it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()
