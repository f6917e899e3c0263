"""The picture beside a record in the lists of the admin: its first figure, else its first document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.forms import Media
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .models import Attachment

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


class IllustratedMixin(Base):
    """Mix in before ModelAdmin; name `picture` in `list_display`.

    `pictured_by` are the relations to uses of files, as in `filter()`, the best picture first.
    """

    pictured_by: ClassVar[tuple[str, ...]] = ("figures", "documents")

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": ["attachments/staff.css"]})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        base = super().get_changelist(request, **kwargs)
        return type(
            "IllustratedChangeList",
            (IllustratedChangeList, base),
            {"pictured_by": self.pictured_by},
        )

    @admin.display(description=_("picture"), empty_value="")
    def picture(self, record: Any) -> str:
        return small(record.pictured) if record.pictured else ""


class IllustratedChangeList(ChangeList):
    pictured_by: tuple[str, ...]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        pictures = first_pictures(self.model, self.result_list, self.pictured_by)
        for record in self.result_list:
            record.pictured = pictures.get(record.pk)


def first_pictures(
    model: type[models.Model], records: Iterable[models.Model], relations: Sequence[str]
) -> dict[int, Attachment]:
    """By primary key of the record: one query for each relation, and one for the files."""
    wanted = [record.pk for record in records]
    chosen: dict[int, int] = {}
    for relation in relations:
        used = model._default_manager.filter(pk__in=wanted, **{f"{relation}__isnull": False})
        order = _order_of(model, relation)
        for record, attachment in used.order_by(*order).values_list(
            "pk", f"{relation}__attachment"
        ):
            chosen.setdefault(record, attachment)
    files = Attachment.objects.in_bulk(set(chosen.values()))
    return {record: files[attachment] for record, attachment in chosen.items()}


def _order_of(model: type[models.Model], relation: str) -> list[str]:
    """As the uses stand in their own order."""
    for name in relation.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return [f"{relation}__{name}" for name in model._meta.ordering or ["pk"]]


def small(attachment: Attachment) -> str:
    """A thumbnail for a row of a list, where the words beside it say what it is."""
    return format_html(
        '<img class="library-thumb" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        *attachment.thumbnail(128),
    )
