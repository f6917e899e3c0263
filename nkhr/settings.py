"""Settings, read from the environment; docs/deploy.md lists the variables.

Production is any site whose SITE_URL is not this machine. There an unsafe environment is refused
with one sentence (environment.Refused, shown by manage.py and wsgi.py).
"""

import os
import sqlite3
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from nkhr import environment

GIVEN: list[str] = []  # names of the variables that were; what they hold is in no backup


def given(name: str, default: str = "") -> str:
    """A variable of the environment; an empty one counts as not given."""
    value = os.environ.get(name, "").strip()
    if value:
        GIVEN.append(name)
    return value or default


def given_list(name: str) -> list[str]:
    return [item.strip() for item in given(name).split(",") if item.strip()]


# --- Where and who we are -------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(given("VAR_DIR", str(BASE_DIR / "var")))  # database, journals, caches, static files
MEDIA_ROOT = Path(given("MEDIA_ROOT", str(BASE_DIR / "media")))
SITE_URL = given("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_HOST = environment.site_host(SITE_URL)
PRODUCTION = not environment.is_loopback(SITE_HOST)

DEBUG = environment.is_on(given("DEBUG"))
SECRET_KEY = given("SECRET_KEY")
ALLOWED_HOSTS = given_list("ALLOWED_HOSTS") or (
    [SITE_HOST] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
)
TRUSTED_PROXIES = environment.proxies(given_list("TRUSTED_PROXIES"))

environment.refuse_unsafe(
    site_url=SITE_URL, secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS, debug=DEBUG
)
if not SECRET_KEY:  # this machine alone: the key dev.py made, or one that ends with the process
    key_file = VAR_DIR / "secret-key"
    SECRET_KEY = key_file.read_text() if key_file.is_file() else get_random_secret_key()

# --- What the site is made of ---------------------------------------------------------------

INSTALLED_APPS = [
    "nkhr",  # first, so that its static files and commands come before those of libraries
    "advocacy.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_prose_editor",
    "reversion",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "advocacy.un",
    "advocacy.dates",
    "advocacy.accounts",
    "advocacy.tasks",
    "advocacy.publishing",
    "advocacy.hits",
    "advocacy.attachments",
    "advocacy.protection",
    "advocacy.pages",
    "advocacy.news",
    "advocacy.meetings",
    "advocacy.milestones",
    "advocacy.search",
    "advocacy.symbols",
    "advocacy.home",
    "advocacy.exports",
    "advocacy.api",
    "advocacy.reach",
    "advocacy.backup",
    "advocacy.imports",
    "advocacy.links",
    "advocacy.casework",
    "advocacy.desk",
]

MIDDLEWARE = [
    "nkhr.headers.SecurityHeaders",  # outermost: no answer leaves without them
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "advocacy.hits.middleware.CountHits",
    "nkhr.middleware.StaffMarker",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nkhr.middleware.LanguageMiddleware",
    "nkhr.errors.MethodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "advocacy.accounts.middleware.SecondFactorMiddleware",
    "advocacy.publishing.unsent.HandBackMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nkhr.middleware.OldSite",
]

ROOT_URLCONF = "nkhr.urls"
WSGI_APPLICATION = "nkhr.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "nkhr.templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "advocacy.pages.context.site",
            ],
        },
    },
]

# --- Data and mail --------------------------------------------------------------------------

REGISTER_FILE = VAR_DIR / "register.sqlite3"  # unless REGISTER_URL names a database
REGISTER_IS_ELSEWHERE = bool(given("REGISTER_URL"))
REGISTER_KEYS = given_list("REGISTER_KEY")  # the first seals, each of them opens
DATABASES = {
    "default": environment.database(
        given("DATABASE_URL"),
        file=VAR_DIR / "nkhr.sqlite3",
        sqlite_version=sqlite3.sqlite_version_info,
    ),
    # Protected persons (advocacy.protection): a file that no ordinary backup or export takes along.
    "register": environment.database(
        given("REGISTER_URL"),
        file=REGISTER_FILE,
        sqlite_version=sqlite3.sqlite_version_info,
        variable="REGISTER_URL",
    ),
}
DATABASE_ROUTERS = ["advocacy.protection.router.RegisterRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

vars().update(environment.email(given("EMAIL_URL", "consolemail://"), site_host=SITE_HOST))
EMAIL_TIMEOUT = 10  # seconds; somebody waits for the page that says whether a mail was sent

# What one request may carry besides files: a long article with all its inlines, and no more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# --- Work in the background, which a thread of the server does (nkhr.wsgi) ---------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Staff (advocacy.accounts, docs/adr/0013) -------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["advocacy.accounts.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "nkhr.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]  # checked; no sign-up
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever came by an invitation has shown the address
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, without asking
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {
    "login": "advocacy.accounts.forms.SignInForm",
    "reauthenticate": "advocacy.accounts.forms.PasswordAgainForm",
    "change_password": "advocacy.accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "advocacy.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "advocacy.accounts.forms.CodeForm",
    "reauthenticate": "advocacy.accounts.forms.CodeAgainForm",
    "activate_totp": "advocacy.accounts.forms.AddAppForm",
    "add_webauthn": "advocacy.accounts.forms.AddPasskeyForm",
}
# How often somebody tried is known to all workers, and a code used with one is used with all. Small
# as it is, the table must never be full: what is thrown out then are tries that count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_throttle",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_ENGINE = "advocacy.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION

# --- Language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LANGUAGE_COOKIE_PATH = "/admin/"  # a choice of staff; readers choose by address and get no cookie
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "nkhr" / "locale"]
FORMAT_MODULE_PATH = ["nkhr.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone(given("TIME_ZONE", "Asia/Seoul"))

# --- Files ----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"  # nothing is served from here: attachments have views that ask who may read
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site builds its pages with ours
STORAGES = {
    "default": {"BACKEND": "advocacy.attachments.storage.DurableStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Scheduled backups (advocacy.backup); None: nothing is scheduled.
BACKUP_DIR = environment.backup_directory(given("BACKUP_DIR"), default=VAR_DIR / "backups")
BACKUP_RECIPIENTS = given_list("BACKUP_RECIPIENTS")  # public keys of age: they alone can read them

# Whether the site looks by itself at links to other sites (advocacy.links).
CHECK_LINKS = environment.is_on(given("CHECK_LINKS", "on" if PRODUCTION else "off"))

# The ledger of what was taken out of the site (advocacy.casework), beside the database's own copy.
TOMBSTONES = Path(given("TOMBSTONES", str(VAR_DIR / "tombstones.jsonl")))

# Of published pages each worker keeps in memory (nkhr.store).
STORE_BYTES = environment.whole_number("STORE_BYTES", given("STORE_BYTES", "64000000"))

# --- The browser's side ---------------------------------------------------------------------

# nkhr.headers says the rest.
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "nkhr.errors.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
TAGGIT_CASE_INSENSITIVE = True

if PRODUCTION:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    # W005, W021: other hosts of the domain and browsers' preload lists are not this site's to bind.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    if TRUSTED_PROXIES:  # TLS ends there, and it alone may say so; W008 warns where it is missing
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        SECURE_SSL_REDIRECT = True
        SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by machines on the inside

# --- Logs: errors to stderr, for the service manager to keep; never a reader's address ---------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "nkhr.logs.Discreet",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Robots ask for what is not there all day long: only what the site did wrong is kept.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
    },
}
