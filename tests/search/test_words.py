"""The tokens of a text, and the question that is made of what somebody typed."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from advocacy.search import query, words
from advocacy.search.porter import stem
from advocacy.search.query import Phrase


def test_stems_are_those_of_the_porter_tokenizer_in_sqlite():
    written = " ".join(
        path.read_text(encoding="utf-8").lower()
        for path in [*Path(settings.BASE_DIR, "docs").rglob("*.md"), Path(re.__file__)]
    )
    known = sorted(set(re.findall(r"\b[a-z]{4,20}\b", written)))
    assert len(known) > 1000
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(word, tokenize='porter ascii')")
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'instance')")
    database.executemany("INSERT INTO texts (rowid, word) VALUES (?, ?)", enumerate(known))
    theirs = {known[row]: term for term, row in database.execute("SELECT term, doc FROM terms")}
    assert {word: stem(word) for word in known} == theirs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("북한 인권", "북한 한인 인권 권"),
        ("북한인권", "북한 한인 인권 권"),
        ("북한, 인권", "북한 한 인권 권"),
        ("북한\n인권", "북한 한인 인권 권"),
        ("제3위원회", "제 3 위원 원회 회"),
        ("人權", "人權 權"),
        ("Resolutions resolved", "resolut resolv"),
        ("North Korea's NGOs", "north korea ngo"),
        ("Ｕ．Ｎ． résumé", "u n resum"),
        ("A/HRC/25", "a hrc 25"),
        ("COVID-19", "covid 19"),
        ("😀 ¶ § ÷", ""),
    ],
)
def test_a_text_has_these_tokens(text, expected):
    assert words.names(words.clean(text)) == expected.split()


def test_letters_in_pieces_and_what_nobody_sees_make_no_difference():
    assert words.clean("북\u1112\u1161\u11ab\u200b인\u00ad권\x00") == "북한인권 "
    assert words.names(words.clean("re\u00adso\u200blution")) == ["resolut"]


@given(st.text(max_size=200))
def test_a_token_has_its_place_in_the_text_and_no_sign_of_a_database(text):
    cleaned = words.clean(text)
    end = 0
    for token in words.tokens(cleaned):
        assert 0 <= token.start < token.end <= len(cleaned)
        assert token.end >= end
        end = token.start
        assert token.name.isalnum()
        assert len(token.name) <= words.LONGEST_TOKEN


@given(st.text(alphabet="북한인권 시민연합조사위원회", max_size=40))
def test_any_part_of_a_korean_text_is_found_in_it_as_a_phrase(text):
    names = words.names(words.clean(text))
    for part in text.split():
        asked = query.read(part).wanted[0].options[0]
        starts = range(len(names))
        assert any(_stands(names, start, asked) for start in starts), (text, part)


def _stands(names: list[str], start: int, phrase: Phrase) -> bool:
    there = names[start : start + len(phrase.tokens)]
    if phrase.open_end:
        return there[:-1] == [*phrase.tokens[:-1]] and there[-1].startswith(phrase.tokens[-1])
    return tuple(there) == phrase.tokens


def phrases(typed: str) -> list[list[str]]:
    return [
        [" ".join(option.tokens) + "*" * option.open_end for option in term.options]
        for term in query.read(typed).wanted
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("commission of inquiry", [["commiss"], ["inquiri"]]),
        ('"commission of inquiry"', [["commiss of inquiri"]]),
        ('"commission of inquiry', [["commiss of inquiri"]]),
        ("“commission of inquiry”", [["commiss of inquiri"]]),
        ("of the", [["of"], ["the"]]),
        ("북한 인권", [["북한"], ["인권"]]),
        ('"북한 인권"', [["북한 한인 인권"]]),
        ("북", [["북*"]]),
        ("인권을", [["인권 권을", "인권"]]),
        ("김정은", [["김정 정은"]]),
        ("정치범의", [["정치 치범 범의", "정치 치범"]]),
        ("resol*", [["resol*"]]),
        ("resolution*", [["resolution*", "resolut"]]),
        ("북한*", [["북한"]]),
        ("A/HRC/25", [["a hrc 25"]]),
        ("a hrc res 22 13", [["§a÷hrc÷res÷22÷13"]]),
        ("vote A/RES/60/173", [["§a÷res÷60÷173"], ["vote"]]),
        ("안보리", [["안보 보리", "안전 전보 보장 장이 이사 사회"]]),
        ("torture torture", [["tortur"]]),
        ('- -- "" * \' 😀', []),
        ("-only -unwanted", []),
    ],
)
def test_what_is_typed_is_read_as(typed, expected):
    assert phrases(typed) == expected


def test_what_is_unwanted_is_kept_apart():
    asked = query.read('abduction -Japan −"South Korea" -A/HRC/25/63')
    assert phrases("abduction -Japan") == [["abduct"]]
    assert [term.options[0].tokens for term in asked.unwanted] == [
        ("§a÷hrc÷25÷63",),
        ("japan",),
        ("south", "korea"),
    ]


@pytest.mark.parametrize("typed", ["A 1997", "crc 2009", "camp 18", "S 18 years", "22/13"])
def test_what_merely_looks_like_a_symbol_is_words(typed):
    assert not query.read(typed).symbols


def test_what_is_still_being_typed_is_the_beginning_of_a_word():
    assert query.typed_so_far("commission of inq").wanted[-1].options[0] == Phrase(("inq",), True)
    assert query.typed_so_far("inquiry ").wanted == query.read("inquiry").wanted
    assert query.typed_so_far('"commission of').wanted == query.read('"commission of').wanted
