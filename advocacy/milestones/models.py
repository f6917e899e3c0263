"""Milestones: what the United Nations did on North Korea, and our part in it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.attachments import figures
from advocacy.attachments.models import Document, Figure
from advocacy.dates.fields import EDTFField
from advocacy.meetings.models import Meeting
from advocacy.news.models import Article
from advocacy.publishing.addresses import path_of
from advocacy.publishing.models import Fact, FactCorrection, FactText
from advocacy.publishing.richtext import RichTextField
from advocacy.un import bodies
from advocacy.un.fields import SymbolField

from .queryset import MilestoneQuerySet


def a_vote_has_three_numbers(name: str) -> models.CheckConstraint:
    """The constraint on whatever has an outcome and votes as a milestone has."""
    numbers = ("votes_for", "votes_against", "votes_abstaining")
    known = {f"{number}__isnull": False for number in numbers}
    none = {f"{number}__isnull": True for number in numbers}
    return models.CheckConstraint(
        condition=Q(outcome="vote", **known) | (~Q(outcome="vote") & Q(**none)),
        name=name,
        violation_error_message=_(
            "A vote has three numbers: in favour, against, abstaining. Without a vote there are none."
        ),
    )


class Milestone(Fact):  # type: ignore[django-manager-missing]  # Fact says what `texts` is
    """One step, told in a text per language. Charts and counts count these, never the texts."""

    parts = ("texts", "symbols", "documents", "corrections")

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("Resolution")
        REPORT = "report", _("Report")
        REVIEW = "review", _("Review")
        STATEMENT = "statement", _("Statement")
        APPOINTMENT = "appointment", _("Appointment")
        MEETING_RECORD = "meeting_record", _("Meeting record")
        SUBMISSION = "submission", _("Submission")
        BRIEFING = "briefing", _("Briefing")
        ADVOCACY = "advocacy", _("Advocacy")

    class Outcome(models.TextChoices):
        VOTE = "vote", _("Adopted by a vote")
        NO_VOTE = "no_vote", _("Adopted without a vote")

    date = EDTFField(
        _("date"),
        bounds=("date_earliest", "date_latest"),
        help_text=_(
            "As exactly as it is known and no more: 2004, 2012-12, 2013-01-14, an interval 2009-12/2010-03."
        ),
    )
    date_earliest = models.DateField(editable=False, db_index=True)
    date_latest = models.DateField(editable=False, db_index=True)
    body = models.CharField(
        _("UN body"), max_length=20, choices=bodies.CHOICES, blank=True, db_index=True
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    own_step = models.BooleanField(
        _("our own step"),
        default=False,
        help_text=_("Something we did, rather than a UN body. Drawn hollow in the chart."),
    )
    turning_point = models.BooleanField(
        _("turning point"),
        default=False,
        help_text=_(
            "For the few steps after which the United Nations dealt with North Korea differently. "
            "Drawn in red."
        ),
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    votes_abstaining = models.PositiveSmallIntegerField(_("abstaining"), null=True, blank=True)
    articles = models.ManyToManyField(
        Article,
        blank=True,
        related_name="milestones",
        verbose_name=_("articles on it"),
        limit_choices_to={"working": False},
        help_text=_("One language is enough: readers are led to the text in theirs."),
    )
    meetings = models.ManyToManyField(
        Meeting,
        blank=True,
        related_name="milestones",
        verbose_name=_("meetings that led to it"),
        limit_choices_to={"replaces__isnull": True},
    )

    objects: ClassVar[Any] = MilestoneQuerySet.as_manager()

    class Meta(Fact.Meta):
        abstract = False
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            a_vote_has_three_numbers("milestones_milestone_vote_whole"),
            models.CheckConstraint(
                condition=Q(own_step=True) | ~Q(body=""),
                name="milestones_milestone_somebody_acted",
                violation_error_message=_(
                    "Choose the UN body that acted, or mark it as our own step."
                ),
            ),
        ]


class MilestoneText(FactText):
    """What one language tells of a milestone."""

    parts = ("figures",)

    fact = models.ForeignKey(Milestone, models.CASCADE, related_name="texts")
    body = RichTextField(_("text"), blank=True)
    our_part = RichTextField(
        _("our part"),
        blank=True,
        help_text=_("What we did towards it. Left empty where nothing is known."),
    )

    class Meta(FactText.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            *FactText.Meta.constraints,
            models.UniqueConstraint(
                fields=["fact", "language"],
                name="milestones_milestonetext_one_per_language",
                violation_error_message=_("This milestone already has a text in that language."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        figures.sync(self.figures, self.body, self.our_part)

    def get_absolute_url(self) -> str:
        return path_of("milestones:detail", self.language, self.slug)


class MilestoneSymbol(models.Model):
    """The symbol of a UN document the milestone left behind."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="symbols")
    position = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("1 comes first.")
    )
    symbol = SymbolField(_("UN document symbol"))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("UN document")
        verbose_name_plural = _("UN documents")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "symbol"],
                name="milestones_milestonesymbol_once",
                violation_error_message=_("This symbol is already there."),
            )
        ]

    def __str__(self) -> str:
        return str(self.symbol)


class MilestoneDocument(Document):
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="documents")

    class Meta(Document.Meta):
        abstract = False


class MilestoneFigure(Figure):
    text = models.ForeignKey(MilestoneText, models.CASCADE, related_name="figures")


class MilestoneCorrection(FactCorrection):
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="corrections")

    class Meta(FactCorrection.Meta):
        abstract = False
