"""How the environment becomes settings: pure functions that settings.py calls with what it read."""

from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"


class Refused(ImproperlyConfigured):
    """The site must not start like this; the message is one sentence for whoever started it."""


def is_loopback(host: str) -> bool:
    """Whether a host name, as in a Host header without its port, can only mean this machine."""
    host = host.strip("[]").lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def site_host(site_url: str) -> str:
    """The host name of SITE_URL; Refused unless it is an address of a whole site."""
    try:
        parts = urlsplit(site_url)
        host, path = parts.hostname or "", parts.path
    except ValueError:
        host, path = "", ""
    if not host or parts.scheme not in ("http", "https") or path.strip("/") or parts.query:
        raise Refused(
            "SITE_URL must be the address of the whole site, like https://www.example.org."
        )
    return f"[{host}]" if ":" in host else host


def refuse_unsafe(*, site_url: str, secret_key: str, allowed_hosts: list[str], debug: bool) -> None:
    """Refused when the site would run open, with a guessable secret or showing its insides."""
    if is_loopback(site_host(site_url)):
        beyond = [host for host in allowed_hosts if not is_loopback(host)]
        if beyond:
            raise Refused(
                f"ALLOWED_HOSTS names {beyond[0]}, which is not this machine: "
                "give the public address in SITE_URL as well."
            )
        return
    if urlsplit(site_url).scheme != "https":
        raise Refused(
            "SITE_URL must begin with https:// on a public site: "
            "the passwords of staff may not cross the network in the clear."
        )
    if not secret_key:
        raise Refused("SECRET_KEY is missing: a public site needs a long random one of its own.")
    # The same measure as Django's check security.W009.
    if (
        len(secret_key) < 50
        or len(set(secret_key)) < 5
        or secret_key.startswith("django-insecure-")
    ):
        raise Refused("SECRET_KEY is too weak: it must be random and at least 50 characters long.")
    if debug:
        raise Refused("DEBUG must be off on a public site: it shows strangers the site's insides.")
    if not allowed_hosts or any("*" in host or not host.strip(".") for host in allowed_hosts):
        raise Refused("ALLOWED_HOSTS must name the site's hosts one by one, without '*'.")
    if not any(_covers(host, site_host(site_url)) for host in allowed_hosts):
        raise Refused(f"ALLOWED_HOSTS must include {site_host(site_url)}, the host of SITE_URL.")


def _covers(allowed: str, host: str) -> bool:
    allowed = allowed.lower()
    return host == allowed or (allowed.startswith(".") and f".{host}".endswith(allowed))


def proxies(addresses: list[str]) -> list[str]:
    """TRUSTED_PROXIES as canonical networks, such as `127.0.0.1/32`."""
    try:
        return [str(ip_network(address, strict=False)) for address in addresses]
    except ValueError as error:
        raise Refused(f"TRUSTED_PROXIES must list addresses or networks, but {error}.") from error


def time_zone(name: str) -> str:
    """The name of a zone that this machine knows."""
    try:
        return ZoneInfo(name).key
    except (LookupError, ValueError, OSError) as error:
        raise Refused(f"TIME_ZONE {name!r} is not a known time zone, like Asia/Seoul.") from error


def is_on(value: str) -> bool:
    return value.lower() in ("1", "true", "yes", "on")


def whole_number(name: str, value: str) -> int:
    """The value of the variable `name`; Refused unless it is a whole number from 0 on."""
    if not (value.isascii() and value.isdigit()):
        raise Refused(f"{name} must be a whole number, but it is {value!r}.")
    return int(value)


def backup_directory(given: str, *, default: Path) -> Path | None:
    """Where scheduled backups go; `off`: nowhere."""
    if given.lower() == "off":
        return None
    if given and not Path(given).is_absolute():
        raise Refused(f"BACKUP_DIR must be a whole path, or off, but it is {given!r}.")
    return Path(given) if given else default


def journal_mode(version: tuple[int, int, int]) -> tuple[str, str]:
    """The journal SQLite of this version may keep, and the reason in a sentence.

    SQLite before 3.51.3 can lose committed transactions when two connections reset a write-ahead
    log at the same moment; the repair was also made in 3.50.7 and 3.44.6 (sqlite.org/wal.html).
    """
    repaired = (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
    if repaired:
        return "WAL", "this release holds the repair of the WAL-reset bug"
    return "TRUNCATE", "this release may lose commits when a write-ahead log is reset"


def database(
    url: str,
    *,
    file: Path,
    sqlite_version: tuple[int, int, int],
    variable: str = "DATABASE_URL",
) -> dict[str, Any]:
    """Django's connection settings for the address in `variable`, or for the SQLite file when it is empty.

    Takes `sqlite:////path` and `postgres://user:password@host:port/name`; a PostgreSQL socket is
    written `postgres://user@/name?host=/directory`.
    """
    config: dict[str, Any] = {"ENGINE": SQLITE, "NAME": str(file)}
    if url:
        if urlsplit(url).scheme not in ("sqlite", "postgres", "postgresql"):
            raise Refused(f"{variable} must begin with sqlite:/// or postgres://.")
        config = environ.Env.db_url_config(url)
    # Seconds. To open one costs more than to ask it, and what it has prepared is asked again.
    config["CONN_MAX_AGE"] = 60
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == SQLITE:
        mode, _ = journal_mode(sqlite_version)
        # A transaction takes the write lock when it begins: two that both read first and write
        # then would otherwise fail at once, without waiting for the timeout (seconds).
        options.update(
            transaction_mode="IMMEDIATE",
            timeout=20,
            init_command=f"PRAGMA journal_mode={mode};PRAGMA synchronous=FULL",
        )
    else:
        config["CONN_HEALTH_CHECKS"] = True  # the server may have gone; a file does not
    return config


def email(url: str, *, site_host: str) -> dict[str, Any]:
    """Django's settings for EMAIL_URL, such as `smtp+tls://user:password@host:587`.

    The sender is whom the server knows us as, if that is an address: others it may not let through.
    """
    try:
        config = environ.Env.email_url_config(url)
    except ImproperlyConfigured as error:
        raise Refused(
            "EMAIL_URL must be like smtp+tls://user:password@host:587 or consolemail://."
        ) from error
    user = config.get("EMAIL_HOST_USER") or ""
    return {**config, "DEFAULT_FROM_EMAIL": user if "@" in user else f"noreply@{site_host}"}
