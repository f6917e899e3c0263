"""A site of one page, for servers that are to be killed: the real middleware, recording and fold.

VAR_DIR=… .venv/bin/granian --interface wsgi tests.hits.served:application
VAR_DIR=… .venv/bin/python -m tests.hits.served migrate | fold | count
"""

import os
import sys
import threading
from pathlib import Path
from uuid import UUID

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

VAR = Path(os.environ["VAR_DIR"])
if not settings.configured:
    settings.configure(
        SECRET_KEY="of a test",
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=["advocacy.hits"],
        MIDDLEWARE=["advocacy.hits.middleware.CountHits"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        TIME_ZONE="Asia/Seoul",
        VAR_DIR=VAR,
        TRUSTED_PROXIES=["127.0.0.1"] if os.environ.get("BEHIND_A_PROXY") else [],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": VAR / "db.sqlite3",
                "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
            }
        },
    )
    django.setup()

from advocacy.hits import counts, fold, journal  # noqa: E402  settings come first
from advocacy.hits.counter import Kind  # noqa: E402
from advocacy.hits.middleware import Counted  # noqa: E402

ITEM = UUID(int=7)
journal.LENGTH = 400 * 40  # bytes: journals are finished and begun all the time
journal.LOOK_EVERY_S = 0


def page(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("read", headers={"X-Worker": str(os.getpid())})
    response.counted = Counted(Kind.VIEW, ITEM)  # type: ignore[attr-defined]
    return response


urlpatterns = [path("", page)]


def serve() -> object:
    threading.Thread(
        target=fold.run_forever, args=(threading.Event(), 0.02), name="fold", daemon=True
    ).start()
    return get_wsgi_application()


def main(work: str) -> None:
    if work == "migrate":
        call_command("migrate", verbosity=0)
    elif work == "fold":
        folder = fold.Folder()
        while True:
            folder.fold()
    else:
        while fold.fold().busy:
            pass
        print(counts.views(ITEM), len(journal.files()))


if __name__ == "__main__":
    main(sys.argv[1])
else:
    application = serve()
