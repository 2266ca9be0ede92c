"""A device that is handed around: its session reaches only a few pages until its PIN is given.

Everything about it stands in the session. Of the PIN only a slow hash does; five wrong ones spend
it. After somebody was handed the device it is locked: only the PIN opens it again. A hand-over ends
with the first sight of the locked screen, so that the next person does not go on with it.
"""

from django.contrib.auth.hashers import check_password, make_password

KEY = "kiosk"
PIN_DIGITS = 6
MAX_FAILURES = 5


class Kiosk:
    """The kiosk of a session; `place` is the UUID of what it is about, as text."""

    def __init__(self, session):
        self._session = session
        self._state = session[KEY]

    @property
    def place(self):
        """What the device is used for."""
        return self._state["place"]

    @property
    def is_locked(self):
        """Whether the next to touch the device must know the PIN."""
        return self._state["locked"]

    @property
    def handed(self):
        """The key of what the device is handed over for now; None for nothing."""
        return self._state["handed"]

    @property
    def last(self):
        """The key of what it was last handed over for, until the operator was told the outcome."""
        return self._state["last"]

    @property
    def tries_left(self):
        """How many wrong PINs more it takes until the kiosk is spent."""
        return MAX_FAILURES - self._state["failures"]

    def accepts(self, pin):
        """Whether this is the PIN; a wrong one counts, the right one forgets those before."""
        right = self.tries_left > 0 and check_password(pin, self._state["pin"])
        self._set(failures=0 if right else self._state["failures"] + 1)
        return right

    def lock(self):
        """Let nobody on without the PIN."""
        self._set(locked=True)

    def unlock(self):
        """Let whoever gave the PIN on."""
        self._set(locked=False)

    def hand_over(self, key):
        """Lock the device but for what `key` names."""
        self._set(locked=True, handed=key, last=key)

    def take_back(self):
        """Nothing is handed over any more; what was last stays known."""
        if self.handed is not None:
            self._set(handed=None)

    def forget(self):
        """Nothing was handed over."""
        self._set(handed=None, last=None)

    def _set(self, **values):
        self._state.update(values)
        self._session.modified = True


def start(session, place, pin):
    """Make the session's device a kiosk, unlocked."""
    state = {"place": str(place), "pin": make_password(pin), "failures": 0}
    session[KEY] = {**state, "locked": False, "handed": None, "last": None}


def kiosk_of(session):
    """The session's kiosk, or None."""
    return Kiosk(session) if KEY in session else None


def end(session):
    """Make it an ordinary session again."""
    session.pop(KEY, None)
