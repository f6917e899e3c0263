"""Rows that readers see as soon as they are saved, without being published: they are looked at before.

Tags, menus, the organisation, and what is said of a file that is public already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from .people import Person

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

Look = Callable[[Model, Person | None], list[str]]

_looks: list[Look] = []


def register(look: Look) -> None:
    """Add a function from a row, as it is about to be saved by somebody or by the site itself, to
    sentences why it may not be.
    """
    if look not in _looks:
        _looks.append(look)


def problems(row: Model, by: Person | None) -> list[str]:
    return [sentence for look in _looks for sentence in look(row, by)]


class LookedAtMixin(Base):
    """The form of such rows: what was typed stays in it, and is not saved while there is a problem."""

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)

        class LookedAt(form):
            def _post_clean(self) -> None:
                super()._post_clean()
                if not self.errors:
                    for sentence in problems(self.instance, request.user):
                        self.add_error(None, sentence)

        return LookedAt
