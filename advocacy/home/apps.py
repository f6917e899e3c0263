from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "advocacy.home"
    label = "home"
    verbose_name = _("Front page")

    def ready(self) -> None:
        # These need the models, which are not loaded before.
        from advocacy.news.models import Article
        from advocacy.publishing import showing

        from . import feeds

        showing.register_elsewhere(Article, feeds.tell)
