from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "advocacy.links"
    label = "links"
    verbose_name = _("Links")

    def ready(self) -> None:
        from advocacy.news import coverage

        from . import dead  # needs the models, which are not loaded before

        coverage.register(dead.since)
