"""Letters to staff about texts. They name no title and carry no note: letters lie on others' servers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .people import Person, name_of

log = logging.getLogger(__name__)


class Letter(Enum):
    """Subject and first sentence."""

    ASKED = _("A text waits for your review"), _("%(who)s asks you to review a text.")
    SENT_BACK = _("A text came back to you"), _("%(who)s has reviewed your text and sent it back.")
    PUBLISHED = _("Your text is published"), _("%(who)s has published the text you asked about.")


def send(
    letter: Letter,
    *,
    to: Person,
    by: Person,
    link: str,
    unsent: Callable[[str], object] | None = None,
) -> None:
    """Send a letter in every language of the desk: nobody's own is known here.

    Calls `unsent` with a sentence for whoever pressed the button, if it could not be sent.
    """
    subject, sentence = letter.value
    who, subjects, parts = name_of(by), [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(str(subject))
            said = [str(sentence) % {"who": who}]
            said.append(
                gettext("Its title and the notes on it are at the staff desk, behind this link:")
            )
            parts.append("\n".join([*said, link]))
    problem = ""
    if not to.email:
        problem = gettext("%(name)s has no e-mail address here: pass it on yourself.")
    else:
        try:
            send_mail(" · ".join(subjects), "\n\n".join(parts) + "\n", None, [to.email])
        except (SMTPException, OSError):
            log.exception("A letter to staff could not be sent")
            problem = gettext("The letter to %(name)s could not be sent: pass it on yourself.")
    if problem and unsent:
        unsent(problem % {"name": name_of(to)})
