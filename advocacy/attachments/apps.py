from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttachmentsConfig(AppConfig):
    name = "advocacy.attachments"
    label = "attachments"
    verbose_name = _("Documents and pictures")

    def ready(self) -> None:
        from advocacy.publishing import checks

        from .checks import CHECKS  # needs the models, which are not loaded before

        checks.register(*CHECKS)
