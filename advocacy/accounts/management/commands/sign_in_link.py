from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from advocacy.accounts import actions, mails
from advocacy.accounts.models import User


class Command(BaseCommand):
    help = (
        "For the day on which no administrator can sign in: prints a link with which one person "
        "chooses a new password, and removes their second factor. The link works once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="user name or e-mail address")

    def handle(self, *, name: str, **options: Any) -> None:
        user = User.objects.called(name).first()
        if user is None:
            raise CommandError(f"Nobody here is called {name}.")
        actions.remove_factors(user=user)
        self.stdout.write(mails.link(actions.invite(user=user)))
