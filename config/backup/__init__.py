"""Backup and restore of an office: database, files and keys, consistent while the office works (ADR 0015).

A backup is a folder ``hotline-<UTC>`` of its own under the backup folder:

    manifest.json   what is in it: versions, counts, heads of the chains, digests; sealed with the chain key
    database.sqlite3 or database.dump
    files.sha256    digest of every uploaded file, as ``sha256sum -c`` reads it
    media/          the uploaded files
    keys.sealed     the keys, encrypted by a passphrase or to a certificate (elsewhere with BACKUP_KEYS_DIR)

While it is written it is called ``….partial``, so that nothing half done looks like a backup.
"""


class BackupError(Exception):
    """A backup or restore cannot be done; the message is a sentence that says why and what to do."""


class BackupBusy(BackupError):  # noqa: N818 - a state of affairs
    """Somebody else is making one there at this moment."""
