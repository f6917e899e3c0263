from typing import Any

from cryptography.fernet import Fernet
from django.core.management import BaseCommand


class Command(BaseCommand):
    help = (
        "Prints a new key for the register of protected persons. Put it into REGISTER_KEY, and keep "
        "it where no backup of the site goes: without it nobody can read the register again."
    )
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        self.stdout.write(Fernet.generate_key().decode())
