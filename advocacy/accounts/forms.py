"""The forms of signing in: allauth's, in our words and without placeholders in the place of labels."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from .models import User

GOOD_PASSWORD = _(
    "At least 14 characters. Four or five words that do not belong together are easy to remember "
    "and hard to guess."
)
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


def _say(field: forms.Field, label: Any, attributes: dict[str, Any], help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs = dict(attributes)


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        _say(self.fields["login"], _("User name or e-mail address"), {**name, "autofocus": True})
        _say(self.fields["password"], _("Password"), CURRENT)


class PasswordAgainForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password"), {**CURRENT, "autofocus": True})


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Present password"), CURRENT)
        _say(self.fields["password1"], _("New password"), NEW, GOOD_PASSWORD)
        _say(self.fields["password2"], _("New password once more"), NEW)


class ChoosePasswordForm(SetPasswordForm):
    """For somebody who came by an invitation."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        _say(self.fields["new_password1"], _("New password"), NEW, GOOD_PASSWORD)
        _say(self.fields["new_password2"], _("New password once more"), NEW)


class CodeForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code of the app, or a recovery code"), CODE)


class CodeAgainForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code of the app, or a recovery code"), CODE)


class AddAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("The six digits that the app shows now"), CODE)


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        _say(name, _("Name of the passkey"), {}, _("So that you know it again in the list."))
