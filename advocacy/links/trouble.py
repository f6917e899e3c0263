"""What can go wrong with asking for an address, in words for staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trouble(models.TextChoices):
    ADDRESS = "address", _("This is no address of the web that can be asked for.")
    PRIVATE = "private", _("It leads into a private network or to an unusual port.")
    UNKNOWN_HOST = "unknown_host", _("There is no site of that name.")
    NO_ANSWER = "no_answer", _("The site does not answer.")
    CERTIFICATE = "certificate", _("The certificate of the site is not valid.")
    NONSENSE = "nonsense", _("The site answers something that no browser can read.")
    LOOP = "loop", _("It leads on and on without end.")
    ROBOTS = "robots", _("The site asks machines to stay away.")


class Unreachable(Exception):
    """No answer was to be had from an address."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
