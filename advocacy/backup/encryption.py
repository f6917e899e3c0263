"""Archives that only the holder of a key can read: in the format of age (age-encryption.org/v1), which
any tool for it opens. What goes in or comes out is a stream; neither side keeps it in memory or on a disk.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pyrage

from .form import PART
from .refused import Damaged, Refused

ENDING = ".age"
HELP = "the file with your key of age, for a backup that is encrypted"
_BEGINS = b"age-encryption.org/"


def recipients(written: Iterable[str]) -> list[Any]:
    """Those an archive is encrypted to, by their public keys (`age1…`). Raises Refused."""
    found = []
    for text in written:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text))
        except pyrage.RecipientError as error:
            raise Refused(f"{text!r} is no public key of age, which begins with age1.") from error
    return found


def identities(file: str | None) -> list[Any]:
    """The secret keys in a file as `age-keygen` writes it; none of no file. Raises Refused."""
    if file is None:
        return []
    path = Path(file)
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except (OSError, UnicodeError, pyrage.IdentityError) as error:
        raise Refused(f"{path} cannot be read as a file with keys of age.") from error
    if not found:
        raise Refused(f"{path} holds no key of age.")
    return found


def passing() -> Any:
    """A secret key that is never written down: who made an archive can read it once more."""
    return pyrage.x25519.Identity.generate()


def is_encrypted(file: IO[bytes]) -> bool:
    """Whether a file, which is at its beginning then, is in the format of age."""
    file.seek(0)
    begins = file.read(len(_BEGINS))
    file.seek(0)
    return begins == _BEGINS


class _Beside:
    """A thread that works at one end of a pipe, while the other is in our hands."""

    def __init__(self, work: Callable[[IO[bytes]], None], *, reads: bool) -> None:
        reading, writing = os.pipe()
        theirs, ours = (reading, writing) if reads else (writing, reading)
        self.pipe = os.fdopen(ours, "wb" if reads else "rb", buffering=PART)
        self.error: Exception | None = None
        self._theirs = os.fdopen(theirs, "rb" if reads else "wb", buffering=PART)
        self._work = work
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self) -> Exception | None:
        """Close our end and wait; what went wrong at the other."""
        with suppress(OSError):  # nobody reads any more
            self.pipe.close()
        self._thread.join()
        return self.error

    def _run(self) -> None:
        try:
            with self._theirs:
                self._work(self._theirs)
        except Exception as error:
            self.error = error


@contextmanager
def encrypting(file: IO[bytes], to: Sequence[Any]) -> Iterator[IO[bytes]]:
    """What is written is encrypted into `file`, which is complete at the end. Raises OSError."""
    beside = _Beside(lambda pipe: pyrage.encrypt_io(pipe, file, to), reads=True)
    try:
        yield beside.pipe
    finally:
        error = beside.end()
        if error is not None:  # such as a full disk; what we met is that nobody reads
            raise OSError(str(error)) from error


@contextmanager
def decrypting(file: IO[bytes], own: Sequence[Any], name: object) -> Iterator[IO[bytes]]:
    """What `file` says to the holder of one of these keys. Raises Refused when nothing more can be
    read of it.
    """
    file.seek(0)
    beside = _Beside(lambda pipe: pyrage.decrypt_io(file, pipe, own), reads=False)
    is_left = False
    try:
        yield beside.pipe
    except GeneratorExit:
        is_left = True
        raise
    finally:
        error = beside.end()
        if is_left:
            error = None
        if isinstance(error, pyrage.DecryptError):
            raise Refused(f"{name} is damaged, or encrypted to another key: {error}.") from error
        if error is not None and not isinstance(error, BrokenPipeError):
            raise Damaged(f"{name} is damaged or no backup: {error}.") from error
