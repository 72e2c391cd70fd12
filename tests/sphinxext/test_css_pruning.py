"""No rule of style is sent that no page can use, and none is lost that one can. The styles here are invented."""

from __future__ import annotations

import pytest
from toybook import Built

from litbook.sphinxext.weight.css_pruning import find_classes, reduce_style

USED = frozenset({"loaf", "crust"})


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".loaf{color:red}.cake{color:blue}", ".loaf{color:red}"),
        (".cake,.loaf,p{margin:0}", ".loaf,p{margin:0}"),
        (".loaf .cake{margin:0}.loaf.crust>p{margin:0}", ".loaf.crust>p{margin:0}"),
        (".loaf:not(.cake){margin:0}", ".loaf:not(.cake){margin:0}"),
        (":is(.cake,.loaf) a{margin:0}", ":is(.cake,.loaf) a{margin:0}"),
        ("a[href$='.cake']{margin:0}", "a[href$='.cake']{margin:0}"),
        (r".w-1\/2{margin:0}", r".w-1\/2{margin:0}"),
        ("@media (min-width:1px){.cake{margin:0}.loaf{margin:0}}p{margin:0}",
         "@media (min-width:1px){.loaf{margin:0}}p{margin:0}"),
        ('@font-face{font-family:"Dough";src:url(a.woff2)}', '@font-face{font-family:"Dough";src:url(a.woff2)}'),
        ("@keyframes rise{0%{top:0}to{top:1px}}.cake{top:0}", "@keyframes rise{0%{top:0}to{top:1px}}"),
        ('@import "basic.css";.cake{top:0}', '@import "basic.css";'),
        ('.loaf{content:"}.cake{"}.cake{top:0}', '.loaf{content:"}.cake{"}'),
        (".loaf{mask:url(data:image/svg;a,{})}.cake{top:0}", ".loaf{mask:url(data:image/svg;a,{})}"),
        ("/*! Baked by a, b { c } */.cake,.loaf{top:0}", "/*! Baked by a, b { c } */.loaf{top:0}"),
        ("/*! Licence */.cake{top:0}", "/*! Licence */"),
        (":root{--crust:1px}", ":root{--crust:1px}"),
        (".loaf{top:0", ".loaf{top:0"),
        ("", ""),
    ],
)  # fmt: skip
def test_rules_for_classes_that_nobody_uses_are_left_out(css: str, kept: str) -> None:
    assert reduce_style(css, USED) == kept
    assert reduce_style(kept, USED) == kept


def test_the_site_sends_a_fifth_of_the_theme_s_style_and_every_rule_for_its_classes(book: Built) -> None:
    static = book.review.html / "_static"
    theme = (static / "styles/pydata-sphinx-theme.css").read_text("utf-8")
    assert len(theme) < 130_000
    assert theme.count("{") == theme.count("}") > 300
    used = find_classes(book.review.html)
    assert {
        "litbook-nav",
        "bd-article",
        "pst-js-only",
        "show",
        "litbook-card",
    } <= used  # the last two are set by scripts
    for rule in (
        ".bd-sidebar-primary{",
        ".theme-switch-button .theme-switch{display:none}",
        ".fa-solid",
        "Bootstrap  v5",
    ):
        assert rule in theme
    assert ".fa-accessible-icon" not in theme
