"""Letters to staff about texts. They name no title and carry no note: letters lie on others' servers."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import letters

from .people import Person, name_of


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
    """Calls `unsent` with a sentence for whoever pressed the button, if there is nowhere to send it."""
    if not to.email:
        if unsent:
            said = gettext("%(name)s has no e-mail address here: pass it on yourself.")
            unsent(said % {"name": name_of(to)})
        return
    subject, sentence = letter.value

    def say() -> tuple[str, str]:
        behind = gettext("Its title and the notes on it are at the staff desk, behind this link:")
        return str(subject), "\n".join([str(sentence) % {"who": name_of(by)}, behind, link])

    letters.write(to.pk, say)
