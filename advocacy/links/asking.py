"""One request to another site: to an address that was looked at, for so long, and of so many bytes."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin

from .addresses import PORTS, Target, normal, read
from .guard import Guard
from .trouble import Trouble, Unreachable

PATIENCE_S = 15.0  # for one answer, from the connection to the last byte that is read
MOST_ADDRESSES = 3  # of one host, tried one after the other

HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "identity",  # what comes is never unpacked
    "Connection": "close",
}


class Answer(NamedTuple):
    status: int
    leads_to: str  # the address in the answer, whole, or nothing
    body: bytes


@dataclass(frozen=True)
class Web:
    """`agent` is who we say we are."""

    agent: str
    guard: Guard = field(default_factory=Guard)
    patience_s: float = PATIENCE_S
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask(self, method: str, url: str, *, until: float, limit: int = 0) -> Answer:
        """The answer, with at most `limit` bytes of it; redirects are not followed. `until` is of
        the monotonic clock. Raises Unreachable.
        """
        target = read(url)
        until = min(until, time.monotonic() + self.patience_s)
        addresses = self.guard.addresses(target.host, target.port)
        connection = _Connection(target, addresses[:MOST_ADDRESSES], self.tls, until)
        try:
            connection.request(method, target.path, headers={**HEADERS, "User-Agent": self.agent})
            with closing(connection.getresponse()) as response:
                body = response.read(limit) if limit else b""
            if connection.is_late:  # what was cut off looks like the end of the headers or the body
                raise TimeoutError
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(_trouble(error, is_late=connection.is_late)) from error
        finally:
            connection.end()
        return Answer(response.status, _leads_to(url, response), body)


def _trouble(error: Exception, *, is_late: bool) -> Trouble:
    if is_late:
        return Trouble.NO_ANSWER
    if isinstance(error, ssl.SSLCertVerificationError):
        return Trouble.CERTIFICATE
    return Trouble.NO_ANSWER if isinstance(error, OSError) else Trouble.NONSENSE


def _leads_to(url: str, response: http.client.HTTPResponse) -> str:
    location = response.headers.get("Location", "").strip()
    if not location:
        return ""
    with suppress(UnicodeError):  # http.client reads headers as Latin-1, and many write UTF-8
        location = location.encode("latin-1").decode()
    try:
        return normal(urljoin(url, location))
    except ValueError:
        return normal(location)


class _Connection(http.client.HTTPConnection):
    """To one of `addresses`, whatever the name of the host would lead to now; cut off at `until`.

    A limit for each read, as sockets have it, would let somebody send a byte now and then for ever.
    """

    def __init__(
        self, target: Target, addresses: Sequence[str], tls: ssl.SSLContext, until: float
    ) -> None:
        self.default_port = PORTS[target.scheme]  # read by http.client for the header Host
        super().__init__(target.host, target.port)
        self.target, self.addresses, self.tls, self.until = target, addresses, tls, until
        self.is_late = False
        self._timer: threading.Timer | None = None

    def connect(self) -> None:
        raw = self._connected()
        self._timer = threading.Timer(self._left(), self._cut_off, [raw])
        self._timer.daemon = True
        if self.target.scheme == "https":
            # The socket itself goes into this one, and the handshake waits for the timer.
            self.sock = self.tls.wrap_socket(
                raw, server_hostname=self.target.host, do_handshake_on_connect=False
            )
            self._timer.args = [self.sock]
            self._timer.start()
            self.sock.do_handshake()
        else:
            self.sock = raw
            self._timer.start()

    def end(self) -> None:
        """Not `close()`: http.client calls that as soon as it has read the headers."""
        if self._timer is not None:
            self._timer.cancel()
        self.close()

    def _connected(self) -> socket.socket:
        error: OSError = TimeoutError()
        for address in self.addresses:
            try:
                return socket.create_connection((address, self.target.port), timeout=self._left())
            except OSError as another:
                error = another
        raise error

    def _left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            self.is_late = True
            raise TimeoutError
        return left

    def _cut_off(self, sock: socket.socket) -> None:
        self.is_late = True
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # under any TLS, which would wait
