"""The citations that stand on a page, ready to be copied."""

from dataclasses import replace

from hypothesis import given

from advocacy.citing.prose import chicago, oscola
from tests.citing.works import ARTICLE, BARE, DOCUMENT, KOREAN, WORKS


def test_chicago_names_author_title_day_of_publication_and_version():
    assert chicago(ARTICLE) == (
        "Citizens’ Alliance for North Korean Human Rights. “From a room in Geneva to a call for an "
        "inquiry.” April 8, 2015. Last modified May 2, 2015. "
        "https://nkhr.example/en/news/2015/from-a-room/."
    )


def test_oscola_puts_the_days_into_brackets_and_the_address_between_angles():
    assert oscola(ARTICLE) == (
        "Citizens’ Alliance for North Korean Human Rights, ‘From a room in Geneva to a call for an "
        "inquiry’ (8 April 2015, version of 2 May 2015) "
        "<https://nkhr.example/en/news/2015/from-a-room/>"
    )


def test_oscola_names_the_un_document_a_page_is_about():
    english = replace(ARTICLE, symbols=["A/HRC/25/63"])
    assert "(UN Doc A/HRC/25/63, 8 April 2015, version of 2 May 2015)" in oscola(english)
    assert "(유엔 문서 A/HRC/RES/22/13, 2015년 4월 8일, 2015년 5월 2일 판)" in oscola(KOREAN)


def test_a_korean_page_is_cited_in_korean_with_an_address_people_can_read():
    assert chicago(KOREAN) == (
        "북한인권시민연합. “유엔 인권이사회, 조사위원회를 설립하다”. 2015년 4월 8일. "
        "2015년 5월 2일 최종 수정. https://nkhr.example/ko/milestones/조사/."
    )


def test_without_an_organisation_a_citation_begins_with_the_title():
    assert chicago(BARE) == "“A title.” https://nkhr.example/en/x/."
    assert oscola(BARE) == "‘A title’ <https://nkhr.example/en/x/>"


def test_a_title_that_ends_in_a_mark_of_its_own_is_given_no_second():
    assert "“Who met whom?” April 8" in chicago(replace(ARTICLE, title="Who met whom?"))


def test_quotation_marks_within_a_title_are_the_other_kind():
    assert "“He said ‘yes’ twice.”" in chicago(replace(ARTICLE, title="He said “yes” twice"))
    said = oscola(replace(ARTICLE, title="Pillay’s ‘unique’ case"))
    assert "‘Pillay’s “unique” case’" in said


def test_an_unchanged_text_has_no_version():
    assert "modified" not in chicago(DOCUMENT)
    assert "version" not in oscola(replace(ARTICLE, changed=ARTICLE.published))


@given(WORKS)
def test_a_citation_is_one_line_whatever_was_typed(work):
    for said in (chicago(work), oscola(work)):
        assert len(said.splitlines()) == 1
