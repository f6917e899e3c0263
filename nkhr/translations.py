"""The catalogues of the interface in step with the code, through Babel: nobody needs gettext.

Django's template reader turns templates into something a Python reader can take apart, as its own
`makemessages` does. Needs the libraries of requirements-test.txt.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCES = ("advocacy", "nkhr", "templates")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{
        f"{name}_lazy": DEFAULT_KEYWORDS[name]
        for name in ("gettext", "ngettext", "pgettext", "npgettext")
    },
    "gettext_noop": None,
}


def sources(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file that may hold interface strings, with its text in a Python reader's terms."""
    for top in SOURCES:
        for path in sorted((root / top).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
            elif path.suffix in (".html", ".txt", ".xml") and "templates" in path.parts:
                source = templatize(path.read_text(encoding="utf-8"))
                # Indentation means nothing in a template and everything to the reader.
                yield path, "\n".join(line.lstrip() for line in source.split("\n"))


def collect(root: Path) -> Catalog:
    """All interface strings of the code, untranslated."""
    template = Catalog(project="nkhr")
    for path, source in sources(root):
        for _, message, comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS, ["Translators:"]
        ):
            place = [(path.relative_to(root).as_posix(), 1)]
            template.add(message, None, place, auto_comments=comments, context=context)
    return template


def update(root: Path, po: Path, language: str) -> None:
    """Adds what is new to the .po, drops what is gone, and compiles the .mo beside it.

    Nothing is guessed: a new string, also one that only changed, is left for a translator.
    """
    template = collect(root)
    catalog = read(po, language)
    if _ids(catalog) != _ids(template):
        catalog.update(template, no_fuzzy_matching=True)
        po.parent.mkdir(parents=True, exist_ok=True)
        with po.open("wb") as file:
            write_po(file, catalog, width=100, ignore_obsolete=True, include_lineno=False)
    compile(po, language)


def compile(po: Path, language: str) -> None:
    """Writes the .mo beside a .po, for machines without gettext, where it says something else."""
    if _is_compiled(po, read(po, language)):
        return
    with po.with_suffix(".mo").open("wb") as file:
        write_mo(file, read(po, language))


def problems(root: Path, po: Path, language: str) -> list[str]:
    """What keeps the interface from being wholly translated, a line each."""
    if not po.is_file():
        return [f"{po.relative_to(root)} is missing"]
    template, catalog = collect(root), read(po, language)
    found = [f"not in the catalogue: {_shown(id)}" for id in _ids(template) - _ids(catalog)]
    found += [f"no longer in the code: {_shown(id)}" for id in _ids(catalog) - _ids(template)]
    return sorted(found + unfinished(root, po, language))


def unfinished(root: Path, po: Path, language: str) -> list[str]:
    """What is wrong with a catalogue in itself, whatever the code says."""
    catalog, found = read(po, language), []
    for message in catalog:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.fuzzy:
            found.append(f"fuzzy: {message.id!r}")
        elif not all(strings):
            found.append(f"not translated: {message.id!r}")
        found += [f"{error}: {message.id!r}" for error in message.check(catalog)]
    if not _is_compiled(po, catalog):
        mo = po.with_suffix(".mo")
        found.append(f"{mo.relative_to(root)} is not compiled from {po.name} as it is")
    return found


def read(po: Path, language: str) -> Catalog:
    if not po.is_file():
        header = (
            "# The interface of the NKHR site. `dev.py messages` keeps it in step with the code."
        )
        return Catalog(locale=language, project="nkhr", header_comment=header, fuzzy=False)
    with po.open("rb") as file:
        return read_po(file, locale=language)


def _is_compiled(po: Path, catalog: Catalog) -> bool:
    mo = po.with_suffix(".mo")
    if not mo.is_file():
        return False
    with mo.open("rb") as file:
        return _strings(read_mo(file)) == _strings(catalog)


Id = tuple[str | None, str | tuple[str, ...]]


def _id(message: Message) -> Id:
    text, context = message.id, message.context
    if isinstance(context, bytes):  # as Babel 2.18 reads it from a .mo
        context = context.decode()
    return context or None, tuple(text) if isinstance(text, list | tuple) else text


def _ids(catalog: Catalog) -> set[Id]:
    return {_id(message) for message in catalog if message.id}


def _strings(catalog: Catalog) -> dict[Id, object]:
    return {
        _id(message): tuple(message.string)
        if isinstance(message.string, list | tuple)
        else message.string
        for message in catalog
        if message.id and message.string and not message.fuzzy
    }


def _shown(identity: Id) -> str:
    context, text = identity
    return f"{text!r}" + (f" ({context})" if context else "")
