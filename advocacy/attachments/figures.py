"""Figures in a body: found when it is saved, drawn when it is read.

Stored as `<figure data-attachment="uuid"><figcaption>caption</figcaption></figure>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from uuid import UUID

from django.db.models import Manager
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from .models import Attachment

_FIGURE = re.compile(r'<figure data-attachment="([0-9a-f-]{36})">(.*?)</figure>', re.DOTALL)
_CAPTION_TAGS = re.compile(r"</?figcaption[^>]*>")

#: The column of text is 39 rem wide, or as wide as a telephone.
SIZES = "(min-width: 44rem) 39rem, 92vw"
_IN_LINE = 960  # pixels: what browsers that know neither AVIF nor WebP are given
_MODERN = (("avif", "image/avif"), ("webp", "image/webp"))


def uuids(*bodies: str) -> list[UUID]:
    """The attachments stored bodies show, in reading order, each once."""
    return list(captions(*bodies))


def captions(*bodies: str) -> dict[UUID, str]:
    """By the picture, the words under it; of one that is shown twice, all of them."""
    found: dict[UUID, str] = {}
    for match in _FIGURE.finditer("".join(bodies)):
        try:
            uuid = UUID(match[1])
        except ValueError:
            continue
        words = " ".join(unescape(strip_tags(match[2])).split())
        found[uuid] = f"{found.get(uuid, '')} {words}".strip()
    return found


def sync(figures: Manager, *bodies: str) -> None:
    """Make `figures`, the uses of one text, be what its bodies show. A picture that is not in the
    library is none.
    """
    said = captions(*bodies)
    pictures = Attachment.objects.pictures().filter(uuid__in=said)
    shown = {pk: said[uuid] for pk, uuid in pictures.values_list("pk", "uuid")}
    used = dict(figures.values_list("attachment", "caption"))
    if gone := used.keys() - shown.keys():
        figures.filter(attachment__in=gone).delete()
    for pk, caption in sorted(shown.items()):
        if pk not in used:
            figures.create(attachment_id=pk, caption=caption)
        elif used[pk] != caption:
            figures.filter(attachment=pk).update(caption=caption)


def render(body: str, language: str, attachments: Iterable[Attachment] | None = None) -> SafeString:
    """A stored body with its pictures. One query, or none where it shows no picture or where the
    attachments are given.
    """
    if attachments is None:
        wanted = uuids(body)
        attachments = Attachment.objects.pictures().filter(uuid__in=wanted) if wanted else ()
    by_uuid = {str(attachment.uuid): attachment for attachment in attachments}

    def drawn(match: re.Match[str]) -> str:
        caption = mark_safe(_CAPTION_TAGS.sub("", match[2]).strip())  # noqa: S308  sanitised when stored
        return _figure(by_uuid.get(match[1]), caption, language)

    return mark_safe(_FIGURE.sub(drawn, body))  # noqa: S308  sanitised when stored


def _figure(attachment: Attachment | None, caption: SafeString, language: str) -> str:
    said = format_html("<figcaption>{}</figcaption>", caption) if caption else SafeString("")
    if attachment is None:
        return format_html("<figure>{}</figure>", said) if said else ""
    return format_html("<figure>{}{}</figure>", picture(attachment, language), said)


def picture(attachment: Attachment, language: str, sizes: str = SIZES) -> SafeString:
    """`<picture>` with every rendition there is; the browser takes the best it knows and needs."""
    sources = [
        format_html('<source type="{}" srcset="{}" sizes="{}">', media_type, srcset, sizes)
        for form, media_type in _MODERN
        if (srcset := attachment.srcset(form))
    ]
    plain = attachment.thumbnail(_IN_LINE)
    said = attachment.alt(language)
    image = format_html(
        '<img src="{}" width="{}" height="{}" alt="{}"{} loading="lazy" decoding="async">',
        plain.url,
        plain.width,
        plain.height,
        said.text,
        format_html(' lang="{}"', said.language) if said.language != language else "",
    )
    return format_html("<picture>{}{}</picture>", mark_safe("".join(sources)), image)  # noqa: S308  made above
