"""Previews for staff: the real page, from what is saved and from what was only typed.

What was typed is saved, drawn and undone in one short transaction, so that documents, figures and
relations are on the page as they will be. The page is then kept beside the text that was not saved:
to look at it, in either language and at the width of a phone, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import showing, views
from .access import Deed
from .editing import as_if_sent
from .models import Record, Unsaved
from .remembered import nothing_kept
from .showing import Ribbon
from .tying import tie

if TYPE_CHECKING:
    from .editing import EditingMixin as Base
else:
    Base = object


class PreviewMixin(Base):
    """Mix in before EditingMixin."""

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_%s"
        wrap = self.admin_site.admin_view
        page = "<path:object_id>/preview/<lang:language>/"
        own = [
            path("preview/", wrap(require_POST(self._preview_typed)), name=name % "preview_new"),
            path(
                "<path:object_id>/preview/",
                wrap(require_http_methods(["GET", "HEAD", "POST"])(self._preview)),
                name=name % "preview",
            ),
            path(page, wrap(require_safe(self._preview_page)), name=name % "preview_page"),
            path(f"{page}phone/", wrap(require_safe(self._phone)), name=name % "preview_phone"),
        ]
        return own + super().get_urls()

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        record = context.get("original")
        context["preview_url"] = (
            self.url("preview", record) if record else reverse(self.url_name("preview_new"))
        )
        context["share_url"] = self.url("share", record) if record else ""
        context["is_public"] = bool(record) and all(
            text.is_public() for text in record.publications()
        )
        return super().render_change_form(request, context, *args, **kwargs)

    # As it is saved

    def _preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method == "POST":
            return self._preview_typed(request, object_id)
        record = self._shown(request, object_id)
        for text in showing.texts_of(record):
            return HttpResponseRedirect(self._page_url(record, text.language))
        raise Http404

    def _preview_page(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        record = self._shown(request, object_id)
        for text in showing.texts_of(record):
            if text.language == language:
                url = self._page_url(record, language)
                ribbon = Ribbon(
                    paths=self._paths(request, record, *showing.counterparts(record)),
                    phone=f"{url}phone/",
                    back=self.url("change", record),
                )
                page = showing.draw(text, at=timezone.now(), ribbon=ribbon)
                return views.preview(page, language)
        raise Http404

    def _phone(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        record = self._shown(request, object_id)
        return phone(request, self._page_url(record, language), language)

    def _shown(self, request: HttpRequest, object_id: str) -> Record:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.may(request, record, Deed.PREVIEW):
            raise PermissionDenied
        if Deed.PREVIEW not in self.access(request, record).possible:
            raise Http404
        return record

    def _page_url(self, record: Record, language: str) -> str:
        return reverse(self.url_name("preview_page"), args=[record.pk, language])

    def _paths(self, request: HttpRequest, *records: Record) -> dict[str, str]:
        """Where previews of the texts are, as far as they are this person's to see."""
        found = (
            (text.language, self._page_url(record, text.language))
            for record in records
            if self.may(request, record, Deed.PREVIEW)
            for text in showing.texts_of(record)
        )
        return dict(found)

    # As it is typed

    def _preview_typed(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        record = None
        if (
            object_id is not None
            and (record := self.get_object(request, unquote(object_id))) is None
        ):
            raise Http404
        is_theirs = (
            self.has_change_permission(request, record)
            if record is not None
            else self.has_add_permission(request)
        )
        if not is_theirs:
            raise PermissionDenied
        kept = self.keep(request, record)
        pages, problems = self._drawn(request, record, kept)
        if problems:
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Preview"),
                "problems": problems,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/publishing/no_preview.html", context)
        kept.pages = pages
        kept.save(update_fields=["pages"])
        first = next(iter(pages))
        return HttpResponseRedirect(reverse("publishing:preview", args=[kept.key, first]))

    def _drawn(
        self, request: HttpRequest, record: Any, kept: Unsaved
    ) -> tuple[dict[str, str], list[str]]:
        """The pages as HTML, by language; or, as sentences, why there can be none."""
        is_change = record is not None
        sent = kept.as_sent()
        if is_change:
            saved = self.forms(request, record)
            sent = self.whole(request, record, sent)
            sent = tie(sent, saved.formsets, is_same_row=kept.row in (None, record.uuid))
        asked = as_if_sent(request, sent)
        fields = flatten_fieldsets(self.get_fieldsets(asked, record))
        kind = self.get_form(asked, record, change=is_change, fields=fields)
        form: Any = kind(sent, instance=record)
        formsets, _inlines = self._create_formsets(asked, form.instance, change=is_change)
        are_valid = [one.is_valid() for one in (form, *formsets)]
        if not all(are_valid):
            return {}, list(_problems(form, formsets))
        with transaction.atomic(), nothing_kept():
            typed = self.save_form(asked, form, change=is_change)
            self.save_model(asked, typed, form, change=is_change)
            self.save_related(asked, form, formsets, change=is_change)
            pages = self._pages(request, self.model._default_manager.get(pk=typed.pk), kept)
            transaction.set_rollback(True)
        return pages, [] if pages else [gettext("There is no text in any language yet.")]

    def _pages(self, request: HttpRequest, typed: Any, kept: Unsaved) -> dict[str, str]:
        texts = showing.texts_of(typed)
        paths = self._paths(request, *showing.counterparts(typed))
        for text in texts:
            paths[text.language] = reverse("publishing:preview", args=[kept.key, text.language])
        return {
            text.language: showing.draw(
                text,
                at=kept.typed_at,
                ribbon=Ribbon(
                    paths=paths, typed_at=kept.typed_at, phone=f"{paths[text.language]}phone/"
                ),
            )
            for text in texts
        }


def _problems(form: Any, formsets: list[Any]) -> Iterator[str]:
    """What is wrong with each field, by its name."""
    for formset in formsets:
        yield from map(str, formset.non_form_errors())
    for one in (form, *(row for formset in formsets for row in formset.forms)):
        for name, errors in one.errors.items():
            label = f"{one[name].label}: " if name in one.fields else ""
            yield from (f"{label}{error}" for error in errors)


def phone(request: HttpRequest, page: str, language: str) -> HttpResponse:
    """A page in a frame as wide as a phone."""
    html = render_to_string("admin/publishing/phone.html", {"page": page}, request=request)
    return views.preview(html, language)
