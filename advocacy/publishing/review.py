"""What waits for somebody's eyes before it is published, and what is said about it meanwhile.

Both name records by uuid, so that they know no kind of record and stand below all of them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """A record in review: there is a row as long as it is."""

    record = models.UUIDField(unique=True)  # of the very row: a draft, or a working copy
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        permissions = [
            ("edit_all_texts", "May see and edit everybody's texts"),
            ("review_text", "May be asked to review a text"),
            ("publish_text", "May publish, withdraw and take to the trash what readers know"),
        ]

    def __str__(self) -> str:
        return str(self.record)


class Remark(models.Model):
    """One line of the conversation about a text. It stays when the text is published."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment")
        ASKED = "asked", _("Asked for a review")
        SENT_BACK = "sent_back", _("Sent back")
        TAKEN_BACK = "taken_back", _("Taken back")

    record = models.UUIDField(db_index=True)  # as readers know it or will: never a working copy's
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COMMENT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    text = models.TextField(max_length=5000, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at}"
