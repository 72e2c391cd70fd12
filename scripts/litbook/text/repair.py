"""Repair of damaged titles and abstracts: a table of small rules, each limited to one kind of damage.

The damage comes from conversions from LaTeX via arXiv to web pages. Text that no rule matches is left alone, and so are
addresses, paths, identifiers and code.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from litbook.model.review import Text

Span = tuple[int, int]
Replacement = str | Callable[[re.Match[str]], str]

# A text that still changes after this many passes is a construct, not damaged prose, and is left alone.
_PASSES = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for one kind of damage: what to look for, and what to replace it with.

    `signs` are substrings of which the text must contain at least one for the rule to apply, a quick test before the
    pattern; where most texts have them, `probe` is a second one. With `everywhere`, addresses and code are changed too.
    """

    name: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    replacement: Replacement
    everywhere: bool = False
    probe: Callable[[str], object] | None = None


def repair(raw: str) -> Text:
    """Return a text with known damage repaired, as plain characters with the ranges that are in italics.

    Rules are applied repeatedly until nothing changes; a text that does not settle is returned unrepaired.
    """
    clean = normalise(raw)
    text = Text(clean)
    for _ in range(_PASSES):
        repaired = _pass_once(text)
        if repaired.plain == text.plain:
            return repaired
        text = repaired
    return Text(clean)


# -- white space and control characters -------------------------------------------------------------------------------

# Control characters, U+2028/9, BOM and lone surrogates cannot be displayed; they separate words, as white space does.
_SPACE = re.compile("[\\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")


def normalise(text: str) -> str:
    """Return a text on one line, with single spaces and without control characters."""
    return _SPACE.sub(" ", text).strip(" ")


# -- addresses, and other text that no rule may change ----------------------------------------------------------------

_URL = re.compile(r"(https?://)[^\s<>\"“”‘’]+", re.IGNORECASE)
_CLOSERS = {")": "(", "]": "[", "}": "{"}


def find_urls(text: str) -> tuple[Span, ...]:
    """Return the ranges of all http(s) addresses, without the surrounding punctuation of the sentence."""
    found = ((match.start(), match.end(1), _url_end(text, match.end(1), match.end())) for match in _URL.finditer(text))
    return tuple((start, end) for start, bare, end in found if end > bare)


def _url_end(text: str, start: int, end: int) -> int:
    """Move the end back over what belongs to the sentence: punctuation, and brackets that the address did not open."""
    surplus = {
        closer: text.count(closer, start, end) - text.count(opener, start, end) for closer, opener in _CLOSERS.items()
    }
    while end > start:
        last = text[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in ".,;:!?'`*\\":
            break
        end -= 1
    return end


_PROTECTED = re.compile(
    r"\b[A-Za-z]:\\\S*"  # C:\path
    r"|(?<![\\\w])\\\\\w[\w.-]*\\\S*"  # \\server\share
    r"|\barXiv:\d{4}\.\d{4,5}(?:v\d+)?(?: \[[\w.-]+\])?"  # arXiv:1003.4394v1 [cs.CL]
    r"|(?<![\w/@.-])(?:[\w-]{1,63}\.){1,8}[a-z]{2,12}/[^\s()<>{}]*[\w/]"  # github.com/a--b_c, without a scheme
    r"|\A--- .*? ---(?!\S)"  # front matter, once joined into one line
    r"|(?<!`)```[^`]*```(?!`)"  # fenced code
    r"|(?<![`\w])``(?![\s`])[^`]*(?<![\s`])``(?![`\w])"  # code between double backticks
    r"|(?<![`\w])`(?![\s`])[^`]*(?<![\s`(\[{“-])`(?![`\w])"  # code between backticks
)


def _find_protected(text: str) -> tuple[list[int], list[int]]:
    """Return the sorted, disjoint starts and ends of all ranges that must not be changed."""
    spans = sorted([*find_urls(text), *(match.span() for match in _PROTECTED.finditer(text))])
    starts: list[int] = []
    ends: list[int] = []
    for start, end in spans:
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


# -- applying rules ---------------------------------------------------------------------------------------------------


def _pass_once(text: Text) -> Text:
    text = _unwrap_commands(text)
    present = {sign for sign in _RULE_SIGNS if sign in text.plain}
    for rule in RULES:
        if not present.isdisjoint(rule.signs) and (rule.probe is None or rule.probe(text.plain)):
            text = _apply(rule, text)
    return text


def _apply(rule: Rule, text: Text) -> Text:
    matches = list(rule.pattern.finditer(text.plain))
    if matches and not rule.everywhere:
        starts, ends = _find_protected(text.plain)
        matches = [match for match in matches if _is_free(match.span(), starts, ends)]
    if not matches:
        return text
    edits = []
    for match in matches:
        new = match.expand(rule.replacement) if isinstance(rule.replacement, str) else rule.replacement(match)
        edits.append((match.start(), match.end(), new))
    return _edit(text, edits)


def _is_free(span: Span, starts: list[int], ends: list[int]) -> bool:
    """Return whether a match overlaps no protected range; an empty match may touch its edge."""
    at = bisect_right(ends, span[0])
    return at == len(starts) or starts[at] >= span[1]


def _edit(text: Text, edits: list[tuple[int, int, str]]) -> Text:
    """Replace ranges, which must be sorted and disjoint, and move the italics accordingly."""
    pieces: list[str] = []
    done = 0
    for start, end, new in edits:
        pieces += [text.plain[done:start], new]
        done = end
    return Text("".join([*pieces, text.plain[done:]]), _move(text.italics, edits))


def _move(italics: tuple[Span, ...], edits: list[tuple[int, int, str]]) -> tuple[Span, ...]:
    starts = [start for start, _, _ in edits]
    shifts = [0]
    for start, end, new in edits:
        shifts.append(shifts[-1] + len(new) - (end - start))

    def place(position: int) -> int:
        at = bisect_left(starts, position)
        if at and position < edits[at - 1][1]:
            return edits[at - 1][0] + shifts[at - 1] + min(len(edits[at - 1][2]), position - edits[at - 1][0])
        return position + shifts[at]

    return _join([(place(start), place(end)) for start, end in italics])


# -- commands with braces ---------------------------------------------------------------------------------------------

_ITALIC = frozenset({"textit", "emph", "textsl"})
_TOKEN = re.compile(
    r"\\(?P<name>textit|emph|textsl|textbf|texttt|textsc|textrm|textsf|textnormal|text|underline|mbox|url"
    r"|mathrm|mathbf|mathit|mathsf|mathcal|mathbb|operatorname)\{"
    r"|\{\\(?P<old>it|em|sl|bf|tt|sc|rm|sf)\s|\\[{}]|(?P<open>\{)|(?P<close>\})"
)


def _unwrap_commands(text: Text) -> Text:
    r"""Remove `\textit{…}`, `{\em …}` and the like but keep their content; unbalanced braces stay."""
    if "\\" not in text.plain or "{" not in text.plain:
        return text
    edits: list[tuple[int, int, str]] = []
    italics: list[Span] = list(text.italics)
    pending: list[re.Match[str]] = []
    starts, ends = _find_protected(text.plain)
    for token in _TOKEN.finditer(text.plain):
        if token["close"] and pending:
            opener = pending.pop()
            name = opener["name"] or opener["old"]
            if name and _is_free(opener.span(), starts, ends) and _is_free(token.span(), starts, ends):
                edits += [(*opener.span(), ""), (*token.span(), "")]
                italics += [(opener.end(), token.start())] if name in _ITALIC or name in {"it", "em", "sl"} else []
        elif token["name"] or token["old"] or token["open"]:
            pending.append(token)
    return _edit(Text(text.plain, _join(italics)), sorted(edits))


def _join(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


# -- replacements that need more than a pattern -----------------------------------------------------------------------

_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
}
_SIGNS = {"2013": "–", "2014": "—", "2018": "‘", "2019": "’", "201c": "“", "201d": "”", "2026": "…"}
_ARROWS = {"Right": "⇒", "right": "→", "Left": "⇐", "left": "←", "LeftRight": "⇔", "Leftright": "⇔", "leftright": "↔"}
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
# Before these words, or a participle, an unspaced `--` is an em dash that separates two thoughts; elsewhere it is TeX's
# en dash, which joins words.
_AFTER_DASH = (
    r"(?:such|which|that|who|whose|where|when|while|whether|because|since|although|though|as|and|or|but|nor|so|yet|not|even"
    r"|especially|including|particularly|namely|notably|i\.e|e\.g|a|an|the|this|these|those|it|its|we|our|they|their|is|are"
    r"|can|may|with|without|from|for|in|on|to|by|if|all|both|each|[a-z]+ing|[a-z]+ly|[a-z]{2,}ed)\b"
)
# Words before a bracket that name a function: what follows is its argument.
_FUNCTIONS = frozenset(
    "softmax argmax argmin max min log exp sin cos sum print count norm rank score sigmoid mean sqrt".split()
)
# Words before a full stop in code: `torch.Tensor` is one name.
_OWNERS = frozenset(
    "torch tf np nn jax keras numpy self cls java javax system math sklearn scipy pandas asp node vue".split()
)
_ENDINGS = frozenset("Com Org Net Edu Gov Io Ai Js Py Ts".split())


def _accent(match: re.Match[str]) -> str:
    """Return the accented letter if Unicode has it, else the text unchanged."""
    if _quotes_are_escaped(match.string) and not match["before"]:
        return match.group()
    letter = (match["braced"] or match["bare"]).replace("\\i", "i").replace("\\j", "j").replace("ı", "i")
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[match["accent"] or match["named"]])
    return match["before"] + composed if len(composed) == 1 else match.group()


@lru_cache(maxsize=8)
def _quotes_are_escaped(text: str) -> bool:
    r"""Return whether `\"` closes something in a text: then it is a quote escaped in code, not an accent."""
    return re.search(r"\\[\"'](?![A-Za-z{\\])", text) is not None


def _range(match: re.Match[str]) -> str:
    """Return a range with an en dash if it ascends, as ranges do."""
    low, high = float(match["low"].replace(",", "")), float(match["high"].replace(",", ""))
    return f"{match['low']}{match['unit']}–{match['high']}" if low < high else match.group()


def _bracket(match: re.Match[str]) -> str:
    """Insert a space before a bracketed acronym that contains the initial of the word before it: `models(MLLMs)`."""
    word, inside = match["word"], match["inside"]
    capitals = {letter.lower() for letter in inside if letter.isupper()}
    abbreviates = len(capitals) > 1 and word.rpartition("-")[2][0].lower() in capitals
    return f"{word} ({inside})" if abbreviates and word.lower() not in _FUNCTIONS else match.group()


def _full_stop(match: re.Match[str]) -> str:
    is_name = match["word"].lower() in _OWNERS or match["next"] in _ENDINGS
    return match.group() if is_name else f"{match['word']}{match['closers']}. {match['next']}"


def _arrow(match: re.Match[str]) -> str:
    return _ARROWS.get(match[1], match.group())


def _superscript(match: re.Match[str]) -> str:
    return (match["braced"] or match["bare"]).translate(_SUPERSCRIPTS)


# Second tests, for rules whose signs most texts have: patterns that begin with a character are found much faster than
# those that begin with what is before it.
_BRACKET_BEHIND_LETTER = re.compile(r"\((?<=[a-z]\()").search
_PROBES: dict[str, Callable[[str], object]] = {
    "space after a full stop": re.compile(r"\.(?=[A-Z])").search,
    "space before an acronym": _BRACKET_BEHIND_LETTER,
    "space before a remark": _BRACKET_BEHIND_LETTER,
    "spaces": lambda text: "  " in text or text[:1] == " " or text[-1:] == " ",
}


def _rule(name: str, signs: str, pattern: str, replacement: Replacement, *, everywhere: bool = False) -> Rule:
    return Rule(name, tuple(signs.split("|")), re.compile(pattern), replacement, everywhere, _PROBES.get(name))


# -- the rules, in the order in which they are applied ----------------------------------------------------------------

RULES = (
    # `\href{…}{text}`: the address follows the text in brackets.
    _rule("link", r"\href{", r"\\href\{([^{}\s]+)\}\{([^{}]*)\}", r"\2 (\1)", everywhere=True),
    # `85\%`: TeX escapes these characters. `\\%` is a line break and a comment, which prose does not have.
    _rule("escape", "\\", r"(?<!\\)\\([%&#_${}])", r"\1"),
    # `it\'s`: an escaped apostrophe; `\'s` is not an accent, and in `models\' ` there is no letter for one.
    _rule("escaped apostrophe", r"\'", r"(?<=[a-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=s)\\'(?= )", "'"),
    # The phrase has a grave accent even if the source wrote an acute one; no other accent is corrected like this.
    _rule("à la", r"\'a|\`a|\'{a|\`{a", r"(?<!\w)\\['`](?:a|\{a\}) la\b", "à la"),
    # `{\"o}`: braces around one accented letter.
    _rule("braced accent", "{\\", r"\{(\\['`^\"~=.](?:[A-Za-z]|\{\\?[A-Za-z]\})|\\[cvuHkr]\{[A-Za-z]\})\}", r"\1"),
    # `\"{o}`, `\'e`, `\~n`, `\c{c}`: only if Unicode has the letter, so that code and paths stay; `\.` and `\=`
    # need braces, since `foo\.com` is a pattern.
    _rule("accent", "\\",
          r"(?P<before>[A-Za-z]?)(?<!\\)\\(?:(?P<accent>['`\"]|[~^](?=[AEINOUaeinou]))|(?P<named>[cvuHkr.=~^](?=\{)))"
          r"(?:\{(?P<braced>\\?[A-Za-zı])\}|(?P<bare>\\i\b|[A-Za-z]))", _accent),
    # `{\o}` and `\ss{}`: the braces end the command; without them it looks like a path.
    _rule("letter", "{\\", r"\{\\(ss|o|O|l|L|ae|AE|oe|OE|aa|AA)\}", lambda m: _LETTERS[m[1]]),
    _rule("letter with braces", "{}", r"\\(ss|o|O|l|L|ae|AE|oe|OE|aa|AA)\{\}", lambda m: _LETTERS[m[1]]),
    # `({PLM})`, `{D}eep`: braces that protected capitals; `{verb, what}`, `f_{X}` and `{{NAME}}` are text.
    _rule("braces", "({", r"(?<=\()\{([A-Za-z][\w-]*[A-Z][\w-]*)\}(?=\))", r"\1"),
    _rule("braced capital", "{", r"(?<![\w\\$^{}/])\{([A-Z])\}(?=[a-z]{2})", r"\1"),
    # `Avatars~(DELTA)`: a tie between words. `x~N(0, 1)`, `~5%`, `~/x` and `size~10` mean something.
    _rule("tie", "~", r"(?<=[A-Za-z]{2})~(?=\(|\[|[A-Za-z]{2}|[A-Z]\b|\\cite)", " "),
    _rule("tie after a stop", "~", r"(?<=[A-Za-z][.,;:)])~(?=[A-Za-z]{2}|[(\[\d]|\\cite)", " "),
    _rule("tie before a number", "~",
          r"\b((?:Figure|Table|Section|Equation|Theorem|Lemma|Appendix|Algorithm)s?)~(?=\d)", r"\1 "),
    # `' '(` is a closing quote split in two.
    _rule("torn quote", "' '", r"(?<=\w)' '(?=\()", "'' "),
    # `...' as TeX opens and closes a quote; an apostrophe inside is followed by a letter.
    _rule("single quotes", "`", r"(?<![\w`])`(?=[^\s`'])([^`']{1,300}(?:'(?=\w)[^`']{1,300}){0,8})'(?![\w'])", r"‘\1’"),
    # ``...'' and the unbalanced ``..." and ``...”; an opening quote whose partner is missing still counts.
    _rule("double quotes", "``",
          r"(?<!`)``(?!`) ?(?:((?:[^`\"]|\"[^`\"]*\")*?[^`\s])''|([^`\"”]*[^`\"”\s])[\"”])", r"“\1\2”"),
    _rule("opening quotes", "``", r"(?<![`\w])``(?=\w)(?![^`]*``(?!\w))", "“"),
    # ''...'' with closing quotes at both ends; x'' is a derivative.
    _rule("straight quotes", "''",
          r"(?<![\w'])''(?=\w)([^'`\"“”]{1,300}(?:'(?=\w)[^'`\"“”]{1,300}){0,8})''(?![\w'])", r"“\1”"),
    # `**GATE**`: bold in Markdown. `2**x` is a power.
    _rule("bold", "**", r"(?<![\w*])\*\*(?=[^\s*])([^*]{1,200}?)(?<=[^\s*])\*\*(?![\w*])", r"\1"),
    # `---` is the em dash; at the start of a text it may be front matter.
    _rule("em dash", "---", r"(?<=[\w.,;:!?%)\]”’])( ?)---(?!-)(?= ?[\w(\[“‘])", r"\1—"),
    # `3--19%` joins numbers.
    _rule("number range", "--", r"(?<=[\d%])--(?=\d)", "–"),
    # ` -- ` is the en dash that it was; `--flag` stays, and so does a comment after `;`.
    _rule("spaced dash", " -- ", r"(?<=[^\s;-]) -- (?=[^\s-])", " – "),
    _rule("half-spaced dash", "-- ", r"(?:(?<=[a-z]{3})|(?<=[a-z]\)))-- (?=[a-z])", " – "),
    # `parts--ensuring` parts two thoughts, `input--label` joins two words.
    _rule("dash before a thought", "--", rf"(?<=[\w)\]”’])--(?={_AFTER_DASH})", "—"),
    _rule("dash between words", "--", r"(?:(?<=[A-Za-z]{2})|(?<=[\d)\]”’]))--(?=[A-Za-z(“‘])", "–"),
    # `50-95%`: the per cent sign marks a range. `1-2`, dates, `GPT-3-50` and versions have none.
    _rule("range of per cent", "%",
          r"(?<![\w.,/+-])(?P<low>\d+(?:[.,]\d+)*)(?P<unit>%?)-(?P<high>\d+(?:[.,]\d+)*)(?=%(?!\w))", _range),
    # `approx99%`: a command that lost its backslash, glued to its number. "approx 99" is English.
    _rule("approximately", "approx", r"(?<!\w)\\?approx(?=\d)", "≈"),
    _rule("times", "times", r"(?<=\d)\\?times(?=\d|(?!\w))", "×"),
    # `descriptionRightarrowword`: glued on both sides, or with its backslash.
    _rule("arrow", "arrow", r"(?<=[\w)])\\?((?:Left)?[Rr]ight|(?:left)right|[Ll]eft)arrow(?=[A-Za-z(])", _arrow),
    _rule("arrow command", "arrow", r"\\((?:Left)?[Rr]ight|(?:left)right|[Ll]eft)arrow(?![A-Za-z])", _arrow),
    # `x2014`: a character reference that lost `&#` and `;`.
    _rule("lost reference", "x20", r"(?<![\w&#\\])x(2013|2014|2018|2019|201[cd]|2026)(?!\w)", lambda m: _SIGNS[m[1]]),
    _rule("lost apostrophe", "x2019", r"(?<=[a-z])x2019(?=(?:s|t|re|ve|ll|d)\b)", "’"),
    # `Se^2`, `10^{-3}`: whole numbers only.
    _rule("superscript", "^",
          r"(?<=[A-Za-z0-9α-ωΑ-Ω)])\^(?:\{(?P<braced>-?\d{1,3})\}|(?P<bare>-?\d{1,3})(?!\w))(?![\^{}]|\.\d)",
          _superscript),
    # `Synthetic.However`: a word, then a capitalised one. Not `U.S.`, `Node.js` or `cs.CL`.
    _rule("space after a full stop", ".",
          r"(?<![\w./@:%\\-])(?P<word>[\w-]*[a-z\d]%?)(?P<closers>[)\]”’]{0,3})\."
          r"(?P<next>A|I|[A-Z]{2,}s|[A-Z][a-z]+)(?=[\s,;:’']|-[a-z]|$)", _full_stop),
    _rule("space after an abbreviation", ".g.|.e.", r"\b(e\.g|i\.e)\.(?=[A-Za-z]{2})(?!\w*[.(])", r"\1. "),
    # `models(MLLMs)`: an acronym of the words before it. `f(x)`, `prompt(s)`, `softmax(QK)`, `O(n)` are not.
    _rule("space before an acronym", "(",
          r"(?<![\w./\\-])(?P<word>[A-Z]?[a-z]{2,}(?:-[A-Z]?[a-z]{2,}){0,4})\((?P<inside>[A-Za-z][\w-]*)\)", _bracket),
    # `tokens(e.g., images)`, `Brown et al.(2020)`: what follows cannot be an argument.
    _rule("space before a remark", "(",
          r"(?<=[a-z]{3})\((?=(?:(?:e\.g|i\.e)\.,?|such as|which|where|see|including|also known as|known as) )", " ("),
    _rule("space before a year", "al.(", r"(?<=\bal\.)\((?=(?:19|20)\d\d[a-z]?\))", " ("),
    # `Fact :Teaching`: the space is on the wrong side. `see :ref:` and `:D` are something else.
    _rule("space before a colon", " :", r"(?<=\w) :(?=[A-Z][a-z])", ": "),
    _rule("spaces", " ", r"^ +| +$|(?<= ) +", "", everywhere=True),
)  # fmt: skip
_RULE_SIGNS = frozenset(sign for rule in RULES for sign in rule.signs)
