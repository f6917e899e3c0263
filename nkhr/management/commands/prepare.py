"""Everything between a checkout and a site that can be served."""

import hashlib
import os
import secrets
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import ERROR, run_checks
from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from advocacy.accounts.models import User
from advocacy.casework import ledger
from advocacy.protection.router import ALIAS
from advocacy.search import index

STAFF = "staff"
# No letter or digit that is mistaken for another when a password is copied from a screen.
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = (
        "Migrates the database, gathers static files and, where nobody has an account yet, loads "
        "the first-run content and makes a staff account. Changes nothing that is up to date."
    )
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        self.make_places()
        self.tell_checks()
        self.migrate()
        self.open_ledger()
        self.gather_static_files()
        # Last of all comes the account: a start that was cut short is taken up again.
        if not User.objects.exists():
            self.say("Loading the first-run content.")
            call_command("first_run", stdout=self.stdout)
            self.make_staff()
        self.make_index()
        # Loaded once here, what is broken is told once, and not by each worker again and again.
        WSGIHandler()
        import_module(settings.ROOT_URLCONF)

    def make_places(self) -> None:
        settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.MEDIA_ROOT.mkdir(mode=0o750, parents=True, exist_ok=True)
        if not settings.PRODUCTION and not os.environ.get("SECRET_KEY", "").strip():
            # The key this process drew becomes that of the machine, unless it has one.
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
            with suppress(FileExistsError):
                descriptor = os.open(settings.VAR_DIR / "secret-key", flags, 0o600)
                with os.fdopen(descriptor, "w") as file:
                    file.write(settings.SECRET_KEY)

    def tell_checks(self) -> None:
        tags = ["files", "database", *(["security"] if settings.PRODUCTION else [])]
        for message in run_checks(
            tags=tags, databases=["default"], include_deployment_checks=settings.PRODUCTION
        ):
            if message.is_serious(ERROR):
                raise CommandError(" ".join(filter(None, [message.msg, message.hint])))
            if not message.is_silenced():
                self.say(message.msg)

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def migrate(self) -> None:
        self.migrate_database(DEFAULT_DB_ALIAS)
        if settings.REGISTER_KEYS:
            try:
                self.migrate_database(ALIAS)
            except DatabaseError:  # it keeps the site from publishing, not from running
                self.say("The register of protected persons does not answer: nothing is published.")

    def open_ledger(self) -> None:
        """Of what must stay out of the site: it is there before anything can be restored."""
        try:
            ledger.open_ledger()
        except ledger.Damaged as error:
            raise CommandError(
                f"{error} Put it back from its other place, then start again."
            ) from error
        except OSError as error:
            raise CommandError(
                f"The ledger of tombstones, {settings.TOMBSTONES}, cannot be written: {error.strerror}."
            ) from error

    def migrate_database(self, alias: str) -> None:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Migrating the database.")
            call_command(
                "migrate", database=alias, interactive=False, verbosity=0, stdout=self.stdout
            )

    def gather_static_files(self) -> None:
        """Anew whenever a source or the way of storing it differs from what was gathered."""
        stamp, state = settings.STATIC_ROOT / ".gathered", static_state()
        if stamp.is_file() and stamp.read_text() == state:
            return
        self.say("Gathering and compressing static files: this takes some seconds.")
        # Files of the old state stay: pages that name them may still be in readers' browsers.
        call_command("collectstatic", interactive=False, verbosity=0, stdout=self.stdout)
        stamp.write_text(state)

    def make_index(self) -> None:
        """Of the search, where a former release made it by other rules, or none."""
        if not index.is_current():
            self.say("Making the index of the search: with many texts this takes minutes.")
            index.reindex()

    def make_staff(self) -> None:
        given = os.environ.get("NKHR_STAFF_PASSWORD", "")
        password = given or "-".join(
            "".join(secrets.choice(LEGIBLE) for _ in range(5)) for _ in range(4)
        )
        user = User(username=STAFF, role=User.Role.ADMINISTRATOR)
        if given and settings.PRODUCTION:
            try:
                validate_password(given, user)
            except ValidationError as error:
                raise CommandError(
                    f"NKHR_STAFF_PASSWORD was not taken: {' '.join(error.messages)}"
                ) from error
        user.set_password(password)
        user.save()
        if given:
            self.say(f"Made the account {STAFF}, with the password of NKHR_STAFF_PASSWORD.")
        else:
            self.say(
                f"Made an account for the admin. User name: {STAFF}  Password: {password}\n"
                "The password is shown this once: keep it, or change it in the admin."
            )


def static_state() -> str:
    """A hash of the sources of all static files: where each lies, when it changed, its size."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(
                f"{name}\0{storage.path(name)}\0{status.st_mtime_ns}\0{status.st_size}\n".encode()
            )
    return digest.hexdigest()
