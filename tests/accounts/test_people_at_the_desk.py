"""What an administrator does with people: let in, change of role, off-boarding."""

import re
import smtplib
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from advocacy.accounts import actions, mails
from advocacy.accounts.models import Invitation, Session, User
from advocacy.news.models import Article

from .signing_in import PASSWORD, is_in, set_up_app, sign_in, type_password

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
NEW = {"name": "이지수", "username": "jisoo", "email": "jisoo@example.org", "role": "author"}


@pytest.fixture
def chief(client):
    user = User.objects.create_superuser("chief", "chief@example.org", PASSWORD, name="Chief")
    sign_in(client, user)
    return user


@pytest.fixture
def invite(client, chief):
    return lambda **typed: client.post(f"{LIST}add/", {**NEW, **typed}, follow=True)


def url(person, verb="change"):
    return f"{LIST}{person.pk}/{verb}/"


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# Letting in


def test_an_invitation_makes_an_account_that_waits_and_sends_a_link(invite, mailoutbox):
    assert "A link was sent to jisoo@example.org" in said(invite())
    user = User.objects.get(username="jisoo")
    assert (user.name, user.role, user.is_active) == ("이지수", "author", False)
    assert not user.has_usable_password()
    [mail] = mailoutbox
    assert mail.to == ["jisoo@example.org"]
    assert "이지수" in mail.body
    [link] = set(re.findall(r"http\S+", mail.body))
    assert link.startswith("http://127.0.0.1:8000/admin/sign-in/invitation/?key=")
    browser = Client()
    browser.get(link.removeprefix("http://127.0.0.1:8000"))
    browser.post(
        "/admin/sign-in/invitation/", {"new_password1": PASSWORD, "new_password2": PASSWORD}
    )
    type_password(browser, "jisoo")
    assert is_in(browser)


def test_the_mail_speaks_english_and_korean(invite, mailoutbox):
    invite()
    [mail] = mailoutbox
    assert "The link works once, and for 48 hours" in mail.body
    assert "한 번만" in mail.body
    assert "·" in mail.subject


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"email": ""}, "required"),
        ({"name": ""}, "required"),
        ({"email": "CHIEF@example.org"}, "this e-mail address already"),
        ({"username": "Chief"}, "this user name already"),
        ({"username": "a@b.org"}, "has no @"),
        ({"role": "king"}, "valid choice"),
    ],
)
def test_who_cannot_be_invited_is_told_why(invite, mailoutbox, typed, why):
    assert why in invite(**typed).content.decode()
    assert User.objects.count() == 1
    assert not mailoutbox


def test_a_mail_that_cannot_be_sent_is_told_and_can_be_sent_again(
    client, invite, mailoutbox, monkeypatch
):
    def broken(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as patch:
        patch.setattr(mails.EmailMessage, "send", broken)
        assert "could not be sent" in said(invite())
    person = User.objects.get(username="jisoo")
    assert "A link was sent" in said(client.post(url(person, "invite"), follow=True))
    assert len(mailoutbox) == 1


def test_a_public_site_without_a_mail_server_invites_nobody(client, chief, settings):
    """It writes its mail to the log, where the link would lie open."""
    set_up_app(chief)
    settings.PRODUCTION = True
    settings.EMAIL_BACKEND = mails.CONSOLE
    response = client.get(f"{LIST}add/", follow=True)
    assert "cannot send mail" in said(response)
    assert "No mail can be sent" in said(client.post(url(chief, "invite"), follow=True))
    assert not Invitation.objects.exists()


def test_the_list_says_how_it_stands_with_everybody(client, chief, person, invite, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    invite()
    set_up_app(person)
    actions.off_board(user=User.objects.create_user("gone"))
    page = client.get(LIST).content.decode()
    for words in ("active", "invited until", "off-boarded on", "set up"):
        assert words in page
    time_machine.shift(48 * 60 * 60)
    sign_in(client, chief)
    assert "the invitation has expired" in client.get(LIST).content.decode()


# Roles


def test_a_role_is_changed_and_holds_at_once(client, chief, person):
    browser = Client()
    sign_in(browser, person)
    assert browser.get("/admin/pages/menuitem/").status_code == 403
    typed = {"name": "Min-ji", "email": person.email, "role": "administrator"}
    client.post(url(person), typed)
    assert browser.get("/admin/pages/menuitem/").status_code == 200
    assert "Role" in LogEntry.objects.get().get_change_message()


def test_nobody_changes_their_own_role(client, chief):
    client.post(url(chief), {"name": "Chief", "email": chief.email, "role": "author"})
    chief.refresh_from_db()
    assert chief.role == User.Role.ADMINISTRATOR


def test_the_last_administrator_stays_one(chief, person):
    with pytest.raises(actions.LastAdministrator):
        actions.change_role(user=chief, role="author")
    with pytest.raises(actions.LastAdministrator):
        actions.off_board(user=chief)
    actions.change_role(user=person, role="administrator")
    actions.off_board(user=chief)
    person.role = "editor"  # as a form says it before it is saved
    with pytest.raises(actions.LastAdministrator):
        actions.change_role(user=person, role="editor")


# Off-boarding


def test_one_click_closes_every_way_in_and_keeps_who_wrote_what(client, chief, person):
    browser = Client()
    type_password(browser, "minji")
    browser.post("/admin/news/article/add/", {"language": "en", "title": "A", "_save": "1"})
    set_up_app(person)
    RecoveryCodes.activate(person)
    link = actions.invite(user=person)

    page = client.post(url(person, "off-board"), follow=True).content.decode()
    assert "can sign in no more" in page
    assert not is_in(browser)
    assert not Session.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not Invitation.objects.by_key(link).open().exists()
    type_password(browser, "minji")
    assert not is_in(browser)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert person.left_at


def test_who_has_left_is_still_named_for_what_they_did(client, chief, person):
    typed = {"language": "en", "title": "A", "body": "<p>.</p>"}
    for part in ("documents", "coverage", "corrections"):
        typed |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    theirs = Client()
    sign_in(theirs, person)
    theirs.post("/admin/news/article/add/", {**typed, "_save": "1"})
    article = Article.objects.get()
    client.post(url(person, "off-board"))
    assert Article.objects.get().created_by == person
    history = client.get(f"/admin/news/article/{article.pk}/history/").content.decode()
    assert "minji" in history.lower()


def test_who_has_left_can_be_invited_again(client, chief, person, mailoutbox):
    actions.off_board(user=person)
    client.post(url(person, "invite"))
    [mail] = mailoutbox
    link = re.search(r"/admin/sign-in/\S+", mail.body)[0]
    browser = Client()
    browser.get(link)
    chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    browser.post("/admin/sign-in/invitation/", chosen)
    type_password(browser, "minji")
    assert is_in(browser)
    person.refresh_from_db()
    assert person.left_at is None


def test_nobody_off_boards_themselves(client, chief, person):
    actions.change_role(user=person, role="administrator")
    assert "Another administrator" in said(client.post(url(chief, "off-board"), follow=True))
    assert is_in(client)


@pytest.mark.parametrize("verb", ["invite", "off-board", "end-sessions", "remove-factors"])
def test_nothing_is_done_to_people_by_a_link_or_by_others(client, chief, person, verb):
    before = list(User.objects.order_by("pk").values_list())
    assert client.get(url(person, verb)).status_code == 405
    assert client.post(f"{LIST}999/{verb}/").status_code == 404
    for role in ("author", "editor", "publisher"):
        browser = Client()
        sign_in(browser, User.objects.create_user(role, role=role))
        assert browser.post(url(person, verb)).status_code == 403
    assert Client().post(url(person, verb)).status_code == 302
    assert list(User.objects.filter(pk__lte=person.pk).order_by("pk").values_list()) == before


def test_nobody_is_deleted_at_the_desk(client, chief, person):
    assert client.post(url(person, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": person.pk, "post": "yes"}
    client.post(LIST, chosen)
    assert User.objects.filter(pk=person.pk).exists()


def test_somebody_can_be_signed_out_everywhere(client, chief, person):
    browser = Client()
    sign_in(browser, person)
    client.post(url(person, "end-sessions"))
    assert not is_in(browser)
    assert is_in(client)


def test_a_lost_phone_is_taken_out_and_the_next_sign_in_asks_for_another(
    client, chief, person, settings
):
    set_up_app(person)
    set_up_app(chief)
    settings.PRODUCTION = True
    settings.SESSION_COOKIE_SECURE = False
    client.post(url(person, "remove-factors"))
    assert not Authenticator.objects.filter(user=person).exists()
    browser = Client()
    type_password(browser, "minji")
    assert browser.get("/admin/")["Location"] == "/admin/sign-in/yours/"


# From the command line, when no administrator is left who can sign in


def test_the_webmaster_can_let_an_administrator_in_again(chief):
    set_up_app(chief)
    output = StringIO()
    call_command("sign_in_link", "chief", stdout=output)
    link = output.getvalue().strip()
    assert not Authenticator.objects.exists()
    browser = Client()
    browser.get(link.removeprefix("http://127.0.0.1:8000"))
    assert browser.get("/admin/sign-in/invitation/").status_code == 200
    with pytest.raises(CommandError, match="Nobody here is called"):
        call_command("sign_in_link", "nobody")
