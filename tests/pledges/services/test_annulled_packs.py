"""An annulment ends the packs that hold the pact, finished or not."""

import pytest

from agencies.choices import RoleName
from pledges.choices import PackKind
from pledges.services import annulments, pack_work, packs, pact_seals
from tests import factories
from tests.annulling import annulment_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory())


@pytest.fixture
def signature(ceremony):
    return factories.sign(factories.participant_of(ceremony))


@pytest.fixture
def government(ceremony):
    return factories.government_of(ceremony.organizer)


@pytest.fixture
def second(government):
    return factories.user_with_role(RoleName.HR, government)


@pytest.fixture
def request_(signature, second):
    return annulment_request(signature)


def test_the_packs_of_the_ceremony_end_with_their_files(
    ceremony, signature, second, request_, django_capture_on_commit_callbacks
):
    pact_seals.begin()
    ready = factories.pack(ceremony)
    other = factories.open_ceremony(factories.OpdFactory())
    factories.sign(factories.participant_of(other))
    elsewhere = factories.pack(other)
    storage, name = ready.content.storage, ready.content.name
    with django_capture_on_commit_callbacks(execute=True):
        annulments.consent(actor=second, request=request_)
    ready.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (ready.state, ready.content.name, storage.exists(name)) == ("EXPIRED", "", False)
    assert "Sebuah pakta di acara ini dibatalkan" in ready.reason
    assert not packs.is_available(ready)
    assert packs.is_available(elsewhere)


def test_a_pack_that_is_being_made_meanwhile_does_not_become_ready(
    ceremony, second, request_, monkeypatch
):
    def annulled_meanwhile(contents, target, tell):
        annulments.consent(actor=second, request=request_)

    monkeypatch.setitem(pack_work.WRITERS, PackKind.ARCHIVE, annulled_meanwhile)
    head = factories.user_with_role(RoleName.HEAD, ceremony.organizer)
    pack = packs.ask(actor=head, ceremony=ceremony, opd=None, kind=PackKind.ARCHIVE)
    pack_work.make(str(pack.uuid))
    pack.refresh_from_db()
    assert (pack.state, pack.content.name) == ("FAILED", "")
    assert "Minta lagi" in pack.reason
