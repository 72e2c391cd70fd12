"""Check whether a review can be released, and compute all that a release writes before any of it is written."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version

from litbook.analyse.history.commits import changes_since
from litbook.analyse.history.diff import HOWS
from litbook.analyse.history.releases import describe_release
from litbook.analyse.history.version import ask_git, digest_state
from litbook.commands.publishing.citation import read_citing, set_values
from litbook.commands.publishing.zenodo import render_zenodo
from litbook.commands.shared import count
from litbook.core.project import Project
from litbook.enrich.merge import Enriched
from litbook.ingest.ledgers.releases import read_releases
from litbook.ingest.ledgers.yamllines import as_mapping, read_yaml
from litbook.model.faults import CorpusError, Fault
from litbook.model.history import Release
from litbook.model.review import Corpus, Inputs
from litbook.pipeline import make_corpus, snapshot, today

_MOST_NAMED = 5
_COMMAND = "litbook release"
_PAGES = ("book/*.md", "book/**/*.md", ":(exclude)book/papers", ":(exclude)book/data")


@dataclass(frozen=True, slots=True)
class PreparedRelease:
    """What a release writes, by path; `summary` says what it is, `commands` complete it."""

    release: Release
    files: Mapping[Path, bytes]
    summary: str
    commands: tuple[str, ...]


def prepare_release(project: Project, version: str) -> PreparedRelease:
    """Return all that a release writes; raise `CorpusError` with everything that prevents it."""
    releases, faults = read_releases(project)
    faults += [*_check_version(project, version, releases), *_check_tree(project), *_check_author(project)]
    citing, found = read_citing(project)
    faults += found
    try:
        corpus, enriched, inputs = make_corpus(project)
    except CorpusError as error:
        raise CorpusError([*faults, *error.faults]) from error
    faults += _check_recorded(project, corpus, enriched, inputs)
    if faults or citing is None:
        raise CorpusError(faults)
    made = _make_release(project, version, releases, corpus, inputs)
    summary = describe_release(made)
    citation = project.root / "CITATION.cff"
    zenodo = project.root / ".zenodo.json"
    files = {
        citation: set_values(citation, {"version": version, "date-released": made.date}),
        zenodo: render_zenodo(zenodo, citing, made, summary),
        project.releases: _append(project.releases, made),
    }
    return PreparedRelease(made, files, summary, tuple(_list_commands(project, made, files, summary)))


def _make_release(
    project: Project, version: str, releases: Iterable[Release], corpus: Corpus, inputs: Inputs
) -> Release:
    last = next(iter(releases), None)
    changes: tuple[tuple[str, int], ...] = ()
    rewritten = 0
    if last:
        commit = ask_git(project, "log", "--max-count=1", "--format=%H", "--", project.name(project.releases))
        numbers = Counter(item.how for item in changes_since(project, commit, snapshot))
        changes = tuple((how, numbers[how]) for how in HOWS if numbers[how])
        rewritten = len(ask_git(project, "diff", "--name-only", commit, "HEAD", "--", *_PAGES).splitlines())
    return Release(
        version=version,
        date=today(),
        state=digest_state(corpus, inputs.pages),
        papers=len(corpus.papers),
        themes=len(corpus.themes()),
        since=last.version if last else "",
        changes=changes,
        rewritten=rewritten,
    )


def _append(path: Path, made: Release) -> bytes:
    known = asdict(made) | {"changes": dict(made.changes)}
    line = json.dumps({name: value for name, value in known.items() if value}, ensure_ascii=False)
    before = path.read_text("utf-8") if path.is_file() else ""
    return f"{before}{'' if before.endswith(chr(10)) or not before else chr(10)}{line}\n".encode()


def _list_commands(project: Project, made: Release, files: Iterable[Path], summary: str) -> Iterator[str]:
    names = " ".join(shlex.quote(project.name(path)) for path in files)
    tag = f"v{made.version}"
    yield f"git add {names}"
    yield f'git commit -m "Release {made.version}"'
    yield f'git tag -a {tag} -m "Release {made.version}" -m {shlex.quote(summary)}'
    yield f"git push origin HEAD {tag}"
    yield f"gh release create {tag} --notes-from-tag    # on GitHub; Zenodo, if it is linked, then archives it"


# -- what prevents a release -------------------------------------------------------------------------------------------


def _check_version(project: Project, version: str, releases: Iterable[Release]) -> Iterator[Fault]:
    wanted = _parse(version)
    if wanted is None or not version[:1].isdigit():
        yield Fault(f"{_COMMAND} {version}", 0, "invalid version", "write numbers joined by dots, as in 1.1")
        return
    known = {release.version: number for release in releases if (number := _parse(release.version))}
    same = [name for name, number in known.items() if number == wanted]
    if same:
        yield Fault(f"{_COMMAND} {version}", 0, f"version {same[0]} is released already", "choose a higher one")
    elif known and max(known.values()) > wanted:
        last = max(known, key=lambda name: known[name])
        yield Fault(f"{_COMMAND} {version}", 0, f"lower than version {last}, which is released", "choose a higher one")
    for tag in (f"v{version}", version):
        if not same and ask_git(project, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}"):
            remedy = f"choose a higher version, or remove the tag: git tag -d {tag}"
            yield Fault(f"{_COMMAND} {version}", 0, f"the tag {tag} exists already", remedy)


def _check_recorded(project: Project, corpus: Corpus, enriched: Enriched, inputs: Inputs) -> Iterator[Fault]:
    """Yield what a build would still add to files that are committed: after it, the review would not be the release."""
    unrecorded = (
        (project.ledger, "citekey", len(set(enriched.ledger) - set(inputs.ledger))),
        (project.claims, "claim", len(set(corpus.kept_claims) - set(inputs.kept_claims))),
    )
    for path, noun, number in unrecorded:
        if number:
            what = f"{count(number, noun)} not recorded yet"
            yield Fault(project.name(path), 0, what, "build the review, and commit the file that the build writes")


def _parse(version: str) -> Version | None:
    try:
        return Version(version)
    except InvalidVersion:
        return None


def _check_author(project: Project) -> Iterator[Fault]:
    settings, _ = read_yaml(project.root / "_config.yml", "_config.yml")
    if not as_mapping(settings).text("author"):
        what = "'author' is empty, so that the site's own reference names no one"
        yield Fault("_config.yml", as_mapping(settings).line_of("author"), what, "write who makes the review")


def _check_tree(project: Project) -> Iterator[Fault]:
    if not ask_git(project, "rev-parse", "--verify", "--quiet", "HEAD"):
        what = "no commit: a release freezes what is committed"
        yield Fault(str(project.root), 0, what, 'git init, git add ., git commit -m "Start"')
        return
    if ask_git(project, "rev-parse", "--is-shallow-repository") == "true":
        yield Fault(str(project.root), 0, "a shallow clone lacks earlier releases", "git fetch --unshallow --tags")
    lines = ask_git(project, "status", "--porcelain", "--", ".").splitlines()
    changed = [line.split(maxsplit=1)[-1] for line in lines]
    if changed:
        rest = f" and {len(changed) - _MOST_NAMED} others" if len(changed) > _MOST_NAMED else ""
        what = f"{count(len(changed), 'file')} not committed: {', '.join(changed[:_MOST_NAMED])}{rest}"
        yield Fault(str(project.root), 0, what, "commit them or put them aside with git stash")
