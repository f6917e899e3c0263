from django.core.management.base import BaseCommand

from advocacy.home import first_run


class Command(BaseCommand):
    help = "Load the record a new site begins with; does nothing where there is content already."

    def handle(self, *args, **options) -> None:
        if first_run.has_content():
            self.stdout.write("The site has content already: nothing was loaded.")
            return
        self.stdout.write("Loading the first record …")
        first_run.load(tell=self.stdout.write)
