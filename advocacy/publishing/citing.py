"""How what we publish is cited: a text as a work (advocacy.citing), and that as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from advocacy.citing.formats import FORMATS
from advocacy.citing.work import Work
from advocacy.dates.edtf import Date

from .head import absolute
from .models import Publication

_names: list[Callable[[str], str]] = []


def register(name_in: Callable[[str], str]) -> None:
    """Say who the organisation is that all is published by: its name in a language, or ""."""
    _names[:] = [name_in]


def organisation(language: str) -> str:
    return _names[0](language) if _names else ""


def signed(work: Work) -> Work:
    """With its author, the organisation. On a page that is done where its name is known already."""
    return replace(work, author=organisation(work.language))


def work(
    text: Publication,
    *,
    event: Date | None = None,
    symbols: Sequence[str] = (),
    pdfs: Sequence[str] = (),
) -> Work:
    """The page of a text, to be `signed()`; `pdfs` are the addresses of its documents."""
    return Work(
        id=str(text.standing.uuid),
        title=text.title,
        language=text.language,
        url=absolute(text.get_absolute_url()),
        published=day(text.published_at),
        changed=day(text.changed_at),
        event=event,
        symbols=symbols,
        summary=text.summary,
        pdfs=pdfs,
    )


def files(work: Work) -> Iterator[str]:
    """What is in each of the files that it is cited by."""
    for form in FORMATS.values():
        yield form.write(signed(work))


def day(moment: datetime | None) -> date | None:
    """The day in Seoul."""
    return timezone.localtime(moment).date() if moment else None


def cited(work: Work, ending: str, *, name: str) -> HttpResponse:
    """The citation as a file of that name; search engines need none of them beside the page."""
    chosen = FORMATS[ending]
    response = HttpResponse(chosen.write(signed(work)), content_type=chosen.media_type)
    disposition = content_disposition_header(True, f"{name}.{ending}")
    response.headers["Content-Disposition"] = str(disposition)
    response.headers["Content-Language"] = work.language
    response.headers["X-Robots-Tag"] = "noindex"
    return response
