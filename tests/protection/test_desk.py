"""The register at the desk: for case officers alone, and with two of them for each consent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts import actions as people
from advocacy.attachments import actions as files
from advocacy.news.models import Tag
from advocacy.protection.models import Alert, Consent, Protected, Use
from advocacy.protection.router import ALIAS
from advocacy.publishing import actions, at_once
from advocacy.publishing.models import HistoryEntry, LogEntry
from tests.accounts.signing_in import PASSWORD, sign_in
from tests.attachments import makers, records
from tests.facts import article
from tests.people import ROLES, person
from tests.publishing.forms import change_url, form

from .entries import agree, protect

pytestmark = pytest.mark.django_db(databases=["default", ALIAS])

INDEX = "/admin/protected/"
TYPED = {"names": "신동혁\nLittle Bird\n", "identifiers": "Musan", "instead": "a survivor"}


@pytest.fixture
def officer(client):
    """A case officer who is an author, and has just shown who they are."""
    user = person("author", "officer", is_case_officer=True)
    sign_in(client, user)
    return user


def url(name: str, *args) -> str:
    return reverse(f"protection:{name}", args=args)


def read(client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_sees_the_register_by_their_role(client, key, role):
    one = protect("신동혁")
    consent = agree(one, approved=False)
    sign_in(client, person(role))
    for path in (INDEX, url("add"), url("person", one.pk), url("consent", one.pk), url("officers")):
        assert client.get(path).status_code == 403
        assert client.post(path, TYPED).status_code in (403, 405)
    for path in (url("remove", one.pk), url("approve", consent.pk), url("end", consent.pk)):
        assert client.post(path).status_code == 403
    assert "신동혁" not in read(client, "/admin/")
    assert Protected.objects.count() == 1


def test_a_case_officer_shows_again_who_they_are(client, key):
    one = protect("신동혁")
    sign_in(client, person("author", is_case_officer=True), confirmed=False)
    for path in (INDEX, url("person", one.pk)):
        assert client.get(path)["Location"].startswith("/admin/sign-in/again/")
    assert client.post(url("remove", one.pk))["Location"].startswith("/admin/sign-in/again/")
    assert Protected.objects.count() == 1


def test_what_was_typed_waits_sealed_until_they_have_shown_it(client, key):
    user = person("author", is_case_officer=True)
    sign_in(client, user, confirmed=False)
    back = client.post(url("add"), TYPED, follow=True)
    assert back.redirect_chain[-1][0].startswith("/admin/sign-in/again/")
    kept = repr(dict(client.session.items()))
    assert "Little" not in kept and "신동혁" not in kept and "%EC%8B%A0" not in kept
    assert not Protected.objects.exists()
    client.post(back.redirect_chain[-1][0], {"password": PASSWORD})
    assert "Little Bird" in read(client, url("add"))
    assert not Protected.objects.exists()  # until they press Save
    assert "Little Bird" not in read(client, url("add"))


def test_somebody_is_entered_changed_and_taken_out(client, key, officer):
    answer = client.post(url("add"), TYPED)
    one = Protected.objects.get()
    assert answer["Location"] == url("person", one.pk)
    assert [name["text"] for name in one.names] == ["신동혁", "Little Bird"]
    kept = one.names[0]["key"]
    client.post(url("person", one.pk), TYPED | {"names": "신동혁\n申東赫"})
    one.refresh_from_db()
    assert [name["text"] for name in one.names] == ["신동혁", "申東赫"]
    assert one.names[0]["key"] == kept  # consents that name it stay right
    assert "신동혁" in read(client, INDEX)
    client.post(url("remove", one.pk))
    assert not Protected.objects.exists()


@pytest.mark.parametrize("names", ["", "신", "--", "\n \n"])
def test_what_is_no_name_is_not_taken(client, key, officer, names):
    assert client.post(url("add"), TYPED | {"names": names}).status_code == 200
    assert not Protected.objects.exists()


def test_pages_of_the_register_are_kept_by_no_browser(client, key, officer):
    one = protect("신동혁")
    for path in (INDEX, url("person", one.pk)):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_a_consent_counts_once_a_second_case_officer_has_approved_it(client, key, officer):
    one = protect("신동혁")
    text = article("A statement")
    typed = {
        "names": [one.names[0]["key"]],
        "scopes": ["name"],
        "languages": ["en"],
        "records": f"https://example.org{text.get_absolute_url()}\n{change_url(text)}",
        "until": (timezone.localdate() + timedelta(days=5)).isoformat(),
        "taken_by": "somebody",
    }
    client.post(url("consent", one.pk), typed)
    [consent] = Consent.objects.all()
    assert consent.terms["records"] == [str(text.uuid), str(text.uuid)]
    client.post(url("approve", consent.pk))
    consent.refresh_from_db()
    assert consent.approved_at is None  # the same person
    second = person("editor", "second", is_case_officer=True)
    sign_in(client, second)
    client.post(url("approve", consent.pk))
    consent.refresh_from_db()
    assert (consent.approved_by, consent.recorded_by) == (second.pk, officer.pk)
    client.post(url("end", consent.pk))
    consent.refresh_from_db()
    assert consent.ended_at


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "2020-01-01"},
        {"until": ""},
        {"names": []},
        {"records": "/en/news/2020/nowhere/"},
        {"records": "/admin/news/article/99/change/"},
        {"records": "http://[half"},
        {"languages": []},
    ],
)
def test_a_consent_without_an_end_a_name_or_a_known_text_is_not_taken(client, key, officer, wrong):
    one = protect("신동혁")
    typed = {
        "names": [one.names[0]["key"]],
        "scopes": ["name"],
        "languages": ["en"],
        "until": (timezone.localdate() + timedelta(days=5)).isoformat(),
        "taken_by": "somebody",
    }
    assert client.post(url("consent", one.pk), typed | wrong).status_code == 200
    assert not Consent.objects.exists()


def test_case_officers_are_told_at_their_desk_of_consents_that_end(client, key, officer):
    one = protect("신동혁")
    today = timezone.localdate()
    agree(one, until=today + timedelta(days=5))
    agree(one, until=today - timedelta(days=5))
    agree(one, until=today + timedelta(days=300), approved=False)
    agree(one, until=today + timedelta(days=300))
    Alert.objects.create(at=timezone.now(), by=officer.pk)
    assert "4 matters of protected persons need a case officer." in read(client, "/admin/")
    said = read(client, INDEX)
    for words in (
        "waits for approval",
        "and with it what is public",
        "and with it what was public",
    ):
        assert words in said
    client.post(url("seen", Alert.objects.get().pk))
    assert "3 matters" in read(client, "/admin/")
    sign_in(client, person("administrator"))
    assert "case officer." not in read(client, "/admin/")


def test_case_officers_appoint_each_other_and_the_log_notes_it(client, key, officer):
    other = person("editor")
    client.post(url("officers"), {"user": other.pk, "appoint": ""})
    other.refresh_from_db()
    assert other.is_case_officer
    entry = LogEntry.objects.order_by("-number").first()
    assert (entry.by, entry.person, entry.changes) == (
        str(officer.pk),
        str(other.pk),
        "+case_officer",
    )
    client.post(url("officers"), {"user": officer.pk, "dismiss": ""})
    officer.refresh_from_db()
    assert officer.is_case_officer  # not by oneself
    client.post(url("officers"), {"user": other.pk, "dismiss": ""})
    other.refresh_from_db()
    assert not other.is_case_officer
    assert client.post(url("officers"), {"user": "x", "appoint": ""}).status_code == 404


def test_the_first_case_officer_is_made_on_the_server():
    user = person("editor")
    call_command("case_officer", "editor")
    user.refresh_from_db()
    assert user.is_case_officer
    call_command("case_officer", "editor", dismiss=True)
    user.refresh_from_db()
    assert not user.is_case_officer
    with pytest.raises(CommandError):
        call_command("case_officer", "nobody")


def test_who_is_off_boarded_is_a_case_officer_no_more():
    user = person("editor", is_case_officer=True)
    people.off_board(user=user)
    user.refresh_from_db()
    assert not user.is_case_officer


def test_without_a_register_the_desk_says_that_nothing_is_looked_at(client, officer):
    assert "this site has no register of them" in read(client, "/admin/")
    assert "REGISTER_KEY" in read(client, INDEX)


def test_a_register_that_cannot_be_read_is_told_at_the_desk(client, key, officer, settings):
    settings.REGISTER_KEYS = ["wrong"]
    assert "nothing can be published" in read(client, "/admin/")
    assert "cannot be read" in read(client, INDEX)
    assert "cannot be read" in read(client, url("add"))


# --- At the form ----------------------------------------------------------------------------------


def test_an_editor_sees_where_and_saves_and_cannot_publish(client, key):
    protect("신동혁")
    sign_in(client, person("publisher"))
    one = article("A statement", public=False)
    typed = form(body="<p>Shin Dong-hyuk</p>") | {"_publish": ""}
    client.post(change_url(one), typed)
    one.refresh_from_db()
    assert "Shin" in one.body
    assert one.status == one.Status.DRAFT
    said = read(client, change_url(one))
    assert "A protected name: text, paragraph 1." in said
    assert "신동혁" not in said


def test_what_readers_see_at_once_is_not_saved_with_a_name(client, key):
    protect("신동혁")
    agree(Protected.objects.get())
    sign_in(client, person("editor"))
    answer = client.post("/admin/news/tag/add/", {"name": "Shin Dong-hyuk", "slug": "shin"})
    assert "A protected name: name." in answer.content.decode()
    assert not Tag.objects.exists()
    assert Use.objects.count() == 1
    client.post("/admin/news/tag/add/", {"name": "Camps", "slug": "camps"})
    assert Tag.objects.exists()


def test_what_is_said_of_a_public_picture_is_looked_at_when_it_changes(client, key):
    protect("신동혁")
    sign_in(client, person("editor"))
    shown, hidden = (makers.attachment("picture", alt_en="A hall") for _time in range(2))
    records.published(body=records.figure(shown))
    typed = {"title": "A picture", "name": "a-picture", "alt_en": "Shin Dong-hyuk"}
    answer = client.post(change_url(shown), typed)
    assert "A protected name: what the picture shows, in English." in answer.content.decode()
    client.post(change_url(hidden), typed)  # with the record that shows it
    for one in (shown, hidden):
        one.refresh_from_db()
    assert (shown.alt_en, hidden.alt_en) == ("A hall", "Shin Dong-hyuk")


def test_a_public_document_gets_no_new_version_with_a_name(client, key, settings, tmp_path):
    protect("신동혁")
    old = makers.saved(makers.pdf("The old words."))
    shown, hidden = (makers.attachment(content=old, title="A letter") for _time in range(2))
    shown.page_texts.create(number=1, text="The old words.")
    records.published(documents=[shown])
    new = tmp_path / "new.pdf"
    new.write_bytes(makers.saved(makers.pdf("Shin Dong-hyuk")))
    with pytest.raises(files.Refused, match="protected name"):
        files.replace(attachment=shown, source=new, by=person("editor"))
    new.write_bytes(makers.saved(makers.pdf("Shin Dong-hyuk")))
    assert files.replace(attachment=hidden, source=new).replaced_at
    new.write_bytes(makers.saved(makers.pdf("A survivor")))
    assert files.replace(attachment=shown, source=new).replaced_at
    settings.REGISTER_KEYS = ["wrong"]
    new.write_bytes(makers.saved(makers.pdf("Nobody")))
    with pytest.raises(files.Refused):
        files.replace(attachment=shown, source=new)


def test_a_file_of_a_text_that_is_still_to_appear_is_looked_at_when_it_changes(key, tmp_path):
    protect("신동혁")
    letter = makers.attachment(content=makers.saved(makers.pdf("The words.")), title="A letter")
    letter.page_texts.create(number=1, text="The words.")
    to_come = records.article("Tomorrow", documents=[letter])
    to_come.published_at = timezone.now() + timedelta(days=1)
    to_come.save()
    actions.publish(record=to_come)
    letter.title = "Letter of Shin Dong-hyuk"
    assert at_once.problems(letter, person("editor")) == ["A protected name: title."]
    new = tmp_path / "new.pdf"
    new.write_bytes(makers.saved(makers.pdf("Shin Dong-hyuk")))
    with pytest.raises(files.Refused, match="protected name"):
        files.replace(attachment=letter, source=new)


def test_what_readers_see_at_once_is_not_saved_while_the_register_cannot_be_read(
    client, key, settings
):
    sign_in(client, person("editor"))
    settings.REGISTER_KEYS = ["wrong"]
    answer = client.post("/admin/news/tag/add/", {"name": "Camps", "slug": "camps"})
    assert "cannot be read" in answer.content.decode()
    assert not Tag.objects.exists()


def test_no_name_stands_in_what_the_desk_notes(client, key, officer):
    client.post(url("add"), TYPED)
    one = Protected.objects.get()
    client.post(url("person", one.pk), TYPED)
    client.post(url("remove", one.pk))
    assert not AdminLogEntry.objects.exists()
    assert not HistoryEntry.objects.exists()
