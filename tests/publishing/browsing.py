"""A form as a browser has it open: what it holds, what is typed into it, and how it is sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html
from selectolax.lexbor import LexborHTMLParser


class Opened:
    def __init__(self, client: Client, answer: HttpResponse, address: str) -> None:
        assert answer.status_code == 200, answer
        self.client, self.answer, self.address = client, answer, address
        self.text = answer.content.decode()
        tree = html.fromstring(self.text)
        form = next(one for one in tree.forms if one.get("id", "").endswith("_form"))
        self.fields: dict[str, list[str]] = {}
        for control in form.iter("input", "textarea", "select"):
            for value in values_of(control):
                self.fields.setdefault(control.name, []).append(value)

    @property
    def words(self) -> str:
        """What it says, without its tags."""
        return " ".join(html.fromstring(self.text).get_element_by_id("main").text_content().split())

    def compared(self) -> list[list[str]]:
        """The words of both sides of each difference that is shown."""
        shown = LexborHTMLParser(self.text).css(".compared")
        return [[" ".join(cell.text().split()) for cell in one.css("td")] for one in shown]

    def __getitem__(self, name: str) -> str:
        return self.fields[name][0]

    def type(self, **typed: Any) -> Opened:
        """With `__` for the dashes in the name of a part's field."""
        for name, value in typed.items():
            name = name.replace("__", "-")
            if value is None:
                self.fields.pop(name, None)
            else:
                self.fields[name] = value if isinstance(value, list) else [str(value)]
        return self

    def choose(self, **choices: str) -> Opened:
        """By name of the piece, as in `type()`."""
        for key, choice in choices.items():
            self.fields[f"choice-{key.replace('__', '/')}"] = [choice]
        return self

    def send(self, button: str = "_save", to: str = "") -> HttpResponse:
        return self.client.post(to or self.address, {**self.fields, button: ["1"]})

    def save(self, button: str = "_save") -> None:
        answer = self.send(button)
        assert answer.status_code == 302, wrong_with(answer)

    def sent_back(self, button: str = "_save") -> Opened:
        """The form as it comes back where it is not saved."""
        return Opened(self.client, self.send(button), self.address)


def values_of(control: Any) -> list[str]:
    """What one control sends."""
    kind = control.get("type")
    if not control.name or kind in ("submit", "button", "file"):
        return []
    if isinstance(control, html.SelectElement):
        return list(control.value) if control.multiple else [control.value or ""]
    if isinstance(control, html.TextareaElement):
        return [(control.value or "").removeprefix("\n")]
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [control.value or ""]


def opened(client: Client, address: str) -> Opened:
    return Opened(client, client.get(address), address)


def wrong_with(answer: HttpResponse) -> list[str]:
    """What a form that came back says is wrong."""
    found = LexborHTMLParser(answer.content).css(".errorlist, .errornote, .conflict h2")
    return [" ".join(one.text().split()) for one in found]
