from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "advocacy.news"
    label = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from advocacy.attachments import uses
        from advocacy.publishing import checks, showing

        from . import elsewhere, views
        from . import models as own  # not loaded before
        from .checks import CHECKS

        uses.register_published(own.ArticleDocument, own.ArticleFigure)
        checks.register(*CHECKS)
        showing.register(own.Article, views.page)
        showing.register_elsewhere(own.Article, elsewhere.tell)
