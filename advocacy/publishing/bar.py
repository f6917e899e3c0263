"""What the form of a record tells beside its fields: its state, who can do what next, what was said."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from .access import Deed
from .models import Publication, Record, Remark
from .people import PUBLISH, name_of, people_with
from .states import in_seoul, state
from .verbs import VerbsMixin, missing_languages


class BarMixin(VerbsMixin):
    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        record = context.get("original")
        context["may_publish"] = request.user.has_perm(PUBLISH)
        if isinstance(record, Record):
            context |= self._about(request, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def _about(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        live, access = record.live, self.access(request, record)
        can = {deed.value for deed in Deed if deed in access and self.may(request, record, deed)}
        known = live.is_known_to_readers()
        texts = live.publications()
        return {
            "record": record,
            "can": can,
            "states": [(text, state(text)) for text in texts],
            "is_known": known,
            "waiting": "open" in can and record.changes(),
            "review": access.review,
            "withdrawable": [t for t in texts if t.status == Publication.Status.PUBLISHED],
            "missing_languages": missing_languages(live) if "translate" in can else [],
            "verb_urls": {deed.value: self.url(deed, record) for deed in self.pressed},
            "history_url": self.url("history", record),
            "remarks": remarks_on(live) if Deed.COMMENT in access.permitted else None,
            "saved": self._saved(request, record),
            "publishers": "" if access.permitted & {Deed.PUBLISH} else publishers(),
        }

    def _saved(self, request: HttpRequest, record: Record) -> str:
        """When it was last saved, and by whom."""
        entries = LogEntry.objects.filter(
            content_type=get_content_type_for_model(record), object_id=str(record.pk)
        )
        last = entries.select_related("user").first()
        if last is None:
            return ""
        who = gettext("you") if last.user_id == request.user.pk else name_of(last.user)
        return gettext("Last saved on %(moment)s, Seoul, by %(who)s.") % {
            "moment": in_seoul(last.action_time),
            "who": who,
        }


def remarks_on(live: Record) -> list[Remark]:
    """The conversation about a text, as readers know it or will."""
    said = Remark.objects.filter(record=live.uuid).select_related("by", "to")
    return list(said.order_by("at", "pk"))


def publishers() -> str:
    """Their names, for somebody who may not publish."""
    return ", ".join(name_of(person) for person in people_with(PUBLISH))
