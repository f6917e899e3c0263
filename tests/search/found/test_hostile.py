"""Whatever is typed is answered: no syntax of a database, no character and no length is too much."""

import json
from urllib.parse import quote, urlencode

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from advocacy.search import query, results, snippets, vocabulary
from advocacy.search.engines import engine

pytestmark = pytest.mark.django_db

QUIET = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
PIECES = st.sampled_from(
    [
        *('"', "-", "*", "(", ")", ":", "^", "+", "{", "}", "'", "\\", "&", "|", "!", "<->", ";"),
        *(
            " ",
            "AND",
            "OR",
            "NOT",
            "NEAR",
            "title :",
            "북한",
            "인권",
            "권",
            "a",
            "A/HRC/25/63",
            "§",
        ),
        *(
            "¶",
            "÷",
            "\x00",
            "\u200b",
            "\u202e",
            "😀",
            "ﷺ",
            "½",
            "İ",
            "ﬁ",
            "e\u0301",
            "ᄒ",
            "%",
            "_",
        ),
        *("\ud800", "\ufffe", "commission", "inquir*", "--", "/*", "22/13"),
    ]
)
TYPED = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@QUIET
@given(typed=TYPED, language=st.sampled_from(["en", "ko"]), order=st.sampled_from(["", "date"]))
@example(typed='"' * 200, language="en", order="")
@example(typed="북" * 200, language="ko", order="")
@example(typed="* " * 100, language="en", order="")
@example(typed="a* b* c* d* e* f* g* h* i* j* k* l*", language="en", order="")
def test_any_question_has_an_answer(typed, language, order):
    at = timezone.now()
    asked = vocabulary.widened(query.read(typed))
    places = results.best(asked, results.Choice(order=order), language, at) if asked else []
    assert len(places) == min(results.MOST, results.total(asked, at))
    if not places:
        vocabulary.meant(asked, lambda other: results.total(other, at))


@QUIET
@given(text=st.text(max_size=300), typed=TYPED)
def test_a_snippet_is_the_text_with_marks_and_nothing_else(text, typed):
    asked = query.read(typed)
    shown = str(snippets.marked(text, asked))
    plain = shown.replace("<mark>", "").replace("</mark>", "")
    escaped = str(snippets.escape(text))
    assert plain == escaped
    assert shown.count("<mark>") == shown.count("</mark>")
    assert "<mark></mark>" not in shown
    snippets.excerpt([[text], []], asked)


def test_a_long_text_is_weighed_in_proportion_to_its_length():
    class Hits(list):
        read = 0

        def __getitem__(self, place):
            self.read += 1
            return super().__getitem__(place)

    def read(number: int) -> int:
        hits = Hits(snippets._Hit(0, 3 * place, place % 36) for place in range(number))
        worth = [snippets._worth(hits, place, snippets.WIDTH) for place in range(number)]
        assert max(worth) == 36
        return hits.read

    assert read(2000) < 2.1 * read(1000)


@pytest.mark.parametrize(
    "typed",
    [
        *('"' * 100_000, "a" * 100_000, "a " * 50_000, "인권 " * 40_000, "-" * 100_000),
        *("😀" * 20_000, "\u200b" * 50_000, "A/HRC/25/63 " * 9_000, "*" * 100_000),
        *("'; DROP TABLE search_words; --", "title:x NEAR(", "\x00", "' <-> '", "((((", '"a" OR "'),
    ],
    ids=lambda typed: f"{len(typed)} {typed[:12]!a}",
)
@pytest.mark.parametrize("address", ["/en/search/", "/ko/search/suggest/"])
def test_a_page_answers_what_is_meant_to_break_it(client, typed, address):
    answer = client.get(address, {"q": typed})
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    if "suggest" in address:
        assert len(json.loads(answer.content)[0]) <= query.LONGEST


@pytest.mark.parametrize(
    "params",
    [
        *({"kind": "x"}, {"lang": "fr"}, {"year": "20145"}, {"year": "²⁰¹⁴"}, {"body": "nobody"}),
        *({"sort": "x"}, {"page": "0"}, {"page": "99"}, {"page": "x"}, {"page": "9" * 30}),
        *({"kind": "\x00"}, {"year": "0000"}, {"lang": "'"}),
    ],
    ids=str,
)
def test_a_filter_that_cannot_be_is_no_page(client, params):
    answer = client.get("/en/search/?" + urlencode({"q": "resolution", **params}))
    assert answer.status_code == 404


def test_a_question_is_cut_before_it_costs_anything(client):
    many = query.read(" ".join(f"w{number}" for number in range(100)))
    assert len(many.wanted) == query.MOST_TERMS
    assert many.was_cut
    long = query.read('"' + "인권" * 500)
    assert len(long.text) == query.LONGEST
    assert len(long.wanted[0].options[0].tokens) <= query.MOST_TOKENS
    page = client.get("/en/search/?q=" + quote("word " * 100)).content.decode()
    assert "That was long" in page
    assert "That was long" not in client.get("/en/search/?q=word").content.decode()


def test_both_databases_are_asked_with_quoted_tokens_alone():
    asked = query.read("it's -\"a 'b\" inquir* 북")
    said = engine().question(asked.wanted, asked.unwanted)
    assert "it's" not in said
    assert said.count('"') % 2 == 0
    assert said.count("'") % 2 == 0
