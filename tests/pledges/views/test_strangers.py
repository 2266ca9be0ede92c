"""Who reaches for what is another's on the day of signing: people, sheets, waves, screens, tablets.

The table of all addresses (tests/guards) knows one OPD; here two take part in one ceremony.
"""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import Invitation, Participant, SlipBatch
from pledges.services import absences
from tests import factories

pytestmark = pytest.mark.django_db
EXCUSE = {"kind": "LEAVE"}
REFUSE = {"reason_given": "Tidak bersedia"}
PIN = {"pin": "482915", "again": "482915"}
OTHERS = ["operator", "head"]  # of the other OPD, which takes part as well


class Field:
    """Two OPD in one ceremony of two waves; `mine` is a participant of the first."""

    def __init__(self):
        self.opd = factories.OpdFactory()
        self.government = factories.government_of(self.opd)
        self.other_opd = factories.OpdFactory(parent=self.government)
        factories.EmployeeFactory(agency=self.other_opd)
        employee = factories.EmployeeFactory(agency=self.opd)
        self.ceremony = factories.ceremony_in_waves(self.government)
        self.mine = self.ceremony.participants.get(employee=employee)

    def user(self, name):
        role, agency = {
            "own operator": (RoleName.OPERATOR, self.opd),
            "operator": (RoleName.OPERATOR, self.other_opd),
            "head": (RoleName.HEAD, self.other_opd),
            "auditor": (RoleName.AUDITOR, self.government),
            "hr": (RoleName.HR, self.government),
            "foreign hr": (RoleName.HR, factories.GovernmentFactory()),
        }[name]
        return factories.user_with_role(role, agency)

    def address(self, name, *arguments):
        return reverse(name, args=[self.ceremony.uuid, *arguments])


@pytest.fixture
def field():
    return Field()


@pytest.fixture
def log_in(client, field):
    """A function that lets one of them in."""
    return lambda name: client.force_login(field.user(name))


def untouched(field):
    """Nothing has become of the participant, and nothing is on record."""
    field.mine.refresh_from_db()
    acts = Event.objects.of(field.mine).values_list("act", flat=True)
    return (field.mine.state, list(acts), Invitation.objects.count()) == ("PENDING", [], 0)


ACTS = [("link-issue", {}), ("participant-excuse", EXCUSE), ("participant-refuse", REFUSE)]


@pytest.mark.parametrize("name", [*OTHERS, "foreign hr"])
@pytest.mark.parametrize(("act", "data"), ACTS)
def test_a_participant_of_another_opd_is_not_found(client, field, log_in, name, act, data):
    log_in(name)
    address = field.address(act, field.mine.uuid)
    assert (client.post(address, data).status_code, untouched(field)) == (404, True)
    assert client.get(field.address("participant-detail", field.mine.uuid)).status_code == 404


def test_an_auditor_sees_everybody_and_does_nothing(client, field, log_in):
    log_in("auditor")
    assert client.get(field.address("participant-detail", field.mine.uuid)).status_code == 200
    for act, data in ACTS:
        address = field.address(act, field.mine.uuid)
        assert (client.post(address, data).status_code, untouched(field)) == (403, True)


@pytest.mark.parametrize(
    ("name", "status"), [("operator", 404), ("head", 404), ("auditor", 403), ("foreign hr", 404)]
)
def test_nobody_else_lifts_a_lock_or_takes_an_absence_back(client, field, log_in, name, status):
    invitation = factories.locked_slip(field.mine)
    absences.excuse(actor=None, participant=field.mine, reason="Cuti")
    log_in(name)
    for act in ("slip-unlock", "participant-expect"):
        assert client.post(field.address(act, field.mine.uuid)).status_code == status
    invitation.refresh_from_db()
    field.mine.refresh_from_db()
    assert (invitation.locked_until is not None, field.mine.state) == (True, "EXCUSED")


@pytest.mark.parametrize(
    ("name", "status"),
    [("own operator", 403), ("head", 403), ("auditor", 403), ("foreign hr", 404)],
)
def test_waves_and_names_on_screens_are_for_hr_alone(client, field, log_in, name, status):
    log_in(name)
    for address in (
        field.address("wave-open", 2),
        field.address("board-names-show"),
        field.address("board-names-hide"),
    ):
        assert client.post(address).status_code == status
    field.ceremony.refresh_from_db()
    assert field.ceremony.names_on_board is False
    assert field.ceremony.waves.filter(order=2, opened_at=None).exists()


@pytest.mark.parametrize("name", ["own operator", "operator", "head"])
def test_a_screen_of_all_opd_is_not_for_one_of_them(client, field, log_in, name):
    log_in(name)
    assert client.get(field.address("board")).status_code == 403


def test_a_wave_that_there_is_not_is_not_found(client, field, log_in):
    log_in("hr")
    for order in (0, 3, 99999999):
        assert client.post(field.address("wave-open", order)).status_code == 404


# Sheets of slips --------------------------------------------------------------------------------


def test_a_sheet_is_asked_for_the_own_opd_alone(client, field, log_in):
    log_in("operator")
    other, unknown = field.opd.uuid, field.mine.uuid
    for uuid in (other, unknown):
        data = {"opd": uuid, "order": "UNIT", "scope": "ALL"}
        assert client.post(field.address("slip-ask"), data).status_code == 404
    assert not SlipBatch.objects.exists()
    client.post(field.address("slip-ask"), {"opd": "", "order": "UNIT", "scope": "ALL"})
    assert SlipBatch.objects.get().total == 1


@pytest.mark.parametrize("name", ["own operator", "operator", "hr", "foreign hr"])
def test_a_sheet_is_there_for_who_asked_for_it_alone(client, field, log_in, name):
    batch = factories.slip_batch(field.ceremony, field.user("own operator"))
    log_in(name)
    for view in ("slip-batch", "slip-progress"):
        assert client.get(field.address(view, batch.uuid)).status_code == 404
    assert client.post(field.address("slip-take", batch.uuid)).status_code == 404
    assert not Invitation.objects.exists()


def test_a_sheet_of_one_ceremony_is_not_found_at_another(client, field):
    asker = field.user("own operator")
    batch = factories.slip_batch(field.ceremony, asker)
    elsewhere = factories.open_ceremony(field.government)
    client.force_login(asker)
    address = reverse("slip-take", args=[elsewhere.uuid, batch.uuid])
    assert (client.post(address).status_code, Invitation.objects.count()) == (404, 0)


@pytest.mark.parametrize("name", ["head", "auditor"])
def test_who_may_not_invite_gets_no_slips_no_poster_and_no_kiosk(client, field, log_in, name):
    log_in(name)
    for view in ("slip-list", "poster-a3", "poster-a4", "kiosk-start", "kiosk-people"):
        assert client.get(field.address(view)).status_code == 403
    assert (
        client.post(
            field.address("slip-ask"), {"opd": "", "order": "UNIT", "scope": "ALL"}
        ).status_code
        == 403
    )
    assert client.post(field.address("kiosk-start"), PIN).status_code == 403
    assert "kiosk" not in client.session


# Kiosk ------------------------------------------------------------------------------------------


def test_a_kiosk_of_another_opd_finds_nobody_of_ours(client, field, log_in):
    log_in("operator")
    client.post(field.address("kiosk-start"), PIN)
    found = client.get(field.address("kiosk-people"), {"q": field.mine.number})
    assert field.mine.name not in found.content.decode()
    hand = field.address("kiosk-hand", field.mine.uuid)
    assert client.get(hand).status_code == 404
    assert client.post(hand, {"identity_check": "CARD"}).status_code == 404
    assert client.get(field.address("kiosk-sign", field.mine.uuid)).status_code == 302
    assert untouched(field)


def test_a_kiosk_is_for_its_ceremony_alone(client, field, log_in):
    log_in("own operator")
    client.post(field.address("kiosk-start"), PIN)
    elsewhere = factories.open_ceremony(field.opd)
    other = factories.participant_of(elsewhere)
    locked = field.address("kiosk-locked")
    address = reverse("kiosk-hand", args=[elsewhere.uuid, other.uuid])
    assert client.post(address, {"identity_check": "CARD"})["Location"] == locked
    assert client.get(field.address("kiosk-hand", other.uuid)).status_code == 404
    assert not Invitation.objects.exists()


def test_a_participant_of_another_ceremony_is_not_found_here(client, field, log_in):
    stranger = factories.participant_of(factories.open_ceremony(field.opd))
    log_in("hr")
    for act, data in [*ACTS, ("slip-unlock", {}), ("participant-expect", {})]:
        assert client.post(field.address(act, stranger.uuid), data).status_code == 404
    assert Participant.objects.get(pk=stranger.pk).state == "PENDING"


# Methods ----------------------------------------------------------------------------------------

# With what stands in the address besides the ceremony; a kiosk, which reaches nothing else, last.
BY_POST = {
    "wave-open": ["wave"],
    "board-names-show": [],
    "board-names-hide": [],
    "slip-ask": [],
    "link-issue": ["participant"],
    "slip-unlock": ["participant"],
    "slip-renew": ["participant"],
    "participant-expect": ["participant"],
    "kiosk-lock": [],
}
BY_GET = {
    "board": [],
    "slip-list": [],
    "poster-a3": [],
    "poster-a4": [],
    "kiosk-people": [],
    "kiosk-sign": ["participant"],
}


@pytest.mark.parametrize(("method", "names"), [("get", BY_POST), ("post", BY_GET)])
def test_an_address_is_reached_in_its_own_way_alone(client, field, log_in, method, names):
    log_in("hr")
    for name, arguments in names.items():
        if name.startswith("kiosk"):
            client.post(field.address("kiosk-start"), PIN)
        given = [{"participant": field.mine.uuid, "wave": 2}[each] for each in arguments]
        response = getattr(client, method)(field.address(name, *given))
        assert (name, response.status_code) == (name, 405)


@pytest.mark.parametrize("name", ["send", "sign", "own-pact"])
def test_what_a_device_sends_is_never_fetched(client, field, name):
    assert client.get(reverse(name, args=[field.ceremony.code])).status_code == 405


@pytest.mark.parametrize("name", ["offline", "service-worker", "display", "display-figures"])
def test_what_a_device_fetches_is_never_sent(client, field, name):
    arguments = {"offline": [field.ceremony.code], "service-worker": []}.get(name, ["x:y:z"])
    assert client.post(reverse(name, args=arguments)).status_code == 405
