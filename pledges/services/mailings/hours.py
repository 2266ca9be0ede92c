"""When a mailing may be sent, and which moments suggest themselves."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...choices import MailingKind

MORNING = time(8)


@dataclass(frozen=True)
class Suggestion:
    """A kind of mailing and a good moment for it."""

    slug: str
    label: str
    kind: MailingKind
    send_at: datetime
    is_planned: bool = False


def is_quiet(mailing, now):
    """Whether it is night for those who would get it, by the clock of the ceremony."""
    clock = now.astimezone(ZoneInfo(mailing.ceremony.time_zone)).time()
    return not mailing.earliest <= clock < mailing.latest


def begins_at(mailing, moment):
    """The first moment from `moment` on at which it is not night."""
    local = moment.astimezone(ZoneInfo(mailing.ceremony.time_zone))
    if not is_quiet(mailing, local):
        return moment
    day = local.date() + timedelta(days=local.time() > mailing.earliest)
    return datetime.combine(day, mailing.earliest, local.tzinfo)


def suggestions(ceremony, now, mailings):
    """The reminders before, during and after the ceremony whose moment has not passed, each with
    whether it is planned already among `mailings`.

    Before: the morning of the day before. During: when it begins. Last call: the morning of the
    last day of the campaign, else of the day after.
    """
    starts = ceremony.starts_at.astimezone(ZoneInfo(ceremony.time_zone))
    last = ceremony.campaign.deadline if ceremony.campaign else None
    last = max(last or starts.date(), starts.date() + timedelta(days=1))
    all_of_them = [
        Suggestion("sebelum", "Sehari sebelum acara", MailingKind.REMINDER, _morning(starts, -1)),
        Suggestion("saat", "Saat acara dimulai", MailingKind.REMINDER, starts),
        Suggestion(
            "terakhir",
            "Panggilan terakhir",
            MailingKind.LAST_CALL,
            datetime.combine(last, MORNING, starts.tzinfo),
        ),
    ]
    planned = set(mailings.planned().values_list("kind", "send_at"))
    return [
        replace(each, is_planned=(each.kind, each.send_at) in planned)
        for each in all_of_them
        if each.send_at > now
    ]


def _morning(starts, days):
    return datetime.combine(starts.date() + timedelta(days=days), MORNING, starts.tzinfo)
