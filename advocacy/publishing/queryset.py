"""The one visibility predicate of the house, and the words editors use for sets of records."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone


def related(model: type[Model], accessor: str) -> Any:
    """The model at the other end of a relation, which may be of a floor above."""
    return model._meta.get_field(accessor).related_model


class PublicQuerySet(QuerySet):
    """Rows readers may see, which therefore change one by one, through the verbs in `actions`."""

    model: Any
    if TYPE_CHECKING:
        # Abstract models and sets that inherit from two others are beyond what django-stubs can say.
        @classmethod
        def as_manager(cls) -> Any: ...

    def update(self, **kwargs):
        raise TypeError(
            "Publish through advocacy.publishing.actions: update() starts no generation."
        )

    def bulk_update(self, *args, **kwargs):
        raise TypeError("Publish through advocacy.publishing.actions, one record at a time.")


class RecordQuerySet(PublicQuerySet):
    """What can be said of every record: an article, a page, a milestone, a meeting."""

    def live(self):
        """Without the working copies that wait to replace one of these."""
        return self.filter(replaces__isnull=True)

    def with_waiting(self):
        """Each with `changes_wait`: whether a working copy waits to replace it."""
        copies = self.model._default_manager.filter(replaces=OuterRef("pk"))
        return self.annotate(changes_wait=Exists(copies))


class PublicationQuerySet(PublicQuerySet):
    """Texts in one language. Every public channel starts from `published()`."""

    def published(self, at: datetime | None = None):
        at = at or timezone.now()
        return self.filter(
            Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=at),
            status=self.model.Status.PUBLISHED,
            published_at__lte=at,
        )

    def gone(self, at: datetime | None = None):
        """What readers once could open and no longer can: withdrawn, ended or trashed."""
        at = at or timezone.now()
        return self.filter(first_published_at__lte=at, working=False).exclude(
            pk__in=self.model._default_manager.published(at)
        )

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def next_change(self, at: datetime) -> datetime | None:
        """When the first of these appears or ends after `at`, without anybody's doing."""
        lasting = self.filter(status=self.model.Status.PUBLISHED)
        moments = [
            lasting.filter(**{f"{field}__gt": at})
            .order_by(field)
            .values_list(field, flat=True)
            .first()
            for field in ("published_at", "unpublish_at")
        ]
        return min((moment for moment in moments if moment), default=None)


class TranslatableQuerySet(RecordQuerySet, PublicationQuerySet):
    """Records that are one row a language."""

    def live(self):
        # The same rows as `replaces IS NULL`, which SQLite takes for few and looks up by its
        # index, and then sorts them all.
        return self.filter(working=False)


class FactQuerySet(RecordQuerySet):
    """Records that hold a text per language: public as soon as one text is."""

    def published(self, at: datetime | None = None, language: str | None = None):
        texts = self._texts().published(at)
        if language:
            texts = texts.filter(language=language)
        return self.filter(Exists(texts.filter(fact=OuterRef("pk"))))

    def with_texts(self, at: datetime | None = None):
        """Load the public texts, so that `fact.text(language)` asks nothing more."""
        return self.prefetch_related(
            Prefetch("texts", self._texts().published(at), to_attr="public_texts")
        )

    def _texts(self) -> PublicationQuerySet:
        return related(self.model, "texts").objects.all()
