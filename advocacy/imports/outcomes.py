"""What can become of a row of an old site."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    PUBLISHED = "published", _("published")
    DRAFT = "draft", _("a draft")
    CHANGED = "changed", _("changed")
    SAME = "same", _("as it was")
    LEFT = "left", _("left alone")
    SKIPPED = "skipped", _("skipped")
    FAILED = "failed", _("failed")
