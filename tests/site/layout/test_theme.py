"""The theme accepts what Jupyter Book hands to it, and takes the place of its default one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml
from invented import PACKAGE, ROOT
from jupyter_book.config import get_final_config

from litbook.site.layout.extension import THEME, choose_theme

OPTIONS = tomllib.loads((PACKAGE / "site/layout/theme/theme.toml").read_text("utf-8"))["options"]
SETTINGS = (ROOT / "_config.yml", PACKAGE / "commands/skeleton/_config.yml")
FULL = {
    "title": "An invented book",
    "launch_buttons": {"notebook_interface": "classic"},
    "repository": {"url": "https://example.org/a/b", "path_to_book": "book", "branch": "main"},
    "html": {
        **dict.fromkeys(("use_repository_button", "use_issues_button", "use_edit_page_button"), True),
        **dict.fromkeys(("navbar_footer_text", "extra_footer", "announcement"), "Invented."),
        "home_page_in_navbar": False,
    },
}


def settings_of(user: dict[str, Any]) -> dict[str, Any]:
    final, _ = get_final_config(user_yaml=user, cli_config={"latex_individualpages": False})
    return cast(dict[str, Any], final)


@pytest.mark.parametrize("user", [{}, FULL], ids=["default", "full"])
def test_each_option_that_jupyter_book_sets_is_declared(user: dict[str, Any]) -> None:
    assert settings_of(user)["html_theme_options"].keys() <= OPTIONS.keys()


def test_the_default_theme_of_jupyter_book_becomes_ours() -> None:
    config = SimpleNamespace(html_theme=settings_of({})["html_theme"], html_permalinks_icon="¶")
    choose_theme(cast(Any, None), cast(Any, config))
    assert config.html_theme == THEME


def test_a_theme_that_a_person_chose_stays() -> None:
    config = SimpleNamespace(html_theme="alabaster", html_permalinks_icon="§")
    choose_theme(cast(Any, None), cast(Any, config))
    assert config.html_theme == "alabaster"


@pytest.mark.parametrize("path", SETTINGS, ids=["review", "skeleton"])
def test_our_settings_load_no_extension_that_no_page_uses(path: Path) -> None:
    user = yaml.safe_load(path.read_text("utf-8").replace("$title", "Invented"))
    final = settings_of(user)
    assert final["html_theme"] == THEME
    assert set(final["extensions"]) == {
        "myst_nb", "jupyter_book", "sphinx_external_toc", "sphinx_design", "litbook.sphinxext",
    }  # fmt: skip
