"""One person, however the name is spelled; and other people, who are none of them."""

import base64
import html
from itertools import permutations
from urllib.parse import quote

import pytest

from advocacy.protection.matching import Kind, Matcher

from .people import EVERYBODY, VARIANTS, matcher_of

SHIN = "신동혁"
MUST = ["Shin Dong-hyuk", "Donghyuk Shin", "SHIN DONG HYUK", "Sin Tong-hyŏk", "Sin Dong Hyok"]
MUST += ["Shin, Dong-hyuk", "신동혁", "신 동혁"]


def kinds(matcher: Matcher, text: str) -> set[Kind]:
    return {hit.kind for hit in matcher.find(text)}


def blocks(matcher: Matcher, text: str) -> bool:
    return Kind.FULL in kinds(matcher, text)


@pytest.mark.parametrize("spelling", MUST)
@pytest.mark.parametrize("known_as", MUST)
def test_each_spelling_of_one_name_is_found_by_each_other(known_as, spelling):
    assert blocks(matcher_of(known_as), f"In Geneva {spelling} spoke.")


def test_nearly_all_real_spellings_are_found_by_the_name_in_hangul():
    """A lone I, the sun and sin are English, and two are spelled by another vowel: these warn."""
    total, missed = 0, []
    for person in VARIANTS:
        matcher = matcher_of(person.name)
        for spelling in person.spellings:
            total += 1
            if not blocks(matcher, f"They met {spelling} in Geneva."):
                missed.append(spelling)
    assert total >= 370
    assert missed == ["I Sun-sin", "Jeung Kwang-ill", "Kim Hae-sook"]
    for name, spelling in zip(("이순신", "정광일", "김혜숙"), missed, strict=True):
        assert kinds(matcher_of(name), spelling) == {Kind.NEAR}


def test_a_romanised_name_in_the_register_is_found_in_most_other_romanisations():
    pairs = [pair for person in VARIANTS for pair in permutations(person.spellings, 2)]
    found = sum(blocks(matcher_of(known_as), spelling) for known_as, spelling in pairs)
    assert len(pairs) > 800
    assert found / len(pairs) > 0.97


def test_no_name_blocks_for_another_person():
    """106 people are 5,565 pairs, each asked in either direction and in every spelling.

    Russian writes ㄴ and ㅇ at the end alike, so Сок Ён Хван is 황석영, too, with the surname last.
    """
    assert len(EVERYBODY) * (len(EVERYBODY) - 1) // 2 >= 3160
    texts = [(other.name, text) for other in EVERYBODY for text in (other.name, *other.spellings)]
    found = []
    for person in EVERYBODY:
        for known_as in (person.name, person.spellings[0]):
            matcher = matcher_of(known_as)
            found += [
                (known_as, text)
                for name, text in texts
                if name != person.name and blocks(matcher, text)
            ]
    assert found == [(name, "Сок Ён Хван") for name in ("황석영", "Hwang Sok-yong")]


@pytest.mark.parametrize("name", ["이설희", "임정숙", "유영애", "노현철", "양진수", "나은경"])
def test_a_surname_is_found_as_the_north_spells_it(name):
    northern = dict(zip("이임유노양나", "리림류로량라", strict=True))[name[0]] + name[1:]
    assert blocks(matcher_of(name), northern)
    assert blocks(matcher_of(northern), name)


@pytest.mark.parametrize(
    "text",
    [
        "신동혁은 말했다",
        "신동혁씨의 증언",
        "탈북자신동혁씨",
        "신·동·혁",
        "신 동 혁",
        "신\u200b동\u200b혁",
        "ㅅㅣㄴㄷㅗㅇㅎㅕㄱ",
        "ﾠﾵￂﾤￆￅￎ신동혁",
        "신동혁",  # decomposed
        "신 Dong-hyuk",
        "S\u00adhin Dong\u2060hyuk",
        "Ｓｈｉｎ Ｄｏｎｇ－ｈｙｕｋ",
        "𝐒𝐡𝐢𝐧 𝐃𝐨𝐧𝐠-𝐡𝐲𝐮𝐤",
        "Ѕhіn Dоng-hyuk",  # Cyrillic letters among Latin ones
        "Sh1n D0ng-hyuk",
        "shin_dong_hyuk-1982.pdf",
        "ShinDongHyuk2013.PDF",
        "#shindonghyuk",
        "Shin Dong-hyuk’s",
        "Син Дон Хёк",
        "Си́н Дон Хёк",  # with a stress
        "신̶동̶혁̶",
        "🅢🅗🅘🅝 🅳🅾🅽🅶 ʜʏᴜᴋ",
        "Lee Ae-ranㆍShin Dong-hyukㅠㅠ",
        "https://example.org/?q=%BD%C5%B5%BF%C7%F5",  # as an old Korean site writes it
    ],
)
def test_disguises_are_seen_through(text):
    assert blocks(matcher_of(SHIN), text)


@pytest.mark.parametrize("name", ["신동혁", "Shin Dong-hyuk"])
def test_what_is_encoded_is_decoded(name):
    packed = base64.b64encode(name.encode()).decode()
    numbered = "".join(f"&#{ord(letter)};" for letter in name)
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in name)
    texts = [packed, packed.rstrip("="), numbered, escaped, html.escape(numbered)]
    texts += [quote(name, safe=""), quote(quote(name, safe=""), safe=""), quote(packed, safe="")]
    texts += [base64.urlsafe_b64encode(f"q={name}??>>".encode()).decode()]
    for text in texts:
        assert blocks(matcher_of(SHIN), f'<a href="/?q={text}">'), text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("동혁이가 말했다", Kind.GIVEN),
        ("Dong-hyuk said", Kind.GIVEN),
        ("신동현", Kind.NEAR),
        ("선동혁", Kind.NEAR),
        ("Shin Dong-hyun", Kind.NEAR),
        ("Shen Dong-hyuk", Kind.NEAR),
    ],
)
def test_a_given_name_alone_and_one_letter_away_warn(text, kind):
    assert kinds(matcher_of(SHIN), text) == {kind}


def test_hanja_are_found_among_others_and_with_spaces():
    matcher = matcher_of("신동혁", "申東赫")
    assert blocks(matcher, "證言者申東赫氏")
    assert blocks(matcher, "申 東 赫")
    assert not blocks(matcher, "申東")


def test_a_nickname_that_is_not_korean_is_found_as_it_is_written():
    matcher = matcher_of("신동혁", "Little Bird", "꼬마새")
    assert blocks(matcher, "whom friends called LITTLE BIRD")
    assert blocks(matcher, "꼬마새를")
    assert not blocks(matcher, "a little yellow bird")


def test_each_hit_says_which_name_was_met():
    matcher = matcher_of("신동혁", "Little Bird")
    assert {hit.detail for hit in matcher.find("Little Bird")} == {"Little Bird"}
    assert {hit.detail for hit in matcher.find("Donghyuk Shin")} == {"신동혁"}


def test_indirect_identifiers_are_told_one_by_one():
    matcher = matcher_of("신동혁", identifiers=("Musan", "무산", "14 March 1987"))
    found = matcher.find("Born in Musan on 14 March 1987, 무산에서")
    assert {hit.detail for hit in found} == {"Musan", "무산", "14 March 1987"}
    assert {hit.kind for hit in found} == {Kind.IDENTIFIER}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("이하나", "이 하나의 사건"),
        ("한민국", "대한민국은"),
        ("허선", "She saw her son again."),
        ("배미선", "with the permission of the author"),
        ("문선영", "a moon, sun young"),
    ],
)
def test_ordinary_words_do_not_block(name, text):
    assert not blocks(matcher_of(name), text)


def test_a_short_name_is_no_part_of_a_longer_word():
    assert not blocks(matcher_of("허준"), "허준호 기자")
    assert not blocks(matcher_of("허준"), "Bong Joon-ho")
    assert blocks(matcher_of("허준"), "허준은")
    assert blocks(matcher_of("허준"), "Heo Jun")


def test_nobody_is_found_where_nobody_is_protected():
    assert Matcher([]).find("신동혁 Shin Dong-hyuk") == frozenset()
