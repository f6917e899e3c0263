from typing import Any

from django.core.management import BaseCommand

from advocacy.publishing import trash


class Command(BaseCommand):
    help = "Removes for good what has been in the trash for 30 days. Run it once a day."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Removed for good: {trash.empty()}")
