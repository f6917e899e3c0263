"""What each role may do. This is the whole of it: what is not named here, nobody may but administrators.

A row says from which role on something may be done; every role may do what the ones before it may.
Whose drafts an author may open is settled where texts are fetched, by `publishing.edit_all_texts`.
"""

from __future__ import annotations

from functools import cache

from .models import User

A, E, P, X = User.Role  # author, editor, publisher, administrator

#: The parts of a record belong to it: who may type in the record adds and takes out its parts.
_part = (A, A, A, A)

#: model: who may view, add, change and delete. Records are put into the trash instead.
MODELS: dict[str, tuple[User.Role, User.Role, User.Role, User.Role]] = {
    "news.article": (A, A, A, X),
    "news.articledocument": _part,
    "news.articlecorrection": _part,
    "news.coverage": _part,
    "news.tag": (A, A, A, X),
    "pages.standingpage": (A, A, A, X),
    "pages.pagedocument": _part,
    "pages.pagecorrection": _part,
    "meetings.meeting": (A, A, A, X),
    "meetings.meetingtext": _part,
    "meetings.meetingdocument": _part,
    "meetings.meetingcorrection": _part,
    "meetings.participant": _part,
    "milestones.milestone": (A, A, A, X),
    "milestones.milestonetext": _part,
    "milestones.milestonesymbol": _part,
    "milestones.milestonecorrection": _part,
    "milestones.milestonedocument": _part,
    "symbols.undocument": (A, P, P, P),  # readers see it at once
    "symbols.relation": (A, P, P, P),
    "attachments.attachment": (A, A, A, E),
    "pages.organisation": (X, X, X, X),
    "pages.menuitem": (X, X, X, X),
    "accounts.user": (X, X, X, X),
    "tasks.task": (X, X, X, X),
    "imports.held": (E, X, E, E),
    "imports.run": (X, X, X, X),
}

#: What is no matter of a single model's form.
OTHERS: dict[str, User.Role] = {
    "hits.view_dailycount": E,  # reach
    "publishing.edit_all_texts": E,  # beyond one's own drafts
    "publishing.review_text": E,
    "publishing.publish_text": P,  # publish, withdraw; trash and restore what readers know
}


def table() -> dict[str, User.Role]:
    """Every permission by its full name, with the first role that has it."""
    rules = dict(OTHERS)
    for model, roles in MODELS.items():
        app, name = model.split(".")
        for verb, role in zip(("view", "add", "change", "delete"), roles, strict=True):
            rules[f"{app}.{verb}_{name}"] = role
    return rules


@cache
def permissions(role: str) -> frozenset[str]:
    """All that a role may do by the table."""
    ladder = list(User.Role)
    reached = ladder[: ladder.index(User.Role(role)) + 1]
    return frozenset(name for name, first in table().items() if first in reached)


def holders(permission: str) -> list[User.Role]:
    """The roles that have a permission."""
    return [role for role in User.Role if role == X or permission in permissions(role)]
