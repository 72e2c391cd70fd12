"""Rename, merge, split, add and move themes: each changes all places that name a theme, in a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from litbook.commands.theming.chapters import find_citing_lines, is_unwritten, join_chapters, retitle
from litbook.commands.theming.draft import Draft
from litbook.commands.theming.mentions import chapter_of, rename_mentions, renumber_parts
from litbook.commands.theming.outline import Contents, Outline, Place
from litbook.commands.theming.renaming import Renaming, rename_in_page
from litbook.commands.theming.tables import edit_rows
from litbook.commands.theming.yamltext import List, find, items_of, text_of, write_scalar
from litbook.core.names import find_flaw, fold_name
from litbook.desk.rows import place_row
from litbook.ingest.ledgers.decisions import COLUMNS
from litbook.ingest.pages import find_pages, make_page
from litbook.ingest.syntax import read_syntax
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Corpus
from litbook.text.escape import escape

_UNWRITTEN = "*No person has written this chapter yet.*"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new theme is to be: slug, title, scope, short name and the phrases that suggest it."""

    slug: str
    title: str
    scope: str = ""
    short: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A place for a theme: at the end of the part with a title, which may be new, or else beside another theme."""

    part: str = ""
    beside: str = ""
    behind: bool = True


class Themes:
    """The themes of a review, about to change; `notes` says what a person should look at afterwards."""

    def __init__(self, draft: Draft, corpus: Corpus) -> None:
        self.draft = draft
        self.project = draft.project
        self.corpus = corpus
        self.notes: list[str] = []
        self._syntax = read_syntax(self.project)
        self._toc = self.project.root / "_toc.yml"

    def rename(self, old: str, new: str, title: str = "", short: str = "") -> None:
        """Give a theme another slug, title or short name."""
        outline = self._outline()
        node = outline.find(old).node
        names = {text_of(node, "title"), text_of(node, "short")}
        if new != old:
            self._check_new(outline, new)
            outline.rename(old, new)
        if title:
            outline.text.set_text(node, "title", title)
        if short:
            outline.text.set_text(node, "short", short)
        self._put(outline)
        contents = self._contents()
        contents.rename(old, new)
        contents.retitle(old, names, short or title or "")
        self.draft.put(self._toc, contents.text.result())
        if new != old:
            self.draft.move(self._chapter(old), self._chapter(new))
            rename_mentions(self.draft, self.notes, Renaming(old, new, {}))
        if title:
            chapter = self._chapter(new)
            self.draft.put(chapter, retitle(self.draft.text(chapter), escape(title)))

    def merge(self, old: str, new: str) -> None:
        """Make one theme part of another: its papers, its rules, and its chapter as a section."""
        outline = self._outline()
        gone, stays = outline.find(old), outline.find(new)
        if old == new:
            raise CorpusError([Fault("litbook theme", 0, f"'{old}' and '{new}' are one theme", "name two themes")])
        number = outline.number_of(gone.part) if gone.part is not None and len(gone.items.value) == 1 else 0
        scope = text_of(gone.node, "scope")
        outline.merge(old, new)
        self._put(outline)
        self.notes.append(f"the scope of '{new}' is as it was; that of '{old}' was: {scope}")
        contents = self._contents()
        contents.remove(old)
        self.draft.put(self._toc, contents.text.result())
        rename_mentions(self.draft, self.notes, Renaming(old, new, self._join(old, new, text_of(stays.node, "title"))))
        if number:
            renumber_parts(self.draft, number)

    def _join(self, old: str, new: str, title: str) -> dict[str, str]:
        """Append one chapter to another and remove it; return what becomes of its anchors."""
        whole = Renaming(old, new, {})
        other = rename_in_page(self.draft.text(self._chapter(old)), f"chapters/{old}.md", self._syntax, whole)
        own = self.draft.text(self._chapter(new))
        joined, anchors = join_chapters(own, other, new, self._syntax)
        if is_unwritten(other):
            self.notes.append(f"the chapter of '{old}' was not written yet, and nothing of it is kept")
        else:
            self.notes.append(f"read the chapter “{title}” once: that of '{old}' is its last section")
        self.draft.put(self._chapter(new), joined)
        self.draft.remove(self._chapter(old))
        return anchors

    def split(self, slug: str, wanted: Wanted, citekeys: Sequence[str], by: str, today: str) -> None:
        """Make a new theme behind another one, and place papers of that one under it."""
        self._check_papers(slug, citekeys)
        outline = self._outline()
        place = outline.find(slug)
        self._check_new(outline, wanted.slug)
        outline.forget(wanted.slug)
        phrases = find(place.node, "phrases")
        moved = {" ".join(phrase.split()) for phrase in wanted.phrases}
        leaving = [at for at, item in enumerate(items_of(phrases)) if " ".join(str(item.value).split()) in moved]
        if isinstance(phrases, List) and leaving and len(leaving) < len(phrases.value):
            for at in leaving:
                outline.text.remove_value(phrases, at)
        self._insert(outline, wanted, place, behind=True)
        contents = self._contents()
        contents.add(wanted.slug, slug, behind=True)
        self.draft.put(self._toc, contents.text.result())
        text = self.draft.text(self.project.decisions)
        for citekey in citekeys:
            text = self._place(text, citekey, wanted.slug, by, today)
        self.draft.put(self.project.decisions, text)
        for path in find_pages(self.project):
            page = make_page(self.draft.text(path), path.relative_to(self.project.book).as_posix(), self._syntax)
            if page.file == f"chapters/{slug}.md":
                for line, key in find_citing_lines(page, set(citekeys)):
                    self.notes.append(f"{self.project.name(path)}:{line}: cites {key}, now in '{wanted.slug}'")

    def add(self, wanted: Wanted, target: Target) -> None:
        """Add a theme at a place."""
        outline = self._outline()
        self._check_new(outline, wanted.slug)
        outline.forget(wanted.slug)
        self._settle(outline, wanted.slug, target, _write_theme(wanted))
        self._write_chapter(wanted)

    def move(self, slug: str, target: Target) -> None:
        """Move a theme to a place."""
        outline = self._outline()
        place = outline.find(slug)
        part = outline.find_part(target.part) if target.part else outline.find(target.beside).part
        if slug == target.beside or (target.part and part is place.part and place.at == len(place.items.value) - 1):
            raise CorpusError([Fault("litbook theme", 0, f"'{slug}' is already there", "name another place")])
        number = outline.number_of(place.part) if place.part is not None and len(place.items.value) == 1 else 0
        self._settle(outline, slug, target)
        if number:
            renumber_parts(self.draft, number)

    def _settle(self, outline: Outline, slug: str, target: Target, source: str = "") -> None:
        """Put a theme, given by its lines or else as it is, at its place in both files."""
        contents = self._contents()
        entry = "" if source else contents.source(slug)
        part = outline.find_part(target.part) if target.part else None
        beside = outline.last_of(part, slug) if part is not None else target.beside
        if not source:
            contents.remove(slug)
        if beside:
            contents.add(slug, beside, target.behind or part is not None, entry)
            outline.put(slug, source, outline.find(beside), behind=target.behind or part is not None)
        else:
            contents.add_part(target.part, slug, outline.last_of(None, slug), entry)
            outline.put_in_new_part(slug, source, target.part)
        self._put(outline)
        self.draft.put(self._toc, contents.text.result())

    def _insert(self, outline: Outline, wanted: Wanted, place: Place, *, behind: bool) -> None:
        outline.put(wanted.slug, _write_theme(wanted), place, behind=behind)
        self._put(outline)
        self._write_chapter(wanted)

    def _write_chapter(self, wanted: Wanted) -> None:
        template = Template((files("litbook.commands") / "skeleton/chapter.md").read_text("utf-8"))
        text = template.safe_substitute(title=escape(wanted.title), slug=wanted.slug, origin=_UNWRITTEN, shared="")
        self.draft.put(self._chapter(wanted.slug), text)

    def _place(self, text: str, citekey: str, slug: str, by: str, today: str) -> str:
        """Return the table of decisions with a paper under a theme; one that a person placed keeps who and when."""
        decided = self.corpus.placements[citekey].decided
        values = {"theme": slug} if decided else {"theme": slug, "status": "include", "by": by, "date": today}

        def move(row: dict[str, str]) -> dict[str, str]:
            also = " ".join(one for one in row.get("also", "").split() if one != slug)
            return {"theme": slug, "also": also} if row.get("citekey", "").strip() == citekey else {}

        return edit_rows(text, move) if decided else place_row(text, COLUMNS, {"citekey": citekey}, values)

    def _check_papers(self, slug: str, citekeys: Sequence[str]) -> None:
        faults = []
        for citekey in citekeys:
            placement = self.corpus.placements.get(citekey)
            if placement is None or placement.theme != slug:
                what = f"'{citekey}' is in the theme '{placement.theme}'" if placement else f"no paper '{citekey}'"
                faults.append(Fault("litbook theme split", 0, what, f"name papers of '{slug}'"))
        if faults:
            raise CorpusError(faults)

    def _check_new(self, outline: Outline, slug: str) -> None:
        if flaw := find_flaw(slug):
            raise CorpusError(
                [Fault("litbook theme", 0, f"invalid slug '{slug}': {flaw}", "write one such as tide-pools")]
            )
        taken = next((one for one in outline.slugs if fold_name(one) == fold_name(slug)), "")
        if taken:
            remedy = f"choose another slug, or join the two: litbook theme merge … {taken}"
            raise CorpusError([Fault("litbook theme", 0, f"there is a theme '{taken}' already", remedy)])
        if self._chapter(slug).exists():
            what = f"{self.project.name(self._chapter(slug))} exists already"
            raise CorpusError([Fault("litbook theme", 0, what, "move the file away, or choose another slug")])

    def _outline(self) -> Outline:
        return Outline(self.project.name(self.project.themes), self.draft.text(self.project.themes))

    def _contents(self) -> Contents:
        return Contents(self.draft.text(self._toc))

    def _put(self, outline: Outline) -> None:
        self.draft.put(self.project.themes, outline.text.result())

    def _chapter(self, slug: str) -> Path:
        return chapter_of(self.project, slug)


def _write_theme(wanted: Wanted) -> str:
    """Return the lines of a theme, as if its hyphen were in the first column."""
    scope = wanted.scope or f"What belongs to {wanted.title}: write it here in a sentence or two."
    lines = [f"- slug: {wanted.slug}", f"  title: {write_scalar(wanted.title, chr(34))}"]
    lines += [f"  short: {write_scalar(wanted.short)}"] if wanted.short else []
    lines += [f"  scope: {write_scalar(scope)}"]
    if wanted.phrases:
        lines += ["  phrases:", *(f"    - {write_scalar(phrase)}" for phrase in wanted.phrases)]
    return "".join(f"{line}\n" for line in lines)
