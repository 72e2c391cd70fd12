"""The text of TeX fields, and the values that all exports have: names and dates."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from hypothesis import given
from hypothesis import strategies as st

from litbook.ingest.formats.people import read_name
from litbook.ingest.formats.tex import decode_address, decode_tex
from litbook.ingest.formats.values import read_date, show_name

TEX = {
    r"{\"o}{\'{\i}}\c{c}{\v S}{\H o}\aa{} \O{}{\ss}": "öíçŠőå Øß",
    r"Stra\ss e, O{\textquoteright}Brien, d'{\'E}tat": "Straße, O’Brien, d'État",
    r"{{BERT}} and the {ICL} of {V}oles": "BERT and the ICL of Voles",
    r"\emph{On the {BERT} \textbf{model}} {\em here}": "On the BERT model here",
    r"$k$-NN in $\mathcal{O}(n)$ with $\alpha$": "k-NN in O(n) with α",
    r"85\% of V\&L, \#1, a\_b, \$5, \{x\}": "85% of V&L, #1, a_b, $5, {x}",
    "V&L, 85% of C:\\path\\to and a_b": "V&L, 85% of C:\\path\\to and a_b",
    "from $5 million to $10 million, $5-$10": "from $5 million to $10 million, $5-$10",
    r"\textless{}p\textgreater{} {\textquotedblleft}q{\textquotedblright} {\textasciitilde}5": "<p> “q” ~5",
    r"\href{https://a.org}{Owls} and \url{https://a.org/x_y}": "Owls (https://a.org) and https://a.org/x_y",
    r"\enquote{Owls}~fly\\ at night": "“Owls” fly at night",
    r"an \unknown{command} of \mine": r"an \unknown{command} of \mine",
    r"https://a.org/~owls": "https://a.org/~owls",
    r"$\texttt{HOOT}$ ($\textbf{H}$ide $\textbf{O}$r $\textit{not}$), $\textsc{Owl-2}$": "HOOT (Hide Or not), Owl-2",
    r"$n_{\texttt{owls}}$ in $\emph{Strix}_2$": "n_owls in Strix₂",
    "plain -- text with ``quotes''": "plain -- text with ``quotes''",
}


@pytest.mark.parametrize("written", TEX, ids=lambda written: written[:30])
def test_tex_becomes_what_it_prints_and_anything_else_stays(written: str) -> None:
    assert decode_tex(written) == TEX[written]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (r"10.9999/978-3\_13", "10.9999/978-3_13"),
        (r"10.9999/a{\_}b", "10.9999/a_b"),
        (r"\url{https://a.org/c\_d\%20e}", "https://a.org/c_d%20e"),
        (r"https://a.org/{\textasciitilde}owls", "https://a.org/~owls"),
        (r"https://a.org/$\sim$owls", "https://a.org/~owls"),
    ],
)
def test_addresses_lose_their_escapes(written: str, address: str) -> None:
    assert decode_address(written) == address


@given(st.text(alphabet="\\{}$~^'\"`acinu %&#_-", max_size=60))
def test_no_tex_raises(text: str) -> None:
    decode_tex(text)
    decode_address(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["{" * 90000, "\\emph{" * 20000, "$a" * 50000, "\\a" * 20000, "\\(a" * 20000, "\\x{" * 20000, "~" * 90000]
)
def test_hostile_tex_comes_to_an_end(text: str) -> None:
    with coming_to_an_end():
        decode_tex(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Doe, Ann", "Ann Doe"),
        ("van der Berg, Jan B.", "Jan B. van der Berg"),
        ("Brown, Tom, Jr.", "Tom Brown Jr."),
        ("Brown, Jr., Tom", "Tom Brown Jr."),
        ("Ann  Doe", "Ann Doe"),
        ("Vole Working Group,", "Vole Working Group"),
        (" , ", ""),
    ],
)
def test_names_are_shown_with_the_given_name_first(written: str, shown: str) -> None:
    assert show_name(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Doe J.A.", "J.A. Doe"),
        ("van der Berg JB", "JB van der Berg"),
        ("Doe JA Jr", "JA Doe Jr"),
        ("Ann Doe", "Ann Doe"),
        ("IBM AI", "IBM AI"),
        ("Doe et al.", "Doe"),
        ("Li Xu", "Li Xu"),
    ],
)
def test_initials_behind_a_family_name_are_turned(written: str, shown: str) -> None:
    name = read_name(written)
    assert name is not None
    assert name.display == shown


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2023", "2023"),
        ("2023-10-25T08:00:00Z", "2023-10-25"),
        ("2023/10//", "2023-10"),
        ("2023 Oct 25", "2023-10-25"),
        ("25th October 2023", "2023-10-25"),
        ("Oct. 25, 2023", "2023-10-25"),
        ("2023 Nov-Dec", "2023-11"),
        ("15-20 Oct 2023", "2023-10"),
        ("2023-02-30", "2023-02"),
        ("2023-24", "2023"),
        ("Mayor 2023", "2023"),
        ("c. 2023, reprinted", "2023"),
        ("20231", None),
        ("Start date: 20170812", "2017-08-12"),
        ("20171340", None),
        ("in press", None),
        ("", None),
    ],
)
def test_dates_are_read_as_far_as_they_are_stated(written: str, found: str | None) -> None:
    assert read_date(written) == found
