"""Read `themes.yml`: parts, themes, their scope and their boundary rules."""

from __future__ import annotations

from typing import Any

import yaml

from litbook.errors import Fault, nearest
from litbook.model import Part, Redirection, Theme
from litbook.project import Project


class _Mapping(dict[str, Any]):
    """Remember the line on which a mapping of the file starts."""

    line: int = 0


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Load YAML with line numbers on mappings."""


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> _Mapping:
    loader.flatten_mapping(node)
    mapping = _Mapping(loader.construct_pairs(node, deep=True))
    mapping.line = node.start_mark.line + 1
    return mapping


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_themes(project: Project) -> tuple[tuple[Part, ...], list[Fault]]:
    """Read parts and themes in the order of the book, and what is wrong with them."""
    file = project.name(project.themes)
    if not project.themes.is_file():
        return (), [Fault(file, 0, "there is no such file", "write down at least one part with one theme")]
    try:
        value = yaml.load(project.themes.read_text("utf-8", "replace"), Loader=_Loader)
    except yaml.YAMLError as error:
        return (), [_yaml_fault(file, error)]
    faults: list[Fault] = []
    parts = tuple(_make_part(file, item, faults) for item in _list(value))
    if not any(part.themes for part in parts):
        faults.append(Fault(file, 0, "no theme", "write down at least one part with one theme"))
    faults += _check_slugs(file, value, parts)
    return parts, faults


def _yaml_fault(file: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "cannot be read"
    return Fault(file, mark.line + 1 if mark else 0, f"not YAML: {problem}", "mend the file at this line")


def _make_part(file: str, value: Any, faults: list[Fault]) -> Part:
    part = value if isinstance(value, _Mapping) else _Mapping()
    if not part.get("title") or not _list(part.get("themes")):
        faults.append(Fault(file, part.line, "a part needs 'title' and 'themes'", "write both"))
    themes = (theme for item in _list(part.get("themes")) if (theme := _make_theme(file, item, faults)))
    return Part(str(part.get("title", "")), tuple(themes))


def _make_theme(file: str, value: Any, faults: list[Fault]) -> Theme | None:
    theme = value if isinstance(value, _Mapping) else _Mapping()
    missing = [name for name in ("slug", "title", "scope") if not isinstance(theme.get(name), str)]
    if missing:
        faults.append(Fault(file, theme.line, f"a theme lacks {', '.join(missing)}", "write them"))
        return None
    return Theme(
        slug=theme["slug"],
        title=theme["title"].strip(),
        scope=theme["scope"].strip(),
        belongs=_strings(theme.get("belongs")),
        does_not_belong=tuple(_redirection(item) for item in _list(theme.get("does_not_belong"))),
        phrases=_strings(theme.get("phrases")),
        key_questions=_strings(theme.get("key_questions")),
    )


def _redirection(value: Any) -> Redirection:
    rule = value if isinstance(value, _Mapping) else _Mapping()
    return Redirection(str(rule.get("case", "")), str(rule.get("goes_to", "")))


def _check_slugs(file: str, value: Any, parts: tuple[Part, ...]) -> list[Fault]:
    """Find themes that stand twice and redirections to themes that do not exist."""
    slugs = [theme.slug for part in parts for theme in part.themes]
    faults = [
        Fault(file, 0, f"theme '{slug}' stands {slugs.count(slug)} times", "give each theme a slug of its own")
        for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1})
    ]
    for theme in (theme for part in _list(value) if isinstance(part, _Mapping) for theme in _list(part.get("themes"))):
        for rule in _list(theme.get("does_not_belong")) if isinstance(theme, _Mapping) else []:
            if not isinstance(rule, _Mapping) or not rule.get("case"):
                line = rule.line if isinstance(rule, _Mapping) else theme.line
                faults.append(
                    Fault(file, line, "a rule under 'does_not_belong' lacks 'case'", "write 'case' and 'goes_to'")
                )
            elif rule.get("goes_to") not in slugs:
                slug = str(rule.get("goes_to"))
                remedy = nearest(slug, slugs) or "it is the slug of a theme in this file"
                faults.append(Fault(file, rule.line, f"no theme '{slug}' to go to", remedy))
    return faults


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in _list(value))
