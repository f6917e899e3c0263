from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "advocacy.exports"
    label = "exports"
    verbose_name = _("Tables to take along")

    def ready(self) -> None:
        from . import elsewhere  # needs the models, which are not loaded before

        elsewhere.register()
