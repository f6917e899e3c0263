from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "advocacy.protection"
    label = "protection"
    verbose_name = _("Protected persons")

    def ready(self) -> None:
        # These need the models, which are not loaded before.
        from advocacy.attachments import actions
        from advocacy.publishing import at_once, bounds, checks, sharing

        from . import at_once as names
        from . import scanning, unread

        checks.register(*scanning.CHECKS, *unread.CHECKS)
        bounds.register(scanning.end_of)
        sharing.register(scanning.problems)
        at_once.register(names.problems)
        actions.look_before_replacing(names.new_version)
