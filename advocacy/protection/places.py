"""Where something was found, and the sentence that says so: never whose name it is."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.publishing.models import Record

from .kept import REMARK, VERSION


class Place(NamedTuple):
    """Kept in a verdict: what was found, and where."""

    what: str
    field: str = ""
    language: str = ""
    paragraph: int = 0
    page: int = 0
    at: str = ""  # when it was kept or said, where colleagues alone can read it


NAME, NEAR, DETAILS, FILE = "name", "near", "details", "file"
BLOCKS = {NAME, FILE}


UNREADABLE = gettext_lazy(
    "The register of protected persons cannot be read, so nothing can be published. "
    "Everything can be saved. The webmaster has to see to it."
)


_KEPT = {
    VERSION: gettext_lazy(
        "A protected name in the version of %s, which colleagues can open and readers cannot. "
        "A case officer can take it out."
    ),
    REMARK: gettext_lazy(
        "A protected name in a comment of %s, which colleagues can read and readers cannot. "
        "A case officer can take it out."
    ),
}


def waiting(until: datetime) -> str:
    """Said to who has looked too often, in the same words whatever was found."""
    said = _(
        "The check for protected names is busy. It goes on at %s; until then this can be saved, "
        "and not be published."
    )
    return said % date_format(timezone.localtime(until), "TIME_FORMAT")


def sentence(record: Record, place: Place) -> str:
    if place.what in (VERSION, REMARK):
        return _KEPT[place.what] % date_format(
            timezone.localtime(datetime.fromisoformat(place.at)), "DATETIME_FORMAT"
        )
    where = _where(record, place)
    if place.what == NAME:
        return _("A protected name: %s.") % where
    if place.what == FILE:
        return _("A document could not be searched for protected names: %s.") % where
    if place.what == DETAILS:
        return _("Several details together may tell who a protected person is: %s.") % where
    return _("Close to a protected name, or a part of one: %s.") % where


def _where(record: Record, place: Place) -> str:
    label = _label(record, place)
    if place.page:
        return _("%(place)s, page %(number)s") % {"place": label, "number": place.page}
    if place.paragraph:
        return _("%(place)s, paragraph %(number)s") % {"place": label, "number": place.paragraph}
    return label


def _label(record: Record, place: Place) -> str:
    """What the form calls the field, or the part."""
    if not place.field:
        return _("what readers would get of it, on its page, in lists, feeds, data or the search")
    models = [type(record), *(type(text) for text in record.publications())]
    if place.language:  # a fact and its texts may call two fields alike
        models.reverse()
    for model in models:
        for field in model._meta.get_fields():
            if field.name == place.field and field.concrete:
                return str(getattr(field, "verbose_name", field.name))
            if getattr(field, "get_accessor_name", lambda: None)() == place.field:
                return str(field.related_model._meta.verbose_name_plural)  # type: ignore[union-attr]
    return place.field
