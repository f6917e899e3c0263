from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from advocacy.publishing.head import absolute
from advocacy.publishing.models import Language

from .known import Entry, entries


class SymbolSitemap(Sitemap):
    """The page of every UN document, in each language."""

    limit = 1000

    def items(self) -> list[Entry]:
        return entries(timezone.now())

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        rows = []
        for item in self.paginator.page(page).object_list:
            addresses = {code: absolute(item.symbol.page(code)) for code in Language.values}
            alternates = [{"lang_code": c, "location": a} for c, a in addresses.items()]
            rows += [{"location": a, "alternates": alternates} for a in addresses.values()]
        return rows
