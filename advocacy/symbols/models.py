"""Documents of the United Nations, as they are known by their symbols.

What of ours cites one is kept with the index of the search (`search.models.Citation`): a document
needs no row here to have a page, and a row says what its symbol does not.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.dates.fields import EDTFField
from advocacy.milestones.models import Milestone, a_vote_has_three_numbers
from advocacy.publishing.models import Language, ShownAtOnce
from advocacy.un import bodies
from advocacy.un.fields import DocumentSymbolField
from advocacy.un.forms import Kind
from advocacy.un.series import may_be_of
from advocacy.un.symbols import Symbol, parse

#: What a symbol can say, and what it leaves open.
KINDS = [*Kind.choices, ("report", _("report")), ("letter", _("letter"))]


class UNDocument(ShownAtOnce):
    """One document; a draft, its revision and what was adopted of it are three."""

    symbol = DocumentSymbolField(_("UN document symbol"), unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=KINDS,
        blank=True,
        help_text=_("Left empty, what its symbol says."),
    )
    body = models.CharField(
        _("UN body"),
        max_length=20,
        choices=bodies.CHOICES,
        blank=True,
        db_index=True,
        help_text=_("Left empty, the body in whose series it came out."),
    )
    session = models.CharField(
        _("session"),
        max_length=12,
        blank=True,
        help_text=_("Such as 25 or S-17. Left empty, what its symbol says."),
    )
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    title_ko = models.CharField(_("title in Korean"), max_length=500, blank=True)
    date = EDTFField(
        _("date"),
        bounds=("date_earliest", "date_latest"),
        blank=True,
        help_text=_(
            "Of its adoption, or the one it bears; as exactly as it is known and no more: 2014, 2014-12,"
            " 2014-12-18."
        ),
    )
    date_earliest = models.DateField(null=True, editable=False, db_index=True)
    date_latest = models.DateField(null=True, editable=False, db_index=True)
    agenda_item = models.CharField(_("agenda item"), max_length=200, blank=True)
    sponsors = models.TextField(
        _("sponsors"), blank=True, help_text=_("One a line, as the document names them.")
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Milestone.Outcome, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    votes_abstaining = models.PositiveSmallIntegerField(_("abstaining"), null=True, blank=True)

    class Meta:
        ordering = ["symbol"]
        verbose_name = _("UN document")
        verbose_name_plural = _("UN documents")
        constraints = [a_vote_has_three_numbers("symbols_undocument_vote_whole")]

    def __str__(self) -> str:
        return str(self.symbol)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill()
        super().save(*args, **kwargs)

    def fill(self) -> None:
        """Write down what was left empty and its symbol says."""
        if read := self.read:
            self.kind = self.kind or read.kind
            self.body = self.body or read.body
            self.session = self.session or read.session

    def clean(self) -> None:
        read = self.read
        if read and self.body and not may_be_of(read, self.body):
            raise ValidationError({"body": _("No document of this body has such a symbol.")})

    @property
    def read(self) -> Symbol | None:
        """Its symbol in parts."""
        return parse(self.symbol)

    @property
    def year(self) -> int | None:
        """That of its date, else the one that its symbol names."""
        if self.date:
            return self.date.earliest.year
        return self.read.named_year if self.read else None

    def title(self, language: str) -> str:
        """In that language, else in the other; "" where none is known."""
        return self.titles().get(language) or next(iter(self.titles().values()), "")

    def title_language(self, language: str) -> str:
        """That of what `title()` gives."""
        return language if language in self.titles() else next(iter(self.titles()), language)

    def titles(self) -> dict[str, str]:
        """By language, those that are known."""
        every = {Language.EN.value: self.title_en, Language.KO.value: self.title_ko}
        return {language: title for language, title in every.items() if title}


class Relation(ShownAtOnce):
    """What another document is to this one. The other one needs no row of its own."""

    class Kind(models.TextChoices):
        """In the order in which one follows the other."""

        DRAFT = "draft", _("draft")
        REPORT = "report", _("report")
        RESOLUTION = "resolution", _("resolution or decision")
        RECORD = "record", _("meeting record")

    document = models.ForeignKey(UNDocument, models.CASCADE, related_name="relations")
    kind = models.CharField(
        _("what it is"),
        max_length=10,
        choices=Kind,
        help_text=_(
            "Its draft; the report it goes by; the resolution or decision it was made under; the record"
            " of the meeting that dealt with it."
        ),
    )
    other = DocumentSymbolField(_("UN document symbol"), db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("document in its chain")
        verbose_name_plural = _("the chain around it")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "other"],
                name="symbols_relation_once",
                violation_error_message=_("This symbol is already there."),
            )
        ]

    def __str__(self) -> str:
        return str(self.other)

    def clean(self) -> None:
        if self.other and self.other == self.document.symbol:
            raise ValidationError({"other": _("A document does not follow from itself.")})
