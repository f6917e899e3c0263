"""The page on which a translation stands beside its original, and what is done there."""

from __future__ import annotations

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from advocacy.publishing import actions
from advocacy.publishing.revisions import keeping
from tests.publishing.forms import words


def address(record, language: str = "ko") -> str:
    opts = record._meta
    return reverse(
        f"admin:{opts.app_label}_{opts.model_name}_side_by_side", args=[record.pk, language]
    )


def typed(client, url: str, **fields) -> dict:
    """What a browser sends from that page, with some of it typed over."""
    sent = {}
    page = LexborHTMLParser(client.get(url).content.decode())
    for control in page.css("#content-main form input, #content-main form textarea"):
        about = control.attributes
        if about.get("type") != "checkbox":
            sent[about["name"]] = about.get("value") or control.text().strip()
        elif "checked" in about:
            sent[about["name"]] = "on"
    return {name: value for name, value in {**sent, **fields}.items() if value is not None}


def save(client, url: str, **fields):
    answer = client.post(url, typed(client, url, **{"_save": "1", **fields}))
    assert answer.status_code == 302, words(answer)
    return answer


def rewrite(live, **fields):
    """A colleague changes what readers know, and publishes it."""
    copy = actions.open_working_copy(record=live)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.version += 1
    copy.save()
    keeping.keep(copy)
    return actions.publish(record=copy)


def fresh(record):
    return type(record).objects.get(pk=record.pk)
