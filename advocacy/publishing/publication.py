"""One text in one language that readers can be shown, and what belongs to it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .queryset import PublicationQuerySet

if TYPE_CHECKING:
    from .records import Record


class Language(models.TextChoices):
    EN = "en", "English"
    KO = "ko", "한국어"


class Identified(models.Model):
    """A name for machines that outlives titles, addresses and databases."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Publication(Identified):
    """One text in one language with an address of its own."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        TRASHED = "trashed", _("In the trash")

    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.EN)
    title = models.CharField(
        _("title"),
        max_length=300,
        help_text=_("Say what happened and who acted. It is shown in full wherever it stands."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=200,
        allow_unicode=True,
        blank=True,
        help_text=_(
            "The last part of the page's address. Left empty, it is made from the title; "
            "Hangul is kept. When it changes later, the old address leads to the new one."
        ),
    )
    summary = models.TextField(
        _("summary"),
        max_length=1000,
        blank=True,
        help_text=_(
            "One or two sentences: what lists and feeds show, and whoever passes on the address."
        ),
    )
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    working = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_(
            "Left empty: the moment you press Publish. A time to come is an embargo: the page appears "
            "by itself then."
        ),
    )
    unpublish_at = models.DateTimeField(
        _("public until"),
        null=True,
        blank=True,
        help_text=_("Left empty: no end. From then on its address says it is gone."),
    )
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when readers can find it here; of one that was taken back, since it is here again. It may be
    # much later than the time it is public from: whoever keeps a copy of the record goes by it.
    appeared_at = models.DateTimeField(null=True, blank=True, editable=False)
    # By number, not by key: a text outlives what was kept of the one it was made from.
    translated_from = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = PublicationQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False, working=False),
                name="%(app_label)s_%(class)s_published_has_time",
                violation_error_message=_(
                    "What is published needs the time it is public from, and is no working copy."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=F("published_at")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=_("The end of publication must come after its beginning."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["en", "ko"]),
                name="%(app_label)s_%(class)s_language_known",
                violation_error_message=_("A text is in English or in Korean."),
            ),
            models.UniqueConstraint(
                fields=["language", "slug"],
                condition=Q(working=False),
                name="%(app_label)s_%(class)s_address_unique",
                violation_error_message=_(
                    "Another text in this language has this address. Change its last part."
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["language", "status", "-published_at"],
                name="%(class)s_public",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = self.free_slug()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "slug"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        if not any(letter.isalnum() for letter in self.title or ""):
            raise ValidationError(
                {"title": _("A title needs at least one letter or digit, beside any emoji.")}
            )

    @property
    def last_changed(self) -> datetime | None:
        return self.changed_at or self.published_at

    def is_public(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= at
            and (self.unpublish_at is None or at < self.unpublish_at)
        )

    @property
    def record(self) -> Record:
        """What is edited and published as a whole, and this text with it."""
        raise NotImplementedError

    @property
    def standing(self) -> Publication:
        """The row readers know this text by: itself, or the one it waits to replace."""
        raise NotImplementedError

    def free_slug(self) -> str:
        """A slug from the title that no other text in this language has."""
        stem = self._slug_stem()
        if self.working:
            return stem
        others = type(self).objects.filter(language=self.language, working=False)
        taken = set(
            others.exclude(pk=self.pk).filter(slug__startswith=stem).values_list("slug", flat=True)
        )
        candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
        return next(slug for slug in candidates if slug not in taken)

    def address_follows_title(self) -> bool:
        """Whether the address was made from the title, and no reader knows it yet."""
        if self.working or self.first_published_at:
            return False
        stem, _hyphen, number = self.slug.removeprefix(self._slug_stem()).partition("-")
        return not stem and (not number or number.isdigit())

    def _slug_stem(self) -> str:
        return slugify(self.title, allow_unicode=True)[:180] or str(self.uuid)[:8]


class Correction(models.Model):
    """A dated note that says what was wrong; the concrete class says of which text."""

    corrected_on = models.DateField(_("date"), default=timezone.localdate)
    note = models.TextField(
        _("what was wrong, and what is right"),
        help_text=_("Readers see this under the text, with its date."),
    )

    class Meta:
        abstract = True
        ordering = ["corrected_on", "pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.corrected_on}: {self.note}"


class FactCorrection(Correction):
    """A note on what one language told of a fact: shown under that text, published with it."""

    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.EN)

    class Meta(Correction.Meta):
        abstract = True
