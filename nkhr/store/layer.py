"""The store: a WSGI callable around Django that answers with published pages from memory.

It keeps whole answers that a view has marked as published pages, for one generation of the public
record (docs/adr/0006). For anything else it calls Django with the request as it came and hands on
the answer untouched.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterable
from time import monotonic, time
from typing import Any

from advocacy.hits.recording import record

from .admission import Admission, Environ, Key, encoding
from .clock import Clock, Known
from .pages import Page, Pages
from .rendering import Answer, neutral, page_of

Application = Callable[..., Iterable[bytes]]

PATIENCE_S = 10.0  # how long a request waits for another that renders the same page
LONGEST_KEPT_S = 3600.0  # for what changes with time alone, such as the date in security.txt


class Store:
    """`inner` is Django's WSGI handler, whose iterable is the response that views have marked."""

    def __init__(self, inner: Application, *, capacity: int, ticking: bool = True) -> None:
        self.inner = inner
        self.admission = Admission()
        self.pages = Pages(capacity)
        self.clock = Clock(self.pages)
        self.ticking = ticking
        self.renders: dict[Key, threading.Event] = {}
        _stores.add(self)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        known = self.clock.known
        if monotonic() > known.believed_until:
            if self.ticking:
                self.clock.start()
            return self.inner(environ, start_response)
        key = self.admission.key(environ)
        if key is None:
            return self.inner(environ, start_response)
        page = self.pages.get(key)
        if page is None or page.good_until <= time():
            return self._miss(key, known, environ, start_response)
        return self._show(page, environ, start_response)

    def _show(self, page: Page, environ: Environ, start_response: Any) -> list[bytes]:
        """Answer with a page, and count that, just before. Counting never raises."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and page.is_known_to(known):
            status, headers, body = 304, page.unchanged, b""
        else:
            accepted = environ.get("HTTP_ACCEPT_ENCODING")
            headers, body = page.encoded(encoding(accepted) if accepted else "")
            status = 200
        if page.counted is not None:
            kind, item = page.counted
            record(item, kind, environ, status=status)
        # A copy, since the list now belongs to the server (PEP 3333).
        start_response("200 OK" if status == 200 else "304 Not Modified", headers.copy())
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _miss(
        self, key: Key, known: Known, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        """Render the page and keep it; one thread at a time, the others wait for what it makes."""
        if not self.admission.is_page(key[2]):
            return self.inner(environ, start_response)
        if known.next_change <= time():
            self.clock.hurry()
        done = threading.Event()
        ahead = self.renders.setdefault(key, done)
        if ahead is not done:
            ahead.wait(PATIENCE_S)
            if (page := self._fresh(key)) is None:
                return self.inner(environ, start_response)
            return self._show(page, environ, start_response)
        try:
            # Whoever rendered before us may have finished since we looked.
            if (page := self._fresh(key)) is None:
                answer = Answer()
                response: Any = self.inner(neutral(key, environ), answer.start)
                page = page_of(key, answer, response, self._good_until(known))
                if page is not None:
                    response.close()
                    self._keep(key, page, known)
        finally:
            del self.renders[key]
            done.set()
        if page is not None:
            return self._show(page, environ, start_response)
        if answer.status.startswith("200"):  # not for everyone: let this reader have their own
            getattr(response, "close", bool)()
            return self.inner(environ, start_response)
        start_response(answer.status, answer.headers)  # not there, gone, moved: so for everyone
        return response

    def _fresh(self, key: Key) -> Page | None:
        page = self.pages.get(key)
        return page if page is not None and page.good_until > time() else None

    def _good_until(self, known: Known) -> float:
        return min(known.next_change, time() + LONGEST_KEPT_S)

    def _keep(self, key: Key, page: Page, known: Known) -> None:
        """Keep a page made under the generation that was known before it was rendered."""
        if page.good_until <= time():
            return
        self.pages.put(key, page, if_still=lambda: self.clock.known.generation == known.generation)
        if page.item:
            # A count that changed during the render is in no later list of changes.
            self.clock.unread.append(page.item)

    def after_fork(self) -> None:
        self.renders = {}
        self.pages.after_fork()
        self.clock.after_fork()


_stores: weakref.WeakSet[Store] = weakref.WeakSet()


def _begin_anew() -> None:
    for store in _stores:
        store.after_fork()


os.register_at_fork(after_in_child=_begin_anew)
