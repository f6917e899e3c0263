"""A document that no machine can read is held until a second person answers for it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from advocacy.protection.models import Override
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, checks
from advocacy.publishing.models import LogEntry
from tests.accounts.signing_in import sign_in
from tests.attachments import makers
from tests.facts import article
from tests.people import person

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])


def scanned(uploaded_by=None):
    """A letter of two pages, the second a picture of text; and a draft that shows it."""
    content = makers.saved(makers.pdf("Read.", ""))
    stored = makers.attachment(content=content, title="A letter", pages=2, uploaded_by=uploaded_by)
    stored.page_texts.create(number=1, text="Read.")
    stored.page_texts.create(number=2)
    one = article("With a letter", public=False)
    one.documents.create(attachment=stored)
    return stored, one


def address(stored) -> str:
    return reverse("protection:held", args=[stored.uuid])


def is_held(record) -> bool:
    return any("pages without words" in one.sentence for one in checks.report(record).must_fix)


def test_a_picture_of_text_is_held_where_there_is_a_register(key):
    stored, one = scanned()
    [found] = [one for one in checks.report(one).must_fix if "pages without words" in one.sentence]
    assert "(2)" in found.sentence
    assert found.url == address(stored)
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=one)


def test_without_a_register_nothing_is_held(db):
    assert not is_held(scanned()[1])


def test_a_second_person_answers_for_it_with_a_reason_and_the_log_says_who(client, key):
    first, second = person("publisher", "first"), person("publisher", "second")
    stored, one = scanned(uploaded_by=first)
    sign_in(client, second)
    assert client.post(address(stored), {"reason": ""}).status_code == 200
    assert is_held(one)
    client.post(address(stored), {"reason": "A form, with no name on it."})
    assert not is_held(one)
    assert Override.objects.get().reason == "A form, with no name on it."
    entry = LogEntry.objects.get(verb="override")
    assert (entry.by, entry.record) == (str(second.pk), stored.uuid)
    assert actions.publish(record=one).is_public()


def test_who_uploaded_it_cannot_answer_for_it(client, key):
    first = person("publisher", "first")
    stored, one = scanned(uploaded_by=first)
    sign_in(client, first)
    assert "somebody else has to answer" in client.get(address(stored)).content.decode()
    client.post(address(stored), {"reason": "I say so."})
    assert is_held(one)


def test_who_may_not_publish_cannot_answer_for_it(client, key):
    stored, _one = scanned()
    sign_in(client, person("editor"))
    assert client.post(address(stored), {"reason": "x"}).status_code == 403


def test_new_bytes_are_held_anew(client, key):
    stored, one = scanned()
    sign_in(client, person("publisher"))
    client.post(address(stored), {"reason": "A form."})
    stored.sha256 = "0" * 64
    stored.save()
    assert is_held(one)


def test_an_upload_knows_whose_it_is(client, tmp_path):
    user = person("editor")
    sign_in(client, user)
    path = tmp_path / "letter.pdf"
    path.write_bytes(makers.saved(makers.pdf("The words.")))
    with path.open("rb") as file:
        client.post(reverse("attachments:upload"), {"file": file})
    assert makers.Attachment.objects.get().uploaded_by == user
