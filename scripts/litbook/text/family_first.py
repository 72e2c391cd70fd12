"""Names whose family name comes first: in Han, kana and Hangul, and of Hungarians."""

from __future__ import annotations

import re

_SCRIPT = "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+"
_TWO_PARTS = re.compile(f"({_SCRIPT}) ({_SCRIPT})")
_ONE_PART = re.compile(r"[\u4e00-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}")
# The most frequent family names of one character in China and Korea, and the usual ones of two.
_FREQUENT = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董潘袁蔡蒋蔣余杜叶葉程苏蘇魏吕呂丁任沈"
    "金朴崔姜尹張申김이박최정강조윤장임한오서신권황안송류홍"
)
_COMPOUND = frozenset((
    *("欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "东方", "東方", "皇甫", "尉迟", "尉遲"),
    *("公孙", "公孫", "令狐", "慕容", "夏侯", "남궁", "황보", "제갈", "사공", "선우"),
))  # fmt: skip
_LONGEST_GIVEN = 2  # characters; what is longer behind a family name may be an organisation
_GROUPS = tuple("会會社庁局院所部校団团學学省署厂廠协協组組회사원부청")
# Frequent given names of Hungary that no other language shares, accents included.
_HUNGARIAN = frozenset(
    (
        "lászló istván józsef jános zoltán sándor gábor ferenc tamás zsolt andrás györgy balázs károly róbert béla "
        "dániel ádám krisztián miklós bence máté árpád szabolcs gergő győző jenő dezső ernő kálmán zsigmond ákos géza "
        "barnabás szilárd mihály mátyás péter pál mária erzsébet katalin éva zsuzsanna ágnes julianna ildikó "
        "krisztina mónika anikó eszter zsófia tímea györgyi márta réka enikő noémi szilvia beáta klára tünde magdolna "
        "borbála dóra hajnalka ibolya etelka jolán "
    ).split()
)


def cut_family_first(name: str) -> tuple[str, str] | None:
    """Return family and given name of a name that is recognised as having the family name first, or None.

    A name in Han or Hangul without a space is cut behind a frequent family name. A name of two words or three is
    Hungarian if the second is a given name of Hungary and the first is not.
    """
    if parts := _TWO_PARTS.fullmatch(name):
        one, other = parts.groups()
        # Some tools put the family name last, as in the West: a frequent one tells that they did.
        return (other, one) if other in _FREQUENT and one not in _FREQUENT else (one, other)
    return _cut_one_part(name) if _ONE_PART.fullmatch(name) else _cut_hungarian(name)


def _cut_one_part(name: str) -> tuple[str, str] | None:
    length = 2 if name[:2] in _COMPOUND else 1
    given = name[length:]
    is_known = length == 2 or name[0] in _FREQUENT
    is_person = is_known and 0 < len(given) <= _LONGEST_GIVEN and not given.endswith(_GROUPS)
    return (name[:length], given) if is_person else None


def _cut_hungarian(name: str) -> tuple[str, str] | None:
    family, *given = name.split(" ")
    if not 1 <= len(given) <= 2 or family.endswith(".") or family.casefold() in _HUNGARIAN:
        return None
    return (family, " ".join(given)) if all(word.casefold() in _HUNGARIAN for word in given) else None
