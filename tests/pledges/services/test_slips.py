"""Sheets of slips: who is on which, and what a new one does to the old PINs."""

import re

import pytest

from agencies.choices import RoleName
from agencies.models import Event
from pledges.errors import RevokedInvitation, WrongState
from pledges.models import Invitation
from pledges.services import ceremonies, invitations, signing, slips
from tests import factories

pytestmark = pytest.mark.django_db


def issue(ceremony, part=1, actor=None, typeset=list):
    """The slips of a sheet, or what `typeset` makes of them."""
    return slips.issue_sheet(
        actor=actor,
        ceremony=ceremony,
        participants=ceremony.participants.all(),
        part=part,
        typeset=typeset,
    )


def opens(ceremony, slip):
    """The participant whom the slip's number and PIN let in."""
    return invitations.find_by_pin(
        ceremony=ceremony, number=slip.participant.number, pin=slip.pin
    ).participant


@pytest.mark.parametrize(("count", "sheets"), [(0, 0), (1, 1), (160, 1), (161, 2), (500, 4)])
def test_a_sheet_holds_up_to_160_slips(count, sheets):
    assert slips.parts(count) == sheets


def test_every_slip_of_a_sheet_opens_the_signing_page_of_its_participant():
    ceremony = factories.open_ceremony(employees=3)
    officer = factories.user_with_role(RoleName.OPERATOR, ceremony.organizer)
    sheet = issue(ceremony, actor=officer)
    assert [opens(ceremony, slip) for slip in sheet] == [slip.participant for slip in sheet]
    assert {slip.participant for slip in sheet} == set(ceremony.participants.all())
    assert all(re.fullmatch(r"\d{8}", slip.pin) for slip in sheet)
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.actor, event.data) == (
        "invitation.issued",
        officer,
        {"channel": "SLIP", "count": 3},
    )


def test_printing_again_ends_the_old_pins():
    ceremony = factories.open_ceremony()
    old, new = issue(ceremony)[0], issue(ceremony)[0]
    assert opens(ceremony, new) == new.participant
    with pytest.raises(RevokedInvitation):
        opens(ceremony, old)
    assert Invitation.objects.valid().count() == 1


def test_whoever_signs_while_the_sheet_is_printed_keeps_the_old_slip():
    ceremony = factories.open_ceremony(employees=2)
    signer, waiting = issue(ceremony)

    def typeset(printed):
        """The old slips are valid until the paper is there."""
        invitation = invitations.find_by_pin(
            ceremony=ceremony, number=signer.participant.number, pin=signer.pin
        )
        signing.sign(invitation=invitation, submission=factories.submission_for(signer.participant))
        return printed

    printed = issue(ceremony, typeset=typeset)
    assert opens(ceremony, signer) == signer.participant
    with pytest.raises(RevokedInvitation):
        opens(ceremony, waiting)
    assert opens(ceremony, printed[1]) == waiting.participant
    assert Event.objects.of(ceremony).first().data == {"channel": "SLIP", "count": 1}


def test_a_sheet_whose_people_have_all_signed_meanwhile_is_refused():
    ceremony = factories.open_ceremony()

    def typeset(printed):
        factories.sign(printed[0].participant)

    with pytest.raises(WrongState, match="Semua peserta pada lembar ini sudah menandatangani."):
        issue(ceremony, typeset=typeset)
    assert Invitation.objects.filter(channel="SLIP").count() == 0


def test_a_pin_stands_nowhere_in_the_database():
    ceremony = factories.open_ceremony(employees=2)
    pins = [slip.pin for slip in issue(ceremony)]
    stored = str([list(Invitation.objects.values()), list(Event.objects.values())])
    assert [pin for pin in pins if pin in stored] == []


def test_slips_are_sorted_by_unit_and_name_for_whoever_hands_them_out():
    opd = factories.OpdFactory()
    units = [factories.UnitFactory(parent=opd) for _ in range(2)]
    for name, agency in [("Budi", units[1]), ("Zaki", units[0]), ("Adi", units[1]), ("Wati", opd)]:
        factories.EmployeeFactory(name=name, agency=agency)
    ceremony = factories.ceremony_in("READY", opd, employees=0)
    assert [slip.participant.bare_name for slip in issue(ceremony)] == [
        "Wati",
        "Zaki",
        "Adi",
        "Budi",
    ]


def test_who_has_signed_or_is_absent_gets_no_slip():
    ceremony = factories.open_ceremony(employees=3)
    signer, absent, waiting = ceremony.participants.order_by("id")
    factories.sign(signer)
    ceremony.participants.filter(pk=absent.pk).update(state="EXCUSED", reason="Cuti")
    assert [slip.participant for slip in issue(ceremony)] == [waiting]


def test_a_sheet_keeps_its_people_while_others_sign(monkeypatch):
    monkeypatch.setattr(slips, "PER_SHEET", 2)
    ceremony = factories.open_ceremony(employees=4)
    first = {slip.participant for slip in issue(ceremony, part=1)}
    second = {slip.participant for slip in issue(ceremony, part=2)}
    assert (len(first), len(second), first & second) == (2, 2, set())
    factories.sign(next(iter(first)))
    assert {slip.participant for slip in issue(ceremony, part=2)} == second


@pytest.mark.parametrize("part", [1, 7])
def test_a_sheet_without_anybody_left_is_refused(part):
    ceremony = factories.open_ceremony()
    factories.sign(factories.participant_of(ceremony))
    with pytest.raises(WrongState) as refusal:
        issue(ceremony, part=part)
    assert refusal.value.message == "Semua peserta pada lembar ini sudah menandatangani."


@pytest.mark.parametrize("end", [ceremonies.archive, ceremonies.cancel])
def test_a_ceremony_that_is_over_gives_no_slips(end):
    state = "CLOSED" if end is ceremonies.archive else "OPEN"
    ceremony = factories.ceremony_in(state)
    end(actor=None, ceremony=ceremony)
    with pytest.raises(WrongState) as refusal:
        issue(ceremony)
    assert refusal.value.message == (
        "Undangan hanya dapat diterbitkan setelah daftar peserta dibekukan dan sebelum acara "
        "diarsipkan atau dibatalkan."
    )
    assert Invitation.objects.count() == 0
