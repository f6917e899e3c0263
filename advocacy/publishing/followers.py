"""What is made from the public record and kept in step with it, in the transaction of each change.

Slices above register at start what follows; whoever changes what readers can see tells what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Model

#: Given records, or things that records use, as they now are.
Follower = Callable[[Sequence[Model]], None]

_followers: list[Follower] = []


def register(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell(*changed: Model) -> None:
    """Call it inside the transaction, when the changes are written."""
    for follower in _followers:
        follower(changed)
