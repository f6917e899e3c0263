"""The public number in words."""

from django.utils.translation import ngettext


def reads(number: int) -> str:
    """1 time, 4,312 times: in the language that is active, digits grouped alike in both."""
    return ngettext("%(number)s time", "%(number)s times", number) % {"number": f"{number:,}"}
