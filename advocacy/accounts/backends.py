"""Who somebody is, and what they may do: the one authentication backend."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model
from django.http import HttpRequest

from . import roles
from .models import PeopleQuerySet, User


class RoleBackend(BaseBackend):
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **others: Any,
    ) -> User | None:
        """The active person of that name, or address, and password.

        One look-up and one hash, whoever is asked for: the time it takes tells nobody whether there
        is such an account, whether it waits for its owner or has been closed.
        """
        name = username or email
        if not name or not password:
            return None
        user = User.objects.called(name).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()

    # A permission is a matter of the role alone, so for a single object there is nothing to add.

    def get_user_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        return set(roles.permissions(user_obj.role))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(name.startswith(f"{app_label}.") for name in self.get_user_permissions(user_obj))

    def with_perm(
        self,
        perm: str,
        is_active: bool | None = True,
        include_superusers: bool = True,
        obj: Model | None = None,
    ) -> PeopleQuerySet:
        """Everybody who has a permission, such as `publishing.review_text`."""
        holders = roles.holders(perm)
        if not include_superusers:
            holders = [role for role in holders if role != User.Role.ADMINISTRATOR]
        people = User.objects.filter(role__in=holders if obj is None else [])
        return people if is_active is None else people.filter(is_active=is_active)
