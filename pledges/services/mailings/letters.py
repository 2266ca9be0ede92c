"""What a mail to a participant says; the link in it is written nowhere else."""

import secrets
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from netralitas.lib.dates import date_only, date_time

from ...choices import MailingKind

HEADERS = {"Auto-Submitted": "auto-generated"}
SUBJECTS = {
    MailingKind.INVITATION: "Undangan: {title}",
    MailingKind.REMINDER: "Pengingat: {title}",
    MailingKind.LAST_CALL: "Panggilan terakhir: {title}",
}
OPENINGS = {
    MailingKind.INVITATION: "Anda diundang mengikuti ikrar netralitas dan menandatangani pakta "
    "integritas berikut.",
    MailingKind.REMINDER: "Kami mengingatkan bahwa Anda tercatat belum menandatangani pakta "
    "integritas berikut.",
    MailingKind.LAST_CALL: "Ini panggilan terakhir: sampai surel ini dikirim, Anda tercatat belum "
    "menandatangani pakta integritas berikut.",
}
SAMPLE_TOKEN = "tautan-pribadi"  # noqa: S105 (no secret: what stands in a preview)
ID_BYTES = 16


def new_message_id():
    """A Message-ID (RFC 5322) that nobody can guess: by it a bounce finds its mail."""
    return f"<{secrets.token_hex(ID_BYTES)}@{urlsplit(settings.SITE_URL).hostname}>"


def values_for(mailing, participant, token=SAMPLE_TOKEN):
    """What the templates of the mail to `participant` fill in."""
    ceremony = mailing.ceremony
    return {
        "name": participant.name,
        "government": ceremony.organizer.government.name,
        "site": settings.SITE_URL,
        "subject": subject_of(mailing),
        "opening": OPENINGS[mailing.kind],
        "ceremony": ceremony,
        "when": date_time(ceremony.starts_at, ceremony.time_zone),
        "last_day": _last_day(ceremony),
        "note": mailing.note.strip(),
        "link": settings.SITE_URL + reverse("personal-link", args=[token]),
        "opd": participant.opd_name,
    }


def _last_day(ceremony):
    """Until when the campaign hopes for signatures; "" without one, and once that day is past."""
    today = timezone.localdate(timezone=ZoneInfo(ceremony.time_zone))
    deadline = ceremony.campaign.deadline if ceremony.campaign else None
    return date_only(deadline) if deadline and deadline >= today else ""


def subject_of(mailing):
    """One line, whatever the title holds."""
    title = " ".join(mailing.ceremony.title.split())
    return SUBJECTS[mailing.kind].format(title=title)


def text_of(values):
    """The plain text of the mail."""
    return render_to_string("emails/pledge.txt", values)


def message_for(mail, token):
    """The mail in plain text and HTML, with the Message-ID that was fixed before."""
    values = values_for(mail.mailing, mail.participant, token)
    headers = {**HEADERS, "Message-ID": mail.message_id}
    message = EmailMultiAlternatives(
        values["subject"], text_of(values), to=[mail.address], headers=headers
    )
    message.attach_alternative(render_to_string("emails/pledge.html", values), "text/html")
    return message
