"""How allauth signs our people in: throttled by address, sealed in the database, in our words."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import sessions
from .codes import qr_code
from .notices import Notice, tell

NOT_RIGHT = _("Name and password do not belong together. Capital letters count in the password.")

#: What allauth wants to tell, by the template it has for it; what is not here goes without saying.
SAID = {
    "account/messages/password_changed.txt": _(
        "Your password is changed and you are signed out everywhere. Sign in with the new one."
    ),
    "mfa/messages/totp_activated.txt": _("The app is set up. You will be asked for its code."),
    "mfa/messages/totp_deactivated.txt": _("The app is removed. Its codes work no more."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed. It works no more."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "These are your recovery codes. Print them or write them down."
    ),
}


#: What allauth would write to somebody, by its templates; ours name no address and no browser.
WRITTEN = {
    "account/email/password_changed": Notice.PASSWORD,
    "account/email/password_set": Notice.PASSWORD,
    "mfa/email/totp_activated": Notice.APP_ADDED,
    "mfa/email/totp_deactivated": Notice.APP_REMOVED,
    "mfa/email/webauthn_added": Notice.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": Notice.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": Notice.RECOVERY_CODES,
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_RIGHT,
        "email_password_mismatch": NOT_RIGHT,
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your present password."),
        "incorrect_code": _("That code is not right, or was used before. Take the newest one."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # Throttling

    def address(self, request: HttpRequest) -> str:
        """Whose request it is. Behind a proxy the composition root knows better (nkhr.sign_in)."""
        return request.META.get("REMOTE_ADDR", "")

    def get_client_ip(self, request: HttpRequest) -> str:
        """What stands for the address in the table of tries: nobody can read it back.

        Of IPv6 the network counts: a single household has more addresses than there are tries.
        """
        address = self.address(request)
        if ":" in address:
            address = str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
        return salted_hmac("accounts.address", address, algorithm="sha256").hexdigest()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries count for a name and an address together: guessing at the name of a colleague from
        elsewhere locks nobody out, least of all on the day when a text must be withdrawn.
        """
        tried = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{self.get_client_ip(request)}:{tried}"

    # Signing in and out

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        sessions.begin(request.session)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has signed in a moment ago has just shown who they are."""
        records = get_authentication_records(self.request, self.request.user)
        latest = records[-1]["at"] if records else 0
        return time.time() - latest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        words = {
            "reauthenticate": gettext("Password"),
            "mfa_reauthenticate": gettext("Code of the app, or a recovery code"),
            "mfa_reauthenticate:webauthn": gettext("Passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        if said := message or SAID.get(message_template or ""):
            super().add_message(request, level, extra_tags=extra_tags, message=str(said))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if notice := WRITTEN.get(template_prefix):
            tell(user, notice)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "sealed_by_another_key": _(
            "The secret key of this site has changed, and codes made under the old one cannot be "
            "checked. An administrator can remove your second factor, so that you set up a new one."
        ),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        """The secrets of apps and recovery codes: a copy of the database alone makes no codes."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise self.validation_error("sealed_by_another_key") from error

    def build_totp_svg(self, url: str) -> str:
        return qr_code(url)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}


def _seal() -> MultiFernet:
    """By the key of the site; what was sealed by a former one can still be read."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"accounts.factors:" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
