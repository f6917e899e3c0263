"""The index kept in step with the record: in the transaction of each change, or made anew."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Model

from advocacy.attachments.models import Attachment
from advocacy.attachments.uses import owner_field
from advocacy.news.models import Tag
from advocacy.publishing import generation
from advocacy.publishing.models import Record
from advocacy.publishing.queryset import related

from . import vocabulary, words
from .engines import MOST_OF_ONE, MOST_TOKENS, Entry, engine
from .leaves import Content, Leaf
from .models import Citation, Document, Edition, Word
from .sources import ARTICLES, SOURCES, Source, batches

#: Raised whenever the same text would give other tokens: the next start then makes the index anew.
RULES = 2
BATCH = 50  # sources in one transaction: others who write wait no longer than for these
MOST_OF_LEAD = 2000  # tokens

Tell = Callable[[int, int], None]


class Sheet(NamedTuple):
    """One row of the index before it has a number."""

    document: Document
    title: Sequence[str]
    lead: Sequence[str]
    body: Sequence[str]
    words: set[str]
    cited: Collection[str]  # documents of the UN


def follow(changed: Sequence[Model]) -> None:
    """Bring in step what records, tags, or files that records use, have to do with."""
    for one in changed:
        if isinstance(one, Attachment):
            for source in SOURCES.values():
                put(source, list(source.using(one)))
        elif isinstance(one, Tag):
            for batch in batches(ARTICLES.tagged(one), BATCH):
                put(ARTICLES, batch)
    records = [one for one in changed if isinstance(one, Record)]
    if not records:
        return
    texts = [text for record in records for text in record.publications()]
    for source in _of_texts(texts):
        put(source, [text.pk for text in texts if isinstance(text, source.model)])
    files = SOURCES[Document.Kind.FILE]
    put(files, _shown_by(records) | _no_longer_released(files))


def put(source: Source, keys: Collection[int], *, anew: bool = False) -> None:
    """Make the index hold of these sources what it should, and nothing of those taken back."""
    if not keys:
        return
    generation.hold()  # whoever else writes the index waits, and then sees what stands here
    contents = source.contents(keys)
    standing: dict[int, list[Document]] = defaultdict(list)
    for document in Document.objects.filter(kind=source.kind, source__in=keys):
        standing[document.source].append(document)
    old: list[int] = []
    sheets: list[Sheet] = []
    for key in sorted(keys):
        content, kept = contents.get(key), standing[key]
        mark = _mark(content) if content else ""
        if not anew and content and kept and all(one.mark == mark for one in kept):
            continue
        old += [one.pk for one in kept]
        if content:
            sheets += _sheets(source.kind, key, content, mark)
    _exchange(old, sheets)


def reindex(tell: Tell = lambda done, total: None) -> int:
    """Write the whole index anew, a few sources at a time, while the site goes on; how many rows.

    Whatever is published meanwhile is brought in step by itself, and what is searched is there, in
    its old form or its new one.
    """
    waiting = [
        (source, list(source.model._default_manager.order_by("pk").values_list("pk", flat=True)))
        for source in SOURCES.values()
    ]
    total, done = sum(len(keys) for _source, keys in waiting), 0
    tell(done, total)
    for source, keys in waiting:
        for batch in batches(keys, BATCH):
            with transaction.atomic():
                put(source, batch, anew=True)
            tell(done := done + len(batch), total)
    for source in SOURCES.values():
        with transaction.atomic():
            generation.hold()
            there = source.model._default_manager.values("pk")
            gone = Document.objects.filter(kind=source.kind).exclude(source__in=there)
            _exchange(list(gone.values_list("pk", flat=True)), [])
    with transaction.atomic():
        generation.hold()
        engine().forget_strays()
    # What seems to be used by nobody now is asked again in the transaction that lets go of it.
    unused = set(Word.objects.values_list("stem", flat=True)) - engine().tokens()
    with transaction.atomic():
        generation.hold()
        vocabulary.forget(unused)
        Edition.objects.update_or_create(pk=1, defaults={"rules": RULES})
    while engine().tidy():
        pass
    return Document.objects.count()


def is_current() -> bool:
    """Whether the index was made by the rules of this release."""
    return Edition.objects.filter(rules=RULES).exists()


def _of_texts(texts: Sequence[Model]) -> Iterator[Source]:
    models = {type(text) for text in texts}
    return (source for source in SOURCES.values() if source.model in models)


def _shown_by(records: Sequence[Model]) -> set[int]:
    """The files beside them, a query for each kind of record."""
    of_a_kind: dict[type[Model], list[Model]] = defaultdict(list)
    for record in records:
        if hasattr(record, "documents"):
            of_a_kind[type(record)].append(record)
    found: set[int] = set()
    for kind, owners in of_a_kind.items():
        use = related(kind, "documents")
        rows = use.objects.filter(**{f"{owner_field(use)}__in": owners})
        found.update(rows.values_list("attachment", flat=True))
    return found


def _no_longer_released(files: Source) -> set[int]:
    known = Document.objects.filter(kind=files.kind).exclude(
        source__in=files.released().values("pk")
    )
    return set(known.values_list("source", flat=True))


def _mark(content: Content) -> str:
    said = repr((RULES, content.language, content.body, content.day, content.mark))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _sheets(kind: str, key: int, content: Content, mark: str) -> Iterator[Sheet]:
    for leaf in content.leaves():
        title, lead, body = _tokens(leaf)
        cited = words.documents_in("\n".join([leaf.title, *leaf.lead, *leaf.body]), leaf.symbols)
        latin = words.latin_words("\n".join([leaf.title, *leaf.lead, *leaf.body]))
        for number, part in enumerate(_parts(body)):
            document = Document(
                kind=kind,
                source=key,
                number=leaf.number,
                part=number,
                language=content.language,
                body=content.body,
                day=content.day,
                year=content.day.year if content.day else None,
                mark=mark,
            )
            yield Sheet(document, title, lead, part, latin, () if number else cited)


def _tokens(leaf: Leaf) -> tuple[list[str], list[str], list[str]]:
    title = words.names(leaf.title)
    lead = _joined(leaf.lead)[:MOST_OF_LEAD]
    symbols = words.documents_in("\n".join(leaf.lead), leaf.symbols).values()
    body = _joined(leaf.body)
    cited = words.documents_in("\n".join([leaf.title, *leaf.body])).values()
    return title, [*lead, words.BREAK, *symbols], [*cited, words.BREAK, *body]


def _joined(passages: Sequence[str]) -> list[str]:
    return [token for passage in passages for token in (*words.names(passage), words.BREAK)]


def _parts(tokens: list[str]) -> Iterator[list[str]]:
    """In pieces that every engine can hold, mostly one."""
    while True:
        end, counted = min(len(tokens), MOST_TOKENS), Counter[str]()
        if len(tokens) > MOST_OF_ONE:
            for at, token in enumerate(tokens[:end]):
                counted[token] += token != words.BREAK
                if counted[token] > MOST_OF_ONE:
                    end = at
                    break
        yield tokens[:end]
        tokens = tokens[end:]
        if not tokens:
            return


def _exchange(old: Sequence[int], sheets: Sequence[Sheet]) -> None:
    """Take rows out of the index and put others in."""
    gone: set[str] = set()
    for batch in batches(old, 500):
        gone |= engine().held_by(batch)
        engine().forget(batch)
        Document.objects.filter(pk__in=batch).delete()
    Document.objects.bulk_create([sheet.document for sheet in sheets], batch_size=500)
    cited = ((sheet.document, symbol) for sheet in sheets for symbol in sheet.cited)
    Citation.objects.bulk_create(
        [Citation(document=document, symbol=symbol) for document, symbol in cited], batch_size=500
    )
    engine().put(Entry(sheet.document.pk, sheet.title, sheet.lead, sheet.body) for sheet in sheets)
    for sheet in sheets:
        gone.difference_update(sheet.title, sheet.lead, sheet.body)
    vocabulary.learn(set[str]().union(*(sheet.words for sheet in sheets)))
    vocabulary.forget(gone)
