from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from advocacy.backup.progress import Progress
from advocacy.links import gathering, looking
from advocacy.links.models import Link


class Command(BaseCommand):
    help = (
        "Looks at the links of all public texts: those to pages of this site, and those to other sites, "
        "slowly and as their robots.txt asks. What was looked at within a week is left out. Ended and "
        "begun again, it goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--own", action="store_true", help="those to pages of this site alone")
        parser.add_argument("--again", action="store_true", help="also what was looked at lately")

    def handle(self, *, own: bool, again: bool, **options: Any) -> None:
        tell = Progress(self.stdout)
        number = gathering.gather(tell=tell)
        if again:
            Link.objects.update(checked_at=None)
        others = None if own else looking.checker()
        looked = looking.look(others, seconds=float("inf"), tell=tell)
        if looked.is_busy:
            raise CommandError("Links are being looked at already. They will be seen to.")
        self.stdout.write(f"{number} links in public texts, {looked.number} looked at now.")
        for state, name in Link.State.choices:
            if looked.states[state]:
                self.stdout.write(f"  {name}: {looked.states[state]}")
        for link in Link.objects.standing().lost().order_by("url").iterator():
            why = link.get_trouble_display() or f"HTTP {link.status}"
            self.stdout.write(f"{link.get_state_display()}: {link.url} ({why})")
