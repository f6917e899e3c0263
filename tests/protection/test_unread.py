"""A file that no machine can read is held until a second person answers for it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from advocacy.attachments import actions as files
from advocacy.attachments.files.pipeline import Refused
from advocacy.protection import notices, unread
from advocacy.protection.models import Override
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, checks
from advocacy.publishing.models import LogEntry
from tests.accounts.signing_in import sign_in
from tests.attachments import makers, written
from tests.facts import article, hide, milestone
from tests.people import person

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])


def scanned(uploaded_by=None):
    """A letter of two pages, the second a picture of text; and a draft that shows it."""
    content = makers.saved(makers.pdf("Read.", ""))
    stored = makers.attachment(
        content=content,
        title="A letter",
        pages=2,
        uploaded_by=uploaded_by,
        unread=[{"page": 2, "why": "no_words"}],
    )
    one = article("With a letter", public=False)
    one.documents.create(attachment=stored)
    return stored, one


def pictured(**fields):
    """A chat, as a telephone shows it, and a draft with it in its body."""
    fields = {"unread": [{"page": 0, "why": "picture"}], "title": "A chat", **fields}
    stored = makers.attachment("picture", alt_en="A chat", **fields)
    one = article("With a chat", public=False)
    one.body += f'<figure data-attachment="{stored.uuid}"></figure>'
    one.save()
    return stored, one


def address(stored) -> str:
    return reverse("protection:held", args=[stored.uuid])


def held(record) -> list:
    """Findings that lead to where somebody answers for a file."""
    return [one for one in checks.report(record).must_fix if "/held/" in one.url]


def is_held(record) -> bool:
    return bool(held(record))


def test_a_document_with_a_page_that_is_a_picture_of_text_is_held(key):
    stored, one = scanned()
    [found] = held(one)
    assert "no words: 2" in found.sentence
    assert (found.url, found.field) == (address(stored), "documents")
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=one)


def test_a_picture_of_text_in_a_body_is_held(key):
    stored, one = pictured()
    [found] = held(one)
    assert "A chat" in found.sentence and "a picture of text" in found.sentence
    assert (found.url, found.field) == (address(stored), "body")
    with pytest.raises(actions.NotPublishable):
        actions.publish(record=one)


def test_a_picture_of_a_fact_s_text_is_held(key):
    stored, _one = pictured()
    fact = milestone(public=False)
    text = fact.texts.get()
    text.body = f'<figure data-attachment="{stored.uuid}"></figure>'
    text.save()
    assert [one.language for one in held(fact)] == [text.language]


def test_a_picture_that_nobody_has_looked_at_yet_is_held(key):
    _stored, one = pictured(unread=None)
    [found] = held(one)
    assert "being looked at" in found.sentence


def test_a_photograph_is_not_held(key):
    assert not is_held(pictured(unread=[])[1])


def test_who_answers_for_a_picture_sees_it(client, key):
    stored, one = pictured()
    sign_in(client, person("publisher"))
    page = client.get(address(stored)).content.decode()
    assert f'src="{stored.get_absolute_url()}"' in page
    client.post(address(stored), {"reason": "The names in it are made up."})
    assert not is_held(one)


def test_what_readers_have_already_is_not_replaced_by_what_is_held(key, tmp_path):
    stored, one = pictured(unread=[])
    assert actions.publish(record=one).is_public()
    new = tmp_path / "new.png"
    written.page((310, 440), letters=12).save(new)
    with pytest.raises(Refused, match="cannot be searched"):
        files.replace(attachment=stored, source=new)
    # By itself it can be looked at, and then takes the old one's place.
    alone = files.take(source=new, filename="new.png").attachment
    Override.objects.create(file=alone.uuid, sha256=alone.sha256, by=1, reason="A form.")
    assert files.replace(attachment=stored, source=new).sha256 == alone.sha256


def test_nor_is_what_they_will_have_by_itself(key, tmp_path):
    stored, one = pictured(unread=[])
    hide(actions.publish(record=one), "embargoed")
    new = tmp_path / "new.png"
    written.page((310, 440), letters=12).save(new)
    with pytest.raises(Refused, match="cannot be searched"):
        files.replace(attachment=stored, source=new)


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


def test_case_officers_are_told_of_what_was_public_before_it_was_looked_at(client, key):
    stored, one = pictured(unread=[])
    pictured(title="Of a draft")
    actions.publish(record=one)
    assert unread.shown_unanswered() == []
    stored.unread = [{"page": 0, "why": "picture"}]
    stored.save()
    assert notices.waiting() == 1
    sign_in(client, person("author", "officer", is_case_officer=True))
    page = client.get(reverse("protection:index")).content.decode()
    assert address(stored) in page and "Of a draft" not in page
    Override.objects.create(file=stored.uuid, sha256=stored.sha256, by=1, reason="It names nobody.")
    assert notices.waiting() == 0
