"""Two editors at one text, and text that was not saved: what the form of a record does about both.

The second to save is shown both texts and chooses, piece by piece. The row is locked first, and in
the same transaction looked at and saved, so that of two who save at once one is the second.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from . import conflict, unsaved
from .access import Deed
from .autosave import beside, typing
from .conflict import Choice, Difference, Seen
from .models import HistoryEntry, Unsaved
from .people import name_of
from .states import in_seoul
from .tying import fill, put, tie
from .typed import Piece, pieces
from .unsaved import BESIDE, fields_of

if TYPE_CHECKING:
    from .verbs import VerbsMixin as Base
else:
    Base = object

_OFFERED = 5  # of what was not saved; each is compared with what is


class Forms(NamedTuple):
    form: Any
    formsets: list[Any]

    def pieces(self) -> dict[str, Piece]:
        return pieces(self.form, self.formsets)


@dataclass(frozen=True)
class Offer:
    """Text that was not saved, and what of it differs from what is."""

    kept: Unsaved
    differences: list[Difference]
    take_up: str


class EditingMixin(Base):
    """Mix in before ModelAdmin, for records with a `RecordForm`."""

    if TYPE_CHECKING:
        _create_formsets: Any  # of ModelAdmin, which tells them to nobody
        _changeform_view: Any

    # Opening and saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context=None,
    ) -> HttpResponse:
        arguments = (object_id, form_url, extra_context)
        if request.method != "POST":
            if key := request.GET.get("unsaved"):
                return self._take_up(request, key, *arguments)
            return super().changeform_view(request, *arguments)
        if object_id is None:
            return super().changeform_view(request, *arguments)
        with transaction.atomic():
            record = self._locked(request, unquote(object_id))
            if record is None or not self.has_change_permission(request, record):
                return self._refuse(request, record)
            self._settle(request, record)
            return super().changeform_view(request, *arguments)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any):
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.held = getattr(request, "held", False)
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if key := _uuid(form.cleaned_data.get("unsaved")):
            unsaved.throw_away(user=request.user, key=key)

    def _locked(self, request: HttpRequest, object_id: str) -> Any:
        """The record as it is once nobody else saves it, and stays so to the end of the transaction."""
        record = self.get_object(request, object_id)
        if record is None:
            return None
        rows = self.model._base_manager.filter(pk__in={record.pk, record.live.pk})
        # The live row first, as whoever publishes or throws away does: two never wait for each other.
        list(rows.select_for_update(of=("self",)).order_by("pk"))
        return self.get_object(request, object_id)

    def _refuse(self, request: HttpRequest, record: Any) -> HttpResponse:
        """What was typed cannot be saved there any more. It is kept, and offered where it can be."""
        seen = Seen.read(request.POST.get("seen", ""))
        live = self._live(seen) if record is None else record.live
        if live is None:
            raise Http404
        if seen.row is None:
            raise PermissionDenied  # it was never this person's to type in
        self.keep(request, live)
        if not self.may(request, record or live, Deed.HISTORY):
            said = gettext(
                "It was not saved: this text is not yours to change any more. What you typed is "
                "kept for 14 days, and offered again if the text becomes yours again."
            )
            messages.warning(request, said)
            return HttpResponseRedirect(reverse(f"{self.admin_site.name}:index"))
        said = gettext(
            "It was not saved: a colleague has published, dropped or handed on this text meanwhile. "
            "What you typed is kept, and offered below."
        )
        messages.warning(request, said)
        return self.to(record or live)

    def _live(self, seen: Seen) -> Any:
        """Whose form it was, whether or not it is to be known of still."""
        return self.model._base_manager.filter(uuid=seen.record, replaces=None).first()

    def keep(self, request: HttpRequest, record: Any) -> Unsaved:
        """Keep what is sent as text that was not saved."""
        seen = Seen.read(request.POST.get("seen", ""))
        return unsaved.keep(
            user=request.user,
            key=_uuid(request.POST.get("unsaved")) or uuid4(),
            kind=self.opts.label_lower,
            record=record.live.uuid if record else None,
            row=seen.row,
            fields=fields_of(request.POST.lists()),
        )

    # Two who have saved

    def forms(self, request: HttpRequest, record: Any, sent: QueryDict | None = None) -> Forms:
        """Of the record as it is saved, or with what was typed. Nothing is looked at but the fields."""
        asked = as_if_sent(request, sent)
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        kind = self.get_form(asked, record, change=False, fields=fields)
        form = kind(sent, instance=copy.copy(record))
        formsets, _inlines = self._create_formsets(asked, form.instance, change=record is not None)
        form._errors = {}  # so that none is looked for
        for one in formsets:
            for row in one.forms:
                row._errors = {}
        return Forms(form, formsets)

    def whole(self, request: HttpRequest, record: Any, sent: QueryDict) -> QueryDict:
        """What was typed where a text is written beside another, as this form would send it."""
        if self.beside or BESIDE not in sent:
            return sent
        saved = self.forms(request, record)
        return fill(sent, saved.form, saved.formsets)

    def _settle(self, request: Any, record: Any, *, is_same_row: bool = True) -> None:
        """Bring what was typed to bear on the record as it is. What two have said is asked first."""
        sent, seen = request.POST, Seen.read(request.POST.get("seen", ""))
        is_stale = not is_same_row or conflict.is_stale(sent, record)
        answers = {} if is_stale else conflict.choices(sent)
        if not (is_stale or answers):
            return
        saved = self.forms(request, record)
        theirs = saved.pieces()
        typed = tie(sent, saved.formsets, is_same_row=is_same_row)
        typed["seen_version"] = str(record.version)
        mine = self.forms(request, record, typed).pieces()
        for key, answer in answers.items():
            if answer == Choice.THEIRS and key in theirs:
                put(typed, mine.get(key), theirs[key])
        if is_stale:
            asked = conflict.differences(theirs, mine, since=seen.digests if is_same_row else None)
        else:
            asked = conflict.unanswered(conflict.differences(theirs, mine, since=None), answers)
        if asked:
            request.held = True
            request.conflict = asked
            self.keep(request, record)
        request.POST = typed

    def saved_by(self, record: Any) -> tuple[str, str]:
        """Who saved it last, and when; both may be unknown."""
        kept = HistoryEntry.objects.filter(record=record.live.uuid)
        last = kept.select_related("revision__user").first()
        if last is None or last.revision.user is None:
            return "", ""
        return name_of(last.revision.user), in_seoul(last.revision.date_created)

    # What was not saved

    def _take_up(self, request: Any, key: str, *arguments: Any) -> HttpResponse:
        """The form with the text of that key in it, which is not saved by that."""
        kept = Unsaved.objects.of(request.user).filter(key=_uuid(key)).first()
        if kept is None or kept.kind != self.opts.label_lower:
            raise Http404
        if self.beside and kept.fields.get(BESIDE) != [self.beside]:
            raise Http404
        object_id, *_rest = arguments
        sent = kept.as_sent()
        sent["unsaved"] = str(kept.key)
        asked = as_if_sent(request, sent)
        asked.held, asked.taken_up = True, kept
        if object_id is not None:
            record = self.get_object(request, unquote(object_id))
            if record is None or kept.record != record.live.uuid:
                raise Http404
            if not self.has_change_permission(request, record):
                return self.to(record)
            asked.POST = self.whole(request, record, asked.POST)
            self._settle(asked, record, is_same_row=kept.row == record.uuid)
        elif kept.record is not None:
            raise Http404
        return self._changeform_view(asked, *arguments)

    def do_open(self, request: HttpRequest, record: Any) -> HttpResponse:
        """With `unsaved`, the working copy opens with that text in it."""
        answer = super().do_open(request, record)
        if key := _uuid(request.POST.get("unsaved")):
            return HttpResponseRedirect(f"{answer.headers['Location']}?unsaved={key}")
        return answer

    def do_discard(self, request: HttpRequest, record: Any) -> HttpResponse:
        """What was typed and not saved is dropped with the changes; what a colleague has saved since
        is shown first.
        """
        if (locked := self._locked(request, str(record.pk))) is None:
            raise Http404
        if conflict.is_stale(request.POST, locked):
            said = gettext(
                "Not dropped: a colleague has saved these changes since you opened them. Here they "
                "are as they stand now; drop them again if they are to go all the same."
            )
            messages.warning(request, said)
            return self.to(locked)
        Unsaved.objects.of(request.user).into(self.model, locked).delete()
        return super().do_discard(request, locked)

    def offers(self, request: HttpRequest, record: Any) -> list[Offer]:
        """What this person typed into this form and has not saved, the newest first."""
        found = Unsaved.objects.of(request.user).into(self.model, record)
        if self.beside:
            found = found.beside_another(self.beside)
        saved: Mapping[str, Piece] | None = None
        offers = []
        for kept in found.defer("pages")[:_OFFERED]:
            if saved is None:
                forms = self.forms(request, record)
                saved = forms.pieces()
            sent = tie(
                self.whole(request, record, kept.as_sent()),
                forms.formsets,
                is_same_row=record is None or kept.row == record.uuid,
            )
            typed = self.forms(request, record, sent).pieces()
            if differing := conflict.differences(saved, typed, since=None):
                offers.append(Offer(kept, differing, self._take_up_url(record, kept)))
        return offers

    def _take_up_url(self, record: Any, kept: Unsaved) -> str:
        url = reverse(self.url_name("add")) if record is None else self.form_url(record)
        return f"{url}?unsaved={kept.key}"

    # The page

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        record, form = context.get("original"), context["adminform"].form
        may_save = self.has_change_permission(request, record)
        if may_save and not form.is_bound and record:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            form.initial["seen"] = str(Seen.of(record, pieces(form, formsets)))
        context["asked"] = getattr(request, "conflict", [])
        context["taken_up"] = getattr(request, "taken_up", None)
        if context["asked"]:
            context["saved_by"], context["saved_at"] = self.saved_by(record)
        if not form.is_bound:
            context["offers"] = self.offers(request, record)
        if may_save:
            told = typing(request, self.model, record, is_saved=not form.is_bound)
            context["typing"] = json.dumps(told)
            context["beside"] = beside(request.user, record.live.uuid) if record else ""
        return super().render_change_form(request, context, *args, **kwargs)


def as_if_sent(request: HttpRequest, sent: QueryDict | None) -> Any:
    """A likeness of the request that sends this form; without one, it asks for the page."""
    asked: Any = copy.copy(request)
    asked.method = "GET" if sent is None else "POST"
    asked._post, asked._files = QueryDict() if sent is None else sent, MultiValueDict()
    return asked


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
