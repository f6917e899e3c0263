"""What is recognised on a page that was copied off the screen."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.dates import edtf
from advocacy.imports.copied.mentions import bodies, dates
from advocacy.imports.copied.posts import read_posts
from advocacy.imports.copied.reading import read
from advocacy.imports.copied.steps import title
from advocacy.imports.records import Kind, Post, Skipped

SEOUL = ZoneInfo("Asia/Seoul")
CEDAW = "UN Committee on the Elimination of Discrimination against Women (CEDAW)"
HIGH = "UN High Commissioner for Human Rights"
#: In the shape of the old site: an introduction, a list, one post, none of whose labels but one has a value.
PAGE = f"""Our Work in Geneva

In 1999, we began to speak at the United Nations. Our second large 3 achievement was a mandate. We go on.

Some of the most important steps include:

  • Lobbying for the first resolution by the then UN Human Rights Commission (now the Council) in 2004.
  • December 2012 meeting with the {HIGH}, to speak. Following 4 the meeting, she spoke.
  • First-ever official discussion at the UN Security Council, in part as a result of our work.
  • Briefings and submissions to the {CEDAW} in 2005 and the Committee on the Rights of the Child in 2009.
  • Participation in the Universal Periodic Review in both 2010 and 2014.
  • Resolution A/HRC/RES/22/13 of 21 March 2013.
A Delegation Is Heard
Name :
Date :
2015-04-08 21:01:00
Hit :
Our Meeting with the High Commissioner Results in Words Last December, our staff met her; Camp 18 and more.

They spoke for 28 years of silence.
To read the statement, please download the PDF file.

Selected media coverage:

Reuters article
Wall Street Journal blog article with quote from our staff
"""
KOREAN = """스위스 대표단 면담
작성자
관리자
작성일
15-04-08 21:01
조회
1,234
대표단이 유엔 인권최고대표를 만났다.

첨부파일 : 성명서.pdf (120KB)
관련 언론보도

연합뉴스 기사
목록
"""


def test_the_introduction_is_what_is_no_list():
    found = read(PAGE).introduction
    assert found
    assert found.title == "Our Work in Geneva"
    assert found.html.startswith("<p>In 1999, we began")
    assert "steps include" not in found.html


def test_each_item_of_the_list_is_a_step_with_its_date_and_body():
    found = [(step.date, step.body, step.kind, step.own_step) for step in read(PAGE).steps]
    assert found == [
        ("2004", "chr", "resolution", True),
        ("2012-12", "hchr", "advocacy", True),
        ("", "sc", "meeting_record", False),
        ("2005", "cedaw", "briefing", True),
        ("2009", "crc", "briefing", True),
        ("{2010,2014}", "upr", "review", True),
        ("2013-03-21", "hrc", "resolution", False),
    ]


def test_of_two_steps_in_one_item_each_is_called_by_its_own_body():
    item = f"• Briefings to the {CEDAW} in 2005 and the Committee against Torture in 2009"
    _first, second = read(item).steps
    assert second.title == "Briefings to the UN Committee against Torture"


def test_the_symbols_of_a_step_are_its_documents():
    assert [step.symbols for step in read(PAGE).steps if step.symbols] == [("A/HRC/RES/22/13",)]


def test_a_step_offers_every_body_it_names():
    (step,) = read(
        "• The Security Council took up what the Commission of Inquiry found in 2014"
    ).steps
    assert (step.body, step.bodies) == ("sc", ("sc", "coi-dprk"))


def test_the_head_of_a_post_says_who_when_and_how_often_even_where_it_says_nothing():
    (article,) = read(PAGE).articles
    copied = article.copied
    assert (copied.title, copied.name, copied.hits) == ("A Delegation Is Heard", "", None)
    assert copied.written == datetime(2015, 4, 8, 21, 1, tzinfo=SEOUL)


def test_a_line_of_capitals_that_ran_into_the_text_is_the_summary():
    (article,) = read(PAGE).articles
    assert article.summary == "Our Meeting with the High Commissioner Results in Words"
    assert article.html.startswith("<p>Last December, our staff met her")
    assert article.html.count("<p>") == 3


def test_the_coverage_names_outlets_and_what_kind_of_piece_it_is():
    (article,) = read(PAGE).articles
    assert [(one.outlet, one.description) for one in article.coverage] == [
        ("Reuters", "article"),
        ("Wall Street Journal", "blog article with quote from our staff"),
    ]
    assert "Reuters" not in article.html


def test_a_figure_by_itself_is_the_mark_of_a_footnote_and_a_number_is_not():
    found = read(PAGE)
    assert len(found.marks) == 2
    said = repr(found)
    assert "second large achievement" in said
    assert "Following the meeting" in said
    assert "Camp 18 and" in said
    assert "for 28 years" in said
    assert "large 3 achievement" in repr(read(PAGE, without_marks=False))


def test_a_korean_board_is_read_alike():
    (article,) = read(KOREAN).articles
    copied = article.copied
    assert (copied.title, copied.name, copied.hits) == ("스위스 대표단 면담", "관리자", 1234)
    assert copied.written == datetime(2015, 4, 8, 21, 1, tzinfo=SEOUL)
    assert copied.files == ["성명서.pdf (120KB)"]
    assert article.html == "<p>대표단이 유엔 인권최고대표를 만났다.</p>"
    assert [(one.outlet, one.description) for one in article.coverage] == [("연합뉴스", "기사")]


@pytest.mark.parametrize(
    "head",
    [
        "Name : Jo Date : 2015-04-08 21:01 Hit : 34",
        "Name : Jo\tDate : 2015-04-08 21:01\tHit : 34",
        "작성자 : Jo | 작성일 : 2015-04-08 21:01 | 조회 : 34",
        "작성자 Jo 작성일 2015.04.08 21:01 조회수 34",
        "Writer: Jo\nDate: 2015/04/08 21:01\nViews: 34",
        "글쓴이\nJo\n등록일\n2015년 4월 8일 21:01\n조회\n34",
        "Date : 2015-04-08 21:01\nHit : 34\nName : Jo",
    ],
)
def test_the_head_may_stand_in_one_line_or_in_several(head):
    (article,) = read(f"A title\n{head}\nThe text.").articles
    copied = article.copied
    assert (copied.title, copied.name, copied.hits) == ("A title", "Jo", 34)
    assert copied.written == datetime(2015, 4, 8, 21, 1, tzinfo=SEOUL)
    assert article.html == "<p>The text.</p>"


def test_several_posts_on_one_page_are_several_articles():
    page = "".join(
        f"Title {n}\nName : Jo\nDate : 2015-04-0{n}\nHit : {n}\nText {n}.\n" for n in (1, 2, 3)
    )
    found = [(one.copied.title, one.html) for one in read(page).articles]
    assert found == [(f"Title {n}", f"<p>Text {n}.</p>") for n in (1, 2, 3)]


def test_a_date_within_a_text_begins_no_post():
    assert read("Name: Jo\nHe came.\nDate: 2015-04-08\nAnd went.").articles == ()


def test_what_was_pasted_as_html_keeps_its_links():
    page = (
        "<div><h1>Heard</h1><table><tr><td>Name :</td><td>Jo</td></tr><tr><td>Date :</td>"
        "<td>2015-04-08 21:01</td></tr><tr><td>Hit :</td><td>3</td></tr></table>"
        "<p>We <b>met</b> <a href='https://un.example.org/a?b=1&amp;c=2'>her</a>.</p><script>x()</script>"
        "<p>Selected media coverage</p><ul><li><a href='https://r.example.org/1'>Reuters: Heard</a></li>"
    )
    (article,) = read(page).articles
    assert (article.copied.title, article.copied.name, article.copied.hits) == ("Heard", "Jo", 3)
    assert article.html == ('<p>We met <a href="https://un.example.org/a?b=1&amp;c=2">her</a>.</p>')
    (piece,) = article.coverage
    assert (piece.outlet, piece.headline, piece.url) == (
        "Reuters",
        "Heard",
        "https://r.example.org/1",
    )


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("on 14 January 2013 we", "2013-01-14"),
        ("on January 14, 2013, we", "2013-01-14"),
        ("in December 2012", "2012-12"),
        ("in Dec. 2012", "2012-12"),
        ("in 2004.", "2004"),
        ("in the 1990s", "199X"),
        ("about 2003", "2003~"),
        ("from 2009 to 2012", "2009/2012"),
        ("2009–2012", "2009/2012"),
        ("in both 2010 and 2014", "{2010,2014}"),
        ("2012년 12월에", "2012-12"),
        ("2013년 1월 14일", "2013-01-14"),
        ("2010년과 2014년", "{2010,2014}"),
        ("유엔에서2004년", "2004"),
    ],
)
def test_dates_are_read_at_the_precision_they_are_told(said, date):
    assert [one.value for one in dates(said)] == [date]


@pytest.mark.parametrize(
    "said", ["A/HRC/RES/2003/10", "in 31 May", "room 2004b", "120045", "2013-02-30"]
)
def test_what_is_no_date_is_none(said):
    assert dates(said) == []


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("the Office of the High Commissioner for Human Rights", ["ohchr"]),
        ("the UN High Commissioner for Human Rights", ["hchr"]),
        ("유엔 인권이사회와 안보리", ["hrc", "sc"]),
        ("국가인권위원회", []),
        ("a cat sat; the CAT met", ["cat"]),
        ("Special Rapporteur on the Situation of Human Rights in the DPRK", ["sr-dprk"]),
        ("see A/RES/60/173", ["ga"]),
    ],
)
def test_bodies_are_known_by_the_names_people_use(said, codes):
    assert [one.value for one in bodies(said)] == codes


def test_the_title_of_a_step_can_stand_alone():
    assert title("Lobbying for the first resolution (of many), in 2004.") == (
        "Lobbying for the first resolution"
    )
    assert len(title("word " * 100)) <= 122


def test_without_an_editor_all_of_it_becomes_drafts_and_what_has_no_date_is_named():
    found = list(read_posts(PAGE))
    posts = [one for one in found if isinstance(one, Post)]
    assert [post.kind for post in posts] == [Kind.PAGE, *[Kind.MILESTONE] * 6, Kind.ARTICLE]
    assert not any(post.public for post in posts)
    assert all(post.reason for post in posts)
    assert len({post.key for post in posts}) == len(posts)
    (skipped,) = [one for one in found if isinstance(one, Skipped)]
    assert "First-ever official discussion" in skipped.reason
    assert list(read_posts(PAGE)) == found


_PIECES = st.sampled_from(
    [
        *(
            "Name :",
            "Date :",
            "Hit :",
            "작성자",
            "작성일 ",
            "2015-04-08",
            "\n",
            "\n\n",
            "  • ",
            "- ",
            "34",
        ),
        *(
            "제목",
            "Selected media coverage:",
            "<p>",
            "<a href='http://x.org'>",
            "</a>",
            "<li>",
            "UPR",
            "2010",
        ),
        *(
            " 3 the ",
            "in 2004",
            "A/RES/60/173",
            " and ",
            "목록",
            "첨부파일 : ",
            "<script>",
            "\x00",
            "｜",
            "“",
        ),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=8), max_size=40))
def test_nothing_that_is_pasted_breaks_it(pieces):
    found = read("".join(pieces))
    for step in found.steps:
        assert not step.date or edtf.parse(step.date)
    for article in found.articles:
        assert article.copied.written
