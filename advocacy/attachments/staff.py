"""Uploading, in a request of its own, and the library that other forms choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import cast
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from js_asset import Media

from advocacy.publishing.models import Record
from advocacy.publishing.widgets import IMPORTS, PICTURES

from . import actions, finding, into, storage
from .files import pipeline, sentences
from .files.limits import MEGABYTE, Limits
from .files.pipeline import Refused
from .inbox import Inbox, Received, is_beyond_reading
from .models import Attachment, Thumbnail

PER_PAGE = 24
ACCEPTED = f"application/pdf,{PICTURES}"


@dataclass(frozen=True)
class Answer:
    """What is said of one uploaded file: the attachment it became, or why it was refused."""

    filename: str
    sentences: list[str]
    attachment: Attachment | None = None
    status: int = 200
    choose_url: str = ""  # in a window another form has opened

    @property
    def thumbnail(self) -> Thumbnail | None:
        return self.attachment.thumbnail(192) if self.attachment else None

    def as_json(self, request: HttpRequest) -> dict:
        answer = {
            "name": self.filename,
            "ok": self.attachment is not None,
            "sentences": self.sentences,
            "html": render_to_string("admin/attachments/_answer.html", {"answer": self}, request),
        }
        return answer | (described(self.attachment) if self.attachment else {})


@dataclass
class Upload:
    """One request: the files it brought, or asks for."""

    request: HttpRequest
    replaced: Attachment | None
    record: Record | None = None  # that the files are put into
    answers: list[Answer] = field(default_factory=list)

    @property
    def is_popup(self) -> bool:
        return IS_POPUP_VAR in self.request.GET

    @property
    def status(self) -> int:
        statuses = [answer.status for answer in self.answers]
        return 200 if 200 in statuses or not statuses else max(statuses)

    def receive(self, inbox: Inbox) -> None:
        files = cast("list[Received]", self.request.FILES.getlist("file"))
        for received in files[:1] if self.replaced else files:
            self.answers.append(self._take(received))
        for filename in inbox.too_large:
            self.answers.append(Answer(filename, [_too_large(inbox.limits)], status=413))
        if not self.answers:
            self.answers.append(Answer("", [_("Choose a file first.")], status=400))

    def _take(self, received: Received) -> Answer:
        name, source = received.name or "", Path(received.path)
        try:
            if self.replaced:
                attachment = actions.replace(
                    attachment=self.replaced, source=source, by=self.request.user
                )
                said = [_("Replaced. Its address is the same as before.")]
            else:
                attachment, is_known, otherwise = actions.take(
                    source=source, filename=name, by=self.request.user
                )
                said = [_("This very file is already in the library. It was not stored twice.")]
                said = (
                    said
                    if is_known
                    else [_("Stored. Readers see it once a published text uses it.")]
                )
                said += [sentences.named_otherwise(otherwise)] if otherwise else []
        except Refused as refused:
            return Answer(name, [str(refused)], status=413 if refused.code == "too_large" else 422)
        if self.record:
            said.append(into.put(attachment=attachment, record=self.record, by=self.request.user))
        said.append(sentences.removed_sentence(attachment.removed))
        if why := sentences.unread(attachment.unread or []):
            said.append(_("Not all of it can be searched (%s).") % why)
            said.append(
                _(
                    "Where names are protected, it is held until somebody else than you has looked at it "
                    "and answers for it; the checks of the text that shows it lead there."
                )
            )
        if covered := sentences.covered(attachment.covered):
            said.append(covered)
        choose = reverse("attachments:chosen", args=[attachment.uuid]) if self.is_popup else ""
        return Answer(name, said, attachment, choose_url=choose)


def staff_only(permission: str) -> Callable:
    """Let staff with one permission in; a machine is told so, a person is asked to sign in."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not admin.site.has_permission(request):
                if wants_json(request):
                    sentence = _("You are signed out. Sign in again in another window, then retry.")
                    return JsonResponse({"results": [], "error": sentence}, status=403)
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return answer

    return decorate


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


# The token is in the body, and the body may only be read once the inbox waits for it:
# https://docs.djangoproject.com/en/5.2/topics/http/file-uploads/#modifying-upload-handlers-on-the-fly
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only("attachments.add_attachment")
def upload(request: HttpRequest, replaced: UUID | None = None) -> HttpResponse:
    inbox = Inbox(actions.limits())
    if request.method == "POST" and is_beyond_reading(request):
        refused = Answer("", [_too_large(inbox.limits)], status=413)
        return _answer(Upload(request, None, answers=[refused]), inbox)
    if request.method == "POST":
        request.upload_handlers = [inbox]
    return _upload(request, inbox, replaced)


@csrf_protect
def _upload(request: HttpRequest, inbox: Inbox, replaced: UUID | None) -> HttpResponse:
    former = get_object_or_404(Attachment, uuid=replaced) if replaced else None
    if former and not request.user.has_perm("attachments.change_attachment"):
        raise PermissionDenied
    wanted = request.GET.get("into")
    record = into.record_for(request.user, wanted) if wanted and not former else None
    received = Upload(request, former, record)
    if request.method == "POST":
        received.receive(inbox)
    return _answer(received, inbox)


def _answer(received: Upload, inbox: Inbox) -> HttpResponse:
    request, former = received.request, received.replaced
    if request.method == "POST" and wants_json(request):
        results = [answer.as_json(request) for answer in received.answers]
        return JsonResponse({"results": results}, status=received.status)
    title = _("Upload documents and pictures")
    if former or received.record:
        said = _("Replace “%s”") if former else _("Upload into “%s”")
        title = said % (former or received.record)
    context = {
        **admin.site.each_context(request),
        "title": title,
        "upload": received,
        "accepted": ACCEPTED,
        "limit": inbox.limits.bytes,
        "too_large": _too_large(inbox.limits),
        "is_popup": received.is_popup,
        "form_of_record": _form_of(received.record) if received.record else "",
        "opts": Attachment._meta,
        "media": Media(importmap=IMPORTS, js=[Script("attachments/upload.js", type="module")]),
    }
    return TemplateResponse(
        request, "admin/attachments/upload.html", context, status=received.status
    )


def _form_of(record: Record) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


def _too_large(limits: Limits) -> str:
    return sentences.refusal("too_large", {"limit": limits.bytes // MEGABYTE})


@require_safe
@staff_only("attachments.view_attachment")
def chosen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand a file to the form that opened this window, as the admin's “+” does."""
    attachment = get_object_or_404(Attachment, uuid=uuid)
    answer = {"value": str(attachment.pk), "obj": str(attachment)}
    return render(
        request,
        "admin/popup_response.html",
        {"popup_response_data": JsonResponse(answer).content.decode()},
    )


@require_safe
@staff_only("attachments.view_attachment")
def covered_page(request: HttpRequest, uuid: UUID, page: int) -> HttpResponse:
    """A page of a document as it looks, with a frame around each box that words lie under."""
    attachment = get_object_or_404(Attachment, uuid=uuid)
    boxes = [one["box"] for one in attachment.covered if one["page"] == page]
    if not boxes:
        raise Http404
    try:
        with storage.workplace() as directory:
            source = directory / "stored"
            storage.fetch(attachment.key, source)
            drawn = pipeline.show(source, directory, page, boxes).read_bytes()
    except (FileNotFoundError, Refused) as error:
        raise Http404 from error
    return HttpResponse(drawn, content_type="image/png")


@require_safe
@staff_only("attachments.view_attachment")
def library(request: HttpRequest) -> JsonResponse:
    """`?q=&kind=picture|pdf&page=`: what is in the library, newest first."""
    found = Attachment.objects.all()
    if (kind := request.GET.get("kind", "")) in Attachment.Kind.values:
        found = found.filter(kind=kind)
    found = finding.by_words(found, request.GET.get("q", ""), request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return JsonResponse(
        {
            "results": [described(attachment) for attachment in page],
            "page": page.number,
            "has_next": page.has_next(),
            "count": page.paginator.count,
        }
    )


def described(attachment: Attachment) -> dict:
    """A file as the scripts of other forms know it; the id is its uuid."""
    small = attachment.thumbnail(320)
    return {
        "id": str(attachment.uuid),
        "uuid": str(attachment.uuid),
        "pk": attachment.pk,
        "kind": attachment.kind,
        "title": attachment.title,
        "language": attachment.language,
        "alt": attachment.alt(get_language() or "en").text,
        "alt_en": attachment.alt_en,
        "alt_ko": attachment.alt_ko,
        "decorative": attachment.decorative,
        "thumbnail": small.url,
        "width": attachment.width,
        "height": attachment.height,
        "pages": attachment.pages,
        "size": filesizeformat(attachment.size),
        "sha256": attachment.sha256,
        "removed": sentences.removed(attachment.removed),
        "url": attachment.get_absolute_url(),
        "edit": reverse("admin:attachments_attachment_change", args=[attachment.pk]),
    }
