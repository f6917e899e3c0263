"""Who may do what with a record. Said here; asked everywhere; told to staff at /admin/roles/.

A text is *theirs* to whom made it, to whom was asked to review it, and to whoever edits all texts
(`RecordQuerySet.editable_by`). Everybody at the desk may also open, to read, what readers can read
at that moment (`open_to`): it is no secret, and colleagues link to it and translate it. Of anything
else nobody learns that it is there: objects are fetched by these two words, so the answer is 404.

While a text is in review, its reviewer changes it, and those who publish; whoever asked takes it
back to go on writing. To publish, to withdraw, and to take away what readers know is for those who
publish, who need no review. An author may prepare a new version of a published text of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .models import Publication, Record, Translatable
from .people import EDIT_ALL, PUBLISH, Person
from .review import Review


class Deed(StrEnum):
    """What can be done to a record at the desk; most have an address of that name."""

    SAVE = "save"
    COMMENT = "comment"
    HISTORY = "history"
    RETURN = "return_to"
    PREVIEW = "preview"
    SHARE = "share"
    OPEN = "open"
    DISCARD = "discard"
    TRANSLATE = "translate"
    ASK = "ask"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    TRASH = "trash"
    RESTORE = "restore"


@dataclass(frozen=True)
class Access:
    """What somebody may do to a record, whatever its state, and what its state lets anybody do."""

    permitted: frozenset[Deed]
    possible: frozenset[Deed]
    review: Review | None

    @classmethod
    def of(cls, user: Person, record: Record) -> Access:
        review = record.review()
        return cls(
            frozenset(_permitted(user, record, review)),
            frozenset(_possible(record, review)),
            review,
        )

    def __contains__(self, deed: Deed) -> bool:
        return deed in self.permitted and deed in self.possible


def _permitted(user: Person, record: Record, review: Review | None) -> set[Deed]:
    publishes, edits_all = user.has_perm(PUBLISH), user.has_perm(EDIT_ALL)
    theirs = type(record).objects.editable_by(user)
    if not (edits_all or theirs.filter(pk=record.pk).exists()):
        return {Deed.TRANSLATE}
    deeds = {Deed.TRANSLATE, Deed.HISTORY, Deed.RETURN, Deed.COMMENT, Deed.OPEN}
    deeds |= {Deed.PREVIEW, Deed.SHARE}
    if publishes:
        deeds |= {Deed.PUBLISH, Deed.WITHDRAW}
    if review is None or publishes or review.reviewer_id == user.pk:
        deeds |= {Deed.SAVE, Deed.ASK}
        if edits_all or record.created_by_id == user.pk:
            deeds |= {Deed.DISCARD}
        if may_take_away(user, record):
            deeds |= {Deed.TRASH, Deed.RESTORE}
    if review and (publishes or review.reviewer_id == user.pk):
        deeds |= {Deed.SEND_BACK}
    if review and (edits_all or review.asked_by_id == user.pk):
        deeds |= {Deed.TAKE_BACK}
    return deeds


def may_take_away(user: Person, record: Record) -> bool:
    """Whether a record that is theirs is also theirs to put into the trash and to bring back."""
    if user.has_perm(PUBLISH):
        return True
    is_own = user.has_perm(EDIT_ALL) or record.created_by_id == user.pk
    return is_own and not record.live.is_known_to_readers()


def _possible(record: Record, review: Review | None) -> set[Deed]:
    if record.live.trashed_at:
        return {Deed.RESTORE, Deed.HISTORY}
    deeds = {Deed.HISTORY, Deed.COMMENT, Deed.PREVIEW}
    if any(text.standing.status != Publication.Status.WITHDRAWN for text in record.publications()):
        deeds |= {Deed.SHARE}
    if isinstance(record, Translatable):
        deeds |= {Deed.TRANSLATE}
    if review:
        deeds |= {Deed.TAKE_BACK, Deed.SEND_BACK}
    if record.is_working_copy:
        return deeds | {Deed.SAVE, Deed.PUBLISH, Deed.ASK, Deed.DISCARD, Deed.RETURN}
    if not record.is_known_to_readers():
        return deeds | {Deed.SAVE, Deed.PUBLISH, Deed.ASK, Deed.TRASH, Deed.RETURN}
    published = Publication.Status.PUBLISHED
    withdrawable = any(text.status == published for text in record.publications())
    return (
        deeds | {Deed.OPEN, Deed.TRASH, Deed.RETURN} | ({Deed.WITHDRAW} if withdrawable else set())
    )
