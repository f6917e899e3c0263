from collections.abc import Iterator
from typing import Any

from advocacy.imports.boards import xe
from advocacy.imports.commands import DumpCommand
from advocacy.imports.dumps import Dump


class Command(DumpCommand):
    help = (
        "Takes over the posts of a XpressEngine or Rhymix from an SQL dump and the folder of its files. "
        "Done again, it brings what is new or has changed there, and nothing twice."
    )
    board = "its mid"

    def posts(self, dump: Dump, options: dict[str, Any]) -> Iterator[Any]:
        return xe.read(dump, options["board"])
