"""A page as a browser takes it apart."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode


class Page:
    """One answer of the site, read with a parser."""

    def __init__(self, client: Client, path: str, status: int = 200) -> None:
        self.response = client.get(path)
        assert self.response.status_code == status, (path, self.response.status_code)
        self.tree = LexborHTMLParser(self.response.content.decode())

    @property
    def text(self) -> str:
        """What is read on it, in order."""
        return _words(self.tree.body)

    def all(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    def one(self, selector: str) -> LexborNode:
        (element,) = self.all(selector)
        return element

    def of(self, selector: str, attribute: str) -> list[str]:
        """The values of an attribute."""
        return [element.attributes[attribute] for element in self.all(selector)]

    def said(self, selector: str) -> list[str]:
        return [_words(element) for element in self.all(selector)]

    @property
    def canonical(self) -> str:
        (address,) = self.of('link[rel="canonical"]', "href")
        return address

    @property
    def alternates(self) -> dict[str, str]:
        links = self.all('link[rel="alternate"][hreflang]')
        return {link.attributes["hreflang"]: link.attributes["href"] for link in links}

    @property
    def linked_data(self) -> dict[str, dict]:
        """The schema.org nodes by type."""
        data = json.loads(self.one('script[type="application/ld+json"]').text())
        return {node["@type"]: node for node in data["@graph"]}

    def loads_from(self) -> set[str]:
        """The hosts a browser asks by itself while it shows this page, beside our own."""
        loading = self.of("[src]", "src") + self.of("[srcset]", "srcset")
        loading += self.of("object[data]", "data")
        loading += self.of('link:not([rel="canonical"]):not([rel="alternate"])', "href")
        return {urlsplit(address).netloc for address in loading} - {""}


def _words(element: LexborNode) -> str:
    return " ".join(element.text().split())
