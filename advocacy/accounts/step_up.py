"""Asking once more who somebody is, before what an open and unattended desk must not be enough for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest


def step_up(when: Callable[[HttpRequest], bool] | None = None) -> Callable[..., Any]:
    """A decorator of views: password, code or passkey must have been given in the last minutes.

    Who has not is asked, and then led on to where they were going, with what they had typed.
    """
    return reauthentication_required(enabled=when, app="advocacy.accounts")
