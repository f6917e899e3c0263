"""Where signing in meets what the site knows of its proxies: neither slice knows the other."""

from __future__ import annotations

from django.http import HttpRequest

from advocacy.accounts import adapters
from advocacy.hits import addresses


class AccountAdapter(adapters.AccountAdapter):
    def address(self, request: HttpRequest) -> str:
        return addresses.address(request.META)
