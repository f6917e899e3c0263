"""What is made from the public record and kept in step with it, in the transaction of each change.

Slices above register at start what follows; whoever changes what readers can see tells what changed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

#: Given a record, or something records use, as it now is.
Follower = Callable[[Model], None]

_followers: list[Follower] = []


def register(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell(changed: Model) -> None:
    """Call it inside the transaction, when the change is written."""
    for follower in _followers:
        follower(changed)
