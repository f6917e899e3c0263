"""People at the desk: how they are called, and what they may do to texts.

Which person has which permission is not said here: whoever signs people in answers
`has_perm(...)`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth import get_user_model

#: Of the user model, which the settings name and no slice knows.
Person: TypeAlias = Any

#: To see and edit everybody's texts.
EDIT_ALL = "publishing.edit_all_texts"
#: To be asked for a review.
REVIEW = "publishing.review_text"
#: To publish and withdraw, and to put what readers know into the trash and bring it back.
PUBLISH = "publishing.publish_text"


def name_of(person: Person) -> str:
    return person.get_full_name() or person.get_username()


def people_with(permission: str) -> list[Any]:
    """All staff who may, by name. Everybody is asked: an organisation has a few dozen at most."""
    staff = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    return sorted((one for one in staff if one.has_perm(permission)), key=name_of)
