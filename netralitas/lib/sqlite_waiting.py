"""How one process waits for another that writes to the same SQLite database.

SQLite by itself looks again after pauses that grow to a tenth of a second: of eight threads that
write, whoever has waited longest looks least often, and a few wait for seconds while the database
lies idle. Whoever looks every millisecond waits about as long as everybody else.
"""

import time

PAUSE = 0.001
MOST_PAUSES = 20_000


def wait_in_short_pauses(connection, **signal):
    """Have a new connection wait so, for 20 seconds and more. PostgreSQL wakes who waits."""
    if connection.vendor == "sqlite":
        connection.connection.set_busy_handler(pause)


def pause(pauses):
    """Wait once more after so many pauses; False to give up: the database is locked."""
    if pauses >= MOST_PAUSES:
        return False
    time.sleep(PAUSE)
    return True
