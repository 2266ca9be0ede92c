"""Campaigns for tests, and dates set as an OPD sets them."""

from datetime import UTC, date, datetime

from pledges.choices import CeremonyKind
from pledges.models import Campaign
from pledges.services import campaigns, schedules
from tests import factories


def campaign_values(government, **fields):
    """The fields of a campaign of `government`, but its name."""
    return {
        "government": government,
        "kind": CeremonyKind.APEL,
        "title": "Ikrar Netralitas Pegawai",
        "proposed_at": datetime(2023, 1, 18, 0, 30, tzinfo=UTC),
        "deadline": date(2023, 1, 31),
        "election": fields.pop("election", None)
        or factories.ElectionFactory(government=government),
        "text": fields.pop("text", None) or factories.published_text(government=government),
        **fields,
    }


def campaign(government=None, lead=None, opds=(), name="Ikrar Netralitas 2023", **fields):
    """A campaign with a ceremony that is only proposed for each of `opds`."""
    government = government or factories.GovernmentFactory()
    made = Campaign(name=name, **campaign_values(government, **fields))
    campaigns.save_campaign(actor=None, campaign=made, lead=lead, opds=opds)
    return made


SCHEDULED_AT = datetime(2023, 1, 16, 0, 30, tzinfo=UTC)


def schedule(ceremony):
    """Set the date of a draft, as its OPD does."""
    return schedules.set_schedule(
        actor=None,
        ceremony=ceremony,
        starts_at=SCHEDULED_AT,
        time_zone="Asia/Jakarta",
        place="Halaman Kantor",
        officials=[{"role": "LEADER", "name": "Khairil Adli", "position": "Kepala Dinas"}],
    )
