"""Lock the keys of a backup: by a passphrase, or to a certificate whose private key is elsewhere.

Passphrase: scrypt and AES-256-GCM. Certificate: CMS with AES-256, which `openssl cms -decrypt` opens without
this product. Both are tied to the rest of the backup by the digest in its manifest.
"""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from django.utils.translation import gettext as _

from config.backup import BackupError

SHORTEST = 12  # characters of a passphrase
SMALLEST_RSA = 2048
COST = {
    "n": 2**17,
    "r": 8,
    "p": 1,
}  # 128 MB and about half a second: OWASP's first choice for scrypt
MOST = {"n": 2**20, "r": 16, "p": 4}  # what a file may ask of whoever opens it
NAME = "scrypt, AES-256-GCM"

Lock = Callable[[bytes], bytes]


def by_passphrase(passphrase: str) -> Lock:
    """Return a lock that this passphrase opens; raises ``BackupError`` for one that is easily guessed."""
    if len(passphrase) < SHORTEST:
        raise BackupError(
            _("The passphrase is too short. Take at least %(n)d characters.") % {"n": SHORTEST}
        )

    def lock(content: bytes) -> bytes:
        salt, nonce = os.urandom(16), os.urandom(12)
        sealed = AESGCM(_stretched(passphrase, salt, COST)).encrypt(nonce, content, NAME.encode())
        parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
        coded = {name: base64.b64encode(part).decode() for name, part in parts.items()}
        return json.dumps({"kind": NAME} | COST | coded, indent=1).encode()

    return lock


def _stretched(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())


def to_certificate(path: Path) -> Lock:
    """Return a lock that only the certificate's private key opens; raises ``BackupError``."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        key = certificate.public_key()
    except (OSError, ValueError) as error:
        raise _no_certificate(path) from error
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_RSA:
        raise _no_certificate(path)

    def lock(content: bytes) -> bytes:
        letter = pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate)
        letter = letter.set_content_encryption_algorithm(algorithms.AES256)
        return letter.encrypt(Encoding.PEM, [pkcs7.PKCS7Options.Binary])

    return lock


def _no_certificate(path: Path) -> BackupError:
    return BackupError(
        _(
            "%(path)s is not a certificate with an RSA key of at least 2048 bits. Make one on another "
            "machine: openssl req -x509 -newkey rsa:3072 -days 36500 -subj /CN=backup -keyout private.pem "
            "-out certificate.pem; bring only certificate.pem here."
        )
        % {"path": path}
    )


def is_locked(content: bytes) -> bool:
    """Whether these bytes are keys under lock, and not the keys themselves."""
    return is_for_certificate(content) or b'"kind": "scrypt' in content[:200]


def is_for_certificate(content: bytes) -> bool:
    """Whether a private key opens it."""
    return content.lstrip().startswith((b"-----BEGIN PKCS7", b"-----BEGIN CMS"))


def open_by_passphrase(content: bytes, passphrase: str) -> bytes:
    """Return what was locked; raises ``BackupError`` for a wrong passphrase or a damaged file."""
    try:
        told = json.loads(content)
        cost = {name: int(told[name]) for name in COST}
        salt, nonce, sealed = (base64.b64decode(told[name]) for name in ("salt", "nonce", "sealed"))
        if any(cost[name] > MOST[name] for name in MOST):
            raise ValueError("costs more than any backup of ours")
        return AESGCM(_stretched(passphrase, salt, cost)).decrypt(nonce, sealed, NAME.encode())
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise BackupError(
            _("The keys do not open: the passphrase is another one, or the file is damaged.")
        ) from error
