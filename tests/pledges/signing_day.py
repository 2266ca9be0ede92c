"""What the trials of the day of signing act on: people, one ceremony, a clock, and its model."""

import json
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine

from agencies.choices import RoleName
from netralitas.lib import envelopes
from netralitas.lib.errors import Refusal
from pledges.forms.sending import read_delivery
from pledges.models import Ceremony, Participant
from pledges.services import deliveries
from tests import factories as make

from .signing_model import OK

BEGINNING = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
HEAD = "Kepala Dinas"
WAVES = [1, 2, 2, 2]  # of the four people; the last works at the other OPD
NEVER_DRAWN = "00000000"


class World:
    """What the trials share: two OPD, four people with accounts, HR, an operator."""

    def __init__(self):
        self.opd = make.OpdFactory()
        self.government = make.government_of(self.opd)
        self.other_opd = make.OpdFactory(parent=self.government)
        agencies = [self.opd, self.opd, self.opd, self.other_opd]
        self.people = [
            make.EmployeeFactory(agency=agency, position=HEAD if wave == 1 else "Guru")
            for wave, agency in zip(WAVES, agencies, strict=True)
        ]
        self.accounts = [
            make.UserFactory(employee=each, government=self.government) for each in self.people
        ]
        self.hr = make.user_with_role(RoleName.HR, self.government)
        self.election = make.ElectionFactory(government=self.government)
        self.text = make.published_text(government=self.government)

    def draft(self, second_opens_at):
        waves = (
            {"name": "Pimpinan", "positions": [HEAD]},
            {"name": "Peserta lainnya", "opens_at": second_opens_at},
        )
        return make.draft_ceremony(
            make.government_of(self.opd), waves, election=self.election, text=self.text
        )


def outcome_of(act):
    """("OK", what the act gave), or (the name of the refusal, None)."""
    try:
        return OK, act()
    except Refusal as refusal:
        return type(refusal).__name__, None


def by_group(rows):
    """Rows of counts, in an order of their own."""
    return sorted(tuple(sorted(row.items())) for row in rows)


def back_from_last(items, back):
    """The last of a list, or one before it; None of an empty one."""
    return items[-1 - int(back) % len(items)] if items else None


class Day(RuleBasedStateMachine):
    """One ceremony, whose every change is taken back in the end; `world` is set by the test."""

    world = None

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.travel = time_machine.travel(BEGINNING, tick=False)
        self.clock = self.travel.start()
        self.pages, self.starts = [], []

    def teardown(self):
        self.travel.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # What is read, and how outcomes are compared --------------------------------------------

    @property
    def now(self):
        return timezone.now()

    @property
    def ceremony(self):
        return Ceremony.objects.select_related("organizer", "text").get(pk=self.key)

    def row(self, at):
        """The participant at a place, as stored now."""
        related = ("ceremony__organizer", "ceremony__text", "wave")
        rows = Participant.objects.select_related(*related)
        return rows.get(ceremony=self.key, employee=self.world.people[at])

    def check(self, expected, act, **arguments):
        """Do it; the outcome must be the expected one. What the act gave, or None."""
        found, given = outcome_of(partial(act, **arguments))
        assert found == expected
        return given

    def by_hr(self, expected, act, **arguments):
        return self.check(expected, act, actor=self.world.hr, **arguments)

    def pin(self, at, which):
        """A PIN of one of the kinds; one that was never drawn where there is none of that kind."""
        person, pins = self.model.people[at], []
        if which == "untaken":
            sheets = [sheet for sheet in self.model.sheets if sheet.state != "TAKEN"]
            pins = [sheet.pins[at] for sheet in sheets if at in sheet.pins]
        elif which != "wrong":
            mine = [each for each in person.secrets if each.kind == "SLIP"]
            pins = [each.text for each in mine if each.valid == (which == "valid")]
        return pins[-1] if pins else NEVER_DRAWN

    def nonce(self, at, which):
        """A new key, the one of the person's signature, or one of somebody else's."""
        people = self.model.people
        mine = [people[at]] if which == "own" else [each for each in people if each != people[at]]
        keys = [each.signed.key for each in mine if each.signed]
        return keys[0] if keys and which != "new" else uuid4()

    def delivery(self, at, key, credential, start):
        """A function that sends it as a device does, without the way over the network."""
        row = self.row(at)
        content = {
            "credential": credential,
            "start": start,
            "submission": {
                "key": str(key),
                "text_digest": row.ceremony.text.digest,
                "points": [1, 2, 3, 4],
                "consent": True,
                "method": "TYPED",
                "strokes": [],
                "typed_name": row.bare_name,
                "device_time": "",
            },
        }
        body = json.dumps(envelopes.seal(json.dumps(content).encode())).encode()
        code = row.ceremony.code
        return lambda: deliveries.receive(code=code, delivery=read_delivery(body))
