"""A file as pages show it."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext

from advocacy.attachments.models import Attachment, Document, Thumbnail

register = template.Library()


class Shown(NamedTuple):
    url: str
    title: str
    language: str  # of the document; empty where nobody said
    details: str
    media_type: str
    sha256: str
    thumbnail: Thumbnail


@register.simple_tag
def shown_file(document: Document | str, attachment: Attachment | str, title: str) -> Shown:
    """From a use (`document`), or from a file and perhaps a title of its own. No query."""
    if isinstance(document, Document):
        attachment, title = document.attachment, document.title
    if not isinstance(attachment, Attachment):
        raise template.TemplateSyntaxError("A file needs `document` or `attachment`.")
    return Shown(
        url=attachment.get_absolute_url(),
        title=title or attachment.title,
        language=attachment.language,
        details=details(attachment),
        media_type=attachment.media_type,
        sha256=attachment.sha256,
        thumbnail=attachment.thumbnail(128),
    )


@register.filter
def details(attachment: Attachment) -> str:
    """`PDF, Korean, 2 pages, 105 KB`"""
    languages = {"en": gettext("English"), "ko": gettext("Korean")}
    said = ["PDF" if attachment.is_pdf else attachment.media_type.rpartition("/")[2].upper()]
    if attachment.language:
        said.append(languages[attachment.language])
    if attachment.is_pdf:
        said.append(
            ngettext("%(n)d page", "%(n)d pages", attachment.pages or 0) % {"n": attachment.pages}
        )
    else:
        said.append(f"{attachment.width} × {attachment.height}")
    said.append(filesizeformat(attachment.size))
    return ", ".join(said)
