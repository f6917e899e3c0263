"""What came from an old site, where it stood there, and the files that still wait to be made readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.publishing.models import Identified

from .outcomes import Outcome
from .records import Kind

LONGEST_ADDRESS = 500


class Imported(models.Model):
    """One post that was taken over, by its name on the old site: so that it comes once only."""

    source = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    record = models.UUIDField(db_index=True)
    #: Of the post, and of the files that were there: equal, where there is nothing to do.
    fingerprint = models.CharField(max_length=64)
    #: Of the record, as the import left it: another one says that somebody has edited it since.
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10)  # of its text, as the import left it
    has_old_links = models.BooleanField(default=False)  # to what had not come over yet
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="imports_imported_once"),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(has_old_links=True), name="imports_with_old_links"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class OldAddress(models.Model):
    """An address of the old site in its normal form (`addresses.normal`), and what stood there."""

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    target = models.UUIDField(db_index=True)  # of a text, a fact or a file

    def __str__(self) -> str:
        return self.address


class Held(Identified):
    """A file of a post that readers cannot be given as it is: an office document, an archive.

    Its bytes lie in the storage, to which no address leads; staff fetch it here, make a PDF of it and
    put that into the text.
    """

    source = models.CharField(max_length=120)
    post = models.CharField(max_length=200)  # its key
    record = models.UUIDField(_("text"), db_index=True)
    shown = models.CharField(_("file"), max_length=300)
    reason = models.CharField(_("why it waits"), max_length=500)
    key = models.CharField(max_length=200)  # where the storage keeps the bytes
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    downloads = models.PositiveBigIntegerField(_("downloads on the old site"), default=0)
    came_at = models.DateTimeField(_("came"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("file to convert to PDF")
        verbose_name_plural = _("files to convert to PDF")
        ordering = ["-came_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "post", "sha256"], name="imports_held_once_a_post"
            )
        ]

    def __str__(self) -> str:
        return self.shown


class Run(Identified):
    """An import that was started at the desk. A task does it, a stretch at a time."""

    in_backups = False

    if TYPE_CHECKING:
        report_parts: Any

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped")

    system = models.CharField(max_length=20)
    dump = models.CharField(max_length=255)  # names in the folder for imports (places)
    files = models.CharField(max_length=255, blank=True)
    boards = models.CharField(max_length=500, blank=True)
    host = models.CharField(max_length=255, blank=True)
    dry = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)  # of the report
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    rows = models.PositiveBigIntegerField(default=0)  # of the source that have come down
    share = models.PositiveSmallIntegerField(default=0)  # of the source that was read, in percent
    counts = models.JSONField(default=dict)  # by outcome
    problem = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.system} {self.dump}"

    @property
    def report(self) -> str:
        """CSV, as far as it has come."""
        return "".join(self.report_parts.values_list("text", flat=True))

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def told(self) -> list[tuple[str, int]]:
        """How many of each, in words."""
        return [(str(one.label), self.counts[one]) for one in Outcome if self.counts.get(one)]


class ReportPart(models.Model):
    """A few lines of the report of an import. What was written before is not written again."""

    in_backups = False

    run = models.ForeignKey(Run, models.CASCADE, related_name="report_parts")
    text = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.run}, {self.pk}"
