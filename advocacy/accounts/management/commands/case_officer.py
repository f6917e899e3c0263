from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from advocacy.accounts import actions
from advocacy.accounts.models import User


class Command(BaseCommand):
    help = (
        "Makes somebody the first case officer, who then appoints others at the desk. Only case "
        "officers see the register of protected persons; administrators do not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="user name or e-mail address")
        parser.add_argument("--dismiss", action="store_true", help="make them one no more")

    def handle(self, *, name: str, dismiss: bool, **options: Any) -> None:
        user = User.objects.called(name).first()
        if user is None or not user.is_active:
            raise CommandError(f"Nobody who can sign in is called {name}.")
        if dismiss:
            actions.dismiss(user=user)
            self.stdout.write(f"{user} is a case officer no more.")
        else:
            actions.appoint(user=user)
            self.stdout.write(f"{user} is a case officer.")
