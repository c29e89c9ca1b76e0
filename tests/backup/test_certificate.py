"""Keys locked to a certificate: this machine cannot open them, plain `openssl` with the private key can."""

import json
import subprocess

import pytest

from config.backup import BackupError, sealing
from tests.backup.office import backed_up


def openssl(*words):
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)  # noqa: S603, S607


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A private key and its certificate, made as the operations page says."""
    folder = tmp_path_factory.mktemp("pair")
    private, certificate = folder / "private.pem", folder / "certificate.pem"
    openssl("req", "-x509", "-newkey", "rsa:3072", "-days", 36500, "-subj", "/CN=backup", "-nodes",
            "-keyout", private, "-out", certificate)  # fmt: skip
    return private, certificate


@pytest.mark.services
def test_openssl_opens_the_keys_and_the_restore_takes_them(office, elsewhere, pair, tmp_path, keys):
    private, certificate = pair
    made = backed_up(office, "--public-key", str(certificate), "--keys-to", str(tmp_path / "safe"))
    assert not (made / "keys.sealed").exists()
    (locked,) = (tmp_path / "safe").glob("*.keys.sealed")
    said = elsewhere.refuses("restore", str(made), "--keys", str(locked))
    assert "openssl cms -decrypt" in said
    opened = tmp_path / "keys.json"
    openssl("cms", "-decrypt", "-inform", "PEM", "-in", locked, "-inkey", private, "-out", opened)
    assert json.loads(opened.read_text()) == keys
    elsewhere.does("restore", str(made), "--keys", str(opened))
    assert json.loads((elsewhere.folder / "secrets.json").read_text()) == keys


@pytest.mark.services  # openssl makes the wrong ones
def test_what_is_no_certificate_is_told_with_how_to_make_one(pair, tmp_path):
    private, _certificate = pair
    nothing = tmp_path / "nothing.pem"
    for path in (private, nothing):
        with pytest.raises(BackupError, match="openssl req -x509"):
            sealing.to_certificate(path)
    curve, short = tmp_path / "curve.pem", tmp_path / "short.pem"
    openssl("req", "-x509", "-newkey", "ed25519", "-subj", "/CN=x", "-nodes", "-keyout", private,
            "-out", curve)  # fmt: skip
    openssl("req", "-x509", "-newkey", "rsa:1024", "-subj", "/CN=x", "-nodes", "-keyout", private,
            "-out", short)  # fmt: skip
    for path in (curve, short):
        with pytest.raises(BackupError, match="2048"):
            sealing.to_certificate(path)


def test_a_short_passphrase_is_refused():
    with pytest.raises(BackupError):
        sealing.by_passphrase("12345678901")


@pytest.mark.parametrize("name", ["salt", "nonce", "sealed"])
def test_changed_locked_keys_do_not_open(name):
    told = json.loads(sealing.by_passphrase("correct horse")(b"secret"))
    assert sealing.open_by_passphrase(json.dumps(told).encode(), "correct horse") == b"secret"
    told[name] = (
        "AAAA" + told[name][4:] if not told[name].startswith("AAAA") else "B" + told[name][1:]
    )
    with pytest.raises(BackupError):
        sealing.open_by_passphrase(json.dumps(told).encode(), "correct horse")


def test_a_lock_that_would_take_all_memory_is_not_tried():
    told = json.loads(sealing.by_passphrase("correct horse")(b"secret"))
    told["n"] = 2**30
    with pytest.raises(BackupError):
        sealing.open_by_passphrase(json.dumps(told).encode(), "correct horse")
