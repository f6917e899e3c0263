"""The second factor: an app that shows codes, or a passkey. Recovery codes stand in for a lost one."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings

from .models import User

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def are_required() -> bool:
    """On a public site. On one's own machine the first run asks for a password alone."""
    return settings.PRODUCTION


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=SECOND).exists()
