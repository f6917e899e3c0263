from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SymbolsConfig(AppConfig):
    name = "advocacy.symbols"
    label = "symbols"
    verbose_name = _("UN documents")
