"""Other sites, good and bad, on a port of this machine; and a checker that may ask them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from advocacy.links.asking import Web
from advocacy.links.checking import Checker
from advocacy.links.guard import Guard
from advocacy.links.pace import Pace

Act = Callable[[Any], None]
AGENT = "NKHR-links/1.0 (+https://www.example.org/)"
LONG_S = 30.0  # nothing here takes as long, unless it is broken


class Site:
    """Answers what `pages` say, a status or something to do; else 404. `asked` is what was asked for."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.server, self.port = server, int(server.server_address[1])
        self.pages: dict[str, int | Act] = {}
        self.asked: list[tuple[str, str]] = []
        self.hosts: list[str] = []

    def url(self, path: str = "/", host: str = "site.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def leads(self, path: str, to: str, status: int = 301) -> None:
        def act(handler: Any) -> None:
            handler.send_response(status)
            handler.send_header("Location", to)
            handler.end_headers()

        self.pages[path] = act

    def says(self, path: str, content: bytes, status: int = 200, **headers: str) -> None:
        def act(handler: Any) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            if handler.command != "HEAD":
                handler.wfile.write(content)

        self.pages[path] = act


@contextmanager
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.asked.append((self.command, self.path))
            there.hosts.append(self.headers["Host"])
            act = there.pages.get(self.path, 404)
            with suppress(OSError):  # whoever asked has gone
                if callable(act):
                    act(self)
                else:
                    self.send_response(act)
                    self.end_headers()

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *arguments: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *arguments: Any) -> None:
            pass  # whoever asked has gone

    with Server(("127.0.0.1", 0), Handler) as server:
        there = Site(server)
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        try:
            yield there
        finally:  # else it would ask of a closed socket for ever, with a whole processor
            server.shutdown()


def web(*sites: Site, patience_s: float = LONG_S) -> Web:
    """One that may ask these sites, whatever their name, and no others of this machine."""

    def resolve(host: str, port: int) -> list[str]:
        if host.replace(".", "").isdigit():
            return [host]
        if host.endswith(".example"):
            return ["127.0.0.1"]
        raise socket.gaierror

    allowed = frozenset(("127.0.0.1", one.port) for one in sites)
    return Web(AGENT, Guard(allowed, resolve), patience_s)


def checker(*sites: Site, **options: Any) -> Checker:
    return Checker(web(*sites, **options), Pace(0.0))
