"""What stands in the journals, and how a killed worker leaves them."""

from advocacy.hits import journal, records


def lines() -> int:
    """Whole records in the journals of this machine, folded or not."""
    whole = (records.whole_start(path.read_bytes()) for path in journal.files())
    return sum(map(len, whole)) // records.SIZE


def put(content: bytes) -> None:
    """Write into the open journal what need not be a record, as a kill, or a bug, may leave it."""
    book = journal.writer.book
    assert book is not None
    book.content[book.at : book.at + len(content)] = content
    book.at += len(content)


def first_record() -> bytes:
    return journal.files()[0].read_bytes()[: records.SIZE]
