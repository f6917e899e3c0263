"""From a checkout to a site that can be served."""

import stat
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from advocacy.protection.router import ALIAS
from nkhr.management.commands import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch):
    """The names of the commands that `prepare` called, none of which was run."""
    names = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: names.append(name))
    monkeypatch.delenv("NKHR_STAFF_PASSWORD", raising=False)
    return names


def run():
    output = StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


def password_in(output):
    return output.partition("Password: ")[2].split()[0]


def test_the_first_start_loads_the_content_and_shows_a_password_that_opens_the_admin(called):
    output = run()
    assert called == ["collectstatic", "first_run"]
    user = authenticate(username="staff", password=password_in(output))
    assert user.is_staff
    assert user.is_superuser


def test_the_second_start_changes_nothing_and_shows_no_password(called, settings):
    first = run()
    before = get_user_model().objects.values().get()
    files = {path: path.stat().st_mtime_ns for path in settings.VAR_DIR.rglob("*")}
    called.clear()
    second = run()
    assert called == []
    assert password_in(first) not in second
    assert get_user_model().objects.values().get() == before
    assert {path: path.stat().st_mtime_ns for path in settings.VAR_DIR.rglob("*")} == files


def test_a_release_with_new_tables_is_migrated_to_and_no_other(called):
    run()
    called.clear()
    recorder = MigrationRecorder(connection)
    app, name = max(key for key in recorder.applied_migrations() if key[0] == "taggit")
    recorder.record_unapplied(app, name)
    run()
    assert called == ["migrate"]


@pytest.mark.django_db(databases=["default", ALIAS])
def test_a_register_is_migrated_to_where_there_is_a_key(called, settings):
    run()
    recorder = MigrationRecorder(connections[ALIAS])
    app, name = max(key for key in recorder.applied_migrations() if key[0] == "protection")
    recorder.record_unapplied(app, name)
    called.clear()
    run()
    assert called == []
    settings.REGISTER_KEYS = ["a key"]
    run()
    assert called == ["migrate"]


def test_a_register_that_does_not_answer_keeps_no_site_from_starting(called, settings, monkeypatch):
    def refuse(self, alias):
        if alias == ALIAS:
            raise OperationalError

    monkeypatch.setattr(prepare.Command, "migrate_database", refuse)
    settings.REGISTER_KEYS = ["a key"]
    assert "The register of protected persons does not answer" in run()


def test_a_site_with_accounts_gets_neither_content_nor_another_account(called):
    get_user_model().objects.create_user("somebody")
    run()
    assert "first_run" not in called
    assert get_user_model().objects.count() == 1


def test_a_start_cut_short_while_loading_is_taken_up_again(called, monkeypatch):
    def break_off(name, **options):
        if name == "first_run":
            raise CommandError("cut short")

    with monkeypatch.context() as patch:
        patch.setattr(prepare, "call_command", break_off)
        with pytest.raises(CommandError, match="cut short"):
            run()
    run()
    assert "first_run" in called


def test_a_given_password_is_taken_and_not_shown(called, monkeypatch):
    monkeypatch.setenv("NKHR_STAFF_PASSWORD", "chosen by the webmaster")
    output = run()
    assert "chosen by the webmaster" not in output
    assert authenticate(username="staff", password="chosen by the webmaster")


def test_a_public_site_takes_no_weak_password(called, monkeypatch, settings):
    settings.PRODUCTION = True
    monkeypatch.setenv("NKHR_STAFF_PASSWORD", "staff")
    with pytest.raises(CommandError, match="NKHR_STAFF_PASSWORD was not taken"):
        run()
    assert not get_user_model().objects.exists()


def test_a_site_that_cannot_be_loaded_is_not_started(called, settings):
    settings.ROOT_URLCONF = "nkhr.no_such_module"
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        run()


def test_this_machine_keeps_one_secret_that_only_its_user_can_read(called, settings, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    settings.SECRET_KEY = "the first"
    run()
    settings.SECRET_KEY = "another"
    run()
    key_file = settings.VAR_DIR / "secret-key"
    assert key_file.read_text() == "the first"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_a_public_site_keeps_no_secret_in_a_file(called, settings):
    settings.PRODUCTION = True
    run()
    assert not (settings.VAR_DIR / "secret-key").exists()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(called, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.MEDIA_ROOT.mkdir(mode=0o500)
    settings.STATIC_ROOT = settings.VAR_DIR
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nkhr.checks.os.access", lambda *args: False)
        with pytest.raises(CommandError, match="where this user cannot write"):
            run()


@pytest.fixture
def sources(settings, tmp_path):
    """A directory of static files of which the site knows."""
    place = tmp_path / "sources"
    place.mkdir()
    (place / "page.css").write_text("a { color: black }")
    settings.STATICFILES_DIRS = [place]
    finders.get_finder.cache_clear()
    yield place
    finders.get_finder.cache_clear()


def test_static_files_are_gathered_anew_when_one_of_them_changes(called, sources):
    run()
    called.clear()
    (sources / "page.css").write_text("a { color: navy; }")
    run()
    assert called == ["collectstatic"]


def test_static_files_are_gathered_anew_when_one_is_added_or_removed(called, sources):
    run()
    called.clear()
    (sources / "print.css").touch()
    run()
    (sources / "print.css").unlink()
    run()
    assert called == ["collectstatic", "collectstatic"]
