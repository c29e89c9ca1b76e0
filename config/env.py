"""Settings read from the environment, and nowhere else.

A missing secret or a misspelt flag stops the start with one sentence. ``DATA_DIR`` holds everything the
product writes; the first start makes ``DATA_DIR/secrets.json`` (mode 600) with the signing secret and
the keys of personal data, of look-up and of the event chain.
"""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from environs import Env

from cases.clocks.office_hours import OfficeHours
from cases.privacy import keyring, secrets_file
from config import data_folder
from config.place import CannotAsk, Database, holds_an_office

ROOT = Path(__file__).resolve().parent.parent
env = Env()


class SettingsError(SystemExit):
    """A setting is missing or cannot be understood; the message says which and what to do."""


def data_dir() -> Path:
    """Folder for database, uploads, secrets and queue; made when absent. Default ``./data``.

    It is closed to everybody else, and so is what this process writes from now on.
    """
    path = Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()
    os.umask(data_folder.UMASK)
    try:
        path.mkdir(parents=True, exist_ok=True)
        data_folder.close(path)
    except OSError as error:
        raise SettingsError(f"DATA_DIR={path} cannot be used: {error.strerror}.") from error
    except data_folder.Shared as error:
        raise SettingsError(
            f"DATA_DIR={path} is not this user's own folder: choose one for the office alone, or chown it."
        ) from error
    return path


def flag(name: str, *, default: bool) -> bool:
    """Read ``0``/``1`` (also true/false, yes/no, on/off); anything else is refused, never guessed."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise SettingsError(f"{name}={raw!r} is neither yes nor no: use 1 or 0.")


def port(name: str, *, default: int) -> int:
    """Read a TCP port from 1 to 65535."""
    raw = os.environ.get(name) or str(default)
    if not (raw.isascii() and raw.isdigit() and 0 < int(raw) < 65536):  # noqa: PLR2004
        raise SettingsError(f"{name}={raw!r} is not a port: use a number from 1 to 65535.")
    return int(raw)


def count(name: str, *, default: int) -> int:
    """Read a whole number from 1 on."""
    raw = os.environ.get(name) or str(default)
    if not (raw.isascii() and raw.isdigit() and int(raw) > 0):
        raise SettingsError(f"{name}={raw!r} is not a number: use 1, 2, 3 …")
    return int(raw)


def office_hours(name: str, *, default: str) -> str:
    """Read spans of the day such as ``08:30-12:00,14:30-17:30``, in order and apart."""
    raw = os.environ.get(name) or default
    try:
        OfficeHours.parse(raw)
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error
    return raw


def database(folder: Path, url: str | None = None) -> Database:
    """Django's database settings from ``url``, else ``DATABASE_URL``; "" is one SQLite file in the folder."""
    url = os.environ.get("DATABASE_URL") if url is None else url
    url = url or f"sqlite:///{folder / 'hotline.sqlite3'}"
    try:
        settings: Database = dict(
            dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True),
        )
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise SettingsError(
            "DATABASE_URL cannot be read: use postgres://user:password@host:5432/name.",
        ) from error  # the value itself may hold a password and is not repeated
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            # IMMEDIATE: concurrent writers wait instead of failing with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;",
        }
    elif settings["ENGINE"] != "django.db.backends.postgresql":
        raise SettingsError("DATABASE_URL names another database: only PostgreSQL and SQLite work.")
    else:
        # Compiling a query takes longer than any of ours; random pages are cheap on solid disks; a word
        # that stands in a hundred thousand cases is found without looking twice.
        # A server that is gone without a word is noticed within seconds, not minutes.
        said = settings.get("OPTIONS", {})
        settings["OPTIONS"] = {
            "options": "-c jit=off -c random_page_cost=1.1 -c work_mem=32MB",
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
        } | said
    return settings


def broker() -> tuple[str, bool]:
    """Celery's broker from ``BROKER_URL``, and whether there is none: then nothing is ever sent."""
    url = os.environ.get("BROKER_URL") or ""
    if not url:
        return "memory://", True
    if url.partition("://")[0] not in {"redis", "rediss", "amqp", "amqps"}:
        raise SettingsError(
            "BROKER_URL cannot be read: use redis://… or amqp://…, or leave it out."
        )
    return url, False


def search_servers() -> tuple[list[str], str, str]:
    """Addresses, name of the index and certificate of the search server; no address: none is used.

    ``ELASTICSEARCH_URL`` is one address or several of one cluster, separated by commas.
    """
    raw = os.environ.get("ELASTICSEARCH_URL") or ""
    urls = [one.strip() for one in raw.split(",")] if raw else []
    for url in urls:
        try:
            said = urlsplit(url)
            sound = said.scheme in {"http", "https"} and said.hostname and said.port
        except ValueError:
            sound = False
        if not sound:
            raise SettingsError(
                "ELASTICSEARCH_URL cannot be read: use http://host:9200 or https://user:password@host:9200."
            )  # the value itself may hold a password and is not repeated
    prefix = os.environ.get("ELASTICSEARCH_INDEX") or "hotline"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", prefix):
        raise SettingsError(
            f"ELASTICSEARCH_INDEX={prefix!r} is no name: small letters, digits and hyphens only."
        )
    certificate = os.environ.get("ELASTICSEARCH_CA") or ""
    if certificate and not Path(certificate).is_file():
        raise SettingsError(f"ELASTICSEARCH_CA={certificate!r} is no file.")
    return urls, prefix, certificate


def make_secrets(folder: Path) -> dict[str, str]:
    """Read ``secrets.json`` of the folder; a place that is new has it made (mode 600).

    Where an office is kept already nothing is made: new keys would open nothing of it.
    """
    path = folder / secrets_file.NAME
    try:
        if not path.exists():
            _refuse_an_old_place(path)
            secrets_file.make(path, _fresh())
        return secrets_file.read(path)
    except secrets_file.BadSecrets as error:
        raise SettingsError(str(error)) from None


def _fresh() -> dict[str, str]:
    """A signing secret, and each key that the environment has not."""
    missing = [one for one in keyring.PURPOSES if not os.environ.get(keyring.NAMES[one])]
    return {"SECRET_KEY": secrets.token_urlsafe(50)} | {
        keyring.NAMES[one]: keyring.fresh(one).text for one in missing
    }


def _refuse_an_old_place(path: Path) -> None:
    missing = [name for name in keyring.NAMES.values() if not os.environ.get(name)]
    if not missing:
        return
    what = f"{path} is missing, and the environment has no {', '.join(missing)}"
    try:
        if not holds_an_office(database(path.parent)):
            return
    except CannotAsk as error:
        raise SettingsError(
            f"{what}. Whether an office is kept here already cannot be asked of the database: {error}. "
            "Nothing was made. Start the database, or put the keys back."
        ) from None
    raise SettingsError(
        f"本机数据库里已有工单系统，但缺少密钥文件 {path.name}。没有生成新密钥，数据未作任何改动。"
        f"请从备份中取回与此数据库相配的 {path.name}，放回 {path.parent}，再重新启动。\n"
        f"{what}, but its database already holds an office. Nothing was made or changed. The keys are in "
        f"the backup, apart from the database: put {path.name} back into {path.parent} and start again."
    )


def secret(name: str, folder: Path) -> str:
    """Take a secret from the environment, else from ``secrets.json``; stop when neither has it."""
    value = os.environ.get(name) or make_secrets(folder).get(name)
    if not value:
        raise SettingsError(
            f"缺少密钥 {name}。请从备份中取回与此数据库相配的 secrets.json（或环境变量），不要另造一个；"
            "数据未作任何改动。\n"
            f"{name} is missing in the environment and in secrets.json. Take the one that belongs to this "
            "database from the backup; do not make another. Nothing was changed."
        )
    return value


def given_secrets(folder: Path) -> dict[str, str]:
    """The keys the environment has. Each of them, and of those in the file, is looked at once here."""
    for purpose, name in keyring.NAMES.items():
        try:
            keyring.parse(purpose, secret(name, folder))
        except keyring.BadKeys as error:
            raise SettingsError(
                f"密钥 {name} 不能用，请放回备份中的那一个，数据未作任何改动。\n{error} Nothing was changed."
            ) from None
    names = (*keyring.NAMES.values(), keyring.CHAINS_SEALED)
    return {name: os.environ[name] for name in names if os.environ.get(name)}
