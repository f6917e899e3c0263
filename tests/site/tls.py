"""A server that ends TLS in front of the site, on this machine, with a certificate made for it."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HANDSHAKE = b"\x16"  # the first byte of TLS (RFC 8446, 5.1)
LONGEST_HEAD = 65536


def certificate(place: Path) -> Path:
    """One file with the key and the certificate of `localhost`, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names: list[x509.GeneralName] = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    ]
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = place / "localhost.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextmanager
def front(site: int, certificate: Path) -> Iterator[int]:
    """The port on which the site at port `site` is served by https and, as it comes, by http."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with _Server(("127.0.0.1", 0), _Connection) as server:
        server.site, server.context = site, context
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    site: int
    context: ssl.SSLContext


class _Connection(socketserver.BaseRequestHandler):
    """One request and its answer; the connection ends with them."""

    server: _Server

    def handle(self) -> None:
        with suppress(OSError):
            plain: socket.socket = self.request
            plain.settimeout(30)
            is_tls = plain.recv(1, socket.MSG_PEEK) == HANDSHAKE
            if not is_tls:
                self._pass_on(plain, "http")
                return
            with self.server.context.wrap_socket(plain, server_side=True) as secure:
                self._pass_on(secure, "https")

    def _pass_on(self, reader: socket.socket, scheme: str) -> None:
        """The request first and then the answer: a TLS socket is not for two threads at a time."""
        head, body = _head(reader)
        request, *lines = head.split(b"\r\n")
        fields = {
            name.lower(): value for name, _, value in (line.partition(b":") for line in lines)
        }
        lines = [line for line in lines if not line.lower().startswith(b"connection:")]
        lines += [b"Connection: close", b"X-Forwarded-For: 203.0.113.9"]
        lines += [b"X-Forwarded-Proto: " + scheme.encode()]
        with socket.create_connection(("127.0.0.1", self.server.site), timeout=30) as site:
            site.sendall(b"\r\n".join([request, *lines, b"", body]))
            left = int(fields.get(b"content-length", b"0")) - len(body)
            while left > 0 and (part := reader.recv(min(left, 65536))):
                site.sendall(part)
                left -= len(part)
            while part := site.recv(65536):
                reader.sendall(part)


def _head(connection: socket.socket) -> tuple[bytes, bytes]:
    """A request up to its empty line, and what of its body came with it."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        part = connection.recv(LONGEST_HEAD)
        if not part or len(heard) > LONGEST_HEAD:
            raise ConnectionError
        heard += part
    head, _, body = heard.partition(b"\r\n\r\n")
    return head, body
