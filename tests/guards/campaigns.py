"""What campaigns, schedules and copies are asked with, for the table of access."""

from tests.pledges.views.pages import campaign_form, officials_form, schedule_form


def _in(state):
    return lambda world: {"uuid": world.ceremony(state).uuid}


def _campaign(world):
    return {"uuid": world.campaign.uuid}


ARGUMENTS = {
    "ceremony-cancel": _in("DRAFT"),
    "ceremony-schedule": _in("DRAFT"),
    "ceremony-reschedule": _in("READY"),
    "ceremony-officials": _in("CLOSED"),
    "ceremony-copy": _in("CLOSED"),
    "campaign-detail": _campaign,
    "campaign-edit": _campaign,
    "campaign-ceremonies": _campaign,
}
DATA = {
    "ceremony-cancel": lambda world: {"reason": "Lapangan dipakai"},
    "ceremony-schedule": lambda world: schedule_form(),
    "ceremony-reschedule": lambda world: schedule_form(day="2060-01-12", reason="Hujan lebat"),
    "ceremony-officials": lambda world: officials_form(),
    "campaign-create": lambda world: campaign_form(world.government),
    "campaign-edit": lambda world: campaign_form(world.government),
    "campaign-ceremonies": lambda world: {"opds": [world.opd.uuid]},
}
