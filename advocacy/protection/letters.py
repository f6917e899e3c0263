"""The letter to case officers: a link and nothing else, since it lies on others' servers."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from advocacy.accounts import mails
from advocacy.accounts.models import User

log = logging.getLogger(__name__)


def write_to_case_officers() -> None:
    to = [user.email for user in User.objects.case_officers() if user.email]
    if not (to and mails.can_be_sent()):
        return
    link = f"{settings.SITE_URL}{reverse('protection:index')}"
    lines = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            lines.append(gettext("Something at the desk needs a case officer: %s") % link)
    mail = EmailMessage(settings.SITE_HOST, "\n\n".join(lines), bcc=to)
    try:
        mail.send()
    except OSError:
        log.warning("A letter to the case officers could not be sent.")
