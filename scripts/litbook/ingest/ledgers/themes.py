"""Read `themes.yml`: parts and themes, with their scope and boundary rules."""

from __future__ import annotations

from typing import Any

from litbook.core.names import find_clashes, find_flaw
from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping, as_list, as_mapping, as_strings, check_spelling, read_yaml
from litbook.model.faults import Fault, nearest
from litbook.model.review import Part, Redirection, Theme

_KEYS = ("slug", "title", "scope", "belongs", "does_not_belong", "phrases", "key_questions", "short", "line", "was")


def read_themes(project: Project) -> tuple[tuple[Part, ...], list[Fault]]:
    """Read the parts and themes in the order of the book, with their faults; a missing file is a fault."""
    file = project.name(project.themes)
    if not project.themes.is_file():
        return (), [Fault(file, 0, "the file does not exist", "write one with at least one part and one theme")]
    value, faults = read_yaml(project.themes, file)
    if faults:
        return (), faults
    parts = tuple(_make_part(file, item, faults) for item in as_list(value))
    if not any(part.themes for part in parts):
        faults.append(Fault(file, 0, "no themes", "write at least one part with one theme"))
    faults += _check_slugs(file, value, parts)
    return parts, faults


def _make_part(file: str, value: Any, faults: list[Fault]) -> Part:
    part = as_mapping(value)
    faults += [Fault(file, *problem) for problem in check_spelling(part, ("title", "themes"))]
    if not part.get("title") or not as_list(part.get("themes")):
        faults.append(Fault(file, part.line, "a part needs 'title' and 'themes'", "write both"))
    themes = (theme for item in as_list(part.get("themes")) if (theme := _make_theme(file, item, faults)))
    return Part(str(part.get("title", "")), tuple(themes))


def _make_theme(file: str, value: Any, faults: list[Fault]) -> Theme | None:
    theme = as_mapping(value)
    faults += [Fault(file, *problem) for problem in check_spelling(theme, _KEYS)]
    missing = [name for name in ("slug", "title", "scope") if not isinstance(theme.get(name), str)]
    if missing:
        faults.append(
            Fault(
                file, theme.line, f"a theme is missing {', '.join(missing)}", "each theme needs slug, title and scope"
            )
        )
        return None
    if flaw := find_flaw(theme["slug"]):
        remedy = "the slug is part of addresses and file names: write one such as 'graph-methods'"
        faults.append(Fault(file, theme.line, f"invalid slug '{theme['slug']}': {flaw}", remedy))
    return Theme(
        slug=theme["slug"],
        title=theme["title"].strip(),
        scope=theme["scope"].strip(),
        belongs=as_strings(theme.get("belongs")),
        does_not_belong=tuple(_redirection(item) for item in as_list(theme.get("does_not_belong"))),
        phrases=as_strings(theme.get("phrases")),
        key_questions=as_strings(theme.get("key_questions")),
        short=theme.text("short"),
        line=theme.text("line"),
        was=as_strings(theme.get("was")),
    )


def _redirection(value: Any) -> Redirection:
    rule = as_mapping(value)
    return Redirection(str(rule.get("case", "")), str(rule.get("goes_to", "")))


def _check_slugs(file: str, value: Any, parts: tuple[Part, ...]) -> list[Fault]:
    """Find slugs that are not the name of one file each, and redirections to themes that do not exist."""
    slugs = [theme.slug for part in parts for theme in part.themes]
    faults = [
        Fault(file, 0, f"slug '{slug}' is used by {slugs.count(slug)} themes", "give each theme its own slug")
        for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1})
    ]
    faults += [
        Fault(file, 0, f"slug '{other}' differs only in case from '{one}'", "some file systems ignore case: rename one")
        for one, other in find_clashes(slugs)
    ]
    former = [slug for part in parts for theme in part.themes for slug in theme.was]
    for slug in sorted(set(former)):
        if slug in slugs or former.count(slug) > 1:
            what = f"'was' names '{slug}', {'the slug of a theme' if slug in slugs else 'as another theme does'}"
            faults.append(Fault(file, 0, what, "an old address leads to one theme: remove the slug from 'was'"))
        elif flaw := find_flaw(slug):
            faults.append(Fault(file, 0, f"invalid slug '{slug}' under 'was': {flaw}", "write a slug that a theme had"))
    for theme in (
        theme for part in as_list(value) if isinstance(part, Mapping) for theme in as_list(part.get("themes"))
    ):
        for rule in as_list(theme.get("does_not_belong")) if isinstance(theme, Mapping) else []:
            if not isinstance(rule, Mapping) or not rule.get("case"):
                line = rule.line if isinstance(rule, Mapping) else theme.line
                faults.append(
                    Fault(file, line, "a rule under 'does_not_belong' is missing 'case'", "write 'case' and 'goes_to'")
                )
            elif rule.get("goes_to") not in slugs:
                slug = str(rule.get("goes_to"))
                remedy = nearest(slug, slugs) or "use the slug of a theme in this file"
                faults.append(Fault(file, rule.line, f"'goes_to' names an unknown theme '{slug}'", remedy))
    return faults
