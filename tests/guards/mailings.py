"""Arguments and bodies of the addresses of mailings and of lists of links."""

from pledges.services.mailings import sending
from tests.mailing import mailing_of, officer_of


def open_ceremony(world):
    """With one participant who has an address."""
    ceremony = world.open_ceremony
    type(world.employee).objects.update(email="pegawai@dumaikota.example")
    return {"uuid": ceremony.uuid}


def mailing(world):
    """A mailing of somebody else that is to be sent."""
    where = open_ceremony(world)
    made = mailing_of(world.open_ceremony, officer_of(world.open_ceremony))
    return {**where, "mailing_uuid": made.uuid}


def mail(world):
    """A mail of which nobody knows whether it arrived."""
    where = mailing(world)
    made = world.open_ceremony.mailings.get(uuid=where["mailing_uuid"])
    sending.begin(made)
    made.mails.update(state="UNSURE")
    return {**where, "mail_uuid": made.mails.first().uuid}


def mailing_form(world):
    return {"kind": "REMINDER", "when": "now", "earliest": "07:00", "latest": "20:00"}


ARGUMENTS = {
    "mailing-list": open_ceremony,
    "mailing-create": open_ceremony,
    "mailing-preview": open_ceremony,
    "mailing-detail": mailing,
    "mailing-stop": mailing,
    "mail-again": mail,
    "link-sheet": open_ceremony,
}
DATA = {"mailing-create": mailing_form, "mailing-preview": mailing_form}
