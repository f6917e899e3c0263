"""Short ways into the desk for tests that are about something else, and long ones for those that are."""

from __future__ import annotations

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from advocacy.accounts.models import User

PASSWORD = "orbit mango candle river"


def sign_in(client: Client, user: User, *, confirmed: bool = True) -> None:
    """Without any form; `confirmed` as if the password had been typed this very moment."""
    client.force_login(user)
    if confirmed:
        session = client.session
        session[RECORDS] = [{"method": "password", "at": time.time()}]
        session[f"{RECORDS}_user"] = str(user.pk)
        session.save()


def type_password(client: Client, name: str, password: str = PASSWORD, **extra):
    """What the form of signing in answers."""
    return client.post("/admin/sign-in/", {"login": name, "password": password}, **extra)


def is_in(client: Client) -> bool:
    """Whether the desk opens."""
    return client.get("/admin/").status_code == 200


def set_up_app(user: User) -> str:
    """Give somebody an authenticator app; its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    """What the app shows at this moment."""
    [counter] = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(secret, counter))
