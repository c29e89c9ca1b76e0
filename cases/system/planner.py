"""Let the database know how its tables are filled, so that it looks where little is.

PostgreSQL does so by itself. SQLite never does: without it, it walks every task a unit ever had rather than
those that are open. It reads some rows of each index only, 0.05 s at a hundred thousand cases.
"""

from django.db import connection

ROWS_READ = 1_000  # of each index


def learn() -> bool:
    """Gather SQLite's statistics anew, for connections opened from now on; ``False`` elsewhere."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_READ}")
        cursor.execute("ANALYZE")
    return True
