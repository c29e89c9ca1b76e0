"""A gate before the search server: TLS with a throw-away certificate, and a user with a password.

The test server has no security of its own. What the product's client does with one that has is shown
through this gate; it is stdlib, on loopback, and passes everything else on as it is.
"""

import base64
import http.client
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER = "elastic"
PASSWORD = "s3:cret@桂花/%"  # noqa: S105 - every sign that an address must quote
KEPT = ("content-type", "accept", "x-elastic-client-meta")
REFUSAL = (
    b'{"error":{"type":"security_exception","reason":"unable to authenticate user [elastic]"},'
    b'"status":401}'
)


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Make a certificate for loopback that signs itself; returns its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def _handler(server: str, password: str) -> type[BaseHTTPRequestHandler]:
    expected = "Basic " + base64.b64encode(f"{USER}:{password}".encode()).decode()
    behind = urlsplit(server)

    class Gate(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if self.headers.get("authorization") != expected:
                said = {"content-type": "application/json", "x-elastic-product": "Elasticsearch"}
                self.answer(401, said, REFUSAL)
                return
            line = http.client.HTTPConnection(behind.hostname, behind.port, timeout=30)
            known = {name: self.headers[name] for name in KEPT if name in self.headers}
            line.request(self.command, self.path, body, known)
            told = line.getresponse()
            self.answer(told.status, dict(told.getheaders()), told.read())
            line.close()

        def answer(self, status: int, said: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in said.items():
                if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on  # noqa: N815 - the library's names

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    return Gate


class Quiet(ThreadingHTTPServer):
    """A client that does not trust the certificate hangs up: no news."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


@contextmanager
def guarded(server: str, folder: Path, password: str = PASSWORD):
    """Open a gate before ``server``; yields its address and the file of its certificate."""
    cert, key = certificate(folder, "gate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    gate = Quiet(("127.0.0.1", 0), _handler(server, password))
    gate.socket = context.wrap_socket(gate.socket, server_side=True, do_handshake_on_connect=False)
    Thread(target=gate.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"127.0.0.1:{gate.server_address[1]}", str(cert)
    finally:
        gate.shutdown()
        gate.server_close()


def address(place: str, password: str = PASSWORD) -> str:
    """Write what ``ELASTICSEARCH_URL`` holds."""
    return f"https://{USER}:{quote(password, safe='')}@{place}"
