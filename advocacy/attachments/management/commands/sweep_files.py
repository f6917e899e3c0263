from datetime import timedelta

from django.core.management.base import BaseCommand

from advocacy.attachments.sweep import sweep


class Command(BaseCommand):
    help = "Remove stored files that no document or picture names, and uploads that never ended."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--minutes", type=int, default=60, help="how old they must be (default: 60)"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *, minutes: int, dry_run: bool, **options) -> None:
        swept = sweep(older_than=timedelta(minutes=minutes), dry=dry_run)
        if options["verbosity"] > 1:
            for name in [*swept.orphans, *swept.halves]:
                self.stdout.write(name)
        verb = "Would remove" if dry_run else "Removed"
        self.stdout.write(
            f"{verb} {len(swept.orphans)} files that nothing names "
            f"and {len(swept.halves)} uploads that never ended."
        )
