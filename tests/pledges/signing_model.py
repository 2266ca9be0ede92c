"""What must hold on the day of signing, in plain Python: who may sign when, which secret is good.

It knows nothing of the product but its words: every outcome is "OK" or the name of a refusal.
"""

from dataclasses import dataclass, field
from datetime import timedelta

LOCKED_FOR = timedelta(minutes=15)
MOST_WRONG = 5
GRACE = timedelta(hours=24)
TICKETS_LAST = timedelta(days=30)
SHEETS_WAIT, SHEETS_AGAIN = timedelta(hours=24), timedelta(hours=1)
OK = "OK"
MOVES = {
    ("DRAFT", "READY"),
    ("DRAFT", "CANCELLED"),
    ("READY", "OPEN"),
    ("READY", "CANCELLED"),
    ("OPEN", "CLOSED"),
    ("OPEN", "CANCELLED"),
    ("CLOSED", "OPEN"),
    ("CLOSED", "ARCHIVED"),
}


@dataclass
class Secret:
    """A link, a slip, an opened account or an operator's help; `text` is what is typed or clicked.

    `said` is how an operator checked who it is; `ended` when it was replaced.
    """

    kind: str
    text: str = ""
    said: str = ""
    ended: object = None

    @property
    def valid(self):
        return self.ended is None


@dataclass
class Signed:
    """An acknowledged signature and what it has to say of itself."""

    key: object
    receipt: str
    channel: str
    late: bool
    in_grace: bool


@dataclass
class Person:
    """One participant; `wave` is the order of theirs."""

    wave: int
    state: str = "PENDING"
    signed: Signed | None = None
    secrets: list = field(default_factory=list)
    failures: int = 0
    locked_until: object = None
    account_stands: bool = True

    def valid(self, kind):
        """The secret of a kind that is good now, or None."""
        return next((each for each in self.secrets if each.kind == kind and each.valid), None)

    def give(self, secret, now):
        """A new secret takes the place of the one before; a new slip counts wrong PINs anew."""
        old = self.valid(secret.kind)
        if old:
            old.ended = now
        if secret.kind == "SLIP":
            self.failures, self.locked_until = 0, None
        self.secrets.append(secret)
        return secret

    def stands(self, secret, begun_at):
        """Whether what was begun with the secret can still be sent. Of two devices handed to one
        person neither takes anything from the other.
        """
        if secret.kind == "ASSISTED" and begun_at is not None:
            return secret.valid or begun_at < secret.ended
        return secret.valid and (secret.kind != "ACCOUNT" or self.account_stands)

    def is_own(self, key):
        """Whether their signature came with this key."""
        return self.signed is not None and self.signed.key == key


@dataclass
class Sheet:
    """A sheet of slips: asked for, made, taken at some moment; `missing` if it is only for those
    who hold no slip.

    `pins` are those printed, by the place of the person; `given` the slips that came to hold.
    """

    uuid: object
    places: frozenset
    missing: bool
    state: str = "QUEUED"
    since: object = None
    pins: dict = field(default_factory=dict)
    given: dict = field(default_factory=dict)

    def is_there(self, now):
        """Whether it can be had now."""
        lasts = {"READY": SHEETS_WAIT, "TAKEN": SHEETS_AGAIN}.get(self.state)
        return lasts is not None and now < self.since + lasts


class Model:
    """The ceremony, its two waves and its people."""

    def __init__(self, waves, second_opens_at):
        self.state = "DRAFT"
        self.people = [Person(wave) for wave in waves]
        self.begun = {1: False, 2: False}
        self.opens_at = {1: None, 2: second_opens_at}
        self.closed = self.last_closed = None
        self.frozen = False
        self.sheets = []

    # The ceremony ---------------------------------------------------------------------------

    @property
    def invitable(self):
        return self.state in {"READY", "OPEN"}

    def move(self, to, now):
        """OK if the ceremony goes there, and then it is there."""
        if (self.state, to) not in MOVES:
            return "WrongState"
        if to == "OPEN":
            self.begun = {
                wave: begun or self.closed is not None or (wave == 1 and not self.opens_at[wave])
                for wave, begun in self.begun.items()
            }
        self.frozen = self.frozen or to == "READY"
        if to == "CLOSED":
            self.closed, self.last_closed = self.closed or now, now
        self.state = to
        return OK

    def turn(self, wave, now):
        """Whether the wave's turn has come, if the ceremony is open."""
        return self.begun[wave] or (self.opens_at[wave] is not None and self.opens_at[wave] <= now)

    def open_wave(self, wave, now):
        if self.state != "OPEN" or self.turn(wave, now):
            return "WrongState"
        self.begun[wave] = True
        return OK

    # Invitations and absences ---------------------------------------------------------------

    def may_invite(self, person):
        return OK if self.invitable and person.state == "PENDING" else "WrongState"

    def may_assist(self, person, now):
        if self.state != "OPEN":
            return "NotOpen"
        return self.may_invite(person) if self.turn(person.wave, now) else "NotYet"

    def pending(self, places):
        """The places of those still expected to sign."""
        return {at for at in places if self.people[at].state == "PENDING"}

    def expected_on(self, places, missing):
        """The places of those for whom a sheet is."""
        pending = self.pending(places)
        return {at for at in pending if not (missing and self.people[at].valid("SLIP"))}

    def ask(self, places, missing):
        """(outcome, the same sheet if it is still being made) of asking for a sheet."""
        if not self.invitable or not self.expected_on(places, missing):
            return "WrongState", None
        mine = [sheet for sheet in self.sheets if sheet.places == places]
        making = [sheet for sheet in mine if sheet.state == "QUEUED"]
        same = next((sheet for sheet in making if sheet.missing == missing), None)
        if same is None:
            for sheet in mine:
                sheet.state = "EXPIRED" if sheet.state == "READY" else sheet.state
        return OK, same

    def fetch(self, sheet, now):
        """OK if a sheet is handed out; the first time its PINs take the place of older ones, of
        which there may be none if it is for those who miss a slip.
        """
        unsigned = [at for at in sheet.pins if self.people[at].state != "SIGNED"]
        if sheet.is_there(now) and sheet.state == "TAKEN":
            return OK if all(sheet.given[at].valid for at in unsigned) else "WrongState"
        if not sheet.is_there(now) or not self.invitable or not unsigned:
            return "WrongState"
        if sheet.missing and any(self.people[at].valid("SLIP") for at in unsigned):
            return "WrongState"
        sheet.state, sheet.since = "TAKEN", now
        slips = {at: Secret("SLIP", sheet.pins[at]) for at in unsigned}
        sheet.given = {at: self.people[at].give(slip, now) for at, slip in slips.items()}
        return OK

    def note(self, person, to):
        """OK if the person's absence is noted or taken back, and then it is."""
        sources = {"EXCUSED", "REFUSED"} if to == "PENDING" else {"PENDING"}
        if self.state not in {"READY", "OPEN", "CLOSED"} or person.state not in sources:
            return "WrongState"
        person.state = to
        return OK

    def try_pin(self, person, pin, now, key=None):
        """(outcome, slip) of number and PIN; a wrong one is counted, slip or not."""
        if person.locked_until and now < person.locked_until:
            return "Locked", None
        slips = [each for each in person.secrets if each.kind == "SLIP" and each.text == pin]
        found = next((each for each in slips if each.valid or person.is_own(key)), None)
        if found:
            person.failures = 0
            return OK, found
        person.failures += 1
        if person.failures == MOST_WRONG:
            person.failures, person.locked_until = 0, now + LOCKED_FOR
        return "WrongPin", None

    def lift(self, person, now):
        """OK if a lock was there to be lifted."""
        if not (person.valid("SLIP") and person.locked_until and now < person.locked_until):
            return "WrongState"
        person.failures, person.locked_until = 0, None
        return OK

    # Signing --------------------------------------------------------------------------------

    def outcome(self, person, secret, key, begun_at, now):
        """What happens to a complete submission of somebody whom `secret` has identified."""
        others = [other for other in self.people if other.is_own(key)]
        if others:
            return "AGAIN" if others == [person] else "ForeignKey"
        if not person.stands(secret, begun_at):
            return "RevokedInvitation"
        if person.signed:
            return "AlreadySigned"
        if person.state != "PENDING":
            return "NotYet" if self.takes_deliveries(now) else "NotOpen"
        is_open = self.state == "OPEN" and self.turn(person.wave, now)
        if is_open or self.graced(person, begun_at, now):
            return OK
        return "NotYet" if self.state in {"READY", "OPEN"} else "NotOpen"

    def takes_deliveries(self, now):
        """Whether what a device has kept may still count."""
        closed = self.state in {"CLOSED", "ARCHIVED"} and now <= self.last_closed + GRACE
        return closed or self.state == "OPEN"

    def graced(self, person, begun_at, now):
        """Whether what was begun then, when their turn had come, still counts after the closing."""
        return (
            self.state in {"CLOSED", "ARCHIVED"}
            and self.takes_deliveries(now)
            and begun_at is not None
            and begun_at <= self.last_closed
            and self.turn(person.wave, self.last_closed)
        )

    def take(self, person, secret, signed, now):
        """(key, receipt, begun_at) as the signature must have been stored."""
        key, receipt, begun_at = signed
        begun_before = self.closed and begun_at is not None and begun_at < self.closed
        in_time = begun_before and now <= self.closed + GRACE
        late = self.closed is not None and not in_time
        in_grace = self.state != "OPEN" or bool(in_time)
        person.state = "SIGNED"
        person.signed = Signed(key, receipt, secret.kind, late, in_grace)
