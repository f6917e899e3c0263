"""The files of a post: into the library what readers can be given, into a holding area all else."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File as Stored
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from advocacy.attachments import actions
from advocacy.attachments.files.pipeline import Refused
from advocacy.attachments.models import Attachment

from ..holding import FOLDER
from ..html import Picture
from ..models import Held
from ..records import File, Post
from .ready import Ready

_LONGEST_ALT = 500


@dataclass
class Waiting:
    """A file that readers cannot be given."""

    file: File
    path: Path
    reason: str


@dataclass
class Brought:
    documents: list[Attachment] = field(default_factory=list)
    above: list[Attachment] = field(default_factory=list)  # pictures beside the text
    within: list[Attachment | None] = field(default_factory=list)  # of the body, in order
    downloads: dict[Any, int] = field(default_factory=dict)  # by uuid
    addresses: dict[str, Any] = field(default_factory=dict)  # of the old site, with the uuid
    waiting: list[Waiting] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


class Library:
    """Brings files in, each once in a run."""

    def __init__(self) -> None:
        self._taken: dict[Path, Attachment | str] = {}

    def bring(self, ready: Ready) -> Brought:
        """All files of a post. What is refused waits; nothing is lost."""
        brought = Brought(reasons=list(ready.missing))
        for file, path in ready.files:
            if path is None:
                continue
            taken = self._take(path, file.shown)
            if isinstance(taken, str):
                brought.waiting.append(Waiting(file, path, taken))
                continue
            _complete(taken, ready, file.shown)
            (brought.documents if taken.is_pdf else brought.above).append(taken)
            if file.downloads:
                brought.downloads[taken.uuid] = file.downloads
            brought.addresses |= dict.fromkeys(file.addresses, taken.uuid)
        for picture, path in zip(ready.body.pictures, ready.pictures, strict=True):
            brought.within.append(self._picture(ready, picture, path, brought))
        brought.above = [one for one in brought.above if one not in brought.within]
        brought.documents = list(dict.fromkeys(brought.documents))
        return brought

    def _picture(
        self, ready: Ready, picture: Picture, path: Path | None, brought: Brought
    ) -> Attachment | None:
        if path is None:
            return None
        name = path.name
        taken = self._take(path, name)
        if isinstance(taken, str) or taken.is_pdf:
            reason = taken if isinstance(taken, str) else _("It stood in the text as a picture.")
            brought.waiting.append(Waiting(File(name, picture.source), path, reason))
            return None
        _complete(taken, ready, picture.alt)
        return taken

    def _take(self, path: Path, shown: str) -> Attachment | str:
        """The file in the library, or the sentence with which it was refused."""
        if path not in self._taken:
            try:
                self._taken[path] = actions.take(source=path, filename=shown).attachment
            except Refused as refused:
                self._taken[path] = str(refused)
        return self._taken[path]


def _complete(attachment: Attachment, ready: Ready, alt: str) -> None:
    """Say of a new file what readers need of it, as far as the old site knew."""
    if attachment.is_pdf and not attachment.language:
        attachment.language = ready.language
        actions.describe(attachment=attachment, changed=["language"])
    elif not attachment.is_pdf and attachment.problems():
        said = alt if any(letter.isalpha() for letter in alt) and "." not in alt[-5:] else ""
        said = said or _("Picture in “%s”") % ready.post.text.title
        setattr(attachment, f"alt_{ready.language}", said[:_LONGEST_ALT])
        actions.describe(attachment=attachment, changed=[f"alt_{ready.language}"])


def hold(waiting: Waiting, post: Post, record: Any) -> str:
    """Keep a file where staff find it; why, as a sentence. Once, however often it comes."""
    with waiting.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    said = _("The file “%(file)s” waits to be made a PDF: %(reason)s") % {
        "file": waiting.file.shown,
        "reason": waiting.reason,
    }
    if Held.objects.filter(source=post.source, post=post.key, sha256=sha256).exists():
        return said
    with waiting.path.open("rb") as file:
        key = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", Stored(file))
    Held.objects.create(
        source=post.source,
        post=post.key,
        record=record,
        shown=waiting.file.shown[:300],
        reason=waiting.reason[:500],
        key=key,
        sha256=sha256,
        size=waiting.path.stat().st_size,
        downloads=waiting.file.downloads,
    )
    return said
