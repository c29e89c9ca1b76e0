"""``secrets.json``: read with a sentence for every fault, replaced as a whole or not at all.

Pure. Names and values are those of the environment. A file that cannot be read is never written over.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

NAME = "secrets.json"


class BadSecrets(ValueError):  # noqa: N818 - a state of affairs
    """The file is there and cannot be used; the text says what to do."""


def read(path: Path) -> dict[str, str]:
    """Everything the file holds; raises ``FileNotFoundError`` or ``BadSecrets``."""
    zh = f"密钥文件 {path} 已损坏或不完整，没有它读不出姓名和电话。请放回备份中的那一份。数据未作任何改动。\n"
    back = "Put the copy from the backup back. Nothing was changed."
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BadSecrets(
            f"密钥文件 {path} 读不出来，它必须属于运行本系统的用户。\n"
            f"{path} cannot be read: {error.strerror}. It must belong to the user who runs the office."
        ) from error
    except ValueError:  # the parser's own words might quote a key
        raise BadSecrets(
            f"{zh}{path} is damaged: personal data cannot be read without it. {back}"
        ) from None
    if not isinstance(found, dict):
        raise BadSecrets(f"{zh}{path} is damaged: it holds no names with values. {back}")
    for name, value in found.items():
        if not isinstance(value, str) or not value.strip():
            raise BadSecrets(f"{zh}{path} is damaged: {name} is empty or no text. {back}")
    return found


def make(path: Path, values: Mapping[str, str]) -> None:
    """Write the file when there is none; of two processes at once the first one's stands."""
    temporary = _written_beside(path, values)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    _settle(path.parent)


def change(path: Path, how: Callable[[dict[str, str]], dict[str, str]]) -> dict[str, str]:
    """Replace the file by what ``how`` makes of it, and return that.

    Killed at any point the old or the new one stands, whole and on the disk; two never mix their changes.
    """
    with _alone(path):
        values = how(read(path))
        for left in path.parent.glob(f"{path.stem}.*.tmp"):  # of a process that was killed
            left.unlink()
        temporary = _written_beside(path, values, owner=path.stat())
        temporary.replace(path)
        _settle(path.parent)
    return values


def _written_beside(
    path: Path, values: Mapping[str, str], owner: os.stat_result | None = None
) -> Path:
    """Write a new file, on the disk when this returns; ``owner`` is that of the file it will replace."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)  # of a process that was killed and had this number
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            if owner is not None:  # root may change keys, and the office must read them afterwards
                os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
            json.dump(dict(values), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
    except PermissionError as error:
        temporary.unlink()
        raise BadSecrets(
            f"密钥文件 {path} 属于另一个用户，请以运行本系统的用户执行。\n"
            f"{path} belongs to another user. Run this as the user who runs the office."
        ) from error
    except BaseException:
        temporary.unlink()
        raise
    return temporary


def lock_beside(path: Path, name: str) -> IO[str]:
    """Open a file to lock in the same folder; it belongs to whom the folder belongs."""
    descriptor = os.open(path.with_name(name), os.O_RDWR | os.O_CREAT, 0o600)
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return os.fdopen(descriptor, "w")


def _settle(folder: Path) -> None:
    """Have the folder's new entry on the disk before anybody relies on it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the folder of the file until done: it is there, and nothing needs to be made for it."""
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
