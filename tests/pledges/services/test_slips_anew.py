"""New slips where some are out already: for those without one, for all, for one person."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from agencies.choices import RoleName
from agencies.models import Event
from pledges.choices import BatchState, SlipScope
from pledges.errors import WrongState
from pledges.models import Invitation
from pledges.services import absences, ceremonies, invitations, slips
from tests import factories

from .sheets import let_in, pins_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(employees=3)


@pytest.fixture
def operator(ceremony):
    return factories.user_with_role(RoleName.OPERATOR, ceremony.organizer)


def test_a_sheet_for_those_without_a_slip_is_not_the_one_for_all(ceremony, operator):
    everybody = factories.slip_batch(ceremony, operator, made=False)
    missing = factories.slip_batch(ceremony, operator, made=False, scope=SlipScope.MISSING)
    assert everybody != missing
    assert factories.slip_batch(ceremony, operator, made=False, scope="MISSING") == missing


def test_where_everybody_holds_a_slip_none_is_missing(ceremony, operator):
    for participant in ceremony.participants.all():
        factories.pin_of(participant)
    with pytest.raises(WrongState, match="sudah memegang slip"):
        factories.slip_batch(ceremony, operator, scope=SlipScope.MISSING)
    assert factories.slip_batch(ceremony, operator, made=False).total == 3


def test_a_sheet_for_those_without_a_slip_takes_none_from_anybody(ceremony, operator):
    holder, *others = ceremony.participants.order_by("pk")
    held = {holder.pk: factories.pin_of(holder)}
    batch = factories.slip_batch(ceremony, operator, scope=SlipScope.MISSING)
    assert (batch.total, slips.count_replaced(batch, operator)) == (2, 0)
    assert pins_of(batch).keys() == {each.pk for each in others}
    slips.take(actor=operator, batch=batch)
    assert let_in(ceremony, pins_of(batch) | held) == {each.pk for each in [holder, *others]}


def test_a_sheet_for_those_without_a_slip_is_refused_once_one_of_them_holds_one(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator, scope=SlipScope.MISSING)
    holder = factories.participant_of(ceremony)
    held = {holder.pk: factories.pin_of(holder)}
    with pytest.raises(WrongState, match="sudah memegang slip lain. Minta lembar yang baru."):
        slips.take(actor=operator, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, let_in(ceremony, held)) == (BatchState.READY, {holder.pk})
    assert let_in(ceremony, pins_of(batch)) == set()


def test_how_many_slips_a_sheet_replaces_is_known_before_it_is_taken(ceremony, operator):
    signer, holder, _ = ceremony.participants.order_by("pk")
    for participant in (signer, holder):
        factories.pin_of(participant)
    factories.sign(signer)
    batch = factories.slip_batch(ceremony, operator)
    assert slips.count_replaced(batch, operator) == 1
    slips.take(actor=operator, batch=batch)
    assert slips.count_replaced(batch, operator) == 0


def test_a_single_new_slip_ends_the_old_one_and_is_on_the_record(ceremony, operator):
    loser, other = ceremony.participants.order_by("pk")[:2]
    held = {each.pk: factories.pin_of(each) for each in (loser, other)}
    sheet = slips.renew(actor=operator, participant=loser)
    words = " ".join(PdfReader(BytesIO(sheet)).pages[0].extract_text().split())
    (first, second) = re.search(r"PIN (\d{4}) (\d{4})", words).groups()
    assert let_in(ceremony, held | {loser.pk: first + second}) == {loser.pk, other.pk}
    assert let_in(ceremony, held) == {other.pk}
    event = Event.objects.get(act="invitation.issued", actor=operator)
    assert (event.employee, event.data) == (loser.employee, {"channel": "SLIP", "count": 1})


@pytest.mark.parametrize("state", ["SIGNED", "EXCUSED"])
def test_who_is_not_expected_to_sign_gets_no_new_slip(ceremony, operator, state):
    participant = factories.participant_of(ceremony)
    if state == "SIGNED":
        factories.sign(participant)
    else:
        absences.excuse(actor=operator, participant=participant, reason="Cuti")
    with pytest.raises(WrongState, match="Undangan hanya diterbitkan bagi peserta"):
        slips.renew(actor=operator, participant=participant)
    assert not Invitation.objects.filter(channel="SLIP").exists()


def test_a_sheet_is_not_handed_out_after_the_closing_so_that_kept_signatures_still_count(
    ceremony, operator
):
    held = {each.pk: factories.pin_of(each) for each in ceremony.participants.all()}
    batch = factories.slip_batch(ceremony, operator)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    with pytest.raises(WrongState, match="sebelum penandatanganan ditutup"):
        slips.take(actor=operator, batch=batch)
    assert let_in(ceremony, held) == held.keys()


def test_nothing_is_issued_after_the_closing(ceremony, operator):
    participant = factories.participant_of(ceremony)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    participant.refresh_from_db()
    for issue in (slips.renew, invitations.issue_link):
        with pytest.raises(WrongState, match="sebelum penandatanganan ditutup"):
            issue(actor=operator, participant=participant)
