from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "advocacy.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from . import converters  # needs the models, which are not loaded before
        from .revisions import keeping

        converters.register()
        keeping.register_kinds()
