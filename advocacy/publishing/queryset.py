"""The one visibility predicate of the house, and the words editors use for sets of records."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from .people import EDIT_ALL, Person
from .review import Review
from .richtext import rich_texts


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

    def editable_by(self, user: Person):
        """Those that are `user`'s to work on, as access.py says it, whatever their state."""
        return self.all() if user.has_perm(EDIT_ALL) else self.filter(self._theirs(user))

    def open_to(self, user: Person, at: datetime | None = None):
        """Those `user` may open at the desk: theirs, and what readers can read at `at`."""
        if user.has_perm(EDIT_ALL):
            return self.all()
        # One after the other, and not `OR`: a database would take an index for each alternative
        # and then sort all it found, where it can go along one index until a page is full.
        is_open = Case(
            When(self.is_published(at), then=Value(True)),
            When(self._theirs(user), then=Value(True)),
            default=Value(False),
        )
        return self.filter(is_open)

    def is_published(self, at: datetime | None = None) -> Q:
        """The one visibility predicate, as a condition on a record."""
        raise NotImplementedError

    def _theirs(self, user: Person) -> Q:
        begun = self.model._default_manager.filter(created_by=user.pk)
        changed = Q(created_by=user.pk) | Q(replaces__in=begun.values("pk"))
        return changed | Q(uuid__in=_in_review_by(user))

    # The trash

    def in_trash(self):
        return self.filter(trashed_at__isnull=False)

    def overdue(self, at: datetime | None = None):
        """Those that have been in the trash for as long as it keeps anything."""
        return self.filter(trashed_at__lte=(at or timezone.now()) - self.model.KEPT_IN_TRASH)

    # What needs somebody

    def waiting_for(self, user: Person):
        """Drafts and working copies that `user` was asked to review."""
        return self.filter(uuid__in=_in_review_by(user))

    def mine_in_progress(self, user: Person):
        """Drafts and working copies that `user` has begun, in review or not."""
        kept: Any = self.filter(trashed_at__isnull=True, replaces__trashed_at__isnull=True)
        return kept.in_progress().filter(created_by=user.pk)


def _in_review_by(user: Person) -> QuerySet:
    return Review.objects.filter(reviewer=user.pk).values("record")


class PublicationQuerySet(PublicQuerySet):
    """Texts in one language. Every public channel starts from `published()`."""

    def published(self, at: datetime | None = None):
        return self.filter(self.is_published(at))

    def is_published(self, at: datetime | None = None, relation: str = "") -> Q:
        """The predicate itself; with `relation`, of the texts it leads to: `texts__`."""
        at = at or timezone.now()
        is_left = Q(**{f"{relation}unpublish_at__isnull": True})
        is_left |= Q(**{f"{relation}unpublish_at__gt": at})
        shown = {"status": self.model.Status.PUBLISHED, "published_at__lte": at}
        return is_left & Q(**{f"{relation}{name}": value for name, value in shown.items()})

    def released(self):
        """What was published and not taken back: public now, before, or from a set time on."""
        return self.filter(status=self.model.Status.PUBLISHED)

    def gone(self, at: datetime | None = None):
        """What readers once could open and no longer can: withdrawn, ended or trashed."""
        at = at or timezone.now()
        return self.filter(first_published_at__lte=at, working=False).exclude(
            pk__in=self.model._default_manager.published(at)
        )

    def in_progress(self):
        """What is being written: drafts and working copies, in review or not."""
        return self.filter(status__in=[self.model.Status.DRAFT, self.model.Status.IN_REVIEW])

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

    is_published = PublicationQuerySet.is_published  # of the row itself

    def live(self):
        # The same rows as `replaces IS NULL`, which SQLite takes for few and looks up by its
        # index, and then sorts them all.
        return self.filter(working=False)


class FactTextQuerySet(PublicationQuerySet):
    """The texts of facts, one a language."""

    def open_to(self, user: Person, at: datetime | None = None):
        """Those of facts that are `user`'s to work on, and what readers can read at `at`."""
        if user.has_perm(EDIT_ALL):
            return self.all()
        facts = related(self.model, "fact").objects.editable_by(user)
        public = self.model._default_manager.published(at)
        return self.filter(Q(fact__in=facts.values("pk")) | Q(pk__in=public.values("pk")))


class FactQuerySet(RecordQuerySet):
    """Records that hold a text per language: public as soon as one text is."""

    def published(self, at: datetime | None = None, language: str | None = None):
        return self.filter(self.is_published(at, language))

    def is_published(self, at: datetime | None = None, language: str | None = None) -> Q:
        texts = self._texts().published(at)
        if language:
            texts = texts.filter(language=language)
        return Q(Exists(texts.filter(fact=OuterRef("pk"))))

    def released(self):
        """Those with a text that was published and not taken back."""
        return self.filter(Exists(self._texts().released().filter(fact=OuterRef("pk"))))

    def with_texts(self, at: datetime | None = None):
        """Load the public texts, so that `fact.text(language)` asks nothing more."""
        return self.prefetch_related(
            Prefetch("texts", self._texts().published(at), to_attr="public_texts")
        )

    def in_progress(self):
        """Those with a text that is being written."""
        return self.filter(Exists(self._texts().in_progress().filter(fact=OuterRef("pk"))))

    def open_to(self, user: Person, at: datetime | None = None):
        """As of every record; each is called by a text that `user` may open."""
        texts = self._texts().open_to(user, at)
        texts = texts.defer(*rich_texts(texts.model))
        return super().open_to(user, at).prefetch_related(Prefetch("texts", texts))

    def _texts(self) -> Any:
        return related(self.model, "texts").objects.all()
