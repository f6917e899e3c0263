"""One line of the history of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision


class HistoryEntry(models.Model):
    """A record as it was kept at one moment; who and when stand in its revision.

    Lists read these and no version, in which the whole text is.
    """

    class Verb(models.TextChoices):
        SAVED = "saved", _("Saved")
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Returned to an earlier version")

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="entry")
    record = models.UUIDField()  # as readers know it or will: never a working copy's
    verb = models.CharField(max_length=9, choices=Verb)
    source = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")  # returned to
    if TYPE_CHECKING:
        objects: ClassVar[Any]

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["record", "-id"], name="publishing_history")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}, {self.revision.date_created}"
