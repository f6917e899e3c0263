"""What the site does once a day by itself. Each has a command too, for whoever wants it at once."""

from django.utils.translation import gettext
from django_tasks import task

from advocacy.attachments.looking import look_into_files
from advocacy.attachments.sweep import sweep
from advocacy.backup import scheduled
from advocacy.casework import ledger
from advocacy.imports import holding
from advocacy.links.tasks import look_after_links
from advocacy.protection import searching
from advocacy.publishing import trash
from advocacy.tasks import daily


@task()
def empty_trash() -> int:
    return trash.empty()


@task()
def sweep_files() -> int:
    """Of what killed uploads left on the machine itself, it sweeps the one whose worker does it."""
    swept = sweep()
    return len(swept.orphans) + len(swept.halves) + len(holding.sweep())


@task()
def look_for_protected_names() -> bool:
    return searching.begin_if_due()


@task()
def keep_ledger() -> None:
    """Of several machines each has a second place of its own."""
    ledger.open_ledger()


@task()
def back_up() -> str:
    return scheduled.run()


def register() -> None:
    daily.register(
        empty_trash, lambda: gettext("to remove what has been in the trash for long enough")
    )
    daily.register(
        look_for_protected_names,
        lambda: gettext("to see whether what is public has to be searched for protected names"),
    )
    daily.register(sweep_files, lambda: gettext("to remove stored files that nothing names"))
    daily.register(
        look_into_files,
        lambda: gettext("to find pictures of text among files that were stored before"),
    )
    daily.register(
        keep_ledger, lambda: gettext("to keep the ledger of what was taken out in its second place")
    )
    daily.register(back_up, lambda: gettext("to back up the site"))
    daily.register(
        look_after_links, lambda: gettext("to find the links of public texts and look at them")
    )
