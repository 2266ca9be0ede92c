"""Trials of a roster: any acts in any order, and the numbers always add up.

HR freezes, opens, closes and opens again, adds, takes off and takes back, annuls; operators excuse,
note refusals and take both back; people sign. After each act the counts of the database, of the
reports and of the rows are those of a model of a few lines, and
invited = signed + pending + excused + refused.
"""

from collections import Counter
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agencies.choices import RoleName
from agencies.models import Employee
from pledges import reports
from pledges.choices import AnnulmentCause
from pledges.models import Ceremony, FollowUp, Participant, Signature, Tally
from pledges.services import absences, annulments, ceremonies, follow_ups, roster_changes
from tests import factories as make

from .signing_day import by_group, outcome_of

UNSIGNED = {"PENDING", "EXCUSED", "REFUSED"}
RUNNING = {"READY", "OPEN", "CLOSED"}
OUT = "OUT"
MOVES = {
    "OPEN": ({"READY", "CLOSED"}, ceremonies.open_signing),
    "CLOSED": ({"OPEN"}, ceremonies.close_signing),
    "ARCHIVED": ({"CLOSED"}, ceremonies.archive),
}
GROUP = ("opd_id", "wave_id", *reports.COUNTED)
PLACES = st.sampled_from(range(6))
# Whoever is on the roster when it is frozen; the others are of another OPD, and come later.
FIRST = 4


class World:
    """What the trials share: people of two OPD, the officers, election and text."""

    def __init__(self):
        self.opd = make.OpdFactory()
        self.government = make.government_of(self.opd)
        other = make.OpdFactory(parent=self.government)
        make.EmployeeFactory.create_batch(FIRST, agency=self.opd)
        make.EmployeeFactory.create_batch(2, agency=other)
        self.people = list(Employee.objects.order_by("pk"))
        self.hr, self.second = (make.user_with_role(RoleName.HR, self.government) for _ in range(2))
        self.election = make.ElectionFactory(government=self.government)
        self.text = make.published_text(government=self.government)


class Roster(RuleBasedStateMachine):
    """The acts, and what each of six people is by the model."""

    world = None

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.state = "READY"
        self.people = ["PENDING"] * FIRST + [OUT, OUT]
        self.annulled = 0
        self.key = None

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(stage=st.sampled_from([("OPEN",), ("OPEN", "CLOSED", "OPEN"), ()]))
    def freeze(self, stage):
        """At one of the stages."""
        draft = make.draft_ceremony(
            self.world.opd, election=self.world.election, text=self.world.text
        )
        self.key = ceremonies.freeze(actor=self.world.hr, ceremony=draft).pk
        for to in stage:
            self.move(to)

    @property
    def ceremony(self):
        return Ceremony.objects.select_related("organizer", "campaign").get(pk=self.key)

    def row(self, at):
        """The place of a person that is not annulled; None of who was never on the roster."""
        rows = Participant.objects.exclude(state="ANNULLED")
        rows = rows.select_related("ceremony__organizer", "ceremony__text", "wave", "employee")
        return rows.filter(ceremony=self.key, employee=self.world.people[at]).first()

    def expect(self, at, allowed, to, act):
        """Do it: it succeeds just where the model allows it, and then the person is `to`."""
        outcome, _ = outcome_of(act)
        assert (outcome == "OK") == allowed, outcome
        if allowed:
            self.people[at] = to

    def about(self, at, sources, to, act, **fields):
        """The same of an act about somebody on the roster."""
        row = self.row(at)
        if row:
            allowed = self.state in RUNNING and self.people[at] in sources
            act = partial(act, actor=self.world.hr, participant=row, **fields)
            self.expect(at, allowed, to, act)

    # What ends everything comes seldom.
    @rule(to=st.sampled_from([*["OPEN"] * 8, *["CLOSED"] * 4, "ARCHIVED"]))
    def move(self, to):
        sources, act = MOVES[to]
        outcome, _ = outcome_of(partial(act, actor=self.world.hr, ceremony=self.ceremony))
        assert (outcome == "OK") == (self.state in sources)
        self.state = to if outcome == "OK" else self.state

    @rule(at=st.sampled_from([FIRST, FIRST + 1, 0]))
    def add(self, at):
        arguments = {"ceremony": self.ceremony, "employee": self.world.people[at], "reason": "Baru"}
        allowed = self.state in RUNNING and self.people[at] == OUT
        act = partial(roster_changes.add, actor=self.world.hr, **arguments)
        self.expect(at, allowed, "PENDING", act)

    @rule(at=PLACES)
    def depart(self, at):
        self.about(at, UNSIGNED, "DEPARTED", roster_changes.depart, reason="Pindah")

    @rule(at=PLACES)
    def take_back(self, at):
        self.about(at, {"DEPARTED"}, "PENDING", roster_changes.take_back, reason="Keliru")

    @rule(at=PLACES, to=st.sampled_from(["EXCUSED", "REFUSED", "PENDING"]))
    def note(self, at, to):
        """Somebody's absence, or that they are expected again; a refusal is looked at as well."""
        if to == "PENDING":
            self.about(at, {"EXCUSED", "REFUSED"}, to, absences.expect_again)
            return
        act = absences.excuse if to == "EXCUSED" else absences.refuse
        self.about(at, {"PENDING"}, to, act, reason="Tidak disebutkan")
        self.look_at_refusal(at)

    @rule(places=st.sets(PLACES, min_size=2))
    def excuse_several(self, places):
        rows = [row for row in map(self.row, sorted(places)) if row]
        act = absences.excuse_all
        done = act(actor=self.world.hr, participants=rows, reason="Dinas luar")
        pending = [at for at in places if self.people[at] == "PENDING"]
        expected = pending if self.state in RUNNING else []
        assert done == len(expected)
        for at in expected:
            self.people[at] = "EXCUSED"

    @rule(at=PLACES)
    def look_at_refusal(self, at):
        row = self.row(at)
        if row:
            seen = FollowUp.objects.filter(participant=row).exclude(looked_by=None).exists()
            act = partial(follow_ups.look, actor=self.world.second, participant=row)
            self.expect(at, self.people[at] == "REFUSED" and not seen, "REFUSED", act)

    @rule(places=st.sets(PLACES, min_size=1, max_size=3))
    def sign(self, places):
        for at in sorted(places):
            self.sign_one(at)

    @rule(at=PLACES)
    def sign_one(self, at):
        row = self.row(at)
        if row:
            allowed = self.state == "OPEN" and self.people[at] == "PENDING"
            self.expect(at, allowed, "SIGNED", partial(make.sign, row))

    @precondition(lambda self: "SIGNED" in self.people)
    @rule(back=st.integers(0, 5))
    def annul(self, back):
        signers = [at for at, state in enumerate(self.people) if state == "SIGNED"]
        at = signers[back % len(signers)]
        signature = Signature.objects.get(participant=self.row(at))
        request = annulments.ask(
            actor=self.world.hr,
            signature=signature,
            cause=AnnulmentCause.TRIAL,
            explanation="Uji coba",
        )
        annulments.consent(actor=self.world.second, request=request)
        self.people[at] = "PENDING"
        self.annulled += 1

    # What holds after every act -------------------------------------------------------------

    @precondition(lambda self: self.key)
    @invariant()
    def the_numbers_add_up_and_equal_rows_and_model(self):
        found = Counter(self.people)
        counted = sum(found[state] for state in (*UNSIGNED, "SIGNED"))
        rows = Participant.objects.filter(ceremony=self.key)
        total = reports.progress_of(rows)
        assert total.invited == total.signed + total.pending + total.excused + total.refused
        assert (total.invited, total.signed, total.pending, total.excused, total.refused) == (
            counted,
            *(found[state] for state in ("SIGNED", "PENDING", "EXCUSED", "REFUSED")),
        )
        assert reports.standing_of(self.ceremony).total == total
        recap = reports.recap_of(rows)
        assert (recap.total, recap.annulled) == (total, self.annulled)
        assert sum(group.invited for group in reports.progress_by_opd(rows)) == counted
        assert reports.counted("", rows.values_list("state", flat=True)) == total
        assert (rows.invited().count(), rows.departed().count()) == (counted, found["DEPARTED"])

    @invariant()
    def the_counts_of_the_database_equal_rows(self):
        rows = Participant.objects.filter(ceremony=self.key).order_by()
        groups = rows.values("opd_id", "wave_id").annotate(**reports.state_counts())
        tallies = Tally.objects.filter(ceremony=self.key)
        assert by_group(tallies.values(*GROUP)) == by_group(groups.values(*GROUP))


@pytest.mark.django_db
def test_the_numbers_add_up_after_any_acts_in_any_order():
    run_state_machine_as_test(
        type("Trial", (Roster,), {"world": World()}),
        settings=settings(
            max_examples=10,
            stateful_step_count=35,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
