from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "advocacy.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from advocacy.attachments import uses
        from advocacy.publishing import showing

        from . import elsewhere, views
        from . import models as own  # not loaded before

        uses.register_published(own.MeetingDocument, own.MeetingFigure)
        showing.register(own.MeetingText, views.page)
        showing.register_elsewhere(own.MeetingText, elsewhere.tell)
