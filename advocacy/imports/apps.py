from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "advocacy.imports"
    label = "imports"
    verbose_name = _("From the old site")

    def ready(self) -> None:
        from . import running  # needs the models, which are not loaded before

        running.register()
