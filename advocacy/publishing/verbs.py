"""The verbs of the publish bar, each with an address below the record's: /…/7/withdraw/.

The record is fetched by what its user may open; then access.py says whether this may be done.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from . import actions, checks, correcting, reviewing
from .access import Access, Deed
from .correcting import PublishForm
from .models import Language, Publication, Record, Translatable
from .people import name_of
from .review_forms import AskForm, SendBackForm
from .states import state

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

Status = Publication.Status


class VerbsMixin(Base):
    #: The language that is written beside another, on the page for that (side_by_side) alone.
    beside = ""
    #: Done by a press of a button, and by that alone.
    pressed: ClassVar[tuple[Deed, ...]] = (
        Deed.OPEN,
        Deed.DISCARD,
        Deed.WITHDRAW,
        Deed.TRASH,
        Deed.RESTORE,
        Deed.TRANSLATE,
        Deed.TAKE_BACK,
        Deed.COMMENT,
    )
    #: Those that ask something first, on a page of their own.
    asking: ClassVar[tuple[Deed, ...]] = (Deed.PUBLISH, Deed.ASK, Deed.SEND_BACK)
    #: Done by buttons that save first, as the others that ask are begun by such.
    after_saving: ClassVar[tuple[Deed, ...]] = (Deed.TRANSLATE, Deed.COMMENT)

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_%s"
        methods = dict.fromkeys(self.pressed, require_POST)
        methods |= dict.fromkeys(self.asking, require_http_methods(["GET", "HEAD", "POST"]))
        verbs = [
            path(
                f"<path:object_id>/{deed}/",
                self.admin_site.admin_view(allowed(self._view(deed))),
                name=name % deed,
            )
            for deed, allowed in methods.items()
        ]
        return verbs + super().get_urls()

    def access(self, request: HttpRequest, record: Record) -> Access:
        """What this user may do to the record, as it was when it was fetched."""
        known = record.__dict__.get("_access")
        if known is None or known[0] != request.user.pk:
            known = record.__dict__["_access"] = (
                request.user.pk,
                Access.of(request.user, record),
            )
        return known[1]

    def may(self, request: HttpRequest, record: Record, deed: Deed) -> bool:
        """Whether this user may do it to such a record, whatever its state."""
        by_kind = (
            self.has_add_permission(request)
            if deed == Deed.TRANSLATE
            else self.may_change_any(request)
        )
        return by_kind and deed in self.access(request, record).permitted

    def may_change_any(self, request: HttpRequest) -> bool:
        """Whether this user may change records of this kind at all."""
        return super().has_change_permission(request)

    def _view(self, deed: Deed) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            record = self.get_object(request, unquote(object_id))
            if record is None:
                raise Http404
            if not self.may(request, record, deed):
                raise PermissionDenied
            return self.do(deed, request, record)

        return transaction.atomic(view)

    def do(self, deed: Deed, request: HttpRequest, record: Record) -> HttpResponse:
        """Do it, or say that a colleague has done something meanwhile after which it cannot be."""
        if deed in self.access(request, record).possible:
            with suppress(reviewing.NotReviewable):  # not any more, since it was fetched
                return getattr(self, f"do_{deed}")(request, record)
        said = gettext("That cannot be done: a colleague has changed the state of this text.")
        messages.warning(request, said)
        return self.to(record)

    def and_then(self, request: HttpRequest, record: Record) -> HttpResponse | None:
        """What the pressed button asks for beyond saving, which is done already."""
        for deed in (*self.after_saving, *self.asking):
            if f"_{deed}" not in request.POST:
                continue
            if not self.may(request, record, deed):
                messages.warning(request, gettext("It is saved. The rest is not yours to do."))
                return self.to(record)
            asks = deed in self.asking and self.has_question(deed, record)
            return self.to(record, deed) if asks else self.do(deed, request, record)
        return None

    def has_question(self, deed: Deed, record: Record) -> bool:
        """Publishing asks only what kind of change it is, where a public text is changed."""
        if deed != Deed.PUBLISH:
            return True
        return bool(correcting.to_ask(record)) and not checks.problems(record)

    def fill(self, request: HttpRequest, records: list[Any]) -> None:
        """What the columns of a list need, for all records of a page of it at once."""

    def to(self, record: Record, view: str = "change") -> HttpResponseRedirect:
        url = self.form_url(record) if view == "change" else self.url(view, record)
        return HttpResponseRedirect(url)

    def form_url(self, record: Record) -> str:
        return self.url("change", record)

    def url(self, view: str, record: Record) -> str:
        return reverse(self.url_name(view), args=[record.pk])

    def url_name(self, view: str) -> str:
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{view}"

    # Working copies and translations

    def do_open(self, request: HttpRequest, record: Record) -> HttpResponse:
        return self.to(actions.open_working_copy(record=record, by=request.user))

    def do_discard(self, request: HttpRequest, record: Record) -> HttpResponse:
        live = record.live
        actions.discard_working_copy(record=record)
        messages.success(request, gettext("The changes are dropped. Readers noticed nothing."))
        return self.to(live)

    def do_translate(self, request: HttpRequest, record: Record) -> HttpResponse:
        language = request.POST.get("_translate") or request.POST.get("language", "")
        if language not in dict(missing_languages(record.live)):
            raise Http404
        source: Any = record.live
        return self.to(actions.start_translation(record=source, language=language, by=request.user))

    # What readers notice

    def do_publish(self, request: HttpRequest, record: Record) -> HttpResponse:
        if problems := checks.problems(record):
            return self._to_checks(request, record, problems)
        form = PublishForm(sent(request), record=record)
        if not form.is_valid():
            return self._page(request, record, form, gettext("Publish the changes"))
        try:
            with transaction.atomic():
                form.write()
                live = actions.publish(record=record, by=request.user)
        except actions.NotPublishable as refused:
            return self._to_checks(request, record, refused.problems)
        self.log_change(request, live, gettext("Published."))
        links = format_html_join(
            " · ",
            '<a href="{}">{}</a> ({})',
            ((t.get_absolute_url(), t.title, state(t)) for t in live.publications()),
        )
        messages.success(request, format_html("{} {}", gettext("Published:"), links))
        return self.to(live)

    def _to_checks(self, request: HttpRequest, record: Record, problems: list[str]) -> HttpResponse:
        """Back to the form, where the checks say what must be fixed; the rest is said above it."""
        messages.warning(request, gettext("Saved, but not published. First what must be fixed."))
        shown = checks.problems(record)
        for problem in problems:
            if problem not in shown:
                messages.error(request, problem)
        return HttpResponseRedirect(self.url("change", record) + "#checks")

    def do_withdraw(self, request: HttpRequest, record: Record) -> HttpResponse:
        language = request.POST.get("language")
        for text in record.publications():
            if text.status == Status.PUBLISHED and language in (None, text.language):
                actions.withdraw(publication=text, by=request.user)
                said = gettext("Withdrawn (%(language)s).") % {
                    "language": text.get_language_display()
                }
                self.log_change(request, record, said)
                messages.success(
                    request, gettext("Withdrawn: “%s”. Its address says it is gone.") % text.title
                )
        return self.to(record)

    def do_trash(self, request: HttpRequest, record: Record) -> HttpResponse:
        actions.trash(record=record, by=request.user)
        self.log_change(request, record, gettext("Moved to the trash."))
        messages.success(request, gettext("In the trash. It can be brought back from there."))
        return self.to(record)

    def do_restore(self, request: HttpRequest, record: Record) -> HttpResponse:
        actions.restore(record=record.live, by=request.user)
        self.log_change(request, record.live, gettext("Brought back from the trash."))
        messages.success(request, gettext("Brought back from the trash."))
        return self.to(record)

    # Review

    def do_ask(self, request: HttpRequest, record: Record) -> HttpResponse:
        form = AskForm(sent(request), by=request.user)
        if not form.is_valid():
            return self._page(request, record, form, gettext("Ask for a review"))
        reviewing.ask(
            record=record,
            by=request.user,
            reviewer=form.cleaned_data["reviewer"],
            note=form.cleaned_data["note"],
            unsent=self._unsent(request),
        )
        name = name_of(form.cleaned_data["reviewer"])
        messages.success(request, gettext("In review. %(name)s was asked.") % {"name": name})
        return self.to(record)

    def do_send_back(self, request: HttpRequest, record: Record) -> HttpResponse:
        form = SendBackForm(sent(request))
        if not form.is_valid():
            return self._page(request, record, form, gettext("Send it back"))
        note = form.cleaned_data["note"]
        unsent = self._unsent(request)
        reviewing.send_back(record=record, by=request.user, note=note, unsent=unsent)
        messages.success(request, gettext("Sent back. It is a draft again."))
        return self.to(record)

    def do_take_back(self, request: HttpRequest, record: Record) -> HttpResponse:
        reviewing.take_back(record=record, by=request.user)
        messages.success(request, gettext("Taken back. You can go on writing."))
        return self.to(record)

    def do_comment(self, request: HttpRequest, record: Record) -> HttpResponse:
        if said := request.POST.get("comment", "").strip():
            reviewing.comment(record=record, by=request.user, text=said)
        return HttpResponseRedirect(self.url("change", record) + "#conversation")

    def _page(self, request: HttpRequest, record: Record, form: Any, title: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "record": record,
            "opts": self.opts,
            "form": form,
            "back": self.url("change", record),
            "list_url": reverse(self.url_name("changelist")),
        }
        return TemplateResponse(request, "admin/publishing/review_page.html", context)

    def _unsent(self, request: HttpRequest) -> Callable[[str], None]:
        return lambda sentence: messages.warning(request, sentence)


def sent(request: HttpRequest) -> Any:
    """What was typed; None on the way to typing it."""
    return request.POST if request.method == "POST" else None


def missing_languages(record: Record) -> list[tuple[str, str]]:
    """Those a translation can be begun in; a fact is told in its languages on one page."""
    missing = record.missing_languages() if isinstance(record, Translatable) else []
    return [choice for choice in Language.choices if choice[0] in missing]
