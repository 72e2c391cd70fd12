r"""The text of TeX fields: `{\"o}`, `\emph{Title}`, `{BERT}` and `$k$`-NN as they are printed.

Only fragments that are known to be TeX are handed to pylatexenc; an unknown command stays as it was written. What
titles of every origin suffer from, `--` and ` ``quotes'' `, is left to `litbook.text.repair`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

from litbook.text.scripts import lower_text, raise_text, write_formula

_SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textquotedbl": '"', "copyright": "©",
    "textcopyright": "©", "textregistered": "®", "textdegree": "°", "textbraceleft": r"\{", "textbraceright": r"\}",
    "textdollar": r"\$", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/", "textsection": "§",
    "textbackslash": "\ue002",
    "textasciigrave": "`", "textasciitilde": r"\~", "textasciiacute": "´", "textmu": "µ",
    "texteuro": "€", "euro": "€", "space": " ", "hyphen": "-", "hyp": "-",
}  # fmt: skip
# Commands that change only how their argument looks, and those that change how all that follows looks.
_LOOKS = (
    "emph|textbf|textit|texttt|textsc|textrm|textsf|textsl|textup|textmd|textnormal|textsuperscript|textsubscript|text"
    "|mbox|hbox|underline|uline|url|path|nolinkurl|mkbibemph|mkbibitalic|mkbibbold|MakeUppercase|uppercase|textcite"
    "|textscott|bibstring|NoCaseChange|protect|relax|ensuremath|mathrm|mathit|mathbf|mathsf|mathtt|operatorname"
)
_SWITCHES = (
    "em|it|bf|rm|sc|tt|sl|sf|itshape|bfseries|upshape|scshape|slshape|ttfamily|rmfamily|sffamily|normalfont|protect"
    "|relax|noindent|allowbreak|newblock|small|nobreak|sloppy|break|par|newline|linebreak"
)
_MATH = re.compile(r"(?<!\\)(\$\$?)(?![\s$])((?:[^$\\]|\\.){1,400}?)(?<!\s)\1(?!\d)|\\\(((?:[^\\]|\\[^)]){1,400}?)\\\)")
_FORMULA = re.compile(r"\\(?:ce|ch|chemfig)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ISOTOPE = re.compile(
    r"\\isotope\s*(?:\[(?P<other>\w{1,4})\]\s*\{(?P<sign>\w{1,3})\}|\{(?P<number>\w{1,4})\}\s*\{(?P<name>\w{1,3})\})"
)
# Zotero sets the text of a sub- or superscript upright, `$_{\textrm{2}}$`, and authors set names in type,
# `$\texttt{OWL}$`.
_UPRIGHT = re.compile(
    r"\\(?:text(?:rm|normal|tt|bf|it|sc|sf|sl|up|md)?|emph|mathrm|rm|mathit|mathsf|mathtt|operatorname)"
    r"\s*\{([^{}\\$]*)\}|\\(?:rm|it)\s+(?=[\w{])"
)
_DEGREES = re.compile(r"\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z]))\s*")
_SCRIPT = re.compile(r"\\text(super|sub)script\s*\{([^{}\\]*)\}")
# Nothing but a sub- or superscript, as in `CO$_2$`: its base is outside of the mathematics.
_ONE_SCRIPT = re.compile(r"([_^])\s*(?:\{([^{}]*)\}|(\\circ|[^\s{}\\]))")
_ONLY_SCRIPTS = re.compile(r"(?:\{\})?\s*(?:[_^]\s*(?:\{[\w.+\-()= ]*\}|\{\\circ\}|\\circ|[\w+-])\s*)+")
_ACCENT = re.compile(
    r"\\(?:[`'^\"~=.]\s*(?:\{\\?[A-Za-z]?\}|\\[ij](?![A-Za-z])|[A-Za-z])"
    r"|[cvuHkrbdt](?:\s*\{\\?[A-Za-z]{1,2}\}|\s+\\[ij](?![A-Za-z])|\s+[A-Za-z](?![A-Za-z])))"
)
_NAMED = re.compile(r"\\([A-Za-z]+)(?:\s*\{\}|\s+(?=\S)|(?=[^A-Za-z]|$))")
_SWITCH = re.compile(rf"\\(?:{_SWITCHES})(?![A-Za-z])(?:\s*\{{\}})?\s*")
_LOOK = re.compile(rf"\\(?:{_LOOKS})\s*\{{((?:[^{{}}\\]|\\.)*)\}}")
_BALANCED = r"((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"  # Better BibTeX guards capitals by two pairs of braces
_EMPHASIS = re.compile(
    rf"\\(?:emph|textit|textsl|mkbibemph|mkbibitalic)\s*\{{{_BALANCED}"
    rf"|\{{\\(?:em|it|sl|itshape|slshape)(?![A-Za-z])\s*{_BALANCED}"
)
_PLAIN_TWIN = re.compile(rf"\\texorpdfstring\s*\{{{_BALANCED.replace('(', '(?:', 1)}\s*\{{([^{{}}]*)\}}")
_MATH_SIGN = re.compile(r"(?<!\\)\$\s*(\\[A-Za-z]{1,20})\s*\$(?=\d)")  # "$\sim$5": the dollar signs are not of a price
_TAG_SIGN = re.compile(r"\$([<>])\$")  # "$<$i$>$" is a tag of HTML that was exported as two formulas
_LINK = re.compile(r"\\href\s*\{([^{}\s]+)\}\s*\{([^{}]*)\}")
_QUOTED = re.compile(r"\\(?:enquote|mkbibquote)\*?\s*\{((?:[^{}\\]|\\.)*)\}")
# A command that is not known keeps its arguments; other braces only guard capitals.
_BRACE = re.compile(r"(\\[A-Za-z]+\*?(?:\{[^{}]{0,300}\}){1,3})|(?<!\\)[{}]")
_ESCAPE = re.compile(r"\\([%&#_${}~])")
_PATH = re.compile(r"\b[A-Za-z]:\\\S*$")
_TIE = re.compile(r"(?<![/\s=\\])~(?![/\s])")
# Deeper is nothing that was written by hand; each pass opens one level.
_DEEPEST = 6


def decode_tex(text: str) -> str:
    """Return the text of a field of BibTeX as it is printed, as far as its commands are known."""
    if not re.search(r"[\\{}$~]", text):
        return text
    text = _FORMULA.sub(lambda match: write_formula(match[1]), text) if "\\c" in text else text
    text = _ISOTOPE.sub(_isotope, text) if "\\isotope" in text else text
    text = _SCRIPT.sub(_script, text) if "script" in text else text
    text = _PLAIN_TWIN.sub(r"\1", text) if "\\texorpdf" in text else text
    text = _MATH_SIGN.sub(r"\(\1\)", text) if "$" in text else text
    text = _MATH.sub(_maths, _TAG_SIGN.sub(r"\1", text))
    text = _ACCENT.sub(lambda match: _decode(match.group()), text)
    text = _SWITCH.sub("", text)
    text = _NAMED.sub(_name, text)
    for _ in range(_DEEPEST):
        opened = _LINK.sub(r"\2 (\1)", _QUOTED.sub(r"“\1”", _LOOK.sub(r"\1", _loosen(text))))
        if opened == text:
            break
        text = opened
    text = re.sub(r"\\\\(?:\[[^\]]{0,10}\])?|\\[ ,;:!](?!\w{2,}\\)", " ", text)
    text = re.sub(r"\\[/-]", "", text)
    text = _TIE.sub(" ", _BRACE.sub(lambda match: match[1] or "", text))
    return re.sub(r" {2,}", " ", _ESCAPE.sub(r"\1", text)).strip().replace("\ue002", "\\")


def decode_title(text: str) -> str:
    """Return a title as it is printed, its italics as tags of HTML."""
    return decode_tex(_EMPHASIS.sub(r"<i>\1\2</i>", text) if "\\" in text else text)


def decode_address(text: str) -> str:
    """Return an address or identifier without the escapes of TeX."""
    text = re.sub(r"^\s*\\(?:url|path|nolinkurl)\s*\{(.*)\}\s*$", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"\\textasciitilde\s*(?:\{\})?|\{\\textasciitilde\}|\$\\sim\$|\\~(?:\{\})?", "~", text)
    text = re.sub(r"\{?\\(?:textunderscore|_)\s*(?:\{\})?\}?|\$\\_\$", "_", text)
    return re.sub(r"\\([%&#_${}])|[{}]", lambda match: match[1] or "", text).strip()


def _loosen(text: str) -> str:
    """Take away the innermost braces inside of other braces: `\\emph{On {BERT}}` becomes `\\emph{On BERT}`."""
    return re.sub(r"(?<![\\A-Za-z}*])\{([^{}\\]*)\}", r"\1", text)


def _name(match: re.Match[str]) -> str:
    """Return the sign that a command without arguments stands for, or the command if it is not known."""
    if _PATH.search(match.string[max(0, match.start() - 100) : match.start() + 1]):
        return match.group()
    if match[1] in _SIGNS:
        return _SIGNS[match[1]]
    has_argument = match.string.startswith("{", match.end()) and not match.group().endswith("}")
    if has_argument or re.fullmatch(rf"(?:{_LOOKS})", match[1]):
        return match.group()
    found = _decode("\\" + match[1] + "{}")
    return found if found and not found.startswith("\\") else match.group()


def _script(match: re.Match[str]) -> str:
    return raise_text(match[2]) if match[1] == "super" else lower_text(match[2])


def _isotope(match: re.Match[str]) -> str:
    return f"{raise_text(match['other'] or match['number'])}{match['sign'] or match['name']}"


def _maths(match: re.Match[str]) -> str:
    source = match[2] or match[3]
    for _ in range(_DEEPEST):
        upright = _UPRIGHT.sub(lambda one: one[1] or "", source)
        if upright == source:
            break
        source = upright
    if _ONLY_SCRIPTS.fullmatch(source):
        return _ONE_SCRIPT.sub(lambda one: (raise_text if one[1] == "^" else lower_text)(one[2] or one[3]), source)
    plain = decode_maths(source) or match.group()
    return re.sub(r"([{}])", r"\\\1", plain)


@lru_cache(maxsize=4096)
def decode_maths(source: str) -> str:
    """Return mathematics, without its dollars, in plain characters, or nothing if it cannot be read.

    Numbers as powers keep the form that `litbook.text.repair` knows.
    """
    if source.count("{") != source.count("}"):
        return ""
    kept = re.sub(r"\\math(?:cal|bf|rm|sf|it|tt|frak|scr)\s?\{([^{}]*)\}", r"\1", source)
    kept = re.sub(r"_(?:\{([\d.]{1,6})\}|(\d)(?![\d.]))", lambda match: lower_text(match[1] or match[2]), kept)
    kept = re.sub(r"\^\{?(-?\d{1,3})\}?(?![\w}])", "\ue000\\1\ue001", _DEGREES.sub("°", kept))
    try:
        plain = LatexNodes2Text(math_mode="text").latex_to_text(kept)
    except (LatexWalkerError, ValueError, IndexError, RecursionError):
        return ""
    return " ".join(plain.replace("\ue000", "^{").replace("\ue001", "}").split())


def show_maths(source: str) -> str:
    """Return mathematics as a heading shows it in plain text: raised where Unicode has the characters ("x²", "L^p")."""
    shown = decode_maths(source) or source
    return re.sub(r"\^(?:\{([^{}]*)\}|([\d+-]))", lambda match: _raise(match[1] or match[2] or "", match[0]), shown)


def _raise(text: str, written: str) -> str:
    raised = raise_text(text)
    return written if raised == text else raised


@lru_cache(maxsize=4096)
def _decode(fragment: str) -> str:
    """Return what pylatexenc makes of a fragment, or the fragment if that is nothing."""
    try:
        found: str = LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text(fragment)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):
        return fragment
    return found.strip() or fragment
