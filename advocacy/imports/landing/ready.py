"""A post looked at as far as that is possible without writing anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from advocacy.publishing.richtext import plain

from ..html import Body, convert
from ..records import File, Post
from .folder import Folder
from .languages import language_of

#: Raised whenever the same post would become another record.
RULES = 1


@dataclass(frozen=True)
class Ready:
    post: Post
    body: Body  # of its first text
    language: str
    files: tuple[tuple[File, Path | None], ...]
    pictures: tuple[Path | None, ...]  # of the body, in order
    fingerprint: str

    @property
    def missing(self) -> list[str]:
        """What it names and the folder does not hold, as sentences."""
        said = _("The file “%s” is not in the folder.")
        pictures = zip(self.body.pictures, self.pictures, strict=True)
        return [said % file.shown for file, path in self.files if path is None] + [
            _("The picture %s is not in the folder.") % picture.source
            for picture, path in pictures
            if path is None
        ]


def make_ready(post: Post, folder: Folder) -> Ready:
    body = convert(post.text.body, post.text.form)
    files = tuple((file, folder.find(file.path)) for file in post.files)
    pictures = tuple(folder.find(picture.source) for picture in body.pictures)
    language = post.text.language or language_of(post.text.title, plain(body.html))
    there = [str(_measure(path)) for path in (*(path for _file, path in files), *pictures)]
    said = "\n".join([str(RULES), post.fingerprint, *there])
    fingerprint = hashlib.sha256(said.encode()).hexdigest()
    return Ready(post, body, language, files, pictures, fingerprint)


def _measure(path: Path | None) -> int | None:
    return path.stat().st_size if path else None
