from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "advocacy.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        # These need the models, which are not loaded before.
        from . import checks, converters
        from .checks import bodies, links, texts, translations
        from .revisions import keeping

        converters.register()
        checks.register(*texts.CHECKS, *bodies.CHECKS, *links.CHECKS, *translations.CHECKS)
        keeping.register_kinds()
