"""What one pact prints, put together from the signature and the ceremony it belongs to."""

import re
from datetime import UTC

from django.conf import settings
from django.urls import reverse

from agencies.choices import AgencyLevel
from agencies.services.logos import logo_of
from netralitas.lib import dates
from netralitas.lib.codes import grouped

from ..choices import Channel, SigningMethod
from . import pact

HEADING = "PAKTA INTEGRITAS"
# "Kota" as a word of its own in front: Kotabaru and Lima Puluh Kota are kabupaten.
GOVERNMENT_NAME = re.compile(
    r"(?:Pemerintah )?(?:Daerah (?=Kota |Kabupaten |Provinsi ))?"
    r"(?:(?P<form>Kota|Kabupaten|Provinsi) )?(?P<place>.+)",
    re.IGNORECASE,
)
RULERS = {"Kota": "Wali Kota", "Kabupaten": "Bupati", "Provinsi": "Gubernur"}
BY_CHANNEL = {
    Channel.SLIP: "kode acara, nomor pegawai, dan PIN dari slip tercetak",
    Channel.EMAIL: "tautan pribadi yang dikirim melalui surel",
    Channel.WHATSAPP: "tautan pribadi yang dikirim melalui WhatsApp",
    Channel.LINK: "tautan pribadi",
    Channel.ACCOUNT: "akun sendiri pada aplikasi ini",
}
BY_METHOD = {
    SigningMethod.DRAWN: "dengan goresan tanda tangan",
    SigningMethod.TYPED: "dengan nama yang diketik",
}


def pact_context(signature):
    """The `PactContext` of a signature.

    Identity and agency are those frozen in the ceremony; the text is the published version signed;
    times are in the ceremony's zone.
    """
    participant = signature.participant
    ceremony = participant.ceremony
    address = settings.SITE_URL + reverse("verify-receipt", args=[signature.receipt])
    government = ceremony.organizer.government
    drawn = signature.method == SigningMethod.DRAWN
    return pact.PactContext(
        document_title=f"{HEADING} {participant.name}",
        identifier=signature.digest[:32],
        signed_at=signature.signed_at.astimezone(UTC).isoformat(timespec="seconds"),
        heading=heading(ceremony),
        identity=identity(participant, government),
        place_and_date=f"{seat_of(government)}, "
        f"{dates.date_only(signature.signed_at, ceremony.time_zone)}",
        signer_name=participant.name,
        signer_number=pact.number_line(participant.number, participant.number_kind),
        signature=pact.signature_image(signature.strokes) if drawn else "",
        typed_name=signature.typed_name,
        qr=pact.qr_image(address),
        verify_url=address,
        receipt=grouped(signature.receipt),
        digest=signature.digest,
        how_signed=how_signed(signature, ceremony.time_zone),
        late_label="Penandatanganan susulan" if signature.late else "",
        **kop(participant.opd, participant.opd_name, government),
        **wording(ceremony.text),
        **acknowledger(participant, government),
    )


def kop(opd, opd_name, government):
    """The letterhead: government, OPD as frozen (unless the government itself), its address and
    logo, or those of the agency above that has them.
    """
    is_opd = opd.level != AgencyLevel.GOVERNMENT
    return {
        "kop_government": government.name.upper(),
        "kop_agency": opd_name.upper() if is_opd else "",
        "kop_address": opd.address or government.address,
        "emblem": emblem(opd),
    }


def emblem(opd):
    """The nearest logo, else the neutral emblem."""
    logo = logo_of(opd)
    return pact.image_uri(bytes(logo.png), "image/png") if logo else pact.neutral_emblem()


def heading(ceremony):
    """Three lines: what it is, whose neutrality, before which election."""
    return (
        HEADING,
        f"NETRALITAS {ceremony.text.people_word}".upper(),
        f"PADA {ceremony.election.name}".upper(),
    )


def wording(text):
    """The words of the published text."""
    return {
        "opening": "dengan ini menyatakan dan berikrar:",
        "points": tuple(text.points),
        "sanction": text.sanction,
        "closing": text.closing,
    }


def identity(participant, government):
    """The identity table, as frozen."""
    return pact.identity_rows(
        name=participant.name,
        number=participant.number,
        kind=participant.number_kind,
        grade=participant.grade,
        position=participant.position,
        unit=participant.unit_with_opd,
        government=government.name,
    )


def acknowledger(participant, government):
    """Who takes note ("Mengetahui"): the head of the OPD; for that head's own pact one above.

    Where the person is not known, the title stands alone and leaves room for a name by hand.
    """
    head, title = participant.opd.head, title_of_head(participant.opd, participant.opd_name)
    if head and head.pk == participant.employee_id:
        head, title = government.head, title_of_head(government, government.name)
    if head is None or head.pk == participant.employee_id:
        return {"acknowledger_title": title}
    return {
        "acknowledger_title": head.position or title,
        "acknowledger_name": head.full_name,
        "acknowledger_number": pact.number_line(head.number, head.number_kind),
    }


def title_of_head(agency, name):
    """What the head of an agency of that name is called when nobody is named."""
    found = GOVERNMENT_NAME.fullmatch(name)
    if agency.level == AgencyLevel.GOVERNMENT and found["form"]:
        return f"{RULERS[found['form'].title()]} {found['place']}"
    return f"Kepala {name}"


def how_signed(signature, zone):
    """One sentence: by which way in, how, when by the server's clock."""
    return (
        f"Ditandatangani secara elektronik melalui {BY_CHANNEL[signature.channel]}, "
        f"{BY_METHOD[signature.method]}, pada "
        f"{dates.exact_date_time(signature.signed_at, zone)} menurut jam server."
    )


def seat_of(government):
    """The town printed before the date; by default the government's name without its form."""
    return government.seat or name_without_form(government)


def name_without_form(government):
    """The place alone: "Pemerintah Kabupaten Murung Raya" gives Murung Raya."""
    return GOVERNMENT_NAME.fullmatch(government.name)["place"]
