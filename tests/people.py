"""Staff of each role, made in a line."""

from __future__ import annotations

from typing import Any

from advocacy.accounts.models import User
from tests.accounts.signing_in import PASSWORD

ROLES = tuple(role.value for role in User.Role)  # each may do what the ones before it may


def person(role: str, name: str = "", **fields: Any) -> User:
    """Somebody at the desk, called like the role if by no other name."""
    name = name or role
    fields = {"email": f"{name}@example.org", "password": PASSWORD, **fields}
    return User.objects.create_user(name, role=role, **fields)


def allow(monkeypatch: Any, user: User, *permissions: str) -> User:
    """Somebody who may do more than the role says."""
    asked = User.has_perm

    def has_perm(self: User, permission: str, obj: Any = None) -> bool:
        return (self.pk == user.pk and permission in permissions) or asked(self, permission, obj)

    monkeypatch.setattr(User, "has_perm", has_perm)
    return user
