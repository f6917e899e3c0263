"""The pages of signing in and of one's own ways in. What they do is allauth's; how they look is ours."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin, View

from . import actions, factors
from .forms import ChoosePasswordForm
from .models import Invitation
from .step_up import step_up

Type = Authenticator.Type
INVITATION = "accounts_invitation"  # in the session: whose link was opened in this browser


class DeskPage(ContextMixin, View):
    """A page with the bar of the desk, which no browser keeps."""

    title: Any = ""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**admin.site.each_context(self.request), **context, "title": self.title}


# Signing in


class SignIn(DeskPage, account.LoginView):
    template_name = "accounts/sign_in.html"
    title = _("Sign in")


class SecondFactor(DeskPage, mfa.AuthenticateView):
    template_name = "accounts/second_factor.html"
    title = _("One more proof that it is you")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        theirs = Authenticator.objects.filter(user=self.stage.login.user)
        has_passkey = theirs.filter(type=Type.WEBAUTHN).exists()
        return super().get_context_data(**kwargs) | {"has_passkey": has_passkey}


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Between password and code, for whoever would rather be somebody else."""
    logout(request)
    return redirect("account_login")


# Signing in once more, before what asks for it


class PasswordAgain(DeskPage, account.ReauthenticateView):
    template_name = "accounts/again.html"
    title = _("Confirm that it is you")


class CodeAgain(DeskPage, mfa.ReauthenticateView):
    template_name = "accounts/again.html"
    title = _("Confirm that it is you")


class PasskeyAgain(DeskPage, webauthn.ReauthenticateWebAuthnView):
    template_name = "accounts/again.html"
    title = _("Confirm that it is you")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


# One's own ways in


class Factors(DeskPage, mfa.IndexView):
    template_name = "accounts/factors.html"
    title = _("Your sign-in")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        recovery_codes = user.authenticator_set.filter(type=Type.RECOVERY_CODES).first()
        return super().get_context_data(**kwargs) | {
            "has_one": factors.has_one(user),
            "are_required": factors.are_required(),
            "app": user.authenticator_set.filter(type=Type.TOTP).first(),
            "passkeys": user.authenticator_set.filter(type=Type.WEBAUTHN).order_by("created_at"),
            "recovery_codes": recovery_codes,
            "elsewhere": user.sessions.exclude(session_key=self.request.session.session_key),
        }


class ChangePassword(DeskPage, account.PasswordChangeView):
    template_name = "accounts/form.html"
    title = _("Change your password")
    extra_context = {
        "intro": _("You are then signed out in every browser, also in this one."),
        "button": _("Change the password"),
    }


class AddApp(DeskPage, totp.ActivateTOTPView):
    template_name = "accounts/add_app.html"
    title = _("Set up an app")


class RemoveApp(DeskPage, totp.DeactivateTOTPView):
    template_name = "accounts/form.html"
    title = _("Remove the app")
    extra_context = {
        "intro": _("Its codes work no more. With a new phone, set it up again afterwards."),
        "button": _("Remove the app"),
    }


class AddPasskey(DeskPage, webauthn.AddWebAuthnView):
    template_name = "accounts/add_passkey.html"
    title = _("Add a passkey")


class RemovePasskey(DeskPage, webauthn.RemoveWebAuthnView):
    template_name = "accounts/form.html"
    title = _("Remove the passkey")
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = gettext("“%(name)s” will open nothing here any more.") % {"name": self.object}
        button = gettext("Remove the passkey")
        return super().get_context_data(**kwargs) | {"intro": intro, "button": button}


class RecoveryCodes(DeskPage, TemplateView):
    """Shown as often as their owner confirms who they are. Looking at them changes nothing."""

    template_name = "accounts/recovery_codes.html"
    title = _("Recovery codes")

    @method_decorator(step_up())
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        kept = user.authenticator_set.filter(type=Type.RECOVERY_CODES).first()
        if kept is None:
            raise Http404
        return super().get_context_data(**kwargs) | {"codes": kept.wrap().get_unused_codes()}


class NewRecoveryCodes(DeskPage, recovery.GenerateRecoveryCodesView):
    template_name = "accounts/form.html"
    title = _("Make new recovery codes")
    extra_context = {
        "intro": _("The old ones, used or not, work no more."),
        "button": _("Make new recovery codes"),
    }


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    actions.end_sessions(user=user, but=request.session.session_key)
    messages.success(request, gettext("You are signed out everywhere but here."))
    return redirect("mfa_index")


# Coming by an invitation


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """The key leaves the address at once: it stands in no history, no referrer and on no page.

    That a link was opened uses up nothing, since mail servers open links too.
    """
    if key := request.GET.get("key"):
        opened = Invitation.objects.open().by_key(key).first()
        if opened:
            request.session[INVITATION] = opened.pk
        else:
            request.session.pop(INVITATION, None)
        response = redirect(request.path)
        response["Referrer-Policy"] = "no-referrer"
        return response
    opened = Invitation.objects.open().filter(pk=request.session.get(INVITATION, 0)).first()
    context = {**admin.site.each_context(request), "title": gettext("Choose your password")}
    if opened is None:
        context["title"] = gettext("This link does not work")
        return TemplateResponse(request, "accounts/no_invitation.html", context, status=410)
    form = ChoosePasswordForm(opened.user, request.POST or None)
    if form.is_valid():
        try:
            actions.accept(invitation=opened, password=form.cleaned_data["new_password1"])
        except actions.NoSuchInvitation:  # used meanwhile, in another window
            return redirect(request.path)
        logout(request)
        messages.success(request, gettext("Your password is set. Sign in with it."))
        return redirect("account_login")
    context |= {"form": form, "person": opened.user}
    return TemplateResponse(request, "accounts/choose_password.html", context)
