"""What a paper says of the moment it was made, and whether its figures may still change."""

from django.utils.formats import number_format

from netralitas.lib import dates

from ..choices import CeremonyState
from ..services import campaign_figures, register


def is_provisional(ceremony, now):
    """Whether somebody may still sign, or what was signed in time may still arrive."""
    return ceremony.state == CeremonyState.READY or ceremony.takes_deliveries(now)


def as_of(ceremony, now):
    """ "keadaan pukul 09.15 WIB, Selasa, 13 Desember 2022"."""
    zone = ceremony.time_zone
    return f"keadaan pukul {dates.time_with_zone(now, zone)}, {dates.long_date(now, zone)}"


def warning(ceremony, now):
    """The words in the frame of a paper that is not final; nothing for one that is."""
    if ceremony.state == CeremonyState.CANCELLED:
        return f"Acara dibatalkan, {as_of(ceremony, now)}"
    return f"Sementara, {as_of(ceremony, now)}" if is_provisional(ceremony, now) else ""


def note(ceremony, now):
    """The same for a paper that says it in any case."""
    return warning(ceremony, now) or f"K{as_of(ceremony, now)[1:]}"


def annulled(count):
    """How many signatures count no longer, as label and value; nothing where all of them do."""
    if not count:
        return ()
    shown = number_format(count, force_grouping=True)
    return (("Pembatalan", f"{shown} tanda tangan dibatalkan dan tidak dihitung sebagai sudah."),)


def share_in_lead(ceremony):
    """One sentence: how many of the organiser's people take part in the lead of its campaign.

    They are no participants of this ceremony, as everybody counts once. Nothing if there are none.
    """
    share = campaign_figures.share_in_lead(ceremony)
    if share is None or not share.invited:
        return ""
    invited = number_format(share.invited, force_grouping=True)
    signed = number_format(share.signed, force_grouping=True)
    return (
        f"{invited} pegawai {ceremony.organizer.name} menjadi peserta acara induk “{share.name}”, "
        f"{signed} di antaranya sudah menandatangani; mereka tidak termasuk peserta acara ini."
    )


def lead(ceremony):
    """The same as label and value of a paper; nothing where there is nothing to say."""
    sentence = share_in_lead(ceremony)
    return (("Acara induk", sentence),) if sentence else ()


def cancelled(ceremony):
    """Why a cancelled ceremony was cancelled, as label and value; nothing for any other."""
    return (("Dibatalkan", f"Alasan: {ceremony.reason}"),) if ceremony.is_cancelled else ()


def occasion(ceremony):
    """What every paper says of its ceremony: label and value."""
    return (
        ("Acara", ceremony.title),
        ("Pemilu", ceremony.election.name),
        ("Waktu", dates.date_time(ceremony.starts_at, ceremony.time_zone)),
        ("Tempat", ceremony.place),
        *cancelled(ceremony),
    )


def register_head(ceremony):
    """The head of the register, of which whoever keeps the paper holds a copy: label and value.

    Nothing as long as no signature is in the register.
    """
    head = register.latest_head()
    if head is None:
        return ()
    moment = dates.exact_date_time(head.made_at, ceremony.time_zone)
    size = number_format(head.size, force_grouping=True)
    return (("Register", f"{size} isi pada {moment}, akar {head.root}"),)
