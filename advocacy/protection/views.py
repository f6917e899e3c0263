"""The register at the desk, for case officers alone, once they have shown again who they are.

Not Django's own admin: that writes what a row is called into its log.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advocacy.accounts import actions as people
from advocacy.accounts.models import User
from advocacy.accounts.step_up import step_up

from . import register, searching, unread
from .forms import ConsentForm, PersonForm
from .models import Alert, Consent, Protected, Search
from .notices import Notice, notices
from .public import public
from .sealing import Unreadable
from .typed import put_aside, typed

PER_PAGE = 50
#: Where names are typed.
FORMS = {"add", "person", "consent", "take_out", "take_out_person"}
View = Callable[..., HttpResponse]


def for_case_officers(view: View) -> View:
    """Nobody else: an administrator is none by being one."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if register.current() is None:
                return page(request, "closed", _("Protected persons"))
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response
        except (Unreadable, DatabaseError):
            return page(request, "closed", _("Protected persons"), is_unreadable=True)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(request.user, "is_case_officer", False):
            raise PermissionDenied
        try:
            return step_up()(opened)(request, *args, **kwargs)
        except ReauthenticationRequired:
            if not (request.method == "POST" and _is_form(request)):
                raise
            return put_aside(request)  # else it would lie open in the session

    return sensitive_post_parameters()(never_cache(admin.site.admin_view(answer)))


def _is_form(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.url_name in FORMS)


@require_safe
@for_case_officers
def index(request: HttpRequest) -> HttpResponse:
    """Everybody in the register, and what needs a case officer."""
    persons = Paginator(Protected.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "index",
        _("Protected persons"),
        page=persons,
        notices=[_shown(notice) for notice in notices()],
        alerts=[(alert, _name(alert.by)) for alert in Alert.objects.filter(seen_by=None)],
        search=Search.objects.first(),
        exposed=public(),
        unanswered=unread.shown_unanswered(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_officers
def add(request: HttpRequest) -> HttpResponse:
    return _person(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_officers
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person(request, get_object_or_404(Protected, pk=pk))


def _person(request: HttpRequest, one: Protected | None) -> HttpResponse:
    form = PersonForm(typed(request), person=one)
    if request.method == "POST" and form.is_valid():
        saved = form.save(request.user)
        searching.begin()
        messages.success(request, _("Saved. From now on every text is looked at for these names."))
        return _to(saved)
    consents = one.consents.all() if one else ()
    agreed = [(consent, _named(one, consent), _state(consent)) for consent in consents if one]
    title = str(one) if one else _("Protect somebody")
    return page(request, "person", title, form=form, person=one, consents=agreed)


@require_POST
@for_case_officers
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Protected, pk=pk).delete()
    searching.begin()
    messages.success(request, _("Taken out of the register, with all consents."))
    return HttpResponseRedirect(reverse("protection:index"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_officers
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Protected, pk=pk)
    form = ConsentForm(typed(request), person=one)
    if request.method == "POST" and form.is_valid():
        form.save(request.user)
        messages.success(request, _("Noted. It counts once a second case officer has approved it."))
        return _to(one)
    return page(request, "consent", _("Note a consent"), form=form, person=one)


@require_POST
@for_case_officers
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Consent.objects.select_related("person"), pk=pk)
    if one.recorded_by == request.user.pk:
        messages.error(request, _("A second case officer has to approve it."))
    elif one.approved_at is None and one.ended_at is None:
        one.approved_by, one.approved_at = request.user.pk, timezone.now()
        one.save(update_fields=["approved_by", "approved_at"])
        searching.tell_of_end.using(run_after=one.ends_at).enqueue(one.pk)
        searching.begin()
        messages.success(request, _("Approved."))
    return _to(one.person)


@require_POST
@for_case_officers
def end(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Consent.objects.select_related("person"), pk=pk)
    if one.ended_at is None:
        one.ended_at = timezone.now()
        one.save(update_fields=["ended_at"])
        searching.begin()
        said = _(
            "It covers nothing any more. What is public by it is being looked for; withdraw it."
        )
        messages.warning(request, said)
    return _to(one.person)


@require_POST
@for_case_officers
def search(request: HttpRequest) -> HttpResponse:
    searching.begin()
    return HttpResponseRedirect(reverse("protection:index"))


@require_POST
@for_case_officers
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    alert = get_object_or_404(Alert, pk=pk, seen_by=None)
    alert.seen_by = request.user.pk
    alert.save(update_fields=["seen_by"])
    return HttpResponseRedirect(reverse("protection:index"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_officers
def officers(request: HttpRequest) -> HttpResponse:
    """Who is a case officer; each appoints and dismisses others, and the last one stays."""
    if request.method == "POST":
        chosen = request.POST.get("user", "")
        user = get_object_or_404(User, pk=chosen if chosen.isdecimal() else 0, is_active=True)
        if "appoint" in request.POST:
            people.appoint(user=user, by=request.user)  # type: ignore[arg-type]
        elif user == request.user:
            messages.error(request, _("Another case officer has to dismiss you."))
        else:
            people.dismiss(user=user, by=request.user)  # type: ignore[arg-type]
        return HttpResponseRedirect(reverse("protection:officers"))
    users = User.objects.filter(is_active=True).order_by("-is_case_officer", "name", "username")
    return page(request, "officers", _("Case officers"), users=users)


def page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """`name` of the template; one of another slice with the folder it lies in."""
    shown = {**admin.site.each_context(request), "title": title, **context}
    folder = "" if "/" in name else "protection/"
    return TemplateResponse(request, f"admin/{folder}{name}.html", shown)


def _to(one: Protected) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("protection:person", args=[one.pk]))


def _name(pk: int | None) -> str:
    user = User.objects.filter(pk=pk).first()
    return str(user) if user else "–"


def _named(one: Protected, consent: Consent) -> list[str]:
    return [name["text"] for name in one.names if name["key"] in consent.terms["names"]]


def _state(consent: Consent) -> str:
    if consent.ended_at:
        return _("ended")
    if timezone.now() >= consent.ends_at:
        return _("expired")
    if consent.approved_at is None:
        return _("waits for a second case officer")
    return _("in force")


def _shown(notice: Notice) -> tuple[str, str]:
    return notice.sentence, reverse("protection:person", args=[notice.person])
