"""Sessions that know whose they are, so that they can be ended; and that end by themselves.

The engine Django is given (settings.SESSION_ENGINE), with its table. That has no column for an
address or a browser: who could read them would know from where our staff work.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

BEGAN = "accounts_began"  # when its user signed in, seconds since the epoch


class Session(AbstractBaseSession):
    in_backups = False  # whoever finds one is not to be signed in

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        return SessionStore


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Counted from signing in, however much is saved in the session meanwhile."""
        if (began := self.get(BEGAN)) is None:
            return super().get_expiry_age(**kwargs)
        return max(0, int(began + settings.SESSION_COOKIE_AGE - time.time()))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        if BEGAN not in self:
            return super().get_expiry_date(**kwargs)
        return timezone.now() + timedelta(seconds=self.get_expiry_age())


def begin(session: SessionBase) -> None:
    """Its user has just signed in. Sessions that are over are swept away on the occasion."""
    session[BEGAN] = time.time()
    SessionStore.clear_expired()
