from typing import Any

from django.core.management import BaseCommand

from advocacy.publishing import trash


class Command(BaseCommand):
    help = "Removes for good what has been in the trash for 30 days. The server does it daily."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Removed for good: {trash.empty()}")
