"""The words editors and readers use for sets of articles."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from advocacy.publishing.queryset import TranslatableQuerySet, related


class ArticleQuerySet(TranslatableQuerySet):
    def in_year(self, year: int):
        """First published in that year, in Seoul."""
        return self.filter(first_published_at__year=year)

    def tagged(self, slug: str):
        return self.filter(tagged__tag__slug=slug)

    def of_the_piece(self, language: str, slug: str):
        """The text at this address, and its translations."""
        there = self.model._default_manager.filter(language=language, slug=slug, working=False)
        return self.filter(translation_group__in=there.values("translation_group"))

    def noting_corrections(self):
        """Load with each whether there are corrections to ask for: mostly there are none."""
        corrections = related(self.model, "corrections").objects
        return self.annotate(is_corrected=Exists(corrections.filter(article=OuterRef("pk"))))
