"""Settings as processes of their own read them."""

import json
import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

PRODUCTION = {
    "SITE_URL": "https://www.example.org",
    "SECRET_KEY": "k7Vd0q_" * 8,
    "TRUSTED_PROXIES": "127.0.0.1",
}
CONFIGURED = {"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "SITE_URL", "TRUSTED_PROXIES"}
CONFIGURED |= {"DATABASE_URL", "MEDIA_ROOT", "VAR_DIR", "TIME_ZONE", "EMAIL_URL", "BACKUP_DIR"}


def python(*words, **variables):
    """The outcome of Python on `words` in the repository, with only these settings given."""
    env = {name: value for name, value in os.environ.items() if name not in CONFIGURED}
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env={**env, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def read(names, **variables):
    """The values of these settings in a process of its own."""
    script = (
        "import json; from nkhr import settings\n"
        f"print(json.dumps([getattr(settings, name, None) for name in {names!r}]))"
    )
    outcome = python("-c", script, **variables)
    assert outcome.returncode == 0, outcome.stderr
    return json.loads(outcome.stdout)


@pytest.mark.parametrize(
    "words", [("manage.py", "check"), ("-c", "import nkhr.wsgi")], ids=["manage.py", "server"]
)
@pytest.mark.parametrize(
    "change",
    [{"SECRET_KEY": ""}, {"SECRET_KEY": "weak"}, {"ALLOWED_HOSTS": "*"}, {"DEBUG": "true"}],
    ids=str,
)
def test_an_unsafe_public_site_ends_with_one_sentence(words, change):
    outcome = python(*words, **{**PRODUCTION, **change})
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1, outcome.stderr
    assert outcome.stderr.startswith(next(iter(change)))


def test_a_public_site_answers_for_the_host_of_its_address_alone():
    assert read(["ALLOWED_HOSTS"], **PRODUCTION) == [["www.example.org"]]


def test_a_public_site_sends_its_cookies_over_https_alone():
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"]
    session, csrf, hsts = read(names, **PRODUCTION)
    assert session is True
    assert csrf is True
    assert hsts >= 180 * 24 * 60 * 60


def test_of_the_checks_only_those_that_would_bind_other_hosts_are_passed_over():
    """W005 asks for includeSubDomains, W021 for preload."""
    assert read(["SILENCED_SYSTEM_CHECKS"], **PRODUCTION) == [["security.W005", "security.W021"]]


def test_the_word_of_a_proxy_on_https_counts_only_once_it_is_trusted():
    names = ["SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT"]
    assert read(names, **PRODUCTION) == [["HTTP_X_FORWARDED_PROTO", "https"], True]
    assert read(names, **{**PRODUCTION, "TRUSTED_PROXIES": ""}) == [None, None]


def test_the_sign_in_of_staff_lasts_twelve_hours():
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60
    assert settings.SESSION_COOKIE_HTTPONLY is True
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_without_a_secret_this_machine_uses_the_one_it_keeps(tmp_path):
    first, second = (read(["SECRET_KEY"], VAR_DIR=str(tmp_path)) for _ in range(2))
    assert first != second  # none is kept: nothing that could be guessed is in its place
    (tmp_path / "secret-key").write_text("kept")
    assert read(["SECRET_KEY"], VAR_DIR=str(tmp_path)) == ["kept"]


def fail(request):
    raise RuntimeError("this page is broken")


urlpatterns = [path("broken/", fail)]
handler500 = "django.views.defaults.server_error"


@pytest.mark.django_db
def test_a_broken_page_is_logged_without_the_address_of_its_reader(settings, caplog):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.9")
    with caplog.at_level(logging.INFO):
        client.get("/broken/", headers={"x-forwarded-for": "203.0.113.9"})
    assert "this page is broken" in caplog.text
    assert "203.0.113.9" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/en/", "/en/no-such-page/"])
def test_a_reader_is_given_no_cookie_and_no_page_varies_by_one(client, address):
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_a_session_that_a_browser_offers_is_not_even_looked_at_for_readers(client):
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/en/no-such-page/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
