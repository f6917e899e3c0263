"""What an editor opens and publishes as a whole: rows with a working copy."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .publication import Identified, Language, Publication
from .queryset import FactQuerySet, FactTextQuerySet, RecordQuerySet, TranslatableQuerySet
from .review import Review


def trash_index() -> models.Index:
    """Of what lies in the trash alone: SQLite takes what does not for few rows, looks them up by an
    index over all, and then sorts every one.
    """
    in_trash = Q(trashed_at__isnull=False)
    return models.Index(fields=["trashed_at"], condition=in_trash, name="%(class)s_trash")


class Record(Identified):
    """What is edited and published as a whole.

    Saving never alters what readers see: a public record is edited in its working copy, a row of
    the same model that `replaces` it and owns `parts` of its own; `actions.publish` moves it over.
    """

    #: Reverse accessors of the rows this record owns. Publishing replaces them whole, except
    #: a fact's texts, which are matched by language and keep their identity.
    parts: ClassVar[tuple[str, ...]] = ()
    #: Afterwards it is removed for good.
    KEPT_IN_TRASH = timedelta(days=30)
    #: Who has it open at the desk; nobody where it was not fetched for a person.
    opened_by: Any = None
    #: Who publishes it with many others at once: the checks look at it on behalf of the site.
    brought_by: Any = None
    if TYPE_CHECKING:
        replaces_id: int | None
        created_by_id: Any

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun by"),
        # Where there are many records, their own index begins with it; of few none is needed.
        db_index=False,
    )
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="working_copy",
    )

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [trash_index()]

    @property
    def live(self):
        """The row readers know: this one, or the one it waits to replace."""
        return self.replaces or self

    def changes(self):
        """The working copy that waits to replace this record, if there is one."""
        return type(self).objects.filter(replaces=self).first()

    def review(self) -> Review | None:
        """The review this very row is in."""
        found = Review.objects.select_related("asked_by", "reviewer")
        return found.filter(record=self.uuid).first()

    @property
    def removed_at(self) -> datetime | None:
        """When the trash lets go of it."""
        return self.trashed_at and self.trashed_at + self.KEPT_IN_TRASH

    @property
    def is_working_copy(self) -> bool:
        return self.replaces_id is not None

    def publications(self) -> list[Publication]:
        """The texts of this record, each in its language."""
        raise NotImplementedError

    def ready_texts(self) -> list[Publication]:
        """Those that publishing shows to readers."""
        return [
            text
            for text in self.publications()
            if text.status != Publication.Status.TRASHED and getattr(text, "ready", True)
        ]

    def missing_languages(self) -> list[str]:
        """Those this piece is not written in yet, by anybody."""
        raise NotImplementedError

    def is_known_to_readers(self) -> bool:
        """Whether any text is or was published, or will be from a set time on.

        Such a record is not edited itself: its working copy is.
        """
        return any(text.first_published_at for text in self.publications())


class Translatable(Record, Publication):
    """A record that is one row a language, joined with its translations in a group."""

    translation_group = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    if TYPE_CHECKING:
        told_in: list[str]  # other languages; of a row in a list of the desk

    objects: ClassVar[Any] = TranslatableQuerySet.as_manager()

    class Meta(Publication.Meta):
        abstract = True
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(
                condition=Q(working=True, replaces__isnull=False)
                | Q(working=False, replaces__isnull=True),
                name="%(app_label)s_%(class)s_working_replaces",
                violation_error_message=_("A working copy is one that replaces another text."),
            ),
            models.UniqueConstraint(
                fields=["translation_group", "language"],
                condition=Q(working=False),
                name="%(app_label)s_%(class)s_one_per_language",
                violation_error_message=_("This text already has a translation in that language."),
            ),
        ]
        indexes = [*Publication.Meta.indexes, trash_index()]

    def publications(self) -> list[Publication]:
        return [self]

    def missing_languages(self) -> list[str]:
        group = type(self).objects.live().filter(translation_group=self.translation_group)
        written = set(group.values_list("language", flat=True))
        return [language for language in Language.values if language not in written]

    @property
    def record(self) -> Record:
        return self

    @property
    def standing(self) -> Publication:
        return self.live

    def translations(self, at: datetime | None = None) -> Iterable[Translatable]:
        """The public texts of the same piece in other languages."""
        others = type(self).objects.published(at).exclude(language=self.language)
        return others.filter(translation_group=self.translation_group)


class Fact(Record):
    """Something that happened once, told in a text per language."""

    public_texts: list[FactText]
    if TYPE_CHECKING:
        texts: Any  # the concrete text's foreign key `fact` brings this accessor

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True

    def __str__(self) -> str:
        """In the language of whoever is at the desk, where it is told in it."""
        titles = {text.language: text.title for text in self.texts.all()}
        spoken = titles.get(get_language() or "") or next(iter(titles.values()), "")
        return spoken or str(_("No text yet"))

    def publications(self) -> list[Publication]:
        return sorted(self.texts.all(), key=attrgetter("language"))  # databases have no order

    def missing_languages(self) -> list[str]:
        told = {text.language for text in self.texts.all()}
        return [language for language in Language.values if language not in told]

    def text(self, language: str) -> FactText | None:
        """The public text in `language`, else in the other one; needs `with_texts()`."""
        texts = sorted(self.public_texts, key=lambda text: text.language != language)
        return texts[0] if texts else None


class FactText(Publication):
    """One language's text of a fact. The concrete class has a foreign key named `fact`."""

    parts: ClassVar[tuple[str, ...]] = ()
    if TYPE_CHECKING:
        fact: Any
        fact_id: int

    ready = models.BooleanField(
        _("ready for readers"),
        default=True,
        help_text=_("Without this mark, publishing leaves this language as readers know it."),
    )

    objects: ClassVar[Any] = FactTextQuerySet.as_manager()

    class Meta(Publication.Meta):
        abstract = True

    def save(self, *args, **kwargs) -> None:
        self.working = self.fact.is_working_copy
        super().save(*args, **kwargs)

    @property
    def record(self) -> Record:
        return self.fact

    @property
    def standing(self) -> Publication:
        if not self.working:
            return self
        live = type(self).objects.filter(fact=self.fact.replaces_id, language=self.language)
        return live.first() or self

    def translations(self, at: datetime | None = None) -> Iterable[FactText]:
        """The public texts of the same fact in other languages."""
        return type(self).objects.published(at).filter(fact=self.fact_id).exclude(pk=self.pk)


def kinds() -> list[type[Record]]:
    """Every kind of record there is, in the order of the slices."""
    return [model for model in apps.get_models() if issubclass(model, Record)]
