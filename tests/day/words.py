"""What the two write in the course of a day, in either language of the site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    language: str
    author: str
    publisher: str
    title: str
    first: str  # what the author begins with
    more: str  # after the crash
    title_of_author: str
    title_of_publisher: str
    by_friday: str  # a note to the reviewer
    name_the_source: str  # a note to the author
    source: str  # what it leads to
    wrong: str  # in the text that is published first
    right: str
    correction: str  # the note that readers see
    flourish: str  # a small change, gone back from
    typed_over: str  # typed, and not saved


ENGLISH = Words(
    language="en",
    author="Kim Minji",
    publisher="Lee Hyun",
    title="A statement to the Council",
    first="We spoke to the Council on behalf of the families.",
    more=" Four delegations answered.",
    title_of_author="Our statement to the Council",
    title_of_publisher="A statement to the Human Rights Council",
    by_friday="By Friday, please: the embargo ends then.",
    name_the_source="Name the source of the number.",
    source=" The number is that of the record of the meeting.",
    wrong="Four delegations",
    right="Five delegations",
    correction="It said four delegations; there were five.",
    flourish=" It was a bright morning.",
    typed_over=" Not to be saved.",
)
KOREAN = Words(
    language="ko",
    author="김민지",
    publisher="이현",
    title="인권이사회에서 한 발언",
    first="우리는 가족들을 대신하여 이사회에서 발언하였다.",
    more=" 네 나라 대표단이 답하였다.",
    title_of_author="우리가 인권이사회에서 한 발언",
    title_of_publisher="유엔 인권이사회에서 한 발언",
    by_friday="금요일까지 부탁드립니다. 그때 엠바고가 풀립니다.",
    name_the_source="숫자의 출처를 밝혀 주십시오.",
    source=" 숫자는 회의 기록에 따른 것이다.",
    wrong="네 나라 대표단",
    right="다섯 나라 대표단",
    correction="네 나라라고 썼으나 다섯 나라입니다.",
    flourish=" 맑은 아침이었다.",
    typed_over=" 저장하지 않을 글.",
)
