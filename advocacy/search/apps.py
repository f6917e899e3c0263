from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "advocacy.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from advocacy.publishing import followers

        from . import elsewhere, index  # need the models, which are not loaded before

        elsewhere.register()
        followers.register(index.follow)
