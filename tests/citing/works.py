"""Works of every kind, easy and hard."""

from datetime import date

from hypothesis import strategies as st

from advocacy.citing.work import Work
from advocacy.dates.edtf import parse

ALLIANCE = "Citizens’ Alliance for North Korean Human Rights"
ARTICLE = Work(
    id="1a2b3c4d-0000-4000-8000-000000000000",
    title="From a room in Geneva to a call for an inquiry",
    language="en",
    url="https://nkhr.example/en/news/2015/from-a-room/",
    author=ALLIANCE,
    published=date(2015, 4, 8),
    changed=date(2015, 5, 2),
    event=parse("2012-12/2013-01"),
    summary="Two survivors were heard.",
    pdfs=["https://nkhr.example/documents/1/statement.pdf"],
)
KOREAN = Work(
    id="9f8e7d6c-0000-4000-8000-000000000000",
    title="유엔 인권이사회, 조사위원회를 설립하다",
    language="ko",
    url="https://nkhr.example/ko/milestones/%EC%A1%B0%EC%82%AC/",
    author="북한인권시민연합",
    published=date(2015, 4, 8),
    changed=date(2015, 5, 2),
    event=parse("2013-03-21"),
    symbols=["A/HRC/RES/22/13"],
)
DOCUMENT = Work(
    id="5a5a5a5a-0000-4000-8000-000000000000",
    title="Fact sheet",
    language="en",
    url="https://nkhr.example/documents/5/fact-sheet.pdf",
    author=ALLIANCE,
    published=date(2015, 4, 8),
    pdfs=["https://nkhr.example/documents/5/fact-sheet.pdf"],
    is_document=True,
)
BARE = Work(id="0" * 36, title="A title", language="en", url="https://nkhr.example/en/x/")

#: What formats give a meaning to, in titles as people type them and as nobody should.
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="{}\\%&$#_~^\"'“”‘’<>|@,;*- \n\rTYER가나 ", max_size=40),
)
DAYS = st.none() | st.dates(date(1997, 1, 1), date(2030, 1, 1))
WORKS = st.builds(
    Work,
    id=st.uuids().map(str),
    title=TEXTS,
    language=st.sampled_from(["en", "ko"]),
    url=st.just("https://nkhr.example/en/news/2015/x_y/%EA%B0%80/"),
    author=TEXTS,
    published=DAYS,
    changed=DAYS,
    event=st.none()
    | st.sampled_from(["2004", "2012-12", "199X", "2003~", "{2010,2014}", "2009-12/2010-03"]).map(
        parse
    ),
    symbols=st.lists(st.sampled_from(["A/HRC/25/63", "217 A (III)"]), max_size=2),
    summary=TEXTS,
    pdfs=st.lists(st.just("https://nkhr.example/documents/1/a_b.pdf"), max_size=2),
    is_document=st.booleans(),
)
