"""One name put in one place of the site, for each place there is."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from pikepdf import String

from advocacy.meetings.models import Participant
from advocacy.news.models import Article, Tag
from advocacy.pages.models import StandingPage
from advocacy.publishing.models import FormerAddress
from tests.attachments import makers
from tests.facts import article, meeting, milestone

#: Forty people who are none, with surnames that differ in sound.
SURNAMES = [("신", "Shin"), ("박", "Park"), ("최", "Choi"), ("강", "Kang"), ("오", "Oh")]
GIVEN = [("동혁", "Dong-hyuk"), ("은주", "Eun-ju"), ("창호", "Chang-ho"), ("미란", "Mi-ran")]
GIVEN += [("철민", "Chul-min"), ("순복", "Sun-bok"), ("영달", "Young-dal"), ("혜경", "Hye-kyung")]
PEOPLE = [
    (surname + given, f"{latin_surname} {latin}")
    for surname, latin_surname in SURNAMES
    for given, latin in GIVEN
]


def draft(**fields: Any) -> Article:
    body = fields.pop("body", None)
    one = article(fields.pop("title", "A statement"), public=False, **fields)
    if body:
        one.body = body
        one.save()
    return one


def in_body(said: str) -> Callable[[str, str], Any]:
    return lambda ko, en: draft(body=said.format(ko=ko, en=en, **_wrapped(ko, en)))


def _wrapped(ko: str, en: str) -> dict[str, str]:
    first, last = en.split(" ")
    return {
        "first": first,
        "last": last,
        "percent": quote(ko),
        "base64": base64.b64encode(ko.encode()).decode(),
        "escaped": json.dumps(ko)[1:-1],
        "entities": "".join(f"&amp;#{ord(letter)};" for letter in ko),
    }


def pdf(*pages: str, link: str = "", **fields: Any) -> Any:
    made = makers.pdf("The words.")
    if link:
        action = makers.action("URI", URI=String(link))
        makers.annotate(made, makers.annotation("Link", A=action))
    stored = makers.attachment(content=makers.saved(made), **{"title": "A letter", **fields})
    for number, words in enumerate(pages or ["The words."], 1):
        stored.page_texts.update_or_create(number=number, defaults={"text": words})
    return stored


def with_document(stored: Any, **use: Any) -> Article:
    one = draft()
    one.documents.create(attachment=stored, **use)
    return one


def with_picture(caption: str = "", **fields: Any) -> Article:
    shown = makers.attachment("picture", **{"alt_en": "A hall", **fields})
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return draft(body=f'<figure data-attachment="{shown.uuid}">{words}</figure>')


def with_tag(**fields: Any) -> Article:
    one = draft()
    fields = {"name": "A subject", **fields}
    tag, _is_new = Tag.objects.update_or_create(name=fields.pop("name"), defaults=fields)
    one.tags.add(tag)
    return one


def with_coverage(**fields: Any) -> Article:
    one = draft()
    one.coverage.create(**{"outlet": "A paper", **fields})
    return one


def with_correction(note: str) -> Article:
    one = draft()
    one.corrections.create(note=note)
    return one


def with_former_address(path: str) -> Article:
    one = draft()
    FormerAddress.objects.create(path=path, target=one.uuid)
    return one


def with_participant(**fields: Any) -> Any:
    fact = meeting(public=False)
    Participant.objects.create(
        meeting=fact, **{"role": Participant.Role.SURVIVOR, "name_en": "A survivor", **fields}
    )
    return fact


def with_drawn(words: str) -> Article:
    stored = pdf("The words.")
    stored.page_texts.update(drawn=words)
    return with_document(stored)


def parted(en: str, make: Callable[[str, str], Any]) -> Any:
    """A name whose two halves stand beside each other nowhere but in what is made of the text."""
    first, last = en.split(" ")
    return make(first, last)


def slug(en: str) -> str:
    return en.lower().replace(" ", "-")


SURFACES: dict[str, Callable[[str, str], Any]] = {
    "title": lambda ko, en: draft(title=f"{en} in Geneva"),
    "address": lambda ko, en: draft(slug=slug(en)),
    "summary": lambda ko, en: draft(summary=f"Words of {en}."),
    "kicker": lambda ko, en: draft(kicker=en),
    "byline": lambda ko, en: draft(byline=en.upper()),
    "place": lambda ko, en: draft(place=f"At the house of {en}"),
    "text": in_body("<p>First.</p><p>{ko}은 제네바에서 말했다.</p>"),
    "parted by marks": in_body("<p>{first} <em>{last}</em> spoke.</p>"),
    "footnote": in_body('<p>x<span data-note="So said {en}."></span></p>'),
    "address of a link": in_body('<p><a href="https://example.org/?q={percent}">x</a></p>'),
    "base64": in_body("<p>{base64}</p>"),
    "escapes": in_body("<p>{escaped}</p>"),
    "entities": in_body("<p>{entities}</p>"),
    "caption": lambda ko, en: with_picture(en),
    "alternative text": lambda ko, en: with_picture(alt_en=f"{en} speaks"),
    "alternative text in Korean": lambda ko, en: with_picture(alt_ko=ko),
    "name of a file": lambda ko, en: with_picture(name=slug(en)),
    "title of a document": lambda ko, en: with_document(pdf(title=f"Letter of {en}")),
    "title on the page": lambda ko, en: with_document(pdf(), title=ko),
    "words of a document": lambda ko, en: with_document(pdf("First.", f"Signed, {en}")),
    "words as they are drawn": lambda ko, en: with_drawn(en),
    "link in a document": lambda ko, en: with_document(pdf(link=f"https://example.org/#{ko}")),
    "tag": lambda ko, en: with_tag(name=en),
    "tag in Korean": lambda ko, en: with_tag(name_ko=ko),
    "headline elsewhere": lambda ko, en: with_coverage(headline=en),
    "address elsewhere": lambda ko, en: with_coverage(url=f"https://example.org/{slug(en)}"),
    "correction": lambda ko, en: with_correction(f"It was {en}."),
    "former address": lambda ko, en: with_former_address(f"/en/news/2020/{slug(en)}/"),
    "participant": lambda ko, en: with_participant(name_en=en),
    "office": lambda ko, en: with_participant(office_ko=f"{ko}의 형"),
    "meeting": lambda ko, en: meeting(public=False, titles={"ko": f"{ko}와의 만남"}),
    "milestone": lambda ko, en: milestone(public=False, our_part=f"<p>{en} spoke.</p>"),
    "standing page": lambda ko, en: StandingPage.objects.create(title="Who", body=f"<p>{en}</p>"),
    "result of a search": lambda ko, en: parted(
        en, lambda a, b: draft(title=f"Words of {a}", body=f"<p>First.</p><p>{b} spoke.</p>")
    ),
    "line of a list": lambda ko, en: parted(en, lambda a, b: draft(place=a, title=f"{b} spoke")),
    "line of a table": lambda ko, en: parted(
        en,
        lambda a, b: milestone(
            public=False, titles={"en": f"On {a}"}, our_part=f"<p>{b} spoke.</p>"
        ),
    ),
    "line of a feed": lambda ko, en: parted(
        en, lambda a, b: draft(title="A statement", summary=f"Of {a}", body=f"<p>{b} spoke.</p>")
    ),
}
