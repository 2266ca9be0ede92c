"""A personal link on its way from the act that issued it to the one page that shows it.

Between the two it lies sealed in the session: whoever reads the session store learns no link, and
loading the page again neither shows it again nor issues another.
"""

import base64
import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.urls import reverse

from netralitas.lib import qr, vault


@dataclass(frozen=True)
class IssuedLink:
    """The link, and the address at which a message with it is ready to be sent, if it is to be."""

    link: str
    message: str = ""

    @property
    def qr(self):
        """A picture that leads to it."""
        return qr.data_uri(self.link)


def address_of(token):
    """The whole address of a personal link."""
    return settings.SITE_URL + reverse("personal-link", args=[token])


def keep(session, participant, link, message=""):
    """Keep the link for the next page of `participant`."""
    told = json.dumps(asdict(IssuedLink(link, message))).encode()
    session[_label(participant)] = base64.b64encode(vault.lock(told, _label(participant))).decode()


def take(session, participant):
    """The `IssuedLink` that was kept for `participant`, once; else None."""
    sealed = session.pop(_label(participant), None)
    if sealed is None:
        return None
    try:
        told = vault.unlock(base64.b64decode(sealed), _label(participant))
    except vault.VaultError:
        return None
    return IssuedLink(**json.loads(told))


def _label(participant):
    return f"link:{participant.uuid}"
