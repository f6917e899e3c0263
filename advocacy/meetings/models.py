"""Meetings: who met whom, where, when and in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.attachments import figures
from advocacy.attachments.models import Document, Figure
from advocacy.dates.fields import EDTFField
from advocacy.news.models import Article
from advocacy.publishing.addresses import path_of
from advocacy.publishing.models import Fact, FactCorrection, FactText, Language
from advocacy.publishing.richtext import RichTextField

from .queryset import MeetingQuerySet


class Meeting(Fact):  # type: ignore[django-manager-missing]  # Fact says what `texts` is
    """One meeting, told in a text per language."""

    parts = ("texts", "participants", "documents", "corrections")
    if TYPE_CHECKING:
        milestones: Any  # those it led to know it, and bring this accessor

    date = EDTFField(
        _("date"),
        bounds=("date_earliest", "date_latest"),
        help_text=_("As exactly as it is known and no more: 2012, 2012-12 or 2012-12-10."),
    )
    date_earliest = models.DateField(editable=False, db_index=True)
    date_latest = models.DateField(editable=False, db_index=True)
    place_en = models.CharField(_("place, in English"), max_length=200, blank=True)
    place_ko = models.CharField(_("place, in Korean"), max_length=200, blank=True)
    articles = models.ManyToManyField(
        Article,
        blank=True,
        related_name="meetings",
        verbose_name=_("articles on it"),
        limit_choices_to={"working": False},
        help_text=_("One language is enough: readers are led to the text in theirs."),
    )

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta(Fact.Meta):
        abstract = False
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def place(self, language: str) -> str:
        first, second = (
            (self.place_ko, self.place_en)
            if language == Language.KO
            else (self.place_en, self.place_ko)
        )
        return first or second


class MeetingText(FactText):
    """What one language tells of a meeting."""

    parts = ("figures",)

    fact = models.ForeignKey(Meeting, models.CASCADE, related_name="texts")
    body = RichTextField(_("text"), blank=True)

    class Meta(FactText.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            *FactText.Meta.constraints,
            models.UniqueConstraint(
                fields=["fact", "language"],
                name="meetings_meetingtext_one_per_language",
                violation_error_message=_("This meeting already has a text in that language."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        figures.sync(self.figures, self.body)

    def get_absolute_url(self) -> str:
        return path_of("meetings:detail", self.language, self.slug)


class Participant(models.Model):
    """A person or organisation at the table, in the office held on that day."""

    class Role(models.TextChoices):
        DELEGATION = "delegation", _("Our delegation")
        SURVIVOR = "survivor", _("Survivor")
        OFFICIAL = "official", _("Official")
        SUPPORTING = "supporting", _("Supporting organisation")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    position = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("1 comes first.")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    name_en = models.CharField(
        _("name, in English"),
        max_length=200,
        help_text=_("As the person agreed to be named. “A survivor” is a name too."),
    )
    name_ko = models.CharField(_("name, in Korean"), max_length=200, blank=True)
    office_en = models.CharField(
        _("office held at that date, in English"), max_length=200, blank=True
    )
    office_ko = models.CharField(
        _("office held at that date, in Korean"), max_length=200, blank=True
    )
    organisation_en = models.CharField(_("organisation, in English"), max_length=200, blank=True)
    organisation_ko = models.CharField(_("organisation, in Korean"), max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return self.name_en


class MeetingDocument(Document):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="documents")

    class Meta(Document.Meta):
        abstract = False


class MeetingFigure(Figure):
    text = models.ForeignKey(MeetingText, models.CASCADE, related_name="figures")


class MeetingCorrection(FactCorrection):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")

    class Meta(FactCorrection.Meta):
        abstract = False
