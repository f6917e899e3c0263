from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from nkhr import translations


class Command(BaseCommand):
    help = "Brings the catalogues of interface strings in step with the code and compiles them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if anything is to be done"
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        for language, _ in settings.LANGUAGES:
            folder = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES"
            found = []
            if language != settings.LANGUAGE_CODE:  # the language the code is written in
                po = folder / "django.po"
                if not check:
                    translations.update(settings.BASE_DIR, po, language)
                found += translations.problems(settings.BASE_DIR, po, language)
            # What the scripts of Django's admin say, where we say it otherwise: kept by hand.
            scripts = folder / "djangojs.po"
            if not check:
                translations.compile(scripts, language)
            found += translations.unfinished(settings.BASE_DIR, scripts, language)
            for problem in found:
                self.stdout.write(f"{language}: {problem}")
            if check and found:
                raise CommandError(f"{len(found)} things to translate or mend: dev.py messages.")
