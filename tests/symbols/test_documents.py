"""Documents as staff enter them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from advocacy.symbols.models import Relation, UNDocument
from tests.accounts.signing_in import sign_in
from tests.people import person

pytestmark = pytest.mark.django_db

FORM = {
    "symbol": "a/hrc/res/25/25-e",
    "title_en": "Situation of human rights",
    "title_ko": "",
    "date": "2014-03-28",
    "kind": "",
    "body": "",
    "session": "",
    "agenda_item": "4",
    "sponsors": "",
    "outcome": "vote",
    "votes_for": "30",
    "votes_against": "6",
    "votes_abstaining": "11",
    "relations-TOTAL_FORMS": "1",
    "relations-INITIAL_FORMS": "0",
    "relations-0-kind": "report",
    "relations-0-other": "A/HRC/25/63",
}
ADD = "/admin/symbols/undocument/add/"


def test_what_is_left_empty_is_what_the_symbol_says():
    document = UNDocument.objects.create(symbol="A/HRC/RES/25/25")
    assert (document.kind, document.body, document.session) == ("resolution", "hrc", "25")


def test_the_letter_of_a_language_is_no_other_document():
    UNDocument.objects.create(symbol="A/HRC/25/63-K")
    assert UNDocument.objects.get().symbol == "A/HRC/25/63"
    with pytest.raises(ValidationError):
        UNDocument(symbol="a/hrc/25/63-E").full_clean()


def test_a_body_that_has_no_such_symbols_is_refused_and_a_commission_of_the_council_is_not():
    UNDocument(symbol="A/HRC/25/63", body="coi-dprk").full_clean()
    with pytest.raises(ValidationError, match="No document of this body"):
        UNDocument(symbol="A/HRC/25/63", body="sc").full_clean()


def test_a_document_does_not_follow_from_itself():
    document = UNDocument.objects.create(symbol="A/HRC/25/63")
    with pytest.raises(ValidationError, match="does not follow from itself"):
        Relation(document=document, kind="draft", other="a/hrc/25/63").full_clean()


def test_a_year_is_that_of_the_date_or_of_the_symbol_and_else_unknown():
    years = [
        UNDocument(symbol="E/CN.4/RES/2003/10").year,
        UNDocument(symbol="A/HRC/25/63", date="2014-02").year,
        UNDocument(symbol="A/HRC/25/63").year,
    ]
    assert years == [2003, 2014, None]


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("publisher", 302)])
def test_whoever_publishes_enters_documents_for_readers_see_them_at_once(client, role, status):
    sign_in(client, person(role))
    assert client.post(ADD, FORM).status_code == status
    if status == 302:
        document = UNDocument.objects.get()
        assert (document.symbol, document.votes_abstaining) == ("A/HRC/RES/25/25", 11)
        assert [str(one) for one in document.relations.all()] == ["A/HRC/25/63"]
        assert client.get("/en/un/A/HRC/25/63/").status_code == 200
    else:
        assert not UNDocument.objects.exists()


def test_half_a_vote_and_a_slip_are_told_in_the_form(client):
    sign_in(client, person("publisher"))
    answer = client.post(ADD, FORM | {"votes_against": "", "relations-0-other": "A/HRC25/63"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "A vote has three numbers" in said
    assert "Did you mean A/HRC/25/63?" in said
