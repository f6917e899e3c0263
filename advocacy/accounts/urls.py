"""Signing in lives below the desk, so that no reader meets a cookie. Most names are allauth's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from . import views

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

own: list[URLPattern] = [
    path("invitation/", views.invitation, name="invitation"),
    path("over/", views.start_over, name="start_over"),
    path("sessions/end/", views.end_other_sessions, name="end_other_sessions"),
]

sign_in: list[URLPattern | URLResolver] = [
    path("", views.SignIn.as_view(), name="account_login"),
    path("", include((own, "accounts"))),
    path("code/", views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("again/", views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("again/code/", views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", views.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("yours/", views.Factors.as_view(), name="mfa_index"),
    path("yours/password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("yours/app/", views.AddApp.as_view(), name="mfa_activate_totp"),
    path("yours/app/remove/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("yours/passkey/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "yours/passkey/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"
    ),
    path("yours/codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("yours/codes/new/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
]

#: Before the admin's own addresses: its forms of the same purpose know no second factor.
urlpatterns = [
    path("admin/login/", to_sign_in),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/sign-in/", include(sign_in)),
]
