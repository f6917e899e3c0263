"""The library: every document and picture, what is known of it, and where it is used."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from advocacy.hits import counts
from advocacy.hits.admin import ReachMixin
from advocacy.hits.counter import Kind
from advocacy.publishing.at_once import LookedAtMixin
from advocacy.publishing.states import CheckedChangeList
from advocacy.publishing.templatetags.publishing import thousands

from . import actions, finding, uses
from .files import sentences
from .filters import UploadedFilter, UsedByFilter, VisibilityFilter
from .illustrated import small
from .models import Attachment, Document, Use
from .templatetags.attachments import details

#: Of a document with words under boxes: each page is drawn when it is looked at.
SHOWN_PAGES = 5


class Library(CheckedChangeList):
    """Knows of the files on this page where they are used, and how often they were downloaded."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        places = uses.places(self.result_list, Use, user=request.user)
        downloads = counts.downloads_of([attachment.uuid for attachment in self.result_list])
        for attachment in self.result_list:
            attachment.places = places.get(attachment.pk, [])
            attachment.downloaded = downloads[attachment.uuid]


@admin.register(Attachment)
class AttachmentAdmin(LookedAtMixin, ReachMixin, admin.ModelAdmin):
    list_display = ("thumb", "title", "facts", "where", "downloads", "uploaded")
    list_display_links = ("title",)
    list_filter = ("kind", VisibilityFilter, UsedByFilter, UploadedFilter, "language")
    list_per_page = 50
    search_fields = ("title",)  # that there is a search; `finding` says of what
    search_help_text = _(
        "Words of its title, description or caption, or of the title of a text that uses it; or a year."
    )
    show_full_result_count = False
    readonly_fields = (
        *(
            "preview",
            "facts",
            "taken_out",
            "unsearched",
            "covers",
            "checksum",
            "where_used",
            "replacing",
        ),
        "reach",
    )
    reach_kinds = (Kind.DOWNLOAD,)

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": ["attachments/staff.css"]})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Library

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None):
        is_pdf = isinstance(obj, Attachment) and obj.is_pdf
        described = ("title", "language", "name") if is_pdf else ("title", "name")
        fieldsets: list = [(None, {"fields": ("preview", *described)})]
        if not is_pdf:
            words = {"fields": ("alt_en", "alt_ko", "decorative")}
            fieldsets.append((_("For people who cannot see it"), words))
        found = tuple(
            field
            for field, what in (("unsearched", "unread"), ("covers", "covered"))
            if getattr(obj, what, None)
        )
        known = ("facts", "taken_out", *found, "checksum", "where_used", "replacing")
        fieldsets.append((_("The file"), {"fields": known}))
        return [*fieldsets, (_("Reach"), {"fields": ("reach",)})] if is_pdf else fieldsets

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str):
        """A form that wants documents is offered no pictures."""
        found = finding.by_words(queryset, search_term, request.user)
        if "field_name" in request.GET:
            try:
                asking = apps.get_model(request.GET["app_label"], request.GET["model_name"])
            except LookupError:
                return found, False
            if issubclass(asking, Document):
                found = found.documents()
        return found, False

    # Uploading is a page of its own

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        query = f"?{IS_POPUP_VAR}=1" if IS_POPUP_VAR in request.GET else ""
        return HttpResponseRedirect(reverse("attachments:upload") + query)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        attachment: Any = super().get_object(request, object_id, from_field)
        if attachment is not None:
            attachment.opened_by = request.user  # for what it says of the places it is used in
        return attachment

    # Saving and deleting

    def save_model(self, request: HttpRequest, obj: Attachment, form, change: bool) -> None:
        actions.describe(attachment=obj, changed=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Attachment) -> None:
        actions.delete(attachment=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for attachment in queryset:
            actions.delete(attachment=attachment)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        attachment = self.get_object(request, unquote(object_id))
        may = attachment is not None and self.has_delete_permission(request, attachment)
        if may and (used := uses.places([attachment], Use, user=request.user)[attachment.pk]):
            sentence = gettext(
                "“%(file)s” cannot be deleted: “%(record)s” uses it. Take it out there first, "
                "and out of the changes that wait, or replace the file."
            )
            messages.error(request, sentence % {"file": attachment, "record": used[0].title})
            path = reverse("admin:attachments_attachment_change", args=[attachment.pk])
            return HttpResponseRedirect(path)
        return super().delete_view(request, object_id, extra_context)

    # What is shown

    @admin.display(description=_("picture"))
    def thumb(self, attachment: Attachment) -> str:
        return small(attachment)

    @admin.display(description=_("uploaded"), ordering="uploaded_at")
    def uploaded(self, attachment: Attachment) -> str:
        return date_format(timezone.localtime(attachment.uploaded_at), "DATE_FORMAT")

    @admin.display(description=_("downloads"), empty_value="")
    def downloads(self, attachment: Attachment) -> str:
        return thousands(attachment.downloaded) if attachment.is_pdf else ""  # type: ignore[attr-defined]

    @admin.display(description=_("used in"))
    def where(self, attachment: Attachment) -> str:
        places: list[uses.Place] = attachment.places  # type: ignore[attr-defined]
        if not places:
            return "–"
        items = format_html_join("", "<li>{}{}</li>", ((_link(p), _note(p)) for p in places[:3]))
        if rest := len(places[3:]):
            more = ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}
            items += format_html("<li>{}</li>", more)
        return format_html('<ul class="library-places">{}</ul>', items)

    @admin.display(description=_("what it looks like"))
    def preview(self, attachment: Attachment) -> str:
        large = attachment.thumbnail(320 if attachment.is_pdf else 640)
        return format_html(
            '<a href="{}"><img class="library-large" src="{}" width="{}" height="{}" alt="{}"></a>',
            attachment.get_absolute_url(),
            *large,
            gettext("Open the file"),
        )

    @admin.display(description=_("kind and size"), ordering="size")
    def facts(self, attachment: Attachment) -> str:
        return details(attachment)

    @admin.display(description=_("taken out when uploaded"))
    def taken_out(self, attachment: Attachment) -> str:
        return sentences.removed_sentence(attachment.removed)

    @admin.display(description=_("what no search can look into"))
    def unsearched(self, attachment: Attachment) -> str:
        return sentences.unread(attachment.unread or [])

    @admin.display(description=_("words under boxes"))
    def covers(self, attachment: Attachment) -> str:
        pages = sorted({one["page"] for one in attachment.covered})
        pictures = format_html_join(
            "",
            '<p><a href="{0}"><img class="library-large" src="{0}" alt="{1}" loading="lazy"></a></p>',
            (
                (
                    reverse("attachments:covered", args=[attachment.uuid, page]),
                    gettext("Page %(number)s, with the boxes framed") % {"number": page},
                )
                for page in pages[:SHOWN_PAGES]
            ),
        )
        return format_html("<p>{}</p>{}", sentences.covered(attachment.covered), pictures)

    @admin.display(description=_("SHA-256"))
    def checksum(self, attachment: Attachment) -> str:
        return format_html('<code class="library-hash" translate="no">{}</code>', attachment.sha256)

    @admin.display(description=_("used in"))
    def where_used(self, attachment: Attachment) -> str:
        places = uses.places([attachment], Use, user=attachment.opened_by)[attachment.pk]  # type: ignore[attr-defined]
        seen = Attachment.objects.visible().filter(pk=attachment.pk).exists()
        who = gettext("Everyone can open it.") if seen else gettext("Only staff can open it.")
        items = format_html_join("", "<li>{}{}</li>", ((_link(p), _note(p)) for p in places))
        return format_html("<p>{}</p><ul>{}</ul>", who, items)

    @admin.display(description=_("another file"))
    def replacing(self, attachment: Attachment) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("attachments:replace", args=[attachment.uuid]),
            gettext("Put another file in its place; the address stays"),
        )


def _link(place: uses.Place) -> str:
    if not place.is_open:
        return place.title
    return format_html('<a href="{}">{}</a>', _admin_url(place.record), place.title)


def _note(place: uses.Place) -> str:
    """Whether that is what readers see or what waits."""
    waits = getattr(place.record, "is_working_copy", False)
    return " " + gettext("(changes waiting)") if waits else ""


def _admin_url(record: Model) -> str:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    try:
        return reverse(name, args=[record.pk])
    except NoReverseMatch:
        return ""
