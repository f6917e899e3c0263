"""A server of the test's own, before the database of the test, that can be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from urllib.request import urlopen

from django.conf import settings as django_settings
from django.db import connection

from tests.hits.killing import PATIENCE_S, free_port


class OwnServer:
    """One worker with all that stands in front of Django: the store of pages, counting, tasks."""

    def __init__(self, settings, **environ: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = settings.VAR_DIR / "server.log"
        self.environ = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "DJANGO_SETTINGS_MODULE": "tests.site.served",
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "SECRET_KEY": settings.SECRET_KEY,
            "SITE_URL": self.url,
            "VAR_DIR": str(settings.VAR_DIR),
            **environ,
        }
        self.start()

    def start(self, **environ: str) -> None:
        options = f"--host 127.0.0.1 --port {self.port} --workers 1 --blocking-threads 4"
        command = f"-m granian --interface wsgi --no-ws {options} nkhr.wsgi:application"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command.split()],
                cwd=django_settings.BASE_DIR,
                env={**self.environ, **environ},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE_S
        while not self.answers():
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except OSError:
            return False

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
