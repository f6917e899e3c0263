"""Reads an archive, and finds where it is damaged."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from . import encryption
from .form import LABEL, MANIFEST, PART, Hashing, Label, Member, entry
from .refused import Damaged, Refused

LARGEST_LABEL = 16 * 1024 * 1024
#: Below tables/ and media/, without a part that leads elsewhere or is hidden.
_NAME = re.compile(r"(?:tables|media)(?:/(?!\.)[^/\\\0]+)+")
_UNREADABLE = (OSError, EOFError, zlib.error, tarfile.TarError, ValueError)


class Opened(NamedTuple):
    """A verified archive: what it says of itself, and how much of what there is in it."""

    label: Label
    tables: int
    rows: int
    table_bytes: int
    files: int
    file_bytes: int


class Archive:
    """An archive open for reading; once it is verified, the very file that was verified."""

    def __init__(self, path: Path, identities: Sequence[Any] = ()) -> None:
        """`identities` are keys of age, for one that is encrypted. Raises Refused."""
        try:
            self.file = path.open("rb")
            self.is_encrypted = encryption.is_encrypted(self.file)
        except OSError as error:
            raise Refused(f"{path} cannot be read: {error.strerror}.") from error
        self.path, self.identities = path, identities
        if self.is_encrypted and not identities:
            self.file.close()
            raise Refused(f"{path} is encrypted: name the file with your key, with --identity.")

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *args: object) -> None:
        self.file.close()

    @property
    def size(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def label(self) -> Label:
        """Only what it says of itself. Raises Refused."""
        for member, content in self._members():
            return self._label(member, content)
        raise self._damaged("it is empty")

    def members(self) -> Iterator[tuple[Member, IO[bytes]]]:
        """Tables and files in their order; each is to be read before the next is asked for."""
        for member, content in self._members():
            if member.name not in (LABEL, MANIFEST):
                yield member, content

    def verify(self, tell: Callable[[int], None] = lambda done: None) -> Opened:
        """Read all of it. `tell` is given the bytes of the archive read so far. Raises Refused."""
        label: Label | None = None
        count = dict.fromkeys(("tables", "rows", "table_bytes", "files", "file_bytes"), 0)
        complete = False
        with tempfile.TemporaryFile() as found:
            for member, content in self._members():
                if complete:
                    raise self._damaged(f"{member.name} was added to it after its manifest")
                if member.name == MANIFEST:
                    self._compare(found, content)
                    complete = True
                    continue
                read: Any = Hashing(content)
                if label is None:
                    label = self._label(member, read)
                elif not _NAME.fullmatch(member.name) or ".." in member.name.split("/"):
                    raise self._damaged(f"it has a member that no backup has, {member.name!r}")
                rows = 0
                while part := read.read(PART):
                    rows += part.count(b"\n") if member.is_table else 0
                    tell(self.file.tell())
                found.write(entry(member.name, member.size, read))
                if member.name != LABEL:
                    kind = "table" if member.is_table else "file"
                    count[f"{kind}s"] += 1
                    count[f"{kind}_bytes"] += member.size
                    count["rows"] += rows
            if label is None or not complete:
                raise self._damaged("its end is missing")
        return Opened(label, **count)

    def _compare(self, found: IO[bytes], manifest: IO[bytes]) -> None:
        """That the manifest says of each member what was found."""
        found.seek(0)
        for line in manifest:
            if found.readline() != line:
                try:
                    name = json.loads(line)["name"]
                except (ValueError, TypeError, LookupError):
                    name = MANIFEST
                raise self._damaged(f"{name} is not what it was when the backup was made")
        if extra := found.readline():
            raise self._damaged(f"{json.loads(extra)['name']} is not named in its manifest")

    def _label(self, member: Member, content: Any) -> Label:
        try:
            if member.name != LABEL or member.size > LARGEST_LABEL:
                raise ValueError
            return Label.read(content.read())
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise Refused(f"{self.path} is not a backup of this site.") from error

    @contextmanager
    def _plain(self) -> Iterator[IO[bytes]]:
        """The archive from its beginning, in plain."""
        if self.is_encrypted:
            with encryption.decrypting(self.file, self.identities, self.path) as plain:
                yield plain
        else:
            self.file.seek(0)
            yield io.BufferedReader(_Unclosed(self.file), PART)

    def _members(self) -> Iterator[tuple[Member, IO[bytes]]]:
        try:
            with (
                self._plain() as plain,
                gzip.GzipFile(fileobj=plain) as stream,
                tarfile.open(fileobj=stream, mode="r|", bufsize=PART) as tar,
            ):
                for info in tar:
                    content = tar.extractfile(info) if info.isreg() else None
                    if content is None:
                        raise self._damaged(f"{info.name!r} in it is no plain file")
                    raw = _Content(content, self._damaged)
                    yield Member(info.name, info.size), io.BufferedReader(raw, PART)
                # The end of a tar is not the end of the file: what follows must be whole as well.
                while stream.read(PART):
                    pass
        except _UNREADABLE as error:
            raise self._damaged(str(error) or "it breaks off") from error

    def _damaged(self, why: str) -> Damaged:
        return Damaged(f"{self.path} is damaged or no backup: {why}.")


class _Unclosed(io.RawIOBase):
    """A file that stays open when its reader is closed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._file.readinto(buffer)  # type: ignore[attr-defined]


class _Content(_Unclosed):
    """That of a member, read by others: they too are told that it is damaged, and no more."""

    def __init__(self, file: IO[bytes], damaged: Callable[[str], Damaged]) -> None:
        super().__init__(file)
        self._damaged = damaged

    def readinto(self, buffer: Any) -> int:
        try:
            return super().readinto(buffer)
        except _UNREADABLE as error:
            raise self._damaged(str(error) or "it breaks off") from error
