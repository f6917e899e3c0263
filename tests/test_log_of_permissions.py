"""What somebody may do is noted in the log that only grows, with who decided it."""

import pytest

from advocacy.accounts import actions
from advocacy.accounts.models import Invitation, User
from advocacy.publishing.models import LogEntry
from tests.accounts.signing_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def noted() -> list[tuple]:
    entries = LogEntry.objects.filter(verb=LogEntry.Verb.PERMISSIONS).order_by("number")
    return list(entries.values_list("person", "changes", "by"))


def test_a_role_given_changed_and_taken_is_noted_with_who_did_it():
    chief = User.objects.create_user("chief", role="administrator")
    person = User.objects.create_user("minji", is_active=False, role="author")
    key = actions.invite(user=person)
    invitation = Invitation.objects.get(digest=Invitation.digest_of(key))
    person = actions.accept(invitation=invitation, password=PASSWORD)
    actions.change_role(user=person, role="editor", by=chief)
    actions.change_role(user=person, role="editor", by=chief)
    actions.off_board(user=person, by=chief)
    assert noted() == [
        (str(person.pk), "+author", ""),
        (str(person.pk), "+editor -author", str(chief.pk)),
        (str(person.pk), "-editor", str(chief.pk)),
    ]


def test_what_an_administrator_does_at_the_desk_is_noted_as_theirs(client):
    chief = User.objects.create_user("chief", role="administrator")
    person = User.objects.create_user("minji", name="Minji", email="m@example.org", role="author")
    sign_in(client, chief)
    typed = {"name": "Minji", "email": "m@example.org", "role": "publisher"}
    client.post(f"/admin/accounts/user/{person.pk}/change/", typed)
    client.post(f"/admin/accounts/user/{person.pk}/off-board/")
    assert noted() == [
        (str(person.pk), "+publisher -author", str(chief.pk)),
        (str(person.pk), "-publisher", str(chief.pk)),
    ]


def test_a_change_that_fails_is_not_noted():
    chief = User.objects.create_user("chief", role="administrator")
    with pytest.raises(actions.LastAdministrator):
        actions.change_role(user=chief, role="author")
    assert noted() == []
