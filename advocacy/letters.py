"""Letters to people at the desk, sent by the worker after whoever caused them has gone on.

Nobody's own language is known here: each letter is in all that the desk speaks.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.utils import translation
from django_tasks import task


@task()
def send(pk: int, subject: str, text: str) -> None:
    """To whoever is still at the desk. Raises OSError (smtplib's own too), and is tried again."""
    people = get_user_model()._default_manager.filter(pk=pk, is_active=True)
    for person in people.exclude(email=""):
        send_mail(subject, text, None, [person.email])


def write(pk: int, say: Callable[[], tuple[str, str]]) -> None:
    """Have a letter sent to the person of that key: `say` answers subject and text in one language.

    It is noted in the transaction of what it tells, so that there is none of what did not happen.
    """
    subjects, texts = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subject, text = say()
            subjects.append(subject)
            texts.append(text)
    send.enqueue(pk, " · ".join(subjects), "\n\n".join(texts) + "\n")
