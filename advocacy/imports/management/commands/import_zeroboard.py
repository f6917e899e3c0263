from collections.abc import Iterator
from typing import Any

from advocacy.imports.boards import zeroboard
from advocacy.imports.commands import DumpCommand
from advocacy.imports.dumps import Dump


class Command(DumpCommand):
    help = (
        "Takes over the posts of a Zeroboard 4 from an SQL dump and the folder of its files. "
        "Done again, it brings what is new or has changed there, and nothing twice."
    )
    board = "its id"

    def posts(self, dump: Dump, options: dict[str, Any]) -> Iterator[Any]:
        return zeroboard.read(dump, options["board"])
