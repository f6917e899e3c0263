"""Receives uploads on their way in, and keeps no more of one than may be kept."""

from __future__ import annotations

import tempfile

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from . import storage
from .files.limits import MEGABYTE, Limits

#: A whole request may not be longer: beyond this it is not even read to be thrown away.
LONGEST_REQUEST = 2048 * MEGABYTE


def is_beyond_reading(request: HttpRequest) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_REQUEST


class Received(UploadedFile):
    """An upload in a file of its own, which is gone when it is closed."""

    @property
    def path(self) -> str:
        return str(self.file and self.file.name)


class Inbox(FileUploadHandler):
    """Use it as a request's only upload handler. `too_large` names what was not kept.

    A file that proves too large is dropped at once and read on to its end, because a browser
    that is still sending does not listen to the answer.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.too_large: list[str] = []

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self.file = tempfile.NamedTemporaryFile(suffix=storage.HALF, dir=storage.incoming())  # noqa: SIM115  closed with the upload

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self.limits.bytes:
            self.too_large.append(self.file_name or "")
            self.file.close()
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.flush()
        return Received(self.file, self.file_name, self.content_type, file_size)

    def upload_interrupted(self) -> None:
        if getattr(self, "file", None):
            self.file.close()
