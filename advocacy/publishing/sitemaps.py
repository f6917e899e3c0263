"""Sitemaps of published texts, each with its translations as alternates."""

from __future__ import annotations

from collections import defaultdict
from typing import ClassVar

from django.contrib.sitemaps import Sitemap

from .head import absolute
from .models import Publication


class PublicationSitemap(Sitemap):
    """All published rows of `model`; `group` is the field their translations share."""

    limit = 1000
    model: ClassVar[type[Publication]]
    group = "translation_group"

    def items(self):
        return self.model.objects.published().order_by("pk")

    def lastmod(self, item: Publication):
        return item.last_changed

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        items = list(self.paginator.page(page).object_list)
        languages = self._addresses_by_group(items)
        return [
            {
                "item": item,
                "location": absolute(item.get_absolute_url()),
                "lastmod": item.last_changed,
                "alternates": [
                    {"lang_code": language, "location": location}
                    for language, location in languages[getattr(item, self.group)].items()
                ],
            }
            for item in items
        ]

    def get_latest_lastmod(self):
        changed = self.model.objects.published().order_by("-published_at").first()
        return changed and changed.last_changed

    def _addresses_by_group(self, items: list[Publication]) -> dict[object, dict[str, str]]:
        groups = {getattr(item, self.group) for item in items}
        found: dict[object, dict[str, str]] = defaultdict(dict)
        texts = self.model.objects.published().filter(**{f"{self.group}__in": groups})
        for text in texts.order_by("language"):
            found[getattr(text, self.group)][text.language] = absolute(text.get_absolute_url())
        return found
