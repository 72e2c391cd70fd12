"""Repair of damage: a case for each rule, text that must stay, and properties. All sentences here are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from effort import coming_to_an_end
from hypothesis import given
from hypothesis import strategies as st

from litbook.model.review import Text
from litbook.text import repair as module
from litbook.text.repair import RULES, find_urls, normalise, repair

PAGE = Path(__file__).parents[2] / "book/corpus/sources/hf-papers-implicit-learning.txt"

CASES = [
    ("link", r"See \href{https://x.org/a_b}{our page} for more.", "See our page (https://x.org/a_b) for more."),
    ("bold", "We bake **Sour Eval (SE)**: a test.", "We bake Sour Eval (SE): a test."),
    ("escape", r"Errors fall to 85\% (A\&B, snake\_case, \#3, \$5).", "Errors fall to 85% (A&B, snake_case, #3, $5)."),
    ("escaped apostrophe", r"It\'s one of the models\' traits.", "It's one of the models' traits."),
    ("à la", r"a strong baseline \'a la Monte Carlo", "a strong baseline à la Monte Carlo"),
    ("à la", r"a strong baseline \`a la Monte Carlo", "a strong baseline à la Monte Carlo"),
    ("braced accent", r"Schr{\"o}dinger and G{\"{o}}del", "Schrödinger and Gödel"),
    (
        "accent",
        r"Schr\"odinger, Poincar\'e, Mu\~noz, r\^ole, Fran\c{c}ois",
        "Schrödinger, Poincaré, Muñoz, rôle, François",
    ),
    ("accent", r"\'Etienne and na\"{\i}ve words, \v{S}koda, Erd\H{o}s", "Étienne and naïve words, Škoda, Erdős"),
    ("letter", r"S{\o}ren and {\AA}se", "Søren and Åse"),
    ("letter with braces", r"Stra\ss{}e", "Straße"),
    ("braces", "pretrained language models ({PLM}) do well", "pretrained language models (PLM) do well"),
    ("braced capital", "{D}eep nets for {B}ayesian inference", "Deep nets for Bayesian inference"),
    ("tie", "Disentangled Avatars~(DELTA) by Doe et~al", "Disentangled Avatars (DELTA) by Doe et al"),
    ("tie after a stop", "as Doe et al.~(2020) show in Fig.~3", "as Doe et al. (2020) show in Fig. 3"),
    ("tie before a number", "as Table~3 shows", "as Table 3 shows"),
    ("torn quote", "``models of the world' '(Doe, 2020)", "“models of the world” (Doe, 2020)"),
    (
        "single quotes",
        "we call it `EvoMouse', and it acts as `plug-in' parts",
        "we call it ‘EvoMouse’, and it acts as ‘plug-in’ parts",
    ),
    ("single quotes", "a `don't know' answer", "a ‘don't know’ answer"),
    (
        "double quotes",
        "the ``stepping-stone'' and the ``features\" -- both",
        "the “stepping-stone” and the “features” – both",
    ),
    ("double quotes", "a ``\"b\" c'' and ``a \"b\" c''", 'a “"b" c” and “a "b" c”'),
    ("opening quotes", "they say ``this and never close it", "they say “this and never close it"),
    ("straight quotes", "via ''Retrieve & Rank'' steps", "via “Retrieve & Rank” steps"),
    ("em dash", "one thing---or two --- or three", "one thing—or two — or three"),
    ("number range", "a gain of 3--19% in 2019--2021", "a gain of 3–19% in 2019–2021"),
    ("spaced dash", "cues -- even weak ones -- help", "cues – even weak ones – help"),
    ("half-spaced dash", "cues-- even weak ones", "cues – even weak ones"),
    (
        "dash before a thought",
        "user-given parts--ensuring quality, in nature--such as birds",
        "user-given parts—ensuring quality, in nature—such as birds",
    ),
    ("dash between words", "the input--label relationship", "the input–label relationship"),
    ("range of per cent", r"by 50-95\% and 1.5-2.5%", "by 50–95% and 1.5–2.5%"),
    ("approximately", "with approx99% fewer", "with ≈99% fewer"),
    ("times", r"2.5times faster on 4times4 grids, 3\times more", "2.5× faster on 4×4 grids, 3× more"),
    ("arrow", "with descriptionRightarrowword examples", "with description⇒word examples"),
    ("arrow command", r"from A \rightarrow B", "from A → B"),
    (
        "lost reference",
        "abilities that models exhibit x2014 such as these",
        "abilities that models exhibit — such as these",
    ),
    ("lost apostrophe", "the modelx2019s weights", "the model’s weights"),
    ("superscript", "Se^2's gain, (a+b)^2, 10^{-3} and R^3.", "Se²'s gain, (a+b)², 10⁻³ and R³."),
    ("space after a full stop", "on NeRF Synthetic.However, the study", "on NeRF Synthetic. However, the study"),
    (
        "space after a full stop",
        "it falls by 5%.We stop (early).The end of tasks.LLMs err",
        "it falls by 5%. We stop (early). The end of tasks. LLMs err",
    ),
    ("space after an abbreviation", "along dimensions, e.g.the choice", "along dimensions, e.g. the choice"),
    (
        "space before an acronym",
        "language models(MLLMs), a Sparse Autoencoder(SAE) and Self-Play(SP)",
        "language models (MLLMs), a Sparse Autoencoder (SAE) and Self-Play (SP)",
    ),
    (
        "space before a remark",
        "tokens(e.g., images) and parts(such as legs)",
        "tokens (e.g., images) and parts (such as legs)",
    ),
    ("space before a year", "Doe et al.(2020) and Roe et al.(2021b)", "Doe et al. (2020) and Roe et al. (2021b)"),
    ("space before a colon", "Fact :Teaching Mice", "Fact: Teaching Mice"),
    ("spaces", r"a {\em } b", "a b"),
]

STAYS = [
    "INFOrmation Prioritization through EmPOWERment",
    "pAtch tokeN Embeddings (PANE)",
    "the bAbI tasks",
    "on Human3.6M and CIFAR10",
    "Small (<4B), Medium (4B-10B), and Large (>10B)",
    "p < 0.01",
    "Vision-Language (V&L) models",
    "P(y|x), f(x), O(n) and O(1/T)",
    "selecting the prompt(s) of softmax(QK) and f(g(x))",
    "arXiv:1003.4394v1 [cs.CL] and arXiv:2310.16828",
    "a structure like {verb, what, where/with} and {verb,what,where/with}",
    "Node.js and GPT-3.5+ and Qwen2.5-VL",
    "A.I. in the U.S. is",
    "1-2 and 2.5-3 and 100-10,000 training examples",
    "complex & multi-step reasonning with upto teh",
    "(a.k.a deficiency) of the model",
    r"C:\path\to\%TEMP%\'etc",
    "https://x.org/a--b~c_d%20^2 and github.com/a--b/c^2_d",
    "--verbose and git-commit --amend",
    "-- a signature",
    "`foo --bar \\% {PLM}` in code",
    "```{include} ../../etc/passwd```",
    "``code--here`` in code",
    "x~N(0,1), ~5% and size~10 in ~/.bashrc",
    "torch.Tensor and nn.Module, Booking.Com",
    "see :ref:`x` and :D and ratio 1 : 2",
    "x'' is the second derivative of f''(x)",
    "approx. 99 and approximately",
    "3 times and sometimes",
    "the rightarrow key",
    "a max2014 model, 1024x2014 pixels",
    "x_1^* and a^b and a ^ 2 and x^10.5",
    r"he said {\"name\": \"value\"} and foo\.com",
    "{{ x }} and ${VAR} and f_{X} and {NAME}",
    "a 'simple' task and LLMs' ability",
    "[](javascript:alert(1))",
    "<script>alert('x--y')</script>",
    "Robert'); DROP TABLE mice; -- x",
    "--- title: x --- Text",
    "% comment",
    "::: note",
    "a-b-c and well-known - or not",
    "a {\\em lost brace",
    "print(HELLO) and range(2000)",
    "the model's e.g., this; i.e., that",
    "GPT-3-50% and 2023-10-25 and 95-50%",
    "*LMs themselves*",
    "see Fig. 3 and Eq. 2. The end",
    "f(see x)",
    "the 1,000-to-1,000,000 examples",
    "Ph.D and M.Sc and Doe, J. A. and J.Smith",
    "F1-score: 5:3 and (a):(b)",
    "I2CL, k-NN, L^p and L^{p}",
    r"\cite{doe2020} and \unknown{x}",
    "don't, it's 'quoted' and \"quoted\"",
]


@pytest.mark.parametrize(("rule", "raw", "plain"), CASES, ids=[f"{case[0]}: {case[1][:20]}" for case in CASES])
def test_a_rule_repairs_its_damage(rule: str, raw: str, plain: str) -> None:
    assert repair(raw).plain == plain, rule


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_each_rule_is_needed_for_its_case(rule: module.Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [(raw, plain) for name, raw, plain in CASES if name == rule.name]
    monkeypatch.setattr(module, "RULES", tuple(other for other in RULES if other is not rule))
    assert any(repair(raw).plain != plain for raw, plain in cases)


@pytest.mark.parametrize("text", STAYS)
def test_undamaged_text_stays(text: str) -> None:
    assert repair(text) == Text(text)


def italic(raw: str) -> list[str]:
    text = repair(raw)
    return [text.plain[start:end] for start, end in text.italics]


def test_commands_become_italics_without_braces() -> None:
    raw = r"On \textit{how and where}: 85\% \emph{of {\bf all} mice} -- and {\it rats} \textbf{dance}."
    assert repair(raw).plain == "On how and where: 85% of all mice – and rats dance."
    assert italic(raw) == ["how and where", "of all mice", "rats"]


def test_italics_move_with_repairs_inside_and_before_them() -> None:
    raw = r"``So'' with approx99\% of \textit{models(MLLMs) -- 3--5\% of  them} and \url{https://x.org/a}."
    assert repair(raw).plain == "“So” with ≈99% of models (MLLMs) – 3–5% of them and https://x.org/a."
    assert italic(raw) == ["models (MLLMs) – 3–5% of them"]


def test_italics_are_disjoint_and_not_empty() -> None:
    assert italic(r"\emph{a}\emph{b} \textit{} \emph{c \emph{d} e} { \emph{f}") == ["ab", "c d e", "f"]


def test_white_space_and_control_characters_become_one_space() -> None:
    assert repair("\ufeff a\tb\r\n c\x00\x1bd\u2028e\u2029f\udc80g\xa0\u3000h\x85 ").plain == "a b c d e f g h"
    assert normalise("\ud800") == ""
    assert repair("été 10 µm 你好 👩‍🔬").plain == "été 10 µm 你好 👩‍🔬"


def test_a_text_that_does_not_settle_is_left_alone() -> None:
    nest = r"\text{}"
    for _ in range(12):
        nest = r"\te" + nest + "xt{}"
    assert repair(f"{nest}  85\\%") == Text(f"{nest} 85\\%")


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Code is at https://x.org/a_b.", ["https://x.org/a_b"]),
        ("(see http://x.org/a_(b), https://y.org/?q=1&r=[2]).", ["http://x.org/a_(b)", "https://y.org/?q=1&r=[2]"]),
        (
            "<https://x.org/> “https://y.org/”, **https://z.org**!",
            ["https://x.org/", "https://y.org/", "https://z.org"],
        ),
        (r"\url{https://x.org/{a}}", ["https://x.org/{a}"]),
        ("https:// and http://. and ftp://x.org", []),
    ],
)
def test_an_address_ends_before_the_punctuation_of_the_sentence(text: str, urls: list[str]) -> None:
    assert [text[start:end] for start, end in find_urls(text)] == urls


# Damaged and sound pieces, joined at random: a repaired text must not change when repaired again.
PIECES = st.sampled_from(
    [raw for _, raw, _ in CASES]
    + STAYS
    + [
        " ",
        "  ",
        "\n",
        "``",
        "''",
        "'",
        "`",
        '"',
        "--",
        "---",
        "{",
        "}",
        "\\",
        "%",
        "~",
        "^2",
        "(",
        ")",
        ".",
        "However,",
        "models",
        "\\emph{",
        "\\'e",
        "x2014",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join) | st.text())
def test_repair_is_idempotent_and_clean(raw: str) -> None:
    text = repair(raw)
    assert repair(text.plain).plain == text.plain
    assert text.plain == normalise(text.plain)
    ends = [0, *(place for span in text.italics for place in span), len(text.plain)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in text.italics)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "\\",
        "{",
        "}",
        "`",
        "'",
        "~",
        "-",
        ".",
        "(",
        "^",
        "$",
        "%",
        "\\textit{",
        "``a",
        "`a' ",
        "http://",
        "https://a.b)",
        "a.",
        "a-",
        "1,",
        "1-",
        "A(",
        '\\"',
        "''a",
        "[",
        " :",
        "C:\\",
        "%.",
        "a--b ",
        "({A})",
        "{\\em ",
        "x~(",
        "e.g.",
        "a`b",
        "--- ",
        "word(A",
    ],
)
def test_a_hundred_kilobytes_of_one_pattern_finish(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    with coming_to_an_end():
        repair(text)


@pytest.mark.slow
def test_the_real_source_has_no_known_damage_left() -> None:
    plain = [repair(line).plain for line in PAGE.read_text(encoding="utf-8").splitlines()]
    text = "\n".join(plain)
    assert not [
        sign
        for sign in ("\\", "~", "``", "''", "--", "approx9", "Rightarrow", "x2014", "^", "({", "  ", ".However", " :T")
        if sign in text
    ]
    assert all(repair(line).plain == line for line in plain)
    italics = [
        (line.plain[start:end])
        for line in map(repair, PAGE.read_text(encoding="utf-8").splitlines())
        for start, end in line.italics
    ]
    assert italics == ["how and where internal computation unfolds"]


def test_most_of_the_real_source_is_left_alone() -> None:
    raw = PAGE.read_text(encoding="utf-8").splitlines()
    changed = sum(repair(line).plain != line for line in raw)
    assert len(raw) == 498
    assert changed == 52
