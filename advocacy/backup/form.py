"""The form of an archive: a tar in gzip that any tool unpacks, and in it the hash of every member.

First comes `backup.json`, which says what this is; then `tables/…`, then `media/…`; last comes
`manifest.jsonl`, a line for each member before it: name, size, SHA-256. An archive without its
manifest was never finished.

Each member is a stream of gzip of its own, which the format allows (RFC 1952, section 2.2): so
tables are compressed, while pictures and documents, which are compressed already, are only put
into it, which is many times as fast. Neither side keeps more of it in memory than a part of a file.
"""

from __future__ import annotations

import hashlib
import json
from typing import IO, NamedTuple

from .refused import Refused

FORMAT = 1
LABEL, MANIFEST = "backup.json", "manifest.jsonl"
TABLES, MEDIA = "tables/", "media/"
#: Bytes read and written at a time; larger ones are given back to the kernel each time.
PART = 128 * 1024


class Member(NamedTuple):
    name: str
    size: int  # bytes

    @property
    def key(self) -> str:
        """Its name without the folder of its kind: of a table, or of a file in the storage."""
        return self.name.partition("/")[2].removesuffix(".jsonl" if self.is_table else "")

    @property
    def is_table(self) -> bool:
        return self.name.startswith(TABLES)


class Label(NamedTuple):
    """What an archive says of itself. `log`: number and hash of the log's last row. `tombstones`: how
    many it holds of what must stay out.
    """

    site: str
    made_at: str
    log: tuple[int, str]
    migrations: list[tuple[str, str]]
    tombstones: int = 0

    @classmethod
    def read(cls, written: bytes) -> Label:
        """Raises ValueError, TypeError, LookupError; Refused if it is of another format."""
        content = json.loads(written)
        if content["format"] != FORMAT:
            raise Refused(
                f"The backup has the format {content['format']}, and this release reads {FORMAT}: "
                "use the release that made it, or a later one."
            )
        split = [name.split(".", 1) for name in content["migrations"]]
        return cls(
            site=content["site"],
            made_at=content["made_at"],
            log=(int(content["log"]["number"]), str(content["log"]["hash"])),
            migrations=[(app, name) for app, name in split],
            tombstones=int(content.get("tombstones", 0)),  # earlier ones knew none
        )


class Hashing:
    """A file that is read from its start to its end, and the hash of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self.file.read(size)
        self.hash.update(part)
        return part


def entry(name: str, size: int, read: Hashing) -> bytes:
    entry = {"name": name, "size": size, "sha256": read.hash.hexdigest()}
    return json.dumps(entry, ensure_ascii=False).encode() + b"\n"
