"""A PostgreSQL server of one test's own, with a copy of the test's database: to be restarted at will."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

SETTINGS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"


def programs() -> Path:
    """Where the newest server's programs are."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class OwnPostgres:
    """A server on loopback; ``url`` is its database."""

    def __init__(self, folder: Path) -> None:
        self.data, self.log = folder / "data", folder / "log"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"postgres://hotline@127.0.0.1:{self.port}/hotline"
        self.user: tuple[str, ...] = ()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            self.user = ("runuser", "-u", "postgres", "--")
            folder.chmod(0o711)
            shutil.chown(folder, "postgres")

    def _run(self, program: str, *words: str) -> None:
        command = [*self.user, str(programs() / program), *words]
        subprocess.run(  # noqa: S603 - our own command line
            command, check=True, stdout=subprocess.DEVNULL, cwd=self.data.parent
        )

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "--pgdata", str(self.data), "--wait", "--silent", *words)

    def make(self) -> None:
        """Set the server up with a copy of the database of this test."""
        auth = ("--username", "hotline", "--auth", "trust", "--encoding", "UTF8")
        self._run("initdb", "--pgdata", str(self.data), *auth, "--locale", "C.UTF-8", "--no-sync")
        options = f"-p {self.port} {SETTINGS} -c max_connections=60"
        self._control("--log", str(self.log), "-o", options, "start")
        server = ("--host", "127.0.0.1", "--port", str(self.port), "--username", "hotline")
        self._run("createdb", *server, "hotline")
        its = connection.settings_dict
        source = f"postgres://{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT']}"
        dump = subprocess.run(  # noqa: S603 - our own command line
            [programs() / "pg_dump", "--no-owner", f"{source}/{its['NAME']}"],
            check=True, capture_output=True,
        )  # fmt: skip
        subprocess.run(  # noqa: S603 - our own command line
            [programs() / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", *server, "hotline"],
            check=True, input=dump.stdout, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def restart(self, mode: str) -> None:
        """``fast`` ends every session; ``immediate`` is as if the machine had crashed."""
        self._control("--log", str(self.log), "--mode", mode, "restart")

    def stop(self) -> None:
        """Stop it for good."""
        self._control("--mode", "immediate", "stop")


@contextlib.contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """A running server, thrown away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="hotline-postgres-"))
    server = OwnPostgres(folder)
    try:
        server.make()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder)
