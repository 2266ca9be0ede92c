"""Trials of the day of signing: any acts in any order, each compared with `signing_model`.

HR opens, closes and calls waves; operators issue, print, lift locks and note absences; people sign
by every way in, with good and bad secrets, now and later, once and again. After each act there is
at most one signature of each person, only where it was allowed, and every count equals the rows.
"""

from dataclasses import fields
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agencies.models import Employee, Event, User
from agencies.services import accounts, employees
from netralitas.lib import tickets
from pledges import reports
from pledges.choices import IdentityCheck, SlipScope
from pledges.models import Participant, Signature, SlipBatch, Tally
from pledges.services import (
    absences,
    assistance,
    ceremonies,
    invitations,
    signing,
    slip_work,
    slips,
)
from pledges.views.signing import opened_by
from tests import factories as make

from .signing_day import BEGINNING, WAVES, Day, World, back_from_last, by_group
from .signing_model import OK, TICKETS_LAST, Model, Secret, Sheet, Signed

STAGES = [("READY", "OPEN"), ("READY", "OPEN", "CLOSED", "OPEN"), ("READY",), ()]
STEPS = {
    "READY": ceremonies.freeze,
    "OPEN": ceremonies.open_signing,
    "CLOSED": ceremonies.close_signing,
    "ARCHIVED": ceremonies.archive,
    "CANCELLED": make.cancel,
}
NOTES = {
    "EXCUSED": absences.excuse,
    "REFUSED": absences.refuse,
    "PENDING": absences.expect_again,
}
GROUP = ("opd_id", "wave_id", *reports.COUNTED)
FORETOLD = [each.name for each in fields(Signed)]
EVERYBODY = range(len(WAVES))
PLACES = st.sampled_from(EVERYBODY)
BACK = st.sampled_from([0, 0, 0, 1, 2, 5])
MINUTES = st.sampled_from([1, 5, 10, 15, 30, 60, 180, 60 * 20, 60 * 26])
# What ends everything comes seldom.
MOVES = st.sampled_from(["READY", *["OPEN"] * 4, *["CLOSED"] * 4, "ARCHIVED", "CANCELLED"])
KEYS = st.sampled_from(["new", "new", "new", "own", "foreign"])
WAYS = st.sampled_from(["LINK", "SLIP", "ACCOUNT", "ASSISTED"])
PINS = st.sampled_from(["valid", "older", "valid", "untaken", "wrong"])
SAID = st.sampled_from(IdentityCheck.values)
frozen = precondition(lambda self: self.model.frozen)


class SigningDay(Day):
    """Every act, as one may do it at any moment."""

    # The ceremony ---------------------------------------------------------------------------

    @initialize(
        stage=st.sampled_from(STAGES),
        opens_in=st.sampled_from([timedelta(minutes=-30), None, timedelta(minutes=30)]),
        secrets=st.sampled_from([2, 1, 0]),
    )
    def begin(self, stage, opens_in, secrets):
        """At one of the stages, everybody invited so many times."""
        opens_at = BEGINNING + opens_in if opens_in else None
        self.key = self.world.draft(opens_at).pk
        self.model = Model(WAVES, opens_at)
        for to in stage:
            self.move(to)
        for _ in range(secrets if self.model.invitable else 0):
            self.issue_slips(set(EVERYBODY))
            for at in EVERYBODY:
                self.issue_link(at)

    @rule(to=MOVES)
    def move(self, to):
        self.by_hr(self.model.move(to, self.now), STEPS[to], ceremony=self.ceremony)

    @frozen
    @rule(minutes=MINUTES, wave=st.sampled_from([None, 2, 2, 1]))
    def wait_or_open_a_wave(self, minutes, wave):
        """Meanwhile somebody's phone keeps the page for slips."""
        if wave is None:
            self.starts.append((tickets.issue(self.ceremony.code, tickets.START), self.now))
            self.clock.shift(timedelta(minutes=minutes))
            return
        row = self.ceremony.waves.select_related("ceremony__organizer").get(order=wave)
        self.by_hr(self.model.open_wave(wave, self.now), ceremonies.open_wave, wave=row)

    # Secrets --------------------------------------------------------------------------------

    @frozen
    @rule(at=PLACES)
    def issue_link(self, at):
        person = self.model.people[at]
        expected = self.model.may_invite(person)
        token = self.by_hr(expected, invitations.issue_link, participant=self.row(at))
        if token:
            person.give(Secret("LINK", token), self.now)

    @frozen
    @rule(places=st.sets(PLACES, min_size=1))
    def issue_slips(self, places):
        allowed = self.model.invitable and self.model.pending(places) == places
        rows = [self.row(at) for at in sorted(places)]
        issued = self.by_hr(
            OK if allowed else "WrongState",
            invitations.issue_slips,
            ceremony=self.ceremony,
            participants=rows,
        )
        for at, slip in zip(sorted(places), issued or [], strict=bool(issued)):
            self.model.people[at].give(Secret("SLIP", slip.pin), self.now)

    @frozen
    @rule(mine=st.booleans(), scope=st.sampled_from(SlipScope.values))
    def ask_for_a_sheet(self, mine, scope):
        places, missing = frozenset(EVERYBODY[:3] if mine else EVERYBODY), scope == "MISSING"
        expected, same = self.model.ask(places, missing)
        arguments = {"opd": self.world.opd if mine else None, "order": "UNIT", "scope": scope}
        batch = self.by_hr(expected, slips.ask, ceremony=self.ceremony, **arguments)
        if same:
            assert batch.uuid == same.uuid
        elif batch:
            self.model.sheets.append(Sheet(batch.uuid, places, missing))

    @precondition(lambda self: self.model.sheets)
    @rule(back=BACK)
    def make_or_take_a_sheet(self, back):
        sheet = back_from_last(self.model.sheets, back)
        if sheet.state == "QUEUED":
            self.make_sheet(sheet)
        else:
            batch = SlipBatch.objects.select_related("ceremony", "opd").get(uuid=sheet.uuid)
            self.by_hr(self.model.fetch(sheet, self.now), slips.take, batch=batch)

    def make_sheet(self, sheet):
        slip_work.make(str(sheet.uuid))
        batch = SlipBatch.objects.get(uuid=sheet.uuid)
        places = self.model.expected_on(sheet.places, sheet.missing)
        sheet.state, sheet.since = (
            "READY" if self.model.invitable and places else "FAILED",
            self.now,
        )
        assert batch.state == sheet.state
        if sheet.state == "READY":
            pins, _ = slip_work.opened(batch)
            sheet.pins = {at: pins[self.row(at).pk] for at in places}
            assert len(pins) == len(places)

    @frozen
    @rule(at=PLACES, which=PINS, times=st.sampled_from([1, 1, 1, 4, 5]))
    def try_pin(self, at, which, times):
        row, pin = self.row(at), self.pin(at, which)
        for _ in range(times):
            expected, _ = self.model.try_pin(self.model.people[at], pin, self.now)
            arguments = {"ceremony": row.ceremony, "number": row.number, "pin": pin}
            self.check(expected, invitations.find_by_pin, **arguments)

    @frozen
    @rule(at=PLACES)
    def lift_lock(self, at):
        expected = self.model.lift(self.model.people[at], self.now)
        self.by_hr(expected, invitations.unlock, participant=self.row(at))

    # People ---------------------------------------------------------------------------------

    @frozen
    @rule(at=PLACES, to=st.sampled_from(sorted(NOTES)))
    def note_absence(self, at, to):
        """Then the slip, which is still valid, is tried."""
        reason = {} if to == "PENDING" else {"reason": "Cuti"}
        expected = self.model.note(self.model.people[at], to)
        self.by_hr(expected, NOTES[to], participant=self.row(at), **reason)
        self.reports_equal_rows()
        self.send_by_slip(at, "valid", "new", 0)

    @frozen
    @rule(at=PLACES, account=st.booleans())
    def move_employee_or_end_account(self, at, account):
        """What was frozen stays; an account that has ended signs nothing."""
        if account:
            self.end_or_restore_account(at)
            return
        row = Employee.objects.get(pk=self.world.people[at].pk)
        to = self.world.opd if row.agency_id != self.world.opd.pk else self.world.other_opd
        self.by_hr(OK, employees.move_employee, employee=row, agency=to)

    def end_or_restore_account(self, at):
        person = self.model.people[at]
        act = accounts.end_account if person.account_stands else accounts.restore_account
        self.by_hr(OK, act, user=self.world.accounts[at])
        person.account_stands = not person.account_stands

    # Opening and signing a page -------------------------------------------------------------

    @frozen
    @rule(at=PLACES, way=WAYS, which=PINS, said=SAID)
    def open_page(self, at, way, which, said):
        self.opens(at, way, which, said)

    @frozen
    @rule(at=PLACES, way=WAYS, said=SAID, by_script=st.booleans())
    def come_and_sign(self, at, way, said, by_script):
        """What nearly everybody does."""
        if self.opens(at, way, "valid", said):
            (self.send_page if by_script else self.sign_page)(0, "new")

    def opens(self, at, way, which, said):
        """Whether a secret of the person opens the signing page; it is kept."""
        ways = {"LINK": self.by_link, "SLIP": self.by_slip, "ACCOUNT": self.by_account}
        page = self.assisted(at, said) if way == "ASSISTED" else ways[way](at, which)
        if page:
            secret, invitation = page
            self.pages.append((at, secret, tickets.issue(invitation.pk), self.now))
        return page is not None

    def by_link(self, at, which):
        links = [each for each in self.model.people[at].secrets if each.kind == "LINK"]
        secret = back_from_last(links, which == "older") or Secret(
            "LINK", "tidak-ada", ended=BEGINNING
        )
        expected = OK if secret.valid else "UnknownInvitation"
        invitation = self.check(expected, invitations.find_by_token, token=secret.text)
        return invitation and (secret, invitation)

    def by_slip(self, at, which):
        row, pin = self.row(at), self.pin(at, which)
        expected, secret = self.model.try_pin(self.model.people[at], pin, self.now)
        arguments = {"ceremony": row.ceremony, "number": row.number, "pin": pin}
        invitation = self.check(expected, invitations.find_by_pin, **arguments)
        return invitation and (secret, invitation)

    def by_account(self, at, which):
        person = self.model.people[at]
        if not person.account_stands:
            return None
        expected = self.model.may_invite(person)
        account = User.objects.get(pk=self.world.accounts[at].pk)
        arguments = {"account": account, "participant": self.row(at)}
        invitation = self.check(expected, invitations.open_by_account, **arguments)
        return invitation and (
            person.valid("ACCOUNT") or person.give(Secret("ACCOUNT"), self.now),
            invitation,
        )

    def assisted(self, at, said):
        person = self.model.people[at]
        expected = self.model.may_assist(person, self.now)
        arguments = {"participant": self.row(at), "identity_check": said}
        invitation = self.by_hr(expected, assistance.open_assisted, **arguments)
        if invitation is None:
            return None
        standing = person.valid("ASSISTED")
        if standing is None or standing.said != said:
            standing = person.give(Secret("ASSISTED", said=said), self.now)
        return standing, invitation

    def compare(self, at, secret, expected, begun, act):
        """Sign: a receipt as the model says, the same again, or the refusal it says."""
        person = self.model.people[at]
        signature = self.check(OK if expected == "AGAIN" else expected, act)
        if expected == OK:
            key, begun_at = begun
            self.model.take(person, secret, (key, signature.receipt, begun_at), self.now)
        if signature:
            assert signature.receipt == person.signed.receipt
            self.every_acknowledged_key_gives_the_same_receipt_again()
            self.reports_equal_rows()

    @precondition(lambda self: self.pages)
    @rule(back=BACK, which=KEYS)
    def sign_page(self, back, which):
        at, secret, ticket, begun_at = back_from_last(self.pages, back)
        row, key = self.row(at), self.nonce(at, which)
        expected = self.model.outcome(self.model.people[at], secret, key, begun_at, self.now)
        if self.now - begun_at > TICKETS_LAST:
            expected = "StalePage"

        def act():
            invitation, begun_at = opened_by(ticket, row.ceremony.code)
            submission = make.submission_for(row, key=key, begun_at=begun_at)
            return signing.sign(invitation=invitation, submission=submission)

        self.compare(at, secret, expected, (key, begun_at), act)

    # Sending what a device has kept ---------------------------------------------------------

    @precondition(lambda self: self.pages)
    @rule(back=BACK, which=KEYS)
    def send_page(self, back, which):
        at, secret, ticket, begun_at = back_from_last(self.pages, back)
        key = self.nonce(at, which)
        expected = self.model.outcome(self.model.people[at], secret, key, begun_at, self.now)
        old = self.now - begun_at > TICKETS_LAST and expected not in {"AGAIN", "ForeignKey"}
        if old or expected == "RevokedInvitation":
            expected = "StalePage"
        act = self.delivery(at, key, {"ticket": ticket}, "")
        self.compare(at, secret, expected, (key, begun_at), act)

    @frozen
    @rule(at=PLACES, pin=PINS, which=KEYS, back=BACK)
    def send_by_slip(self, at, pin, which, back):
        start, begun_at = back_from_last(self.starts, back) or ("", None)
        person, pin, key = self.model.people[at], self.pin(at, pin), self.nonce(at, which)
        if begun_at and self.now - begun_at > TICKETS_LAST:
            begun_at = None
        expected, secret = self.model.try_pin(person, pin, self.now, key)
        if secret:
            expected = self.model.outcome(person, secret, key, begun_at, self.now)
        credential = {"number": self.row(at).number, "pin": pin}
        act = self.delivery(at, key, credential, start)
        self.compare(at, secret, expected, (key, begun_at), act)

    # What holds after every act -------------------------------------------------------------

    @invariant()
    def only_the_allowed_signatures_are_there_each_with_its_event(self):
        rows = Signature.objects.filter(participant__ceremony=self.key)
        stored = list(rows.values("participant__employee", "digest", *FORETOLD))
        events = Event.objects.filter(act="signature.given").values_list("data__digest", flat=True)
        assert sorted(events) == sorted(row.pop("digest") for row in stored)
        people = [each.pk for each in self.world.people]
        found = {people.index(row.pop("participant__employee")): row for row in stored}
        assert len(found) == len(stored)
        signed = {at: vars(self.model.people[at].signed) for at in self.signers()}
        assert found == signed

    @invariant()
    def counts_equal_rows(self):
        rows = Participant.objects.filter(ceremony=self.key).order_by()
        groups = rows.values("opd_id", "wave_id").annotate(**reports.state_counts())
        tallies = Tally.objects.filter(ceremony=self.key)
        assert by_group(tallies.values(*GROUP)) == by_group(groups.values(*GROUP))

    def signers(self):
        return [at for at in EVERYBODY if self.model.people[at].signed]

    def every_acknowledged_key_gives_the_same_receipt_again(self):
        for at in self.signers():
            signature = Signature.objects.get(participant=self.row(at))
            invitation = invitations.find_by_id(signature.invitation_id)
            again = make.submission_for(invitation.participant, key=signature.key)
            assert signing.sign(invitation=invitation, submission=again) == signature

    def reports_equal_rows(self):
        rows = Participant.objects.filter(ceremony=self.key)
        states = sorted(rows.values_list("state", flat=True))
        assert states == sorted(person.state for person in self.model.people)
        assert reports.standing_of(self.ceremony).total == reports.progress_of(rows)


@pytest.mark.django_db
def test_any_order_of_acts_gives_one_signature_of_each_only_while_allowed(monkeypatch):
    # The paper itself is tested elsewhere, and takes most of a second.
    monkeypatch.setattr(slip_work, "render_slips", lambda ceremony, parts, told: b"%PDF")
    run_state_machine_as_test(
        type("Trial", (SigningDay,), {"world": World()}),
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # to shrink an example takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
