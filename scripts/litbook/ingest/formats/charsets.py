"""Recognise an old encoding by what makes sense of the whole file; one that several make sense of is refused.

For alphabets, a reading makes sense as far as its words have the letters of one language. charset-normalizer, which
looks at frequencies, takes cp1250 for Windows-1252 in files of a few entries; it decides on the scripts that it tells
apart well: Chinese, Japanese, Korean, Hebrew, Arabic, Thai.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from charset_normalizer import from_bytes

# The handler of errors that takes each byte which is not UTF-8 as Windows-1252.
BYTE_BY_BYTE = "litbook.windows-1252"
# Letters beyond a-z of languages by the encodings that can write them.
_WESTERN = {
    "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíóúñüªº", "pt": "áâãàçéêíóôõúªº", "it": "àèéìîòóù",
    "nl": "äëïöüéè", "da": "æøåé", "sv": "åäöé", "fi": "åäöšž", "is": "áéíóúýðþæö", "ca": "àçéèíïóòúü·",
    "et": "äõöüšž", "hu": "áéíóöúü", "cs": "áéíóúýšž", "sq": "ëç", "names": "áéñóšž",
}  # fmt: skip
_CENTRAL = {
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "hr": "čćđšž",
    "sl": "čšž", "ro": "ăâîşţșț", "de": "äöüß", "sq": "ëç",
}  # fmt: skip
_TURKISH = {"tr": "çğıiöşüâîû"}
_BALTIC = {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äõöüšž"}
_CYRILLIC = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}  # fmt: skip
_GREEK = {"el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"}
_HEBREW = {"he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת"}
_ARABIC = {"ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْـ", "fa": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنهوی‌"}
# Letters of a-z that words of a language lack, which tells it from others of the same accents.
_LACKING = {"pt": frozenset("kwyKWY"), "et": frozenset("cqwxyCQWXY")}
# In order of preference where readings make the same sense. "utf-8" takes what is not UTF-8 as Windows-1252.
_ALPHABETS = (
    ("utf-8", _WESTERN),
    ("cp1250", _CENTRAL),
    ("cp1251", _CYRILLIC),
    ("cp1253", _GREEK),
    ("cp1255", _HEBREW),
    ("cp1256", _ARABIC),
    ("cp1254", _TURKISH),
    ("cp1257", _BALTIC),
    ("koi8_u", _CYRILLIC),
    ("mac_roman", _WESTERN),
    ("mac_latin2", _CENTRAL),
    ("cp850", _WESTERN),
    ("cp852", _CENTRAL),
    ("cp866", _CYRILLIC),
    ("iso8859_5", _CYRILLIC),
    ("iso8859_2", _CENTRAL),
)
_UNLIKE = (_CYRILLIC, _GREEK, _HEBREW, _ARABIC)
_SCRIPTS = ("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874")
# The part of an encoding that ordinary text is in; the rest is for rare names and other scripts.
_CORES = {"gb18030": "gb2312", "cp949": "euc_kr", "cp932": "iso2022_jp"}
_USUAL = 0.9
NAMES = {
    "utf-8": "Windows-1252", "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1253": "Windows-1253",
    "cp1254": "Windows-1254", "cp1255": "Windows-1255", "cp1256": "Windows-1256", "cp1257": "Windows-1257",
    "koi8_u": "KOI8-U", "mac_roman": "Mac Roman", "mac_latin2": "Mac Central European", "cp850": "code page 850",
    "cp852": "code page 852", "cp866": "code page 866", "iso8859_5": "ISO 8859-5", "iso8859_2": "ISO 8859-2",
    "gb18030": "GB18030", "big5": "Big5", "cp932": "Shift-JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR",
    "cp874": "Windows-874",
}  # fmt: skip

_TOKEN = re.compile(r"[^\s!-/:-@\[-`{-~“”„‘’‚«»‹›–—…]+")
_SIGNS = "°§©®™€£¥¢±×÷µ·•†‡‰ªº¹²³¼½¾¬¶´¨\xad¿¡"
_ENDS = re.compile(r"^[¿¡©†‡·•]|[²³¹®™†‡·•]+$")
_SIGNED = re.compile(rf"[!-~]*(?<![A-Za-z])[{_SIGNS}][!-~]*|[!-~]*[{_SIGNS}](?![A-Za-z])[!-~]*")
_SIGMAS = re.compile(r"ς\w|\wσ$")  # the form for the end of a word within it, and the reverse
_LATIN = 20  # letters; an alphabet of more is another script, and has no Latin letter in its words
_MOST_ACCENTS = 0.6  # of the letters of a Latin word: "été"
_ENOUGH, _MARGIN = 0.75, 0.02
_FEWEST = 8  # bytes of a script that are evidence for it


@dataclass(frozen=True, slots=True)
class _Sense:
    """Hold how much of a text's non-ASCII letters make sense, from 0 to 1, and in how many languages."""

    encoding: str
    share: float
    languages: int


def recognise(content: bytes) -> str:
    """Return the encoding of a file that is not UTF-8, or "" if none makes sense of it, or several do.

    "utf-8" stands for UTF-8 whose other bytes are Windows-1252.
    """
    readings = [(name, _decode(content, name), alphabets) for name, alphabets in _ALPHABETS]
    found = [_judge(name, text, alphabets) for name, text, alphabets in readings if text is not None]
    best = max(sense.share for sense in found)
    alike = [sense for sense in found if sense.share >= max(best - _MARGIN, _ENOUGH)]
    if not alike:
        return _recognise_script(content, _SCRIPTS)
    fewest = min(sense.languages for sense in alike)
    likely = [sense.encoding for sense in alike if sense.languages == fewest]
    of_scripts = [name for name in likely if dict(_ALPHABETS)[name] in _UNLIKE]
    if likely[0] in of_scripts and _count_odd(content) < _FEWEST:
        return ""
    is_certain = fewest == 0 or len({id(dict(_ALPHABETS)[name]) for name in of_scripts}) < 2
    return likely[0] if is_certain else _recognise_script(content, of_scripts)


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding, BYTE_BY_BYTE if encoding == "utf-8" else "strict")
    except UnicodeDecodeError:
        return None


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Replace bytes of a file that is not UTF-8; the five that Windows-1252 does not know become control characters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return "".join(_WINDOWS_1252.get(byte, chr(byte)) for byte in odd), error.end


_WINDOWS_1252 = {byte: text for byte in range(128, 256) if (text := bytes([byte]).decode("cp1252", "ignore"))}
codecs.register_error(BYTE_BY_BYTE, _as_windows_1252)


def _judge(encoding: str, text: str, alphabets: dict[str, str]) -> _Sense:
    """Give each word to the language that explains most; a sign alone says nothing, several are not a word."""
    words = Counter(_ENDS.sub("", word) for word in _TOKEN.findall(text) if not word.isascii())
    left = {
        word: number * sum(not letter.isascii() for letter in word)
        for word, number in words.items()
        if not word.isascii() and not _is_sign(word)
    }
    total, sense, used = sum(left.values()), 0, 0
    while left:
        fitting = {name: [word for word in left if _fits(word, name, letters)] for name, letters in alphabets.items()}
        name = max(fitting, key=lambda name: sum(left[word] for word in fitting[name]))
        if not fitting[name]:
            break
        used += 1
        sense += sum(left.pop(word) for word in fitting[name])
    return _Sense(encoding, sense / total if total else 1.0, used)


def _is_sign(word: str) -> bool:
    """Return whether the only letter beyond ASCII is a sign, as in "5µm" and "20°C"."""
    return bool(_SIGNED.fullmatch(word))


def _fits(word: str, language: str, letters: str) -> bool:
    """Return whether a word has only letters of a language, and capitals as words have them."""
    lower, plain = word.lower(), [letter for letter in word if letter.isalpha()]
    special = [letter for letter in lower if not letter.isascii()]
    if not set(special) <= set(letters) or set(word) & _LACKING.get(language, frozenset()) or _SIGMAS.search(word):
        return False
    if word not in (lower, word.upper()) and word[1:] != lower[1:]:
        return len(plain) < 2
    if len(letters) > _LATIN:
        return not any(letter.isascii() for letter in plain)
    return len(plain) < 3 or len(special) <= _MOST_ACCENTS * len(plain)


def _recognise_script(content: bytes, encodings: Sequence[str]) -> str:
    """Return what charset-normalizer recognises, unless another reading is as good or the evidence is too little."""
    found = [match for match in from_bytes(content, cp_isolation=list(encodings)) if _is_usual(content, match.encoding)]
    if not found:
        return ""
    best, *others = found
    rivals = [match for match in others if match.chaos <= best.chaos + _MARGIN and str(match) != str(best)]
    return "" if any(match.coherence >= best.coherence - _MARGIN for match in rivals) else best.encoding


def _is_usual(content: bytes, encoding: str) -> bool:
    """Return whether the whole file can be read, and has few characters that the core of its encoding lacks."""
    text = _decode(content, encoding)
    letters = Counter(letter for letter in text or "" if letter.isalpha() and not letter.isascii())
    usual = sum(number for letter, number in letters.items() if _is_in(letter, _CORES.get(encoding, encoding)))
    return _count_odd(content) >= _FEWEST and usual >= _USUAL * letters.total()


def _is_in(letter: str, encoding: str) -> bool:
    """Return whether an encoding has a letter; that of Korean can spell others by a sequence of letters."""
    try:
        return len(letter.encode(encoding)) <= (8 if encoding == "iso2022_jp" else 2)
    except UnicodeEncodeError:
        return False


def _count_odd(content: bytes) -> int:
    return sum(byte > 127 for byte in content)
