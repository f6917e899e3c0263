from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "advocacy.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        # These need the models, which are not loaded before.
        from advocacy.backup import staying_out

        from . import again

        staying_out.register(again.Tombstones())
