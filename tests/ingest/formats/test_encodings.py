"""Files in the encodings of one script are read by what makes sense of them, or refused; no such work exists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from invented import PACKAGE

from litbook.ingest.formats.encoding import decode
from litbook.ingest.sources import read_source

FILES = {
    "gb18030": ("李娜", "海带的生长与潮汐", "我们在不同温度下研究海带的生长。"),
    "big5": ("李娜", "海帶的生長與潮汐", "我們在不同溫度下研究海帶的生長。"),
    "cp932": ("山田, 花子", "昆布の成長と潮の満ち引きについて", "本研究では昆布の成長を調べた。"),
    "euc_jp": ("山田, 花子", "昆布の成長と潮の満ち引きについて", "本研究では昆布の成長を調べた。"),
    "cp949": ("김, 민지", "다시마의 성장과 조수", "우리는 다시마의 성장을 조사하였다."),
    "cp1250": ("Dvořák, Jiří", "Růst chaluh při přílivu", "Zkoumáme růst chaluh ve studených vodách."),
    "iso8859_2": ("Wiśniewska, Żaneta", "Wzrost wodorostów wśród pływów", "Badamy wzrost łodyg i liści."),
    "cp852": ("Dvořák, Jiří", "Růst chaluh při přílivu", "Zkoumáme růst."),
    "cp1251": ("Иванова, Анна", "Рост водорослей во время прилива", "Мы изучаем рост водорослей."),
    "koi8_r": ("Петров, Пётр", "Бумажные кораблики", "Мы складываем кораблики."),
    "cp866": ("Иванова, Анна", "Рост водорослей во время прилива", "Мы изучаем рост водорослей."),
    "iso8859_5": ("Иванова, Анна", "Рост водорослей во время прилива", "Мы изучаем рост водорослей."),
    "cp1252": ("Müller, Jörg", "Das Wachstum der Algen – bei Flut", "Wir prüfen „viel“ für 5 €, 20 °C ± 2 und 5 µm."),
    "latin-1": ("Gonçalves, João", "Algas de São Ninguém à noite", "O crescimento das algas não pára."),
    "mac_roman": ("Lefèvre, Zoé", "Étude des algues à marée haute", "Nous étudions les algues déjà connues."),
    "cp850": ("Müller, Jörg", "Das Wachstum der Algen", "Wir prüfen das Wachstum über Jahre."),
    "cp1253": ("Παπάς, Νίκος", "Η ανάπτυξη των φυκιών", "Μελετάμε την ανάπτυξη."),
    "cp1254": ("Yılmaz, Ayşe", "Gelgitte yosunların büyümesi", "Işık ve sıcaklık altında inceliyoruz."),
    "cp1255": ("כהן, דוד", "גידול אצות בים", "אנו בודקים את גידול האצות במים קרים."),
    "cp1256": ("حسن, علي", "نمو الطحالب في البحر", "ندرس نمو الطحالب في المياه الباردة."),
    "cp1257": ("Žukauskas, Jonė", "Jūros dumblių augimas", "Tiriame šaltą vandenį."),
    "iso2022_jp": ("山田, 花子", "昆布の成長", "本研究では昆布の成長を調べた。"),
    "cp874": ("สมชาย", "การเติบโตของสาหร่าย", "เราศึกษาการเติบโตของสาหร่ายในน้ำเย็น"),
}


def make_ris(author: str, title: str, abstract: str) -> str:
    return f"TY  - JOUR\nAU  - {author}\nTI  - {title}\nPY  - 2031\nAB  - {abstract}\nER  - \n"


@pytest.mark.parametrize("encoding", FILES)
def test_a_file_is_read_in_the_encoding_that_makes_sense_of_it(encoding: str) -> None:
    text = make_ris(*FILES[encoding])
    reading = read_source("x.ris", text.encode(encoding))
    assert reading is not None
    assert reading.text() == text
    assert [piece.first_line for piece in reading.unread if "save the file as UTF-8" in piece.reason] == [2]
    (record,) = reading.records
    assert (record.title, record.abstract) == FILES[encoding][1:]


@pytest.mark.parametrize(("encoding", "name"), [("cp1250", "Nagy, Győző"), ("cp1250", "Kovács, Tűzhegyi Jenő")])
def test_a_name_alone_can_tell(encoding: str, name: str) -> None:
    assert decode(make_ris(name, "Kelp", "We grow kelp.").encode(encoding)).text.split("\n")[1] == f"AU  - {name}"


@pytest.mark.parametrize(("encoding", "text"), [("gb18030", "纸船"), ("gb18030", "陈"), ("cp932", "紙の船")])
def test_too_little_to_tell_is_refused_with_its_line(encoding: str, text: str) -> None:
    reading = read_source("x.ris", make_ris("Made, Bo", f"Kelp {text}", "We grow kelp.").encode(encoding))
    assert reading is not None
    assert not reading.records
    assert [(piece.first_line, piece.reason) for piece in reading.unread] == [
        (3, "text in an unknown encoding; save the file as UTF-8 and add it again")
    ]


def test_bytes_that_no_encoding_makes_sense_of_are_refused() -> None:
    content = make_ris("Made, Bo", "Kelp \x81\x8d of", "Tide\x8f\x90\x9d and \x81\x8d\x8f").encode("latin-1")
    assert decode(content).refused


def test_signs_beside_numbers_are_not_evidence_for_another_encoding() -> None:
    text = make_ris("Made, Bo", "The author’s boats cost €5", "At 20 °C ± 2, n = 3², 5 µm × 4; © 2031.")
    assert decode(text.encode("cp1252")).text == text


def test_an_encoding_is_recognised_where_no_source_has_been_read_yet(tmp_path: Path) -> None:
    code = "from litbook.ingest.damage import find_damage; from litbook.core.project import Project; "
    code += "from pathlib import Path; import sys; path = Path(sys.argv[1]); "
    code += "print(*find_damage(Project(path.parent), [path]))"
    path = tmp_path / "crane.md"
    path.write_bytes("# Crane\n\nA café “by the tide”.\n".encode("cp1252"))
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "crane.md:3: the file is not UTF-8 but Windows-1252, here in 'café'; save it as UTF-8\n"
