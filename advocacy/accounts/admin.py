"""The people of the desk, for administrators: let in, change of role, off-boarding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ClassVar, cast

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from . import actions, factors, mails
from .models import User
from .step_up import step_up

LAST = _("This is the last administrator: nobody could let anybody in any more.")


class PersonForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email"):
            if name in self.fields:
                self.fields[name].required = True


class Invited(HttpResponseRedirect):
    """The answer when an account was made for somebody who is to be told."""

    def __init__(self, person: User) -> None:
        super().__init__(reverse("admin:accounts_user_changelist"))
        self.person = person


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who may see people, which is to change them, once they have confirmed who they are."""

    @wraps(view)
    def answer(self: PersonAdmin, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return step_up()(lambda request: view(self, request, *args, **kwargs))(request)

    return answer


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    form = PersonForm
    list_display = ("who", "username", "email", "role", "state", "second", "last_login")
    ordering = ("-is_active", "name", "username")
    sortable_by = ()  # they are few
    fields = ("name", "username", "email", "role")

    #: What the buttons of a person do: address → method.
    verbs: ClassVar[tuple[str, ...]] = ("invite", "off_board", "end_sessions", "remove_factors")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        theirs = Authenticator.objects.filter(user=OuterRef("pk"), type__in=factors.SECOND)
        return (
            super()
            .get_queryset(request)
            .annotate(
                has_factor=Exists(theirs),
                invited_until=Max("invitations__expires_at", filter=Q(invitations__used_at=None)),
            )
        )

    def get_urls(self) -> list:
        own = [
            path(
                f"<path:object_id>/{verb.replace('_', '-')}/",
                self.admin_site.admin_view(require_POST(self._verb_view(verb))),
                name=f"accounts_user_{verb}",
            )
            for verb in self.verbs
        ]
        return own + super().get_urls()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are off-boarded: what they wrote stays theirs."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody takes their own role away, so there is always an administrator."""
        if obj is None:
            return ()
        return ("username", "role") if obj == request.user else ("username",)

    # What is shown

    @admin.display(description=_("name"))
    def who(self, person: Any) -> str:
        return person.get_full_name()

    @admin.display(description=_("state"))
    def state(self, person: Any) -> str:
        if person.is_active:
            return gettext("active")
        if person.invited_until and person.invited_until > timezone.now():
            until = date_format(timezone.localtime(person.invited_until), "DATETIME_FORMAT")
            return gettext("invited until %(time)s") % {"time": until}
        if person.left_at:
            left = date_format(timezone.localtime(person.left_at), "DATE_FORMAT")
            return gettext("off-boarded on %(date)s") % {"date": left}
        return gettext("the invitation has expired")

    @admin.display(description=_("second factor"))
    def second(self, person: Any) -> str:
        return gettext("set up") if person.has_factor else "–"

    # Pages

    @guarded
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"title": gettext("People of the desk"), **(extra_context or {})}
        return super().changelist_view(request, context)

    @guarded
    def add_view(self, request, form_url="", extra_context=None) -> HttpResponse:
        if not mails.can_be_sent():
            sentence = gettext(
                "This site cannot send mail, so nobody can be invited. Its webmaster sets EMAIL_URL."
            )
            messages.error(request, sentence)
            return HttpResponseRedirect(reverse("admin:accounts_user_changelist"))
        context = {"title": gettext("Invite somebody"), **(extra_context or {})}
        response = super().add_view(request, form_url, context)
        if isinstance(response, Invited):  # it is saved: only now a mail may be sent, which is slow
            self._send(request, response.person)
        return response

    @guarded
    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        return super().change_view(request, object_id, form_url, extra_context)

    @guarded
    def history_view(self, request, object_id, extra_context=None) -> HttpResponse:
        return super().history_view(request, object_id, extra_context)

    def render_change_form(self, request, context, *args: Any, **kwargs: Any) -> HttpResponse:
        person = context.get("original")
        if person:
            context |= {
                "person": person,
                "is_oneself": person == request.user,
                "state": self.state(person),
                "open_sessions": person.sessions.filter(expire_date__gt=timezone.now()).count(),
                "verb_urls": {verb: self._url(verb, person) for verb in self.verbs},
            }
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.is_active = False  # until the link is used
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            return
        obj.save(update_fields=["name", "email"])
        if "role" in form.changed_data:
            try:
                actions.change_role(user=obj, role=obj.role, by=cast("User", request.user))
            except actions.LastAdministrator:
                messages.error(request, LAST)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        return Invited(obj)

    def _send(self, request: HttpRequest, person: User) -> None:
        key = actions.invite(user=person)
        try:
            mails.send_invitation(person, key)
        except OSError:
            sentence = gettext(
                "The mail to %(address)s could not be sent. Try again with “Send a new link”."
            )
            messages.error(request, sentence % {"address": person.email})
            return
        sentence = gettext("A link was sent to %(address)s. It works once, and for 48 hours.")
        messages.success(request, sentence % {"address": person.email})

    # The buttons

    def _verb_view(self, verb: str) -> Callable[..., HttpResponse]:
        @guarded
        def view(self: PersonAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
            person = self.get_object(request, unquote(object_id))
            if person is None:
                raise Http404
            getattr(self, verb)(request, person)
            return HttpResponseRedirect(self._url("change", person))

        return partial(view, self)

    def invite(self, request: HttpRequest, person: User) -> None:
        if not (person.email and mails.can_be_sent()):
            messages.error(
                request, gettext("No mail can be sent: there is no address, or no mail server.")
            )
            return
        self.log_change(request, person, gettext("Sent a link to choose a password."))
        self._send(request, person)

    def off_board(self, request: HttpRequest, person: User) -> None:
        if person == request.user:
            messages.error(request, gettext("Another administrator has to off-board you."))
            return
        try:
            actions.off_board(user=person, by=cast("User", request.user))
        except actions.LastAdministrator:
            messages.error(request, LAST)
            return
        self.log_change(request, person, gettext("Off-boarded."))
        sentence = gettext(
            "%(person)s can sign in no more and is signed out everywhere. What they wrote stays theirs."
        )
        messages.success(request, sentence % {"person": person})

    def end_sessions(self, request: HttpRequest, person: User) -> None:
        actions.end_sessions(user=person, but=request.session.session_key)
        self.log_change(request, person, gettext("Signed out everywhere."))
        messages.success(
            request, gettext("%(person)s is signed out everywhere.") % {"person": person}
        )

    def remove_factors(self, request: HttpRequest, person: User) -> None:
        actions.remove_factors(user=person)
        self.log_change(request, person, gettext("Removed the second factor."))
        sentence = gettext("The next sign-in of %(person)s asks for a new second factor.")
        messages.success(request, sentence % {"person": person})

    def _url(self, view: str, person: User) -> str:
        return reverse(f"{self.admin_site.name}:accounts_user_{view}", args=[person.pk])
