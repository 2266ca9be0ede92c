"""Whatever changes something or hands out personal data leaves a line in the audit trail."""

import pytest
from django.urls import reverse

from agencies.models import Event

from .addresses import ARGUMENTS, DATA
from .test_access_matrix import address_of, rows
from .world import World

DONE = {"200", "302", "303"}
# Downloads are reading, but personal data leaves with them.
DOWNLOADS = ("-export", "-pdf", "-zip", "-pact", "-rejects", "-file")
# What these do they do for nobody in the table, who would have to have confirmed their identity, to
# be half logged in, or to hold a link that is valid. The tests of these acts in tests/netralitas
# look for the events; asking for a link and confirming change nothing.
NOT_DONE_HERE = {
    "account_login",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_from_key",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    # Tested in tests/pledges/services/countersigning.
    "countersignature-sign",
    # They show what is typed, and store nothing.
    "mailing-preview",
    "text-new-preview",
    "text-preview",
}


def acts():
    """(method, row's name, who may do it) of everything that must be on record."""
    for method, name, expected in rows():
        address = address_of(name)
        changes = method == "POST" and address not in NOT_DONE_HERE
        if changes or address.endswith(DOWNLOADS):
            doers = [actor for actor, status in expected.items() if status in DONE]
            if doers:
                yield method, name, "hr" if "hr" in doers else doers[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "name", "actor"), [pytest.param(*row, id=f"{row[0]} {row[1]}") for row in acts()]
)
def test_every_act_and_every_download_leaves_an_event(client, method, name, actor):
    world = World()
    address = reverse(address_of(name), kwargs=ARGUMENTS.get(name, lambda world: {})(world))
    data = DATA.get(name, lambda world: {})(world) if method == "POST" else {}
    user = world.actor(actor)
    if user is not None:
        client.force_login(user)
    before = Event.objects.count()
    response = client.get(address) if method == "GET" else client.post(address, data)
    response.getvalue()
    assert Event.objects.count() > before
