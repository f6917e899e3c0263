from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext_lazy as _

from .addresses import as_network


class HitsConfig(AppConfig):
    name = "advocacy.hits"
    label = "hits"
    verbose_name = _("Reach")

    def ready(self) -> None:
        register(proxies_are_addresses)


def proxies_are_addresses(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"TRUSTED_PROXIES holds {entry!r}, which is no address and no network.",
            hint="Write addresses or networks: 10.0.0.5, 10.0.0.0/8, fd00::/8.",
            id="hits.E001",
        )
        for entry in settings.TRUSTED_PROXIES
        if as_network(entry) is None
    ]
