"""Files for reference managers, read by readers that others have written."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from hypothesis import given

from advocacy.citing.bibtex import bibtex
from advocacy.citing.csl import csl_json, item
from advocacy.citing.formats import FORMATS
from advocacy.citing.ris import ris
from advocacy.citing.work import line, whole_name
from advocacy.dates.edtf import parse
from tests.citing.works import ALLIANCE, ARTICLE, BARE, DOCUMENT, KOREAN, WORKS

TITLE = r"50% of all \ $5 & #1 under_score ~ <b> “quoted” | 100%"


# --- RIS -------------------------------------------------------------------------------------

RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - [^\r\n]*\r\n")


def ris_read(work) -> dict:
    (read,) = rispy.loads(ris(work))
    return read


def test_ris_tells_who_published_what_when_in_which_language_and_where_the_pdf_is():
    read = ris_read(ARTICLE)
    assert read["type_of_reference"] == "ELEC"
    assert read["title"] == ARTICLE.title
    assert read["authors"] == [ALLIANCE]
    assert (read["year"], read["date"]) == ("2015", "2015/04/08/")
    assert read["language"] == "en"
    assert read["urls"] == [ARTICLE.url]
    assert read["file_attachments1"] == ARTICLE.pdfs[0]
    assert read["notes"] == [
        "Date of the event: December 2012 to January 2013",
        "version of 2 May 2015",
    ]
    assert ris_read(DOCUMENT)["type_of_reference"] == "RPRT"


@given(WORKS)
def test_every_line_of_ris_is_one_tag_between_the_first_and_the_last(work):
    written = ris(work)
    lines = re.findall(r"[^\r\n]*\r\n", written)
    assert "".join(lines) == written
    assert all(RIS_LINE.fullmatch(one) for one in lines)
    assert lines[0].startswith("TY  - ")
    assert [one for one in lines if one.startswith(("TY", "ER"))] == [lines[0], "ER  - \r\n"]


@given(WORKS)
def test_ris_is_read_as_it_was_meant(work):
    read = ris_read(work)
    assert read.get("title", "") == line(work.title)
    assert read.get("authors", [""]) == [whole_name(work.author)]
    assert read["urls"] == [work.url]


# --- BibTeX ----------------------------------------------------------------------------------


def bibtex_read(work):
    library = bibtexparser.parse_string(
        bibtex(work), append_middleware=[LatexDecodingMiddleware(keep_braced_groups=True)]
    )
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def bare(value: str) -> str:
    """Without the braces that keep it together."""
    return value.removeprefix("{").removesuffix("}")


def test_bibtex_tells_the_same():
    entry = bibtex_read(ARTICLE)
    assert entry.entry_type == "misc"
    assert entry.key == "page-2015-1a2b3c4d"
    assert bare(entry["title"]) == ARTICLE.title
    assert entry["author"] == f"{{{ALLIANCE}}}"
    assert (entry["year"], entry["month"], entry["day"]) == ("2015", "apr", "8")
    assert entry["langid"] == "english"
    assert entry["url"] == ARTICLE.url
    assert "version of 2 May 2015" in entry["note"]
    report = bibtex_read(DOCUMENT)
    assert (report.entry_type, bare(report["institution"])) == ("techreport", ALLIANCE)


def test_bibtex_is_read_back_to_the_letter():
    entry = bibtex_read(replace(ARTICLE, title=TITLE))
    assert bare(entry["title"]) == TITLE
    braces = (
        r"title = {{a \textbraceleft{} b \textasciicircum{} c \textbraceright{}\textbraceright{}}}"
    )
    assert braces in bibtex(replace(ARTICLE, title="a { b ^ c }}"))
    assert bare(bibtex_read(KOREAN)["title"]) == KOREAN.title


@given(WORKS)
def test_no_title_breaks_out_of_its_braces(work):
    """BibTeX counts braces, those after a backslash too."""
    written = bibtex(work)
    depth = 0
    for letter in written:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    names = re.findall(r"^  (\w+) = ", written, re.MULTILINE)
    assert len(names) == len(set(names))
    assert bibtex_read(work).key == work.key


@given(WORKS)
def test_nothing_that_tex_would_obey_is_left_bare(work):
    for name, value in re.findall(r"^  (\w+) = (.*)$", bibtex(work), re.MULTILINE):
        if name != "url":
            assert not re.search(r"(?<!\\)[&%$#_]|[~^]", value), (name, value)


# --- CSL-JSON --------------------------------------------------------------------------------

#: Variables of the Citation Style Language 1.0.2, appendix IV, as far as we know anything of them.
TEXTS = {"id", "type", "title", "publisher", "version", "number", "abstract", "language", "URL"}
DATES = {"issued", "event-date"}


def test_csl_json_is_a_list_of_one_web_page_or_report():
    (page,) = json.loads(csl_json(ARTICLE))
    assert page["type"] == "webpage"
    assert page["author"] == [{"literal": ALLIANCE}]
    assert page["issued"] == {"date-parts": [[2015, 4, 8]]}
    assert page["event-date"] == {"date-parts": [[2012, 12], [2013, 1]]}
    assert page["version"] == "2015-05-02"
    assert page["URL"] == ARTICLE.url
    assert item(DOCUMENT)["type"] == "report"
    assert item(KOREAN)["number"] == "A/HRC/RES/22/13"
    assert set(item(BARE)) == {"id", "type", "title", "language", "URL"}


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("2004", {"date-parts": [[2004]]}),
        ("2003~", {"date-parts": [[2003]], "circa": True}),
        ("199X", {"literal": "1990s"}),
        ("{2010,2014}", {"literal": "2010 and 2014"}),
    ],
)
def test_no_day_is_invented_for_an_event(known, said):
    assert item(replace(ARTICLE, event=parse(known)))["event-date"] == said


@given(WORKS)
def test_csl_json_has_the_shape_of_its_schema(work):
    (read,) = json.loads(csl_json(work))
    assert {"id", "type"} <= set(read) <= TEXTS | DATES | {"author"}
    assert all(isinstance(read[name], str) and read[name] for name in TEXTS & set(read))
    for name in DATES & set(read):
        assert set(read[name]) <= {"date-parts", "circa", "literal"}
        for parts in read[name].get("date-parts", []):
            assert 1 <= len(parts) <= 3
            assert all(type(part) is int for part in parts)
    assert all(set(name) == {"literal"} for name in read.get("author", []))


def test_a_processor_of_citations_reads_it():
    source = CiteProcJSON(json.loads(csl_json(ARTICLE)))
    reference = source[ARTICLE.key]
    assert "".join(map(str, reference["title"])) == ARTICLE.title
    assert reference["issued"]["year"] == 2015


# --- All -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_can_be_written_of_a_work_of_which_little_is_known(ending):
    assert "nkhr.example/en/x/" in FORMATS[ending].write(BARE)


@given(WORKS)
def test_the_name_of_an_organisation_is_never_taken_for_that_of_a_person(work):
    assert not set(",;*") & set(whole_name(work.author))
