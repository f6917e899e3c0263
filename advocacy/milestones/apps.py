from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MilestonesConfig(AppConfig):
    name = "advocacy.milestones"
    label = "milestones"
    verbose_name = _("Milestones")

    def ready(self) -> None:
        from advocacy.attachments import uses
        from advocacy.publishing import checks, showing

        from . import elsewhere, views
        from . import models as own  # not loaded before
        from .checks import CHECKS

        uses.register_published(own.MilestoneDocument, own.MilestoneFigure)
        checks.register(*CHECKS)
        showing.register(own.MilestoneText, views.page)
        showing.register_elsewhere(own.MilestoneText, elsewhere.tell)
