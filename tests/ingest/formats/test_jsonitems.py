"""Cutting JSON into entries: in every shape, and however damaged; the entries are invented."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from effort import coming_to_an_end, count_calls
from hypothesis import given
from hypothesis import strategies as st
from reads import check, faults, garble, titles

from litbook.ingest.formats.fields import Fields, Json, Refusal, prose
from litbook.ingest.formats.jsonitems import Form, read_items
from litbook.ingest.formats.pieces import Entry
from litbook.model.review import Reading


def make(entry: Json) -> Entry | Refusal:
    fields = Fields(entry)
    return Entry(fields.take("title"), extra=fields.rest())


FORM = Form(frozenset({"results", "page"}), lambda entry: "title" in entry and "id" in entry, make)
CUT_OFF = "the file ends inside of this entry; export it again"
NEVER_CLOSED = "what is opened here is never closed: the file was cut off; export it again"


def read(text: str) -> Reading:
    return check(lambda source, text: read_items(source, text, FORM), text)


def entry(number: int) -> dict[str, object]:
    """Make an entry that holds objects like entries, and signs of JSON in its texts."""
    return {
        "id": f"E{number}",
        "title": f'Paper {number} on "{{owls}}", [mice] \\ and {{"id": 1}}',
        "people": [{"id": "P1", "name": "Anna"}, {"id": "P2", "name": "Maja"}],
        "cites": [{"id": "E0", "title": "An older paper"}],
        "rank": {"score": 0.5, "of": [1, 2]},
    }


def many(count: int) -> list[dict[str, object]]:
    return [entry(number) for number in range(count)]


def names(count: int) -> list[str]:
    return [str(entry(number)["title"]) for number in range(count)]


FRAMED = {"meta": {"count": 3, "title": "no paper", "id": 0}, "results": many(5), "more": [1, {"id": 2, "title": "no"}]}
SHAPES = {
    "array": json.dumps(many(5)),
    "minified": json.dumps(many(5), separators=(",", ":")),
    "indented": json.dumps(many(5), indent=2),
    "indented by nothing": json.dumps(many(5), indent=0),
    "tabs and CRLF": "\ufeff" + json.dumps(many(5), indent="\t").replace("\n", "\r\n"),
    "old line ends": json.dumps(many(5), indent=2).replace("\n", "\r"),
    "framed": json.dumps(FRAMED, indent=4),
    "framed, minified": json.dumps(FRAMED, separators=(",", ":")),
    "frame in a frame": json.dumps({"status": "ok", "page": {"results": many(5), "total": 5}}),
    "lines": "".join(json.dumps(one) + "\n" for one in many(5)),
    "records with separators": "".join("\x1e" + json.dumps(one) + "\n" for one in many(5)),
    "in a row": "".join(json.dumps(one) for one in many(5)),
    "pages in a row": json.dumps({"results": many(2)}) + json.dumps({"results": [entry(n) for n in (2, 3, 4)]}),
    "a frame for each": json.dumps([{"status": "ok", "page": one} for one in many(5)]),
    "pages in an array": json.dumps([{"results": many(2)}, {"results": [entry(n) for n in (2, 3, 4)]}]),
    "one item a line": "[\n" + ",\n".join("  " + json.dumps(one) for one in many(5)) + "\n]\n",
    "braces on a line": json.dumps(many(5), indent=2).replace("},\n  {\n    \"id\": \"E", "}, {\n    \"id\": \"E"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_all_entries(name: str) -> None:
    reading = read(SHAPES[name])
    assert titles(reading) == names(5)
    assert faults(reading) == []
    assert [json.loads(record.raw)["id"] for record in reading.records] == [f"E{number}" for number in range(5)]


def test_a_single_entry_is_read_alone_and_in_a_frame() -> None:
    for text in (json.dumps(entry(0)), json.dumps({"page": entry(0)}, indent=1)):
        assert titles(read(text)) == names(1)


def test_values_without_an_attribute_are_kept() -> None:
    text = '[{"id": 7, "title": "A", "title": "B", "ok": false, "zero": 0, "none": null, "no": [], "a": ["\\u00e4"]}]'
    (record,) = read(text).records
    assert record.title == "A"
    assert record.extra == {"id": "7", "title (2)": "B", "ok": "false", "zero": "0", "a": '["ä"]'}


def test_records_know_their_lines_and_places() -> None:
    first, second = read(json.dumps(many(2), indent=1)).records
    assert (first.first_line, second.first_line) == (2, first.last_line + 1)
    minified = read(json.dumps(many(2))).records
    assert [(one.first_line, one.last_line) for one in minified] == [(1, 1), (1, 1)]
    assert minified[0].offset == 1
    assert minified[1].offset == 1 + len(json.dumps(entry(0))) + 2


# -- damage ---------------------------------------------------------------------------------------------------------

WOUNDS: dict[str, Callable[[str], str]] = {
    "no closing brace": lambda text: text[:-1],
    "no closing bracket": lambda text: re.sub(r"\}\s*\]", "}", text, count=1),
    "no closing quote": lambda text: text.replace('Anna"', "Anna", 1),
    "no opening quote": lambda text: text.replace('"Anna', "Anna", 1),
    "no comma": lambda text: text.replace('"people"', "people", 1),
    "a comma too many": lambda text: text.replace('"Anna"', '"Anna",', 1),
    "a lone backslash": lambda text: text.replace("Anna", "An\\na\\x", 1),
    "the middle is gone": lambda text: text[: len(text) // 3] + text[2 * len(text) // 3 :],
}
LAYOUTS: dict[str, tuple[dict[str, Any], str]] = {
    "indented": ({"indent": 2}, ",\n"),
    "minified": ({"separators": (",", ":")}, ","),
    "lines": ({}, "\n"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("wound", WOUNDS)
def test_one_damaged_entry_harms_no_other(wound: str, layout: str) -> None:
    options, separator = LAYOUTS[layout]
    texts = [json.dumps(one, **options) for one in many(12)]
    texts[6] = WOUNDS[wound](texts[6])
    text = separator.join(texts) if layout == "lines" else f"[\n{separator.join(texts)}\n]\n"
    reading = read(text)
    assert titles(reading) == [name for number, name in enumerate(names(12)) if number != 6]
    ((line, reason),) = faults(reading)
    assert line == text[: text.index(texts[6][:20], text.index('"E5"') + 9)].count("\n") + 1
    assert "; " in reason


@pytest.mark.parametrize("layout", ["indented", "lines"])
def test_two_damaged_entries_in_a_row_are_distinguished(layout: str) -> None:
    options, separator = LAYOUTS[layout]
    texts = [json.dumps(one, **options) for one in many(6)]
    texts[2:4] = [text.replace('"Anna"', "Anna") for text in texts[2:4]]
    reading = read(separator.join(texts) if layout == "lines" else f"[\n{separator.join(texts)}\n]\n")
    assert titles(reading) == [name for number, name in enumerate(names(6)) if number not in (2, 3)]
    assert len(faults(reading)) == 2


def test_signs_that_json_forbids_in_texts_are_read() -> None:
    (record,) = read('[{"id": "\udcff", "title": "a\tb\x00c\r\nd"}]').records
    assert (record.title, record.extra) == ("a b c d", {"id": "\ufffd"})


def test_brackets_without_end_are_not_counted() -> None:
    assert faults(read("[" * 300)) == [(1, "brackets nested too deeply; flatten this entry")]


def test_damage_is_reported_with_its_place() -> None:
    text = json.dumps(many(3), indent=2).replace('"Maja"\n', "Maja\n", 2)
    found = faults(read(text))
    assert [line for line, _ in found] == [2, 29]
    places = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith(": Maja")]
    column = len('          "name": ') - 1
    assert [reason for _, reason in found] == [
        f"line {place}, column {column}: a value is missing or not JSON; repair it" for place in places
    ]


@pytest.mark.slow
def test_an_unclosed_brace_in_entry_700_of_2000() -> None:
    for options, _ in LAYOUTS.values():
        texts = [json.dumps(entry(number), **options) for number in range(2000)]
        texts[700] = texts[700].rstrip("}").rstrip()
        reading = read("[" + ",\n".join(texts) + "]")
        assert len(reading.records) == 1999
        assert len(faults(reading)) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_truncated_file_gives_its_whole_entries_and_says_so(layout: str) -> None:
    options, separator = LAYOUTS[layout]
    texts = [json.dumps(one, **options) for one in many(3)]
    whole = separator.join(texts) if layout == "lines" else f"[{separator.join(texts)}]"
    ends = [whole.index(text) + len(text) for text in texts]
    for cut in range(1, len(whole)):
        reading = read(whole[:cut])
        assert len(reading.records) == sum(end <= cut for end in ends)
        reasons = [reason for _, reason in faults(reading)]
        if layout == "lines":
            assert reasons in ([], [CUT_OFF])
            assert bool(reasons) == (cut not in {*ends, *(end + 1 for end in ends)})
        else:
            assert reasons in ([CUT_OFF], [NEVER_CLOSED])


def test_a_damaged_frame_hides_no_entries() -> None:
    text = json.dumps(FRAMED).replace('"count": 3', '"count": 3,, oops')
    reading = read(text)
    assert titles(reading) == names(5)
    assert len(faults(reading)) == 1


def test_text_around_the_document_is_reported_once() -> None:
    reading = read("HTTP/1.1 200 OK\r\nServer: owl\r\n\r\n" + json.dumps(many(2)) + "\n-- bye\n")
    assert titles(reading) == names(2)
    assert faults(reading) == [
        (1, "text outside of any JSON document; delete it"),
        (5, "text outside of any JSON document; delete it"),
    ]


def test_values_that_are_not_entries_are_reported() -> None:
    reading = read('[null, {"id": 1, "title": "A"}, "E7", 12, {"id": 3}]')
    assert titles(reading) == ["A"]
    assert [reason.partition(";")[0] for _, reason in faults(reading)] == [
        "null instead of an entry: the service found nothing",
        "a value where an entry belongs",
        "an entry without a title and without an identifier",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        '[{"id":1,"title":' + "[" * 100_000 + "]" * 100_000 + "}",
        '[{"id": 1, "title": ' + "9" * 5000 + "}]",
        '{"results":' * 50_000,
        "]}" * 100_000,
        '"' * 100_001,
        '{"' * 100_000,
        "\x00" * 100_000 + "\udcff",
        "{" + '"k":1,' * 50_000,
    ],
    ids=range(10),
)  # fmt: skip
def test_hostile_documents_end_in_reasons(bomb: str) -> None:
    with coming_to_an_end():
        reading = read(bomb)
    assert faults(reading) or set(bomb) == set("]}")


def test_the_sound_entries_around_an_entry_that_is_too_deep_are_read() -> None:
    deep = '{"id": 2, "title": "deep", "x": ' + "[" * 5000 + "]" * 5000 + "}"
    reading = read(f"[{json.dumps(entry(0))},\n{deep},\n{json.dumps(entry(1))}]")
    assert titles(reading) == names(2)
    assert faults(reading) == [(2, "brackets nested too deeply; flatten this entry")]


@pytest.mark.slow
def test_work_grows_with_the_size_only() -> None:
    def work(count: int) -> int:
        texts = [json.dumps(entry(number)) for number in range(count)]
        texts[::7] = [text[:-1] for text in texts[::7]]
        text = "[" + ",".join(texts) + "]"
        return count_calls(lambda: read_items("a", text, FORM))

    assert work(8_000) < 8 * work(1_000) * 1.1


@given(st.text(alphabet='[]{}",:\\ \n\r\ufeff\x00\udc80aE1', max_size=60))
def test_any_text_comes_back(text: str) -> None:
    read(text)


@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10_000))
def test_garbled_documents_come_back_and_keep_most_entries(name: str, seed: int) -> None:
    reading = read(garble(SHAPES[name], seed))
    assert {title for title in titles(reading) if title in names(5)} or faults(reading)


@pytest.mark.slow
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_sound_document_comes_back(value: object) -> None:
    read(json.dumps(value))
    read(json.dumps([{"id": 1, "title": "A", "value": value}], ensure_ascii=False))


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<jats:p>One</jats:p><jats:p>Two &lt; three</jats:p>", "One Two < three"),
        ("10<sup>3</sup> of CO<sub>2</sub>, the 2<sup>nd</sup>", "10^{3} of CO₂, the 2nd"),
        ("p < 0.05 and q > 3, see <s> and List<T>", "p < 0.05 and q > 3, see <s> and List<T>"),
        ("AT&T &amp; R&D; &nosuch;", "AT&T & R&D; &nosuch;"),
        (r"$k$-NN in $\mathcal{O}(n^2)$ and $x_i = 3$", "k-NN in O(n^{2}) and x_i = 3"),
        (r"it costs $5 to $10, or \$3 and \$4", r"it costs $5 to $10, or \$3 and \$4"),
        ("it costs $5 or ten$", "it costs $5 or ten$"),
        (r"broken $\frac{1$ and lone $", r"broken $\frac{1$ and lone $"),
    ],
)
def test_markup_and_mathematics_of_a_service_become_text(raw: str, plain: str) -> None:
    assert prose(raw) == plain
