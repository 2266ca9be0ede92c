"""Plain objects for tests: agencies, people, texts, ceremonies in every state, invitations.

Whatever a service makes in production is made by that service here as well, so that a test never
stands on rows the product could not have written.
"""

import contextlib
import io
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import uuid4

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from agencies.choices import (
    NUMBER_KIND_OF,
    AgencyLevel,
    EmployeeKind,
    NumberKind,
    RoleName,
    RosterFileKind,
)
from agencies.models import Agency, Employee, Role, User
from agencies.services import import_work, imports
from pledges.choices import (
    CeremonyKind,
    CeremonyState,
    ElectionKind,
    PackKind,
    Scope,
    SigningMethod,
    SlipOrder,
    SlipScope,
)
from pledges.errors import WrongPin
from pledges.models import (
    Ceremony,
    Election,
    Pack,
    PledgeText,
    SlipBatch,
)
from pledges.services import (
    ceremonies,
    invitations,
    pack_work,
    packs,
    signing,
    slip_work,
    slips,
    texts,
)
from pledges.services.guesses import MAX_FAILURES

PASSWORD = "sandi-untuk-uji-2024"
POINTS = [
    "Menjaga dan menegakkan prinsip netralitas dalam melaksanakan pelayanan publik.",
    "Menghindari konflik kepentingan serta tidak melakukan intimidasi dan ancaman.",
    "Menggunakan media sosial secara bijak dan tidak menyebarkan berita bohong.",
    "Menolak politik uang dan segala jenis pemberian dalam bentuk apa pun.",
]
# A signature of two strokes, in the box of netralitas.lib.strokes.
STROKES = [
    [[1500, 3200], [2300, 1100], [3100, 3300], [3900, 1400], [4600, 3000], [5600, 2200]],
    [[1200, 3900], [4200, 3500], [7800, 3700]],
]


# Who --------------------------------------------------------------------------------------------


class GovernmentFactory(DjangoModelFactory):
    """A government: the root of a tree."""

    class Meta:
        model = Agency

    level = AgencyLevel.GOVERNMENT
    name = factory.Sequence(lambda n: f"Pemerintah Kota Contoh {n}")
    slug = factory.Sequence(lambda n: f"kota-contoh-{n}")
    address = "Jalan Merdeka Nomor 1"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.add_root(instance=model_class(**kwargs))


class AgencyFactory(DjangoModelFactory):
    """A node below `parent`, which is fetched anew because its child count changes."""

    class Meta:
        model = Agency
        abstract = True

    address = "Jalan Merdeka Nomor 2"

    @classmethod
    def _create(cls, model_class, *args, parent, **kwargs):
        fresh = model_class.objects.get(pk=parent.pk)
        return model_class.objects.add_child(fresh, instance=model_class(**kwargs))


class OpdFactory(AgencyFactory):
    """An OPD, directly below a government."""

    parent = factory.SubFactory(GovernmentFactory)
    level = AgencyLevel.OPD
    name = factory.Sequence(lambda n: f"Dinas Contoh {n}")


class UnitFactory(AgencyFactory):
    """A unit below an OPD or another unit."""

    parent = factory.SubFactory(OpdFactory)
    level = AgencyLevel.UNIT
    name = factory.Sequence(lambda n: f"Bidang Contoh {n}")


def picture(kind="PNG", size=(60, 40), colour="red"):
    """The bytes of a picture file of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, format=kind)
    return target.getvalue()


def government_of(agency):
    """The government an agency belongs to."""
    return Agency.objects.get(path=agency.government_path)


def number_of(kind, n):
    """A well-formed identity number of the kind, another one for each `n`."""
    born = f"{date(1970, 1, 1) + timedelta(days=n):%Y%m%d}"
    if kind == NumberKind.NIK:
        return f"147201{n:010d}"
    return f"{born}2023211001" if kind == NumberKind.NI_PPPK else f"{born}2010011001"


class EmployeeFactory(DjangoModelFactory):
    """An active employee of an OPD; `kind` decides which number they have."""

    class Meta:
        model = Employee

    class Params:
        n = factory.Sequence(lambda n: n)

    agency = factory.SubFactory(OpdFactory)
    government = factory.LazyAttribute(lambda o: government_of(o.agency))
    kind = EmployeeKind.PNS
    number_kind = factory.LazyAttribute(lambda o: NUMBER_KIND_OF[o.kind])
    number = factory.LazyAttribute(lambda o: number_of(o.number_kind, o.n))
    name = factory.Sequence(lambda n: f"Siti Rahmawati {n}")
    title_suffix = "S.Kom."
    grade = factory.LazyAttribute(lambda o: "III/b" if o.kind == EmployeeKind.PNS else "")
    position = "Pranata Komputer Ahli Pertama"


class UserFactory(DjangoModelFactory):
    """Somebody who can log in with `PASSWORD`, without any role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"pengguna{n}")
    first_name = "Pengguna"
    password = factory.django.Password(PASSWORD)


def user_with_role(role, agency, **fields):
    """A user who holds `role` on `agency` and whose account the agency's government keeps."""
    user = UserFactory(**{"government": government_of(agency), **fields})
    Role.objects.create(user=user, agency=agency, role=RoleName(role))
    return user


def roster_import(opd, people=1, heading="NIP"):
    """An import of new people of `opd` as the worker has read it; it waits for HR.

    Under a heading that nobody knows it waits for the meaning of that column instead.
    """
    rows = [f"{number_of(NumberKind.NIP, n)};Orang {n};{opd.name}" for n in range(people)]
    content = "\n".join([f"{heading};NAMA;UNIT KERJA", *rows]).encode()
    received = imports.receive(
        actor=None,
        government=government_of(opd),
        files=[(RosterFileKind.ROSTER, SimpleUploadedFile("pegawai.csv", content))],
        partial=True,
    )
    import_work.read(str(received.uuid))
    received.refresh_from_db()
    return received


# What -------------------------------------------------------------------------------------------


class ElectionFactory(DjangoModelFactory):
    """An election of a government, without phases."""

    class Meta:
        model = Election

    government = factory.SubFactory(GovernmentFactory)
    kind = ElectionKind.PEMILU
    name = factory.Sequence(lambda n: f"Pemilu Tahun {2024 + n}")
    year = 2024


class DraftTextFactory(DjangoModelFactory):
    """A draft of a pledge text with four points, owned by a government."""

    class Meta:
        model = PledgeText

    government = factory.SubFactory(GovernmentFactory)
    family = factory.Sequence(lambda n: f"naskah-{n}")
    title = factory.Sequence(lambda n: f"Naskah {n}")
    heading = "Ikrar Netralitas Pegawai pada Pemilu Tahun 2024"
    opening = "Dalam rangka menyukseskan pelaksanaan Pemilu Tahun 2024 kami berikrar:"
    points = factory.LazyFunction(lambda: list(POINTS))
    closing = "Demikian ikrar ini kami buat dengan penuh integritas dan rasa tanggung jawab."
    sanction = (
        "Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi sesuai ketentuan "
        "peraturan perundang-undangan."
    )
    legal_basis = "Undang-Undang Nomor 20 Tahun 2023 Pasal 9 ayat (2)."
    people_word = "Pegawai"


def published_text(**fields):
    """A text that may be signed."""
    return texts.publish(actor=None, text=DraftTextFactory(**fields))


def draft_ceremony(organizer=None, waves=ceremonies.ONE_WAVE, **fields):
    """A draft for the whole subtree of `organizer` (a new OPD if none is given)."""
    organizer = organizer or OpdFactory()
    government = government_of(organizer)
    values = {
        "kind": CeremonyKind.APEL,
        "title": "Apel Ikrar Netralitas",
        "place": "Halaman Kantor",
        "starts_at": datetime(2023, 1, 11, 1, 0, tzinfo=UTC),
        "scope": Scope.SUBTREE,
        **fields,
    }
    values.setdefault("election", None)
    values["election"] = values["election"] or ElectionFactory(government=government)
    values["text"] = values.get("text") or published_text(government=government)
    return ceremonies.save_draft(
        actor=None,
        ceremony=Ceremony(organizer=organizer, **values),
        agencies=[],
        officials=[{"role": "LEADER", "name": "Khairil Adli", "position": "Kepala Dinas"}],
        waves=waves,
    )


def ceremony_in(state, organizer=None, employees=1, **fields):
    """A ceremony led to `state` by the services, for `employees` new people of `organizer`."""
    organizer = organizer or OpdFactory()
    EmployeeFactory.create_batch(employees, agency=organizer)
    ceremony = draft_ceremony(organizer, **fields)
    for step in STEPS_TO[CeremonyState(state)]:
        step(actor=None, ceremony=ceremony)
    return ceremony


REASON = "Lapangan tidak dapat dipakai."
cancel = partial(ceremonies.cancel, reason=REASON)
STEPS_TO = {
    CeremonyState.DRAFT: (),
    CeremonyState.READY: (ceremonies.freeze,),
    CeremonyState.OPEN: (ceremonies.freeze, ceremonies.open_signing),
    CeremonyState.CLOSED: (
        ceremonies.freeze,
        ceremonies.open_signing,
        ceremonies.close_signing,
    ),
    CeremonyState.ARCHIVED: (
        ceremonies.freeze,
        ceremonies.open_signing,
        ceremonies.close_signing,
        ceremonies.archive,
    ),
    CeremonyState.CANCELLED: (cancel,),
}


def open_ceremony(organizer=None, employees=1, **fields):
    """A ceremony at which people can sign now."""
    return ceremony_in(CeremonyState.OPEN, organizer, employees, **fields)


HEADS_FIRST = (
    {"name": "Pimpinan", "positions": ["Kepala Dinas"]},
    {"name": "Peserta lainnya"},
)


def ceremony_in_waves(organizer=None, waves=HEADS_FIRST, state="OPEN"):
    """A ceremony of a head ("Kepala Dinas") and one other employee, in waves."""
    organizer = organizer or OpdFactory()
    EmployeeFactory(agency=organizer, position="Kepala Dinas")
    EmployeeFactory(agency=organizer)
    ceremony = draft_ceremony(organizer, waves=waves)
    for step in STEPS_TO[CeremonyState(state)]:
        step(actor=None, ceremony=ceremony)
    return ceremony


def participant_of(ceremony, index=0):
    """One participant of a ceremony, in the order of the roster."""
    return ceremony.participants.order_by("id")[index]


# Signing ----------------------------------------------------------------------------------------


def link_of(participant):
    """The token of a new personal link."""
    return invitations.issue_link(actor=None, participant=participant)


def pin_of(participant):
    """The PIN of a new slip."""
    slips = invitations.issue_slips(
        actor=None, ceremony=participant.ceremony, participants=[participant]
    )
    return slips[0].pin


def locked_slip(participant):
    """The invitation of a slip whose PIN was typed wrong five times; the PIN is 8 digits."""
    pin = pin_of(participant)
    wrong = "00000000" if pin != "00000000" else "11111111"
    for _ in range(MAX_FAILURES):
        with contextlib.suppress(WrongPin):
            invitations.find_by_pin(
                ceremony=participant.ceremony, number=participant.number, pin=wrong
            )
    return participant.invitations.locked(timezone.now()).get()


def slip_batch(
    ceremony, asker=None, opd=None, made=True, order=SlipOrder.UNIT, scope=SlipScope.ALL
):
    """A sheet of slips that `asker` (a new operator of the organizer) asked for; made, if wanted,
    as the worker makes it.
    """
    asker = asker or user_with_role(RoleName.OPERATOR, ceremony.organizer)
    batch = slips.ask(actor=asker, ceremony=ceremony, opd=opd, order=order, scope=scope)
    if made:
        slip_work.make(str(batch.uuid))
        batch = SlipBatch.objects.get(pk=batch.pk)
    return batch


def pack(ceremony, asker=None, opd=None, made=True, kind=PackKind.ARCHIVE):
    """A pack that `asker` (a new head of the organizer) asked for; made, if wanted, as the worker
    makes it.
    """
    asker = asker or user_with_role(RoleName.HEAD, ceremony.organizer)
    found = packs.ask(actor=asker, ceremony=ceremony, opd=opd, kind=kind)
    if made:
        pack_work.make(str(found.uuid))
        found = Pack.objects.get(pk=found.pk)
    return found


def invitation_of(participant):
    """A new personal link's invitation, as the pages find it."""
    return invitations.find_by_token(link_of(participant))


def submission_for(participant, **changes):
    """A complete drawn submission, as the signing page sends it."""
    text = participant.ceremony.text
    values = {
        "key": uuid4(),
        "text_digest": text.digest,
        "points": frozenset(range(1, len(text.points) + 1)),
        "consent": True,
        "method": SigningMethod.DRAWN,
        "strokes": STROKES,
    }
    return signing.Submission(**{**values, **changes})


def sign(participant, **changes):
    """The participant's signature, given through a personal link."""
    return signing.sign(
        invitation=invitation_of(participant), submission=submission_for(participant, **changes)
    )
