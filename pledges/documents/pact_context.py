"""What one pact prints, put together from the signature and the ceremony it belongs to."""

import json
import re
from datetime import UTC

from django.conf import settings
from django.urls import reverse

from agencies.choices import AgencyLevel
from agencies.services.logos import logo_of
from netralitas.lib import dates
from netralitas.lib.codes import grouped

from ..choices import Channel, IdentityCheck, SigningMethod
from . import pact, pact_pictures

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
BY_CHECK = {
    IdentityCheck.CARD: "KTP atau kartu pegawai dilihat",
    IdentityCheck.KNOWN: "dikenal secara pribadi",
}
BY_METHOD = {
    SigningMethod.DRAWN: "dengan goresan tanda tangan",
    SigningMethod.TYPED: "dengan nama yang diketik",
}


class Common:
    """What the pacts of one batch have in common, looked up once: governments and their emblems.

    Not kept longer than a batch: what HR changes shows in the next.
    """

    def __init__(self):
        self.governments, self.emblems = {}, {}

    def government_of(self, agency):
        """The government of an agency."""
        path = agency.government_path
        if path not in self.governments:
            self.governments[path] = agency.government
        return self.governments[path]

    def emblem_of(self, opd):
        """The `emblem` of an OPD."""
        if opd.path not in self.emblems:
            self.emblems[opd.path] = emblem(opd)
        return self.emblems[opd.path]


def pact_context(signature, common=None):
    """The `PactContext` of a signature; whoever makes many hands on one `Common`.

    Identity and agency are those frozen in the ceremony; the text is the published version signed;
    times are in the ceremony's zone.
    """
    common = common or Common()
    participant = signature.participant
    ceremony = participant.ceremony
    address = settings.SITE_URL + reverse("verify-receipt", args=[signature.receipt])
    government = common.government_of(ceremony.organizer)
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
        strokes=signature.strokes if drawn else (),
        typed_name=signature.typed_name,
        verify_url=address,
        receipt=grouped(signature.receipt),
        digest=signature.digest,
        how_signed=how_signed(signature, ceremony.time_zone),
        late_label=signature.timing,
        **letterhead(participant.opd, participant.opd_name, government),
        emblem=common.emblem_of(participant.opd),
        **wording(ceremony.text),
        **acknowledger(participant, government),
    )


def kop(opd, opd_name, government):
    """The letterhead with its emblem, that of the OPD or of the agency above that has one."""
    return {**letterhead(opd, opd_name, government), "emblem": emblem(opd)}


def letterhead(opd, opd_name, government):
    """The words of the letterhead: government, OPD as frozen (unless the government itself), its
    address or that of the government.
    """
    is_opd = opd.level != AgencyLevel.GOVERNMENT
    return {
        "kop_government": government.name.upper(),
        "kop_agency": opd_name.upper() if is_opd else "",
        "kop_address": opd.address or government.address,
    }


def emblem(opd):
    """The nearest logo, else the neutral emblem."""
    logo = logo_of(opd)
    return pact_pictures.image_uri(bytes(logo.png), "image/png") if logo else pact.neutral_emblem()


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
        f"Ditandatangani secara elektronik {way_in(signature)}, "
        f"{BY_METHOD[signature.method]}, pada "
        f"{dates.exact_date_time(signature.signed_at, zone)} menurut jam server."
    )


def way_in(signature):
    """By which way in; where somebody helped, who it was and how identity was checked, as the
    record says: the helper may be called otherwise by now.
    """
    if signature.channel != Channel.ASSISTED:
        return f"melalui {BY_CHANNEL[signature.channel]}"
    identified_by = json.loads(signature.record)["identified_by"]
    return (
        f"di perangkat {identified_by['assisted_by']['name']} yang mendampingi dan memeriksa "
        f"identitas ({BY_CHECK[identified_by['identity_check']]})"
    )


def seat_of(government):
    """The town printed before the date; by default the government's name without its form."""
    return government.seat or name_without_form(government)


def name_without_form(government):
    """The place alone: "Pemerintah Kabupaten Murung Raya" gives Murung Raya."""
    return GOVERNMENT_NAME.fullmatch(government.name)["place"]
