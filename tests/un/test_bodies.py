import re

import pytest
from django.utils.translation import override

from advocacy.un.bodies import BODIES, CHOICES

NAMED_IN_THE_BRIEF = {
    "chr": ("Commission on Human Rights", "유엔 인권위원회"),
    "hrc": ("Human Rights Council", "유엔 인권이사회"),
    "ga": ("General Assembly", "유엔 총회"),
    "ga3": ("Third Committee of the General Assembly", "유엔 총회 제3위원회"),
    "sc": ("Security Council", "유엔 안전보장이사회"),
    "sg": ("Secretary-General", "유엔 사무총장"),
    "hchr": ("High Commissioner for Human Rights", "유엔 인권최고대표"),
    "cedaw": (
        "Committee on the Elimination of Discrimination against Women",
        "유엔 여성차별철폐위원회",
    ),
    "ccpr": ("Human Rights Committee", "유엔 자유권규약위원회"),
    "upr": ("Universal Periodic Review", "보편적 정례인권검토"),
    "wgeid": (
        "Working Group on Enforced or Involuntary Disappearances",
        "강제적·비자발적 실종에 관한 실무그룹",
    ),
}


@pytest.mark.parametrize("code", NAMED_IN_THE_BRIEF)
def test_a_body_has_its_names_in_english_and_in_korean(code):
    assert (BODIES[code].name("en"), BODIES[code].name("ko")) == NAMED_IN_THE_BRIEF[code]


def test_every_body_the_record_speaks_of_is_there():
    spoken_of = "chr subcom hrc ga ga3 sc sg ohchr hchr cedaw crc cescr ccpr crpd cat upr sr-dprk"
    assert set(spoken_of.split()) | {"special-procedures", "wgeid", "coi-dprk"} <= set(BODIES)


def test_every_korean_name_is_korean_and_no_two_bodies_share_a_name():
    for body in BODIES.values():
        assert re.search("[가-힣]", body.name_ko), body.code
        assert not re.search("[가-힣]", body.name_en + body.short_en), body.code
    for names in ("name_en", "name_ko", "short_en", "short_ko"):
        assert len({getattr(body, names) for body in BODIES.values()}) == len(BODIES), names


def test_a_short_form_is_never_longer_than_the_name():
    for body in BODIES.values():
        assert len(body.short_en) <= len(body.name_en)
        assert len(body.short_ko) <= len(body.name_ko)


def test_the_codes_fit_their_column_and_an_address():
    assert all(re.fullmatch(r"[a-z0-9-]{2,20}", code) for code in BODIES)


def test_the_same_choices_read_in_the_language_of_the_reader():
    choices = dict(CHOICES)
    with override("ko"):
        assert str(choices["hrc"]) == "유엔 인권이사회"
    with override("en"):
        assert str(choices["hrc"]) == "Human Rights Council"


def test_a_name_follows_the_active_language_and_any_other_language_reads_english():
    with override("ko"):
        assert BODIES["sr-dprk"].short() == "북한인권특별보고관"
    assert BODIES["ga3"].short("ko") == "제3위원회"
    assert BODIES["sc"].short("ko-KR") == "안보리"
    assert BODIES["sc"].name("fr") == "Security Council"
    with override(None):
        assert str(BODIES["upr"]) == "Universal Periodic Review"
