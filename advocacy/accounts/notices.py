"""Letters that somebody's ways in have changed: whoever changed them may not have been who they are."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import letters

from .models import User


class Notice(Enum):
    PASSWORD = _("A new password was set for your account.")
    APP_ADDED = _("An authenticator app was set up for your account.")
    APP_REMOVED = _("The authenticator app was removed from your account.")
    PASSKEY_ADDED = _("A passkey was added to your account.")
    PASSKEY_REMOVED = _("A passkey was removed from your account.")
    RECOVERY_CODES = _("New recovery codes were made for your account. The old ones work no more.")
    FACTORS_REMOVED = _("An administrator has removed the second factors of your account.")


def tell(user: User, notice: Notice, at: datetime | None = None) -> None:
    """Write to them what was changed and when; without an address there is nobody to write to."""
    if not user.email:
        return
    moment = timezone.localtime(at)
    administrators = User.objects.filter(role=User.Role.ADMINISTRATOR, is_active=True)
    names = ", ".join(sorted(str(one) for one in administrators if one.pk != user.pk))

    def say() -> tuple[str, str]:
        about = {"site": settings.SITE_HOST, "moment": date_format(moment, "DATETIME_FORMAT")}
        lines = [str(notice.value), gettext("When: %(moment)s, Seoul time.") % about]
        lines.append(gettext("If that was you, there is nothing to do."))
        if names:
            said = gettext("If it was not, tell an administrator at once: %(names)s.")
            lines.append(said % {"names": names})
        else:
            lines.append(gettext("If it was not, change your password at once."))
        return gettext("Your sign-in at %(site)s has changed") % about, "\n".join(lines)

    letters.write(user.pk, say)
