"""The index: what can be found, the words it is written with, and by which rules it was made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.publishing.models import Language
from advocacy.un.symbols import LONGEST


class Document(models.Model):
    """One text in one language, or one page of a PDF. Its words lie in the table of the engine.

    It says where it comes from, never whether it is public: that is asked of its source each time.
    """

    in_backups = False

    class Kind(models.TextChoices):
        ARTICLE = "news", _("News")
        MILESTONE = "milestone", _("Milestones")
        MEETING = "meeting", _("Meetings")
        PAGE = "page", pgettext_lazy("kind of text", "Pages")
        FILE = "pdf", _("Inside PDF files")

    kind = models.CharField(max_length=10, choices=Kind)
    source = models.PositiveBigIntegerField()  # primary key of the text, or of the file
    number = models.PositiveIntegerField(default=0)  # of the page, counted from 1; of a text 0
    part = models.PositiveSmallIntegerField(default=0)  # of what is too long for one row
    language = models.CharField(max_length=2, choices=Language)
    body = models.CharField(max_length=20, blank=True)  # a code of un.bodies
    day = models.DateField(null=True)  # the first it may be of
    year = models.PositiveSmallIntegerField(null=True)
    mark = models.CharField(max_length=64)  # equal as long as nothing of it has changed

    class Meta:
        constraints = [
            # Not by kind first: SQLite would then look for all of each kind instead of for what
            # matches.
            models.UniqueConstraint(
                fields=["source", "kind", "number", "part"], name="search_document_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}, {self.number}"


class Citation(models.Model):
    """A UN document that a text or a page names, whoever may read that."""

    in_backups = False

    document = models.ForeignKey(Document, models.CASCADE, related_name="citations")
    symbol = models.CharField(max_length=LONGEST)  # without the letter of a language

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["symbol", "document"], name="search_citation_once")
        ]

    def __str__(self) -> str:
        return str(self.symbol)


class Word(models.Model):
    """A Latin word as people write it, and its stem, as long as some document has that."""

    in_backups = False

    word = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.word


class Edition(models.Model):
    """The single row: the rules by which the whole index was made."""

    in_backups = False

    rules = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="search_edition_one_row")
        ]

    def __str__(self) -> str:
        return str(self.rules)
