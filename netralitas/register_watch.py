"""Every worker looks every two seconds for signatures to log in the register.

Whatever goes wrong is tried again at the next beat: nothing that fails here ends a worker.
"""

import logging

from django.db import Error, IntegrityError, close_old_connections, connections

from pledges.errors import BrokenRegister
from pledges.services import register

from .lib.head_keys import HeadKeyError

BEAT = 2  # seconds

logger = logging.getLogger(__name__)


def keep_sealing(stopped, beat=BEAT):
    """Log what is due, beat after beat, until `stopped` is set. Says once what keeps it from it."""
    said = ""
    while not stopped.wait(beat):
        try:
            while register.seal() == register.BATCH and not stopped.is_set():
                pass
            said = ""
        except IntegrityError:
            continue  # another worker was faster
        except (Error, HeadKeyError, BrokenRegister) as error:
            if str(error) != said:
                logger.error("Nothing is logged in the register: %s", error)
            said = str(error)
        finally:
            close_old_connections()
    connections.close_all()


def seal_left_behind():
    """Log what the beats did not see: signatures whose transaction took very long to end."""
    try:
        while register.seal(everything=True) == register.BATCH:
            pass
    except IntegrityError:
        return  # another worker is at it
    except (HeadKeyError, BrokenRegister) as error:
        logger.error("Nothing is logged in the register: %s", error)
