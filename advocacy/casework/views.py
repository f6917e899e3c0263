"""Taking somebody out, at the desk: for case officers alone, as the register is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advocacy.protection.models import Protected
from advocacy.protection.typed import typed
from advocacy.protection.views import for_case_officers, page

from . import steps
from .forms import TakeOutForm
from .models import Withdrawal
from .progress import told
from .report import Report
from .shown import listed

State = Withdrawal.State
LOOK_AGAIN_S = 2  # seconds, while something is being done


@require_safe
@for_case_officers
def index(request: HttpRequest) -> HttpResponse:
    withdrawals = Withdrawal.objects.all()[:50]
    return page(request, "casework/index", _("Withdrawals"), withdrawals=withdrawals)


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_officers
def take_out(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Whom, and what is said instead. Nothing is changed yet."""
    person = get_object_or_404(Protected, pk=pk) if pk else None
    form = TakeOutForm(typed(request), person=person)
    if request.method == "POST" and form.is_valid():
        work = steps.begin(person=pk, terms=form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        return _to(work)
    return page(request, "casework/take_out", _("Take this person out"), form=form, person=person)


@require_http_methods(["GET", "HEAD", "POST"])
@for_case_officers
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once all is found, what is to be done; at the end, what was done."""
    work = get_object_or_404(Withdrawal, pk=pk)
    if request.method == "POST":
        chosen = {uuid: request.POST.get(f"choice-{uuid}", "") for uuid in work.records}
        steps.confirm(
            work,
            {
                uuid: choice if choice in Withdrawal.Choice.values else Withdrawal.Choice.WITHDRAW
                for uuid, choice in chosen.items()
            },
        )
        return _to(work)
    if work.state == State.ASKING:
        return _page(request, work, "list", found=listed(work))
    if work.state == State.DONE:
        return _page(request, work, "report", report=Report.of(work))
    every = [*(steps.LOOKING if work.state == State.LOOKING else steps.TAKING)]
    response = _page(request, work, "progress", told=told(work, every, timezone.now()))
    response.headers["Refresh"] = str(LOOK_AGAIN_S)
    return response


@require_POST
@for_case_officers
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Before anything was changed: nothing will be. Afterwards: the report is forgotten."""
    get_object_or_404(Withdrawal.objects.exclude(state=State.TAKING), pk=pk).delete()
    return HttpResponseRedirect(reverse("casework:index"))


def _page(request: HttpRequest, work: Withdrawal, name: str, **context: Any) -> HttpResponse:
    return page(request, f"casework/{name}", str(work), work=work, **context)


def _to(work: Withdrawal) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("casework:withdrawal", args=[work.pk]))
