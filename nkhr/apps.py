from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext as _

from nkhr import checks


class RootConfig(AppConfig):
    """The composition root: no tables, but checks, commands, static files and translations."""

    name = "nkhr"
    verbose_name = "NKHR"

    def ready(self) -> None:
        register(checks.places_can_be_written, Tags.files)
        register(checks.proxies_are_declared, Tags.security, deploy=True)
        # Told by `migrate` and `check --database default`; if all commands told it, each one run
        # by a timer would write it to stderr.
        register(checks.journal_of_sqlite, Tags.database)

        from advocacy import letters  # not loaded before
        from advocacy.accounts import actions
        from advocacy.publishing import log
        from advocacy.tasks import names
        from nkhr import daily

        daily.register()
        actions.tell(log.permissions)
        # Whose it is and what it says is not told: others read the list of tasks.
        names.register(letters.send, lambda *args, **kwargs: _("to send a letter to staff"))
