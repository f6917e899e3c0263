"""What is done with people and their ways in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from . import notices
from .models import Invitation, User
from .notices import Notice


class NoSuchInvitation(Exception):
    """It never was, was used before, or is over: nobody is told which."""


class LastAdministrator(Exception):
    """Nobody would be left who could let anybody in."""


#: As the log calls it.
CASE_OFFICER = "case_officer"

#: Each is called in the transaction of a change: `person`, the roles they act in `before` and `after`
#: it (none while they cannot sign in), and `by` whom; None is the site or the person.
Listener = Callable[..., None]
_listeners: list[Listener] = []


def tell(listener: Listener) -> None:
    """Have every change of what somebody may do told; for `AppConfig.ready()` of whoever is above."""
    if listener not in _listeners:
        _listeners.append(listener)


@transaction.atomic
def invite(*, user: User, at: datetime | None = None) -> str:
    """The key of a fresh link with which `user` chooses a password; older ones work no more."""
    at = at or timezone.now()
    key = secrets.token_urlsafe(32)
    user.invitations.filter(used_at=None).delete()
    Invitation.objects.create(
        user=user,
        digest=Invitation.digest_of(key),
        made_at=at,
        expires_at=at + Invitation.LASTS,
    )
    return key


@transaction.atomic
def accept(*, invitation: Invitation, password: str, at: datetime | None = None) -> User:
    """Let its owner in with this password, once. Raises NoSuchInvitation when it is not open."""
    at = at or timezone.now()
    locked = Invitation.objects.select_for_update().open(at).filter(pk=invitation.pk).first()
    if locked is None:
        raise NoSuchInvitation
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    user = locked.user
    before = _acts_as(user)
    user.set_password(password)
    user.is_active, user.left_at = True, None
    user.save(update_fields=["password", "is_active", "left_at"])
    end_sessions(user=user)
    _tell(user, before, by=None)
    notices.tell(user, Notice.PASSWORD, at)
    return user


@transaction.atomic
def change_role(*, user: User, role: str, by: User | None = None) -> None:
    """Raises LastAdministrator."""
    if role != User.Role.ADMINISTRATOR:
        _keep_an_administrator(user)
    before = _acts_as(User.objects.get(pk=user.pk))  # of `user` a form may have changed it
    user.role = role
    user.save(update_fields=["role"])
    _tell(user, before, by=by)


@transaction.atomic
def appoint(*, user: User, by: User | None = None) -> None:
    """Make somebody a case officer, beside their role."""
    _set_case_officer(user, True, by)


@transaction.atomic
def dismiss(*, user: User, by: User | None = None) -> None:
    """Somebody is a case officer no more."""
    _set_case_officer(user, False, by)


def _set_case_officer(user: User, is_one: bool, by: User | None) -> None:
    before = _acts_as(user)
    user.is_case_officer = is_one
    user.save(update_fields=["is_case_officer"])
    _tell(user, before, by=by)


@transaction.atomic
def off_board(*, user: User, by: User | None = None, at: datetime | None = None) -> None:
    """Close every way in, at once. The row stays, and with it who wrote what.

    Raises LastAdministrator.
    """
    _keep_an_administrator(user)
    before = _acts_as(user)
    user.is_active, user.left_at = False, at or timezone.now()
    user.is_case_officer = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_at", "is_case_officer", "password"])
    user.invitations.filter(used_at=None).delete()
    remove_factors(user=user)
    _tell(user, before, by=by)


@transaction.atomic
def remove_factors(*, user: User) -> None:
    """For a lost phone: the next sign-in asks for the password alone, and for a new factor."""
    removed, _by_kind = Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    if removed and user.is_active:
        notices.tell(user, Notice.FACTORS_REMOVED)


def end_sessions(*, user: User, but: str | None = None) -> int:
    """Sign somebody out everywhere, `but` in the session of that key; how many there were."""
    return user.sessions.exclude(session_key=but or "").delete()[0]


def _keep_an_administrator(user: User) -> None:
    administrators = User.objects.filter(role=User.Role.ADMINISTRATOR, is_active=True)
    if [one.pk for one in administrators.select_for_update()] == [user.pk]:
        raise LastAdministrator


def _acts_as(user: User) -> set[str]:
    if not user.is_active:
        return set()
    return {user.role, CASE_OFFICER} if user.is_case_officer else {user.role}


def _tell(user: User, before: set[str], *, by: User | None) -> None:
    for listener in _listeners:
        listener(person=user, before=before, after=_acts_as(user), by=by)
