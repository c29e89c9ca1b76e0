"""Read the index so that a failure spoils nothing around it, and without taking the write lock.

On SQLite every transaction begins as a writer's (IMMEDIATE), so a search inside one would wait for
writers. Outside a transaction a failed statement harms nothing; inside one a savepoint is enough.
"""

from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction


def unharmed() -> AbstractContextManager[object]:
    """A savepoint inside a transaction, nothing outside of one."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
