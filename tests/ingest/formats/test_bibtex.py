"""BibTeX in the shapes in which tools export it, with invented entries: what is read, and what damage costs."""

from __future__ import annotations

import pytest
from effort import coming_to_an_end
from exports import bad, claims, damaged, read_sample
from hypothesis import given, settings
from readings import read_single
from reads import check, sample, titles

from litbook.ingest.formats.bibtex import matches, read_bibtex
from litbook.model.review import Reading, Record

SAMPLES = ("anthology", "arxiv", "betterbibtex", "dblp", "jabref", "mendeley", "scholar", "zotero")


def read(text: str) -> Reading:
    return check(read_bibtex, text)


def one(text: str) -> Record:
    reading = read(text)
    assert len(reading.records) == 1, reading.unread
    return reading.records[0]


def field(name: str, value: str) -> Record:
    return one(f"@misc{{key,\n  title = {{Owls}},\n  {name} = {value},\n}}\n")


# -- real shapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_every_shape_is_known_by_its_content_and_read_whole(name: str) -> None:
    assert claims(sample(f"{name}.bib")) == "bibtex"
    reading = read_sample(read_bibtex, f"{name}.bib")
    assert reading.records
    assert bad(reading) == []


def test_zotero() -> None:
    voles, owls = read_sample(read_bibtex, "zotero.bib").records
    assert voles.title == "VoleNet: Few-Shot Learning of Vole Calls with k-NN and “Small” Data"
    assert voles.abstract.endswith(
        "that 85% of their calls, i.e. those below 4~kHz, are learnt from <10 examples & no labels."
    )
    assert voles.authors == ("Chidi Okafor", "Jörg Müller", "Vole Working Group")
    assert (voles.year, voles.published) == (2023, "2023-12")
    assert voles.venue == "Proceedings of the 2023 Conference on Invented Methods"
    assert voles.links == {"doi": "10.18653/v1/2023.emnlp-main.9999", "acl": "2023.emnlp-main.9999"}
    assert voles.extra["ID"] == "okafor_voles_2023"
    assert voles.extra["file"].endswith(r"storage\\ABCD1234\\Okafor et al. - 2023 - VoleNet.pdf:application/pdf")
    assert {"address", "urldate", "publisher", "note", "pages", "url", "shorttitle"} <= voles.extra.keys()
    assert owls.authors == ("Åsa Lindqvist", "Jan van der Berg")
    assert owls.links == {"arxiv": "2401.99999"}
    assert (owls.venue, owls.published, owls.extra["doi"]) == (None, "2024-01", "10.48550/arXiv.2401.99999")


def test_better_bibtex_with_names_in_parts_dates_and_a_subtitle() -> None:
    hedgehogs, owls = read_sample(read_bibtex, "betterbibtex.bib").records
    assert hedgehogs.title == "Hedgehogs at Half the Cost: A Survey of German-speaking Gardens"
    assert hedgehogs.abstract == "Hedgehogs are Erinaceus europaeus; their cost is O(n)."
    assert hedgehogs.authors == ("Léa Haddad", "Tom van der Veen", "Ken Ito")
    assert (hedgehogs.published, hedgehogs.venue) == ("2022-03-17", "Journal of Invented Zoology")
    assert hedgehogs.links == {"arxiv": "2203.98765", "doi": "10.9999/jiz_2022.17"}
    assert not {"date", "eprint", "eprinttype", "doi", "title", "subtitle"} & hedgehogs.extra.keys()
    assert (owls.published, owls.links) == ("2024-05", {"arxiv": "2405.11111"})


def test_jabref_with_abbreviations_and_a_day_in_the_month() -> None:
    mice, rats = read_sample(read_bibtex, "jabref.bib").records
    assert (mice.title, mice.venue) == ("Singing Mice", "Journal of Invented Zoology (Letters)")
    assert mice.authors == ("Petr Dvořák", "Pál Erdős", "Ana García Lorca")
    assert mice.published == "2021-10-03"
    assert mice.extra["comment"] == "read this again"
    assert (rats.venue, rats.authors) == ("University of Nowhere", ("Nguyễn Thị Hoa",))


def test_the_acl_anthology_and_its_volume() -> None:
    reading = read_sample(read_bibtex, "anthology.bib")
    (voles,) = reading.records
    assert voles.title == "VoleNet: Do “Small” Voles Call?"
    assert voles.authors == ("Chidi Okafor", "Jörg Müller")
    assert voles.links == {"doi": "10.18653/v1/2023.inv-long.17", "acl": "2023.inv-long.17"}
    assert voles.abstract.endswith("``small'' voles call 12% more.")
    assert voles.published == "2023-07"
    assert [(piece.first_line, piece.understood) for piece in reading.unread] == [(1, True)]


def test_dblp_takes_over_the_fields_of_the_volume() -> None:
    voles, rats = read_sample(read_bibtex, "dblp.bib").records
    assert voles.authors == ("Chidi Okafor", "Jörg Müller")
    assert voles.venue == "Proceedings of the 2023 Conference on Invented Methods, INV 2023, Nowhere"
    assert (voles.year, voles.links) == (2023, {"openreview": "aBcDeFgHiJ"})
    assert voles.extra["publisher"] == "Invented Press"
    assert (rats.links, rats.venue, rats.extra["journal"]) == ({"arxiv": "2012.54321"}, None, "CoRR")


def test_scholar_arxiv_and_mendeley() -> None:
    rats, squirrels = read_sample(read_bibtex, "scholar.bib").records
    assert (rats.links, rats.venue) == ({"arxiv": "2012.54321"}, None)
    assert (rats.authors, rats.extra["author"][-10:]) == (("Chidi Okafor", "Léa Haddad"), "and others")
    assert squirrels.venue == "Proceedings of the IEEE/CVF conference on invented vision"
    (owls,) = read_sample(read_bibtex, "arxiv.bib").records
    assert (owls.title, owls.links) == ("Owls Do Not Care: Learning from n Owls", {"arxiv": "2401.99999"})
    (frogs,) = read_sample(read_bibtex, "mendeley.bib").records
    assert (frogs.title, frogs.authors) == ("Frogs Jump", ("João Silva", "Seán O'Neill"))
    assert frogs.links == {"arxiv": "1807.12345", "doi": "10.9999/frogs_2018"}
    assert frogs.extra["mendeley-groups"] == "Frogs"


# -- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "published", "left"),
    [
        ("year = 2023, month = oct", "2023-10", ""),
        ("year = {2023}, month = {10}, day = 5", "2023-10-05", ""),
        ('year = "2023", month = "5~" # oct', "2023-10-05", "month"),
        ("year = 2023, month = {Oct.}", "2023-10", ""),
        ("year = 2023, month = sept", "2023-09", ""),
        ("date = {2023-10-05/2023-10-09}", "2023-10-05", "date"),
        ("year = {in press}", None, "year"),
        ("year = {2023a}", "2023", "year"),
        ("year = 2023, month = {13}", "2023", ""),
        ("year = 2023, month = {Winter}", "2023", "month"),
    ],
)
def test_dates_are_read_as_far_as_they_are_known_and_the_rest_is_kept(
    written: str, published: str | None, left: str
) -> None:
    record = one(f"@misc{{key, title = {{Owls}}, {written} }}")
    assert record.published == published
    assert not left or record.extra[left]


@pytest.mark.parametrize(
    ("name", "value", "links"),
    [
        ("url", "{https://arxiv.org/pdf/2301.00001v3.pdf}", {"arxiv": "2301.00001"}),
        ("eprint", "{cs/0112017}", {"arxiv": "cs/0112017"}),
        ("url", r"{https://doi.org/10.9999/a\_b}", {"doi": "10.9999/a_b"}),
        ("doi", r"{https://doi.org/10.9999/a{\_}b}", {"doi": "10.9999/a_b"}),
        ("howpublished", r"{\url{https://openreview.net/forum?id=aBcDeFgHiJ}}", {"openreview": "aBcDeFgHiJ"}),
        ("code", "{https://github.com/owls/care}", {"code": "https://github.com/owls/care"}),
        ("url", "{https://github.com/owls/care}", {"code": "https://github.com/owls/care"}),
        ("project", "{https://owls.example.org}", {"project": "https://owls.example.org"}),
        ("number", "{arXiv:2301.00001v2}", {"arxiv": "2301.00001"}),
        ("doi", "{none}", {}),
        ("note", "{See arXiv for more}", {}),
    ],
)
def test_identifiers_are_found_where_tools_put_them(name: str, value: str, links: dict[str, str]) -> None:
    record = field(name, value)
    assert record.links == links
    assert name in record.extra or value.strip("{}") in record.links.values()


def test_headings_of_html_in_an_abstract_become_words_before_a_colon() -> None:
    text = "<h4>Aims</h4>We fold hats. <h4 class='x'>What next?</h4><ul><li>One</li> <li>two</li></ul> where a < b > c."
    assert field("abstract", text).abstract == "Aims: We fold hats. What next? One two where a < b > c."


def test_a_field_given_twice_is_kept_twice() -> None:
    assert field("keywords", "{a}, keywords = {b}").extra["keywords"] == "a; b"
    assert field("title", "{Mice}").extra["title"] == "Mice"


def test_an_entry_without_a_key_or_in_round_brackets_is_read() -> None:
    assert one("@misc{,\n title = {Owls}\n}").title == "Owls"
    assert one('@misc(key, title = "Owls (and mice)", year = 2020)').title == "Owls (and mice)"
    assert one("\ufeff@misc{a b, title = {Owls}}").extra["ID"] == "a b"


# -- damage ---------------------------------------------------------------------------------------------------------


def library(count: int) -> list[str]:
    return [
        f"@article{{key{number},\n  title = {{Title {number}}},\n  author = {{Doe, Ann}},\n  year = {{2020}},\n}}\n\n"
        for number in range(1, count + 1)
    ]


@pytest.mark.slow
def test_an_unclosed_brace_in_entry_700_of_2000_costs_that_entry_alone() -> None:
    entries = library(2000)
    entries[699] = entries[699].replace("Title 700}", "Title 700")
    reading = read("".join(entries))
    assert titles(reading) == [f"Title {number}" for number in range(1, 2001) if number != 700]
    line = 699 * 6 + 1
    assert bad(reading) == [(line, "the entry 'key700' has no closing brace or quote for its field 'title'; add it")]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('@misc{bad,\n  title = "Owls,\n  year = "2020"\n}\n', "no closing brace or quote for its field 'title'"),
        ("@misc{bad,\n  title = {Owls},\n  year = 2020\n", "'bad' has no closing brace; add it"),
        ("@misc{bad,\n  title {Owls},\n}\n", "'bad' is damaged; each field needs the form"),
        ("@misc{bad,\n  year = {2020}\n}\n", "the entry 'bad' has no title; add one"),
        ("@misc{bad, title = {Owls}, = {x}, {y}}\n", "is damaged"),
    ],
)
def test_the_entries_around_a_broken_one_are_read(broken: str, reason: str) -> None:
    first, last = library(2)
    reading = read(first + broken + last)
    assert titles(reading) == ["Title 1", "Title 2"]
    ((line, said),) = bad(reading)
    assert line == 7
    assert reason in said


@pytest.mark.parametrize(
    ("odd", "remark"),
    [
        ("@misc{key1, title = {Owls}}\n", "the key 'key1' is that of line 1 too"),
        ("@misc{odd,\n title = {Owls}\n year = 2020\n}\n", "no comma after the field 'title' in 'odd'"),
        ("@misc{odd\n  title = {Owls}\n}\n", "there is no comma after the key 'odd'"),
        ("@misc{odd, title = {Owls}, publisher = nopress}\n", "the abbreviation 'nopress' is not defined"),
        ("@misc{odd, title = {Owls}, note = in press}\n", "the value of 'note' in 'odd' is not whole"),
        ("@misc{odd, title = {Owls}, crossref = {none}}\n", "'odd' refers to 'none', which is not in this file"),
    ],
)
def test_what_can_be_read_all_the_same_is_read_and_reported(odd: str, remark: str) -> None:
    first, last = library(2)
    reading = read(first + odd + last)
    assert titles(reading) == ["Title 1", "Owls", "Title 2"]
    ((line, said),) = bad(reading)
    assert line == 7
    assert remark in said
    assert "year" not in odd or reading.records[1].year == 2020


def test_a_brace_too_many_is_reported_with_what_it_cut_off() -> None:
    reading = read("@misc{a, title = {Owls}},\n  year = {2020},\n}\n" + library(1)[0])
    assert titles(reading) == ["Owls", "Title 1"]
    assert bad(reading) == [(2, "fields behind the end of 'a'; a value has a closing brace too many, remove it")]
    (piece,) = (piece for piece in reading.unread if not piece.understood)
    assert "year = {2020}" in piece.raw


def test_a_file_cut_at_either_end_tells_so() -> None:
    text = "".join(library(3))
    reading = read(text[20:-30])
    assert titles(reading) == ["Title 2"]
    assert [reason.partition(";")[0] for _, reason in bad(reading)] == [
        "fields outside of any entry",
        "the entry 'key3' has no closing brace or quote for its field 'author'",
    ]


def test_a_backslash_before_a_closing_brace_costs_nothing() -> None:
    reading = read("@misc{a, title = {Owls}, file = {C:\\owls\\}, note = {n}}\n" + library(1)[0])
    assert titles(reading) == ["Owls", "Title 1"]
    assert reading.records[0].extra["file"] == "C:\\owls\\"
    assert bad(reading) == []


def test_comments_are_understood() -> None:
    reading = read("% @misc{old, title = {Gone}}\nA word. @comment{x = {y}}\n@preamble{ {z} }\n" + library(1)[0])
    assert titles(reading) == ["Title 1"]
    assert bad(reading) == []


def test_comments_inside_of_an_entry_and_commas_before_fields_are_understood() -> None:
    inside = "@misc{a,\n  % before\n  title = {Owls},\n  % between\n  note = {x}\n  % after\n}\n"
    commas = "@misc{ b\n  , title = {Mice}\n  , year = {2020}}\n"
    reading = read(inside + commas)
    assert [(record.title, record.year) for record in reading.records] == [("Owls", None), ("Mice", 2020)]
    assert reading.records[0].extra == {"ENTRYTYPE": "misc", "ID": "a", "note": "x"}
    assert bad(reading) == []


def test_bytes_that_are_not_text_are_shown_as_such_and_given_back() -> None:
    record = field("author", "{M\udcfcller, J\x00rg}")
    assert record.authors == ("J rg M\ufffdller",)
    assert "\udcfc" in record.raw


@pytest.mark.slow
@given(damaged(sample("dblp.bib") + sample("jabref.bib") + sample("anthology.bib"), '@{}()",=#%\\$~'))
@settings(max_examples=150)
def test_no_damage_loses_a_character_or_raises(text: str) -> None:
    assert 0 <= matches(text) <= 1
    check(read_bibtex, text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["@a{" * 9000, "@a{b,\n" * 9000,
     '@a{b, title = "' + "{}" * 90000 + '"}', "@a{b, title = {" + "{" * 90000 + "}" * 90000 + "}}",
     "@a{b, title = x" + " y = x" * 20000 + "}", " " * 200_000 + "@a", "@string{a = b #" * 9000,
     "@a{b, title = {x}, author = {" + "a and " * 20000 + "}}", "@a{x, title = {\\}}\n" * 3000],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_hostile_files_come_to_an_end(text: str) -> None:
    with coming_to_an_end():
        check(read_bibtex, text)


def test_tags_and_entities_that_tools_put_into_fields_are_read() -> None:
    record = read_single(
        "@article{a, title={An $<$i$>$in vivo$<$/i$>$ study of H$<$sub$>$2$<$/sub$>$O in $\\texttt{\\textbf{SPIN}}$},\n"
        " journal={Owls &amp; Mice}, abstract={{\\textless}p{\\textgreater}Owls.{\\textless}/p{\\textgreater}"
        " $<$p$>$Mice: p $<$ 0.05.$<$/p$>$}}"
    )
    assert record.title == "An \\textit{in vivo} study of H₂O in SPIN"
    assert (record.venue, record.abstract) == ("Owls & Mice", "Owls. Mice: p < 0.05.")


@pytest.mark.parametrize("written", [r"{\apj}", r"{{\apj}}", r'"\apj"'])
def test_the_commands_of_astronomers_are_names_of_journals(written: str) -> None:
    record = read_single(f"@article{{a, title={{Owls under stars}}, year=2031, journal={written}}}")
    assert record.venue == "The Astrophysical Journal"
    assert record.reference.fields["container-title"] == "The Astrophysical Journal"
