"""Files the record rests on: statements and reports as PDF, and pictures.

An attachment is public by use: a slice above puts it into a record, and readers may fetch it as
long as one such record is published (`uses`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.citing.work import Work
from advocacy.publishing import generation
from advocacy.publishing.addresses import path_of_file
from advocacy.publishing.models import Identified, Language, Publication, Record

from . import uses
from .derivatives import PageText, Rendition
from .files import sizes
from .files.pipeline import ENDINGS
from .files.sizes import Size, Steps, Wanted
from .queryset import AttachmentQuerySet

__all__ = ["Alt", "Attachment", "Document", "Figure", "PageText", "Rendition", "Thumbnail", "Use"]


class Thumbnail(NamedTuple):
    url: str
    width: int  # pixels
    height: int


class Alt(NamedTuple):
    """The description of a picture, and the language it is in."""

    text: str
    language: str


class Attachment(Identified):
    """One file, as readers get it: whatever it carried beyond its content is gone."""

    if TYPE_CHECKING:
        told_in: list[Publication]  # on the list of all documents
        work: Work  # there too, as is the path below which its citations are
        cited_at: str

    class Kind(models.TextChoices):
        PDF = "pdf", _("Document (PDF)")
        PICTURE = "picture", _("Picture")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind, editable=False)
    title = models.CharField(
        _("title"), max_length=300, help_text=_("What readers see as the name of the document.")
    )
    language = models.CharField(
        _("language of the document"),
        max_length=2,
        choices=Language,
        blank=True,
        help_text=_("The language its text is in. A document cannot be published without it."),
    )
    name = models.SlugField(
        _("file name"),
        max_length=120,
        allow_unicode=True,
        help_text=_("The last part of the file's address, without its ending."),
    )
    alt_en = models.CharField(
        _("what the picture shows, in English"),
        max_length=500,
        blank=True,
        help_text=_("One sentence that tells what there is to see."),
    )
    alt_ko = models.CharField(_("what the picture shows, in Korean"), max_length=500, blank=True)
    decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("The picture tells nothing that the text does not tell."),
    )
    key = models.CharField(max_length=200, editable=False)  # where the storage keeps the bytes
    media_type = models.CharField(max_length=40, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    # Equal for the same document under another title; of a picture, its SHA-256.
    fingerprint = models.CharField(max_length=64, editable=False, db_index=True)
    size = models.PositiveBigIntegerField(editable=False)  # bytes
    pages = models.PositiveIntegerField(null=True, editable=False)
    width = models.PositiveIntegerField(
        null=True, editable=False
    )  # pixels; of a PDF, its thumbnail
    height = models.PositiveIntegerField(null=True, editable=False)
    removed = models.JSONField(default=list, editable=False)  # what was taken out, as codes
    covered = models.JSONField(
        default=list, editable=False
    )  # `files.covered.Covered`: words in boxes
    # `files.unread.Unread`: what no search can look into; none of it known before it is looked for.
    unread = models.JSONField(null=True, editable=False)
    # In all sizes and formats; until then there is one small JPEG.
    is_drawn = models.BooleanField(default=False, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    # Whose deed its present bytes are; nobody: the site's own, or from before this was kept.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    replaced_at = models.DateTimeField(null=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("document or picture")
        verbose_name_plural = _("documents and pictures")
        # The order of the library, of which only one page is read.
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="attachments_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="pdf", pages__isnull=False)
                | Q(kind="picture", width__isnull=False),
                name="attachments_attachment_measured",
                violation_error_message=_("A document has pages; a picture has a width."),
            ),
            models.CheckConstraint(
                condition=Q(decorative=False) | Q(alt_en="", alt_ko=""),
                name="attachments_attachment_decorative_is_silent",
                violation_error_message=_(
                    "A picture is described, or it is decoration only; not both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_of_file("attachments:file", self.uuid, self.filename)

    def clean(self) -> None:
        """What a text needed to be published, it needs as long as readers know that text."""
        super().clean()
        problems = self.problems()
        if problems and self.pk and self._is_known_to_readers():
            raise ValidationError({"language" if self.is_pdf else "alt_en": problems})

    def _is_known_to_readers(self) -> bool:
        """Also by a text whose time is still to come, or that was withdrawn."""
        records = (place.record for place in uses.places([self], Use, user=None)[self.pk])
        return any(isinstance(one, Record) and one.is_known_to_readers() for one in records)

    @property
    def filename(self) -> str:
        return f"{self.name}.{self.key.rpartition('.')[2]}"

    @property
    def is_pdf(self) -> bool:
        return self.kind == self.Kind.PDF

    def sizes(self) -> list[Size]:
        """Widths and heights it is drawn in, smallest first; of a PDF, its first page."""
        return sizes.of(*self._measures())

    def renditions_wanted(self) -> list[Wanted]:
        """All there will be of it."""
        return sizes.every(*self._measures())

    def drawn_url(self, width: int, form: str) -> str:
        """Where the rendition of one of its `sizes` is, for as long as the file is not replaced."""
        name = f"{self.sha256[:8]}-{width}.{ENDINGS[form]}"
        return path_of_file("attachments:rendition", self.uuid, name)

    def thumbnail(self, width: int) -> Thumbnail:
        """The smallest rendition at least `width` pixels wide, or the largest there is.

        It has the measures it will have when all are drawn, so that nothing moves then.
        """
        drawn = self.sizes()
        chosen = sizes.at_least(width, drawn)
        shown = chosen if self.is_drawn else sizes.first(drawn)
        return Thumbnail(self.drawn_url(shown[0], "jpeg"), *chosen)

    def srcset(self, form: str) -> str:
        """Every rendition there is in one format, as HTML wants it."""
        return ", ".join(
            f"{self.drawn_url(width, form)} {width}w"
            for drawn, width, _height in (self.renditions_wanted() if self.is_drawn else ())
            if drawn == form
        )

    def alt(self, language: str) -> Alt:
        """What it shows, in `language` if that is known; of a decoration nothing."""
        said = {"en": self.alt_en, "ko": self.alt_ko}
        known = [code for code in sorted(said, key=lambda code: code != language) if said[code]]
        return Alt(said[known[0]], known[0]) if known else Alt("", language)

    def _measures(self) -> tuple[int, int, Steps]:
        steps = sizes.FRONT if self.is_pdf else sizes.PICTURE
        return self.width or 1, self.height or 1, steps

    def bump_if_visible(self) -> None:
        """Readers see another generation, where they see this file."""
        if Attachment.objects.visible().filter(pk=self.pk).exists():
            generation.bump()

    def problems(self) -> list[str]:
        """Why this file cannot be shown to readers yet, as sentences for the editor."""
        if self.kind == self.Kind.PDF and not self.language:
            return [str(_("The document “%s” has no language. Choose it.") % self.title)]
        if self.kind == self.Kind.PICTURE and not (self.decorative or self.alt_en or self.alt_ko):
            return [
                str(
                    _(
                        "The picture “%s” has no description. Write one, or mark it as decoration only."
                    )
                    % self.title
                )
            ]
        return []


class Use(models.Model):
    """One place where a record uses an attachment. The concrete class says which record."""

    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", verbose_name=_("document or picture")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.attachment)


class Document(Use):
    """A PDF readers can download beside a text."""

    position = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("1 comes first.")
    )
    title = models.CharField(
        _("title on this page"),
        max_length=300,
        blank=True,
        help_text=_("Only where it should differ from the document's own title."),
    )

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        super().clean()
        if self.attachment_id and self.attachment.kind != Attachment.Kind.PDF:
            raise ValidationError({"attachment": _("This is a picture. Choose a PDF.")})


class Figure(Use):
    """A picture in a body, written when the body is saved."""

    is_written_by_its_text = True

    caption = models.TextField(blank=True, editable=False)  # without markup: it is searched

    class Meta:
        abstract = True
