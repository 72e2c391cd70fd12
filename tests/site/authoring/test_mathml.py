"""Formulas are drawn in the build, and only as formulas; what cannot be drawn stops it. All of it is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import open_browser, wait_for_fonts, watch
from toybook import Built, copy_toy

from litbook.site.authoring.mathml import cut_formula
from litbook.text.mathematics.formulas import FormulaError, render_formula

CHAPTER = "book/chapters/loaf-vision.md"
FORMULAS = r"""
The cost of a loaf of length $n$ is $O(n^2)$, and it costs $a or $b. {math}`x_1 < y`

$$
\mathcal{L} = \frac{1}{n} \sum_{i=1}^{n} \log p(y_i \mid x_i) + a + b + c + d + e + f + g + h + i + j + k + l + m
$$ (loss)

"""


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory: pytest.TempPathFactory) -> Built:
    review = copy_toy(tmp_path_factory.mktemp("reckoned"))
    path = review.path(CHAPTER)
    path.write_text(path.read_text("utf-8") + FORMULAS, "utf-8")
    return Built(review, review.build())


def test_formulas_are_mathml_and_prices_are_text(reckoned: Built) -> None:
    assert (reckoned.run.code, reckoned.run.warnings) == (0, [])
    page = reckoned.review.page("book/chapters/loaf-vision.html")
    inline = [formula.get_text() for formula in page.soup.select("p math")]
    assert inline == ["n", "O(n2)", "x1<y"]
    assert "it costs $a or $b." in page.article.get_text()
    assert [kept.get_text() for kept in page.soup.select(".litbook-kept")] == ["O(n2),"]
    (paragraph,) = (text for text in page.soup.select("p") if "The cost of a loaf" in text.get_text())
    assert "is O(n2), and it costs" in " ".join(paragraph.get_text().split())
    assert page.one(".litbook-formula math")["display"] == "block"
    assert page.one(".litbook-formula .eqno").get_text() == "(1)"


@pytest.mark.parametrize(
    ("tex", "pieces"),
    [
        (r"a = b, \qquad c = d", ["a = b, ", " c = d"]),
        (r"a, \qquad\text{so}\qquad b", ["a, ", r"\text{so} \quad  b"]),
        (r"\frac{a \qquad b}{c}", [r"\frac{a \qquad b}{c}"]),
        ("a = b", ["a = b"]),
    ],
)
def test_a_display_is_cut_at_its_wide_spaces_so_that_a_phone_can_put_it_in_lines(tex: str, pieces: list[str]) -> None:
    assert cut_formula(tex) == pieces


def test_a_formula_is_drawn_without_a_script_and_scrolls_on_a_phone(reckoned: Built) -> None:
    with open_browser() as browser:
        page, faults = watch(browser, reckoned.review.html.as_uri(), 320, strict=True)
        page.goto(f"{reckoned.review.html.as_uri()}/book/chapters/loaf-vision.html")
        wait_for_fonts(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        block = page.locator(".litbook-formula")
        assert block.evaluate("(it) => it.scrollWidth > it.clientWidth && it.tabIndex === 0")
        assert block.locator("mfrac").bounding_box() is not None
        assert page.locator("script[src*=athjax]").count() == 0
        assert faults == []


def test_a_formula_that_cannot_be_drawn_stops_the_build_with_its_place(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    path = review.path(CHAPTER)
    lines = path.read_text("utf-8").count("\n")
    path.write_text(path.read_text("utf-8") + "\nOne $x_{$ and one $\\kneed{x}$.\n\n$$\n\\frac\n$$\n", "utf-8")
    run = review.build()
    assert run.code == 1
    assert f"{CHAPTER}:{lines + 2}: the formula 'x_{{' cannot be drawn: a brace is not closed" in run.output
    assert (
        f"{CHAPTER}:{lines + 2}: the formula '\\kneed{{x}}' cannot be drawn: the command \\kneed is not known"
        in run.output
    )
    assert f"{CHAPTER}:{lines + 4}: the formula '\\frac' cannot be drawn" in run.output


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}", r"\href{https://example.org}{x}", r"\style{color:red}{x}", r"\class{btn}{x}",
        r"\text{a<b>c</b>}", r"\text{<script>alert(1)</script>}", r"\text{<img src=x onerror=alert(1)>}",
        "", "}x{", r"\frac",
    ],
)  # fmt: skip
def test_what_is_more_or_less_than_a_formula_is_refused(tex: str) -> None:
    with pytest.raises(FormulaError):
        render_formula(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"a < b", r"\alpha \leq \beta", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\mathbb{E}[x]",
        r"\text{cost & care}", r"\{x \mid x > 0\}", r"\hat{y}", r"\sqrt[3]{x}",
    ],
)  # fmt: skip
def test_formulas_of_papers_can_be_drawn(tex: str) -> None:
    assert render_formula(tex).startswith("<math ")
