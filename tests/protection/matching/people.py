"""Real spellings of names, one person a line, from the files beside this one."""

from pathlib import Path
from typing import NamedTuple

from advocacy.protection.matching import Form, Matcher, Person


class Known(NamedTuple):
    name: str  # in Hangul
    spellings: list[str]


def read(*files: str) -> list[Known]:
    lines = [
        line
        for file in files
        for line in Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    return [Known(first, rest) for first, *rest in (line.split(" | ") for line in lines)]


VARIANTS = read("variants.txt")
EVERYBODY = read("variants.txt", "others.txt")


def matcher_of(*names: str, identifiers: tuple[str, ...] = ()) -> Matcher:
    """Of one person with these names."""
    return Matcher([Person("1", tuple(Form(name, name) for name in names), identifiers)])
