"""People with an account. All of them are staff, and what they may do is said by their role."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth import models as auth
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .sessions import Session as Session  # part of the models: Django looks for tables here


class PeopleQuerySet(models.QuerySet["User"]):
    def case_officers(self) -> PeopleQuerySet:
        return self.filter(is_case_officer=True, is_active=True)

    def called(self, name: str) -> PeopleQuerySet:
        """Whoever signs in by this user name or e-mail address: one person at most."""
        return self.filter(**{"email__iexact" if "@" in name else "username__iexact": name})

    def delete(self) -> Any:
        raise TypeError("People are off-boarded (accounts.actions), never deleted.")


class People(auth.UserManager.from_queryset(PeopleQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_user(self, username, email=None, password=None, **fields):
        return self._create_user(username, email, password, **fields)

    def create_superuser(self, username, email=None, password=None, **fields):
        return self._create_user(username, email, password, role=User.Role.ADMINISTRATOR, **fields)


class User(auth.AbstractUser):
    class Role(models.TextChoices):
        """Each may do what the ones before it may (accounts.roles)."""

        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        PUBLISHER = "publisher", _("Publisher")
        ADMINISTRATOR = "administrator", _("Administrator")

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Short, for signing in: letters, digits and . + - _. It stays as it is."),
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=Role,
        default=Role.AUTHOR,
        help_text=_(
            "An author writes drafts. An editor works on all texts, reviews them and sees the reach. "
            "A publisher also publishes and withdraws. An administrator may do everything, "
            "people and settings included."
        ),
    )
    # Beside the role, and no step of it: what case officers see, an administrator does not.
    is_case_officer = models.BooleanField(_("case officer"), default=False, editable=False)
    is_staff = models.BooleanField(default=True, editable=False)  # asked for by Django
    left_at = models.DateTimeField(_("off-boarded"), null=True, editable=False)

    # One name, as Koreans write it; and no permissions beside the role's.
    first_name = last_name = None  # type: ignore[assignment]
    groups = user_permissions = None  # type: ignore[assignment]

    objects: ClassVar[People] = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_user_name_once",
                violation_error_message=_("Somebody has this user name already."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="accounts_user_address_once",
                violation_error_message=_("Somebody has this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(username__contains="@"),
                name="accounts_user_user_name_is_no_address",
                violation_error_message=_("A user name has no @: the address has its own place."),
            ),
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(is_active=False),
                name="accounts_user_gone_is_not_active",
                violation_error_message=_("Who has been off-boarded cannot be active."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def is_superuser(self) -> bool:  # type: ignore[override]  # asked for by Django
        return self.role == self.Role.ADMINISTRATOR

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("People are off-boarded (accounts.actions), never deleted.")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime | None = None) -> InvitationQuerySet:
        return self.filter(used_at=None, expires_at__gt=at or timezone.now())

    def by_key(self, key: str) -> InvitationQuerySet:
        return self.filter(digest=Invitation.digest_of(key))


class Invitation(models.Model):
    """A link by which somebody chooses a password, once. Its key is known to their mail alone."""

    LASTS = timedelta(hours=48)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user}, {self.made_at:%Y-%m-%d}"

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()


class Throttle(models.Model):
    """The table of the cache (settings.CACHES): who tried what how often, for all workers alike."""

    in_backups = False

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
