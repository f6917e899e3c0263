"""What the environment may and may not ask for."""

import sqlite3
from contextlib import closing

import pytest
from django.db.utils import ConnectionHandler

from nkhr import environment
from nkhr.environment import Refused

STRONG = "k7Vd0q_" * 8
SAFE = {
    "site_url": "https://www.example.org",
    "secret_key": STRONG,
    "allowed_hosts": ["www.example.org"],
    "debug": False,
}


def test_a_safe_public_site_may_start():
    environment.refuse_unsafe(**SAFE)
    environment.refuse_unsafe(**{**SAFE, "allowed_hosts": [".example.org", "other.example"]})


def test_a_site_on_this_machine_may_start_without_anything():
    environment.refuse_unsafe(
        site_url="http://127.0.0.1:8000",
        secret_key="",
        allowed_hosts=["127.0.0.1", "localhost", "[::1]"],
        debug=True,
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY is missing"),
        ({"secret_key": "short-but-random-8f2k"}, "SECRET_KEY is too weak"),
        ({"secret_key": "abcd" * 20}, "SECRET_KEY is too weak"),
        ({"secret_key": "django-insecure-" + STRONG}, "SECRET_KEY is too weak"),
        ({"debug": True}, "DEBUG must be off"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS must name"),
        ({"allowed_hosts": ["www.example.org", "*.example.org"]}, "ALLOWED_HOSTS must name"),
        ({"allowed_hosts": ["www.example.org", "."]}, "ALLOWED_HOSTS must name"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS must name"),
        ({"allowed_hosts": ["example.org"]}, "ALLOWED_HOSTS must include www.example.org"),
        ({"allowed_hosts": [".ample.org"]}, "ALLOWED_HOSTS must include www.example.org"),
        ({"site_url": "http://www.example.org"}, "SITE_URL must begin with https://"),
        ({"site_url": "www.example.org"}, "SITE_URL must be the address"),
        ({"site_url": "https://www.example.org/en/"}, "SITE_URL must be the address"),
        ({"site_url": "https://[bad"}, "SITE_URL must be the address"),
        ({"site_url": "http://localhost"}, "ALLOWED_HOSTS names www.example.org"),
        ({"site_url": "http://localhost", "allowed_hosts": ["*"]}, "ALLOWED_HOSTS names *"),
    ],
)
def test_an_unsafe_site_is_refused_with_one_sentence(change, named):
    with pytest.raises(Refused, match=r"^[^\n]+\.$") as refusal:
        environment.refuse_unsafe(**{**SAFE, **change})
    assert str(refusal.value).startswith(named)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST.", "site.localhost", "[::1]"]
)
def test_a_name_of_this_machine_is_known(host):
    assert environment.is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "0.0.0.0", "localhost.example.org", "*", "", "[::2]"])
def test_any_other_name_is_not_this_machine(host):
    assert not environment.is_loopback(host)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "TRUNCATE"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_a_write_ahead_log_is_kept_only_by_a_repaired_sqlite(version, mode):
    assert environment.journal_mode(version)[0] == mode


@pytest.fixture
def connection(tmp_path, django_db_blocker):
    """A connection to a new SQLite file, made as the site makes its own."""
    config = environment.database(
        "", file=tmp_path / "a %2F ?b.sqlite3", sqlite_version=sqlite3.sqlite_version_info
    )
    connection = ConnectionHandler({"default": config})["default"]
    with django_db_blocker.unblock():
        yield connection
        connection.close()


def ask(connection, pragma):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {pragma}").fetchone()[0]


def test_sqlite_syncs_each_commit_and_holds_foreign_keys(connection):
    full = 2
    assert ask(connection, "synchronous") == full
    assert ask(connection, "foreign_keys") == 1
    assert ask(connection, "busy_timeout") == 20_000


def test_sqlite_keeps_the_journal_that_its_release_can_be_trusted_with(connection):
    mode, _ = environment.journal_mode(sqlite3.sqlite_version_info)
    assert ask(connection, "journal_mode").upper() == mode


def test_an_old_sqlite_keeps_a_rollback_journal(tmp_path):
    config = environment.database("", file=tmp_path / "old", sqlite_version=(3, 40, 1))
    assert "journal_mode=TRUNCATE" in config["OPTIONS"]["init_command"]


def test_a_transaction_holds_the_write_lock_from_its_beginning(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    connection.rollback()


def test_postgresql_may_be_reached_by_a_socket():
    config = environment.database(
        "postgres://nkhr@/record?host=/run/postgresql", file=None, sqlite_version=(3, 40, 1)
    )
    assert config["ENGINE"] == environment.POSTGRESQL
    assert (config["NAME"], config["USER"], config["HOST"]) == ("record", "nkhr", "")
    assert config["OPTIONS"] == {"host": "/run/postgresql"}


def test_connections_to_sqlite_are_kept(tmp_path):
    config = environment.database("", file=tmp_path / "kept", sqlite_version=(3, 40, 1))
    assert config["CONN_MAX_AGE"] > 0


def test_connections_to_postgresql_are_kept_and_checked():
    config = environment.database(
        "postgres://nkhr:p%40ss@db.example:5433/record", file=None, sqlite_version=(3, 40, 1)
    )
    assert (config["PASSWORD"], config["PORT"]) == ("p@ss", 5433)
    assert config["CONN_MAX_AGE"] > 0
    assert config["CONN_HEALTH_CHECKS"] is True


def test_a_database_of_another_kind_is_refused(tmp_path):
    with pytest.raises(Refused, match="DATABASE_URL"):
        environment.database("mysql://u@h/n", file=tmp_path / "a", sqlite_version=(3, 40, 1))


def test_proxies_are_addresses_or_networks():
    assert environment.proxies(["127.0.0.1", "10.0.0.7/8"]) == ["127.0.0.1/32", "10.0.0.0/8"]
    with pytest.raises(Refused, match=r"TRUSTED_PROXIES .* 'proxy'"):
        environment.proxies(["proxy"])


@pytest.mark.parametrize("name", ["Mars/Base", "../etc/passwd", ""])
def test_a_time_zone_nobody_knows_is_refused(name):
    assert environment.time_zone("Asia/Seoul") == "Asia/Seoul"
    with pytest.raises(Refused, match="TIME_ZONE"):
        environment.time_zone(name)


def test_mail_goes_where_its_address_says():
    url = "smtp+tls://me%40example.org:secret@mail.example.org:587"
    config = environment.email(url, site_host="www.example.org")
    assert config["EMAIL_HOST"] == "mail.example.org"
    assert config["EMAIL_HOST_USER"] == "me@example.org"
    assert config["EMAIL_USE_TLS"] is True
    with pytest.raises(Refused, match="EMAIL_URL"):
        environment.email("pigeon://loft", site_host="www.example.org")


def test_mail_comes_from_the_address_the_mail_server_knows_or_else_from_the_site():
    def sender(url: str) -> str:
        return environment.email(url, site_host="www.example.org")["DEFAULT_FROM_EMAIL"]

    assert sender("smtp+tls://me%40example.org:secret@mail.example.org:587") == "me@example.org"
    assert sender("smtp+tls://key:secret@mail.example.org:587") == "noreply@www.example.org"
    assert sender("consolemail://") == "noreply@www.example.org"


@pytest.mark.parametrize("value", ["", "-1", "64 MB", "1.5", "１"])
def test_a_number_that_is_none_is_refused_by_its_name(value):
    with pytest.raises(environment.Refused, match="STORE_BYTES"):
        environment.whole_number("STORE_BYTES", value)
    assert environment.whole_number("STORE_BYTES", "64000000") == 64_000_000
