"""Tables that readers take along, with the filters of the page they stand on; and the calendar.

A table is made while it is handed out, so it stands in no store of pages. Taking one is no hit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from advocacy.datasets import documents as of_documents
from advocacy.datasets import meetings as of_meetings
from advocacy.datasets import milestones as of_milestones
from advocacy.datasets.chunks import in_chunks
from advocacy.datasets.fields import Field, Told
from advocacy.datasets.terms import Terms, terms
from advocacy.milestones import timeline
from advocacy.publishing.head import with_query
from advocacy.publishing.views import published_page, read_only

from . import tables, workbook
from .calendar import feed
from .tables import Batches

Written = Callable[[Sequence[Field], Batches, Terms], Iterator[str]]


class Form(NamedTuple):
    media_type: str
    has_long: bool  # whether whole texts have a place in it
    write: Written | None  # None: a workbook, which is made as a whole


class Table(NamedTuple):
    name: str
    fields: Sequence[Field]
    batches: Iterator[list[Told]]
    terms: Terms


FORMS = {
    "csv": Form("text/csv; charset=utf-8; header=present", False, tables.as_csv),
    "json": Form("application/json", True, tables.as_json),
    "jsonl": Form("application/jsonl; charset=utf-8", True, tables.as_lines),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False, None),
}


@read_only
def milestones(request: HttpRequest, language: str, ending: str) -> HttpResponseBase:
    """`?body=` and `?decade=` as on the page."""
    at, choice = timezone.now(), timeline.chosen(request.GET)
    rows = choice.narrowed(of_milestones.rows(at)).in_order()
    batches = ([*of_milestones.tell(some, language, at)] for some in in_chunks(rows))
    source = with_query(request.path, body=choice.body, decade=choice.decade)
    said = terms(language, at, source)
    return _table(request, ending, Table("milestones", of_milestones.FIELDS, batches, said), at)


@read_only
def documents(request: HttpRequest, language: str, ending: str) -> HttpResponseBase:
    at = timezone.now()
    rows = of_documents.rows(at).newest_use_first(at)
    batches = ([*of_documents.tell(some, language, at)] for some in in_chunks(rows))
    said = terms(language, at, request.path)
    return _table(request, ending, Table("documents", of_documents.FIELDS, batches, said), at)


@published_page()
def calendar(request: HttpRequest, language: str) -> HttpResponse:
    at = timezone.now()
    meetings: Iterator[Told] = of_meetings.tell(of_meetings.rows(at).in_order(), language, at)
    content = feed(_("Meetings"), meetings, terms(language, at, request.path), language=language)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _table(request: HttpRequest, ending: str, table: Table, at: datetime) -> HttpResponseBase:
    made, said = FORMS[ending], table.terms
    fields = [field for field in table.fields if made.has_long or not field.is_long]
    response: Any
    if request.method == "HEAD":
        response = StreamingHttpResponse(())  # of no known length
    elif made.write is not None:
        response = StreamingHttpResponse(made.write(fields, table.batches, said))
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115  closed with the response
        workbook.make(file, table.name, fields, table.batches, said)
        file.seek(0)
        response = FileResponse(file)
    response.headers["Content-Type"] = made.media_type
    filename = f"{table.name}-{timezone.localtime(at):%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or ""
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    if said.url:
        response.headers["Link"] = f'<{said.url}>; rel="license"'
    return response
