from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "advocacy.pages"
    label = "pages"
    verbose_name = _("Pages of the site")

    def ready(self) -> None:
        from advocacy.attachments import uses
        from advocacy.publishing import citing, showing

        from . import context, views
        from . import models as own  # not loaded before

        uses.register_published(own.PageDocument, own.PageFigure)
        showing.register(own.StandingPage, views.page)
        showing.register_elsewhere(own.StandingPage, views.link)
        citing.register(context.organisation)
