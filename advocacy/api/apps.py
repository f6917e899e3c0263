from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "advocacy.api"
    label = "api"
    verbose_name = _("Interface for programs")

    def ready(self) -> None:
        from . import elsewhere  # needs the models, which are not loaded before

        elsewhere.register()
