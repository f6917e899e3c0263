"""Who sits on which side, and in which words: no database is asked."""

from advocacy.meetings import table
from advocacy.meetings.models import Participant

ROLES = Participant.Role


def person(role, **fields):
    fields.setdefault("name_en", f"A {role}")
    return Participant(role=role, **fields)


def names(seats):
    return [seat.name.text for seat in seats]


def test_our_delegation_and_the_survivors_sit_opposite_the_officials():
    laid = table.lay(
        [
            person(ROLES.OFFICIAL, name_en="Official"),
            person(ROLES.SURVIVOR, name_en="Survivor"),
            person(ROLES.DELEGATION, name_en="Delegate"),
            person(ROLES.SUPPORTING, name_en="Friend"),
        ],
        "en",
    )
    assert names(laid.ours) == ["Survivor", "Delegate"]
    assert names(laid.theirs) == ["Official"]
    assert names(laid.supporting) == ["Friend"]


def test_a_person_is_named_in_the_readers_language_with_the_office_of_that_day():
    (seat,) = table.lay(
        [
            person(
                ROLES.OFFICIAL,
                name_en="Navanethem Pillay",
                name_ko="나비 필레이",
                office_en="High Commissioner",
                office_ko="인권최고대표",
                organisation_en="OHCHR",
                organisation_ko="인권최고대표사무소",
            )
        ],
        "ko",
    ).theirs
    assert seat.name == ("나비 필레이", "ko")
    assert seat.particulars == [("인권최고대표", "ko"), ("인권최고대표사무소", "ko")]


def test_what_is_not_known_in_the_readers_language_is_said_in_the_other_and_marked():
    (seat,) = table.lay(
        [person(ROLES.OFFICIAL, name_en="Someone", office_en="Director")], "ko"
    ).theirs
    assert seat.name == ("Someone", "en")
    assert seat.particulars == [("Director", "en")]


def test_what_is_not_known_at_all_stays_unsaid():
    (seat,) = table.lay([person(ROLES.DELEGATION, name_en="Someone")], "en").ours
    assert seat.particulars == []


def test_a_survivor_without_further_particulars_is_called_one():
    (seat,) = table.lay([person(ROLES.SURVIVOR, name_en="Ms K")], "en").ours
    assert seat.particulars == [("Survivor", "en")]


def test_without_participants_there_is_no_table():
    assert not table.lay([], "en")
    assert table.lay([person(ROLES.SUPPORTING)], "en")
