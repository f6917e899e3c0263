"""The mail with which somebody is let in, in both languages: nobody knows yet which is theirs."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from .models import User

CONSOLE = "django.core.mail.backends.console.EmailBackend"


def can_be_sent() -> bool:
    """Not on a public site that writes its mail to the log: there a link would lie open."""
    return not (settings.PRODUCTION and settings.EMAIL_BACKEND == CONSOLE)


def link(key: str) -> str:
    """In the query, which the shipped servers do not log, and on the site's own name."""
    return f"{settings.SITE_URL}{reverse('accounts:invitation')}?{urlencode({'key': key})}"


def send_invitation(user: User, key: str) -> None:
    """Raises OSError (also smtplib's own) when it cannot be handed on."""
    subjects, bodies = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(gettext("Your account at %(site)s") % {"site": settings.SITE_HOST})
            context = {"user": user, "link": link(key), "site": settings.SITE_HOST}
            bodies.append(render_to_string("accounts/invitation.txt", context).strip())
    mail = EmailMessage(" · ".join(subjects), "\n\n---\n\n".join(bodies), to=[user.email])
    mail.send()
