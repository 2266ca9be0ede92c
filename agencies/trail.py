"""The audit trail as people read it: what each event was about, in words."""

from collections import defaultdict
from collections.abc import Mapping

from django.apps import apps
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format

from netralitas.lib import dates

from .choices import RoleName, RosterFileKind

LONGEST_LIST = 5
# Keys of an event's data that hold the UUID of another object.
REFERENCES = ("agency", "parent", "from", "to", "assignee")
# Keys whose value is a moment, as `netralitas.lib.dates.kept` writes it.
MOMENTS = ("was_at", "will_be_at")

# What an event can be about, by the name of its model.
OBJECT_TYPES = {
    "agency": "Instansi",
    "employee": "Pegawai",
    "user": "Pengguna",
    "rosterimport": "Impor",
    "election": "Pemilu",
    "pledgetext": "Naskah",
    "guidance": "Panduan",
    "campaign": "Rangkaian",
    "ceremony": "Acara",
    "participant": "Peserta",
}
# What the keys and values of an event's data mean; tests/event_words.py holds that none is missing.
EVENT_DETAILS = {
    **dict(RoleName.choices),
    **dict(RosterFileKind.choices),
    # What a mailing is for
    "INVITATION": "undangan",
    "REMINDER": "pengingat",
    "LAST_CALL": "panggilan terakhir",
    # How many
    "count": "jumlah",
    "counts": "jumlah",
    "total": "seluruhnya",
    "units": "unit",
    "employees": "pegawai",
    "heads": "kepala yang berganti",
    "vacated": "kepala yang dikosongkan",
    "roles": "peran",
    "participants": "peserta",
    "shared_addresses": "dilewati karena surelnya dipakai bersama",
    "signed": "sudah menandatangani",
    "phases": "tahapan",
    # Which object
    "agency": "instansi",
    "parent": "di bawah",
    "from": "dari",
    "to": "ke",
    "role": "peran",
    "assignee": "ditugaskan kepada",
    # Which data
    "fields": "data yang diubah",
    "name": "nama",
    "number": "nomor identitas",
    "kind": "jenis",
    "title_prefix": "gelar depan",
    "title_suffix": "gelar belakang",
    "grade": "golongan",
    "position": "jabatan",
    "echelon": "eselon",
    "email": "surel",
    "phone": "nomor ponsel",
    "employee": "pegawai",
    "address": "alamat",
    "head": "kepala",
    "seat": "tempat kedudukan",
    "time_zone": "zona waktu",
    "siasn_id": "ID SIASN",
    "logo": "logo",
    # Which columns of a roster
    "nik": "NIK",
    "email_gov": "surel dinas",
    "employment": "jenis pegawai",
    "legal_position": "kedudukan hukum",
    "status": "status",
    "unit_id": "ID unit kerja",
    "unit_name": "nama unit kerja",
    "opd_name": "nama OPD",
    "employer": "instansi kerja",
    "birth_date": "tanggal lahir",
    "id": "ID unit",
    "parent_id": "ID unit atasan",
    # An import
    "files": "berkas",
    "file": "berkas SHA-256",
    "sha256": "SHA-256",
    "bytes": "ukuran",
    "plan": "pratinjau SHA-256",
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah",
    "left": "keluar",
    "unchanged": "tetap",
    "rejected": "ditolak",
    "warnings": "peringatan",
    "created": "dibuat",
    "renamed": "berganti nama",
    "revived": "dipakai kembali",
    "adopted": "dikenali dari namanya",
    "absent": "tidak ada dalam hierarki",
    "partial": "hanya sebagian",
    "new_government": "pemerintah daerah baru",
    "deactivates": "menonaktifkan yang keluar",
    # What a list was narrowed by
    "filters": "saringan",
    "q": "kata pencarian",
    "use": "status",
    "active": "status",
    "state": "status",
    "act": "perbuatan",
    "object": "satu objek",
    "object_type": "objek",
    "since": "dari tanggal",
    "until": "sampai tanggal",
    "group": "kelompok",
    "concern": "perlu diperiksa",
    # An account
    "twice": "nomor di dua pemerintah daerah",
    "reason": "alasan",
    "account_ended": "akun diakhiri",
    "other_employee": "pegawainya diganti",
    "other_account": "masuk dengan akun lain bernomor sama",
    # Logging in
    "way": "cara",
    "step": "langkah",
    "second_factor": "faktor kedua",
    "password": "kata sandi",
    "passkey": "kunci sandi",
    "sso": "masuk tunggal (SSO)",
    "code": "kode faktor kedua",
    "again": "konfirmasi ulang",
    "inactive": "akun tidak aktif",
    "link": "tautan surel",
    "session": "saat masuk",
    "totp": "aplikasi autentikator",
    "webauthn": "kunci sandi",
    "recovery_codes": "kode pemulihan",
    # A schedule
    "was_at": "semula",
    "will_be_at": "menjadi",
    "place_changed": "tempat berubah",
    # A campaign
    "ceremonies": "acara",
    "lead": "acara induk",
    # Signing
    "wave": "gelombang",
    "channel": "jalan masuk",
    "SLIP": "slip PIN",
    "EMAIL": "surel",
    "WHATSAPP": "WhatsApp",
    "LINK": "tautan pribadi",
    "ACCOUNT": "akun sendiri",
    "ASSISTED": "didampingi operator",
    "late": "susulan",
    "wrong_pin": "PIN salah lima kali",
    "digest": "sidik digital",
    "WRONG_PERSON": "dibubuhkan oleh orang lain",
    "WRONGLY_ASSISTED": "pendampingan tidak sesuai ketentuan",
    "TRIAL": "dibubuhkan saat uji coba",
    "OTHER": "alasan lain",
    "paper": "berkas",
    "MINUTES": "berita acara",
    "ATTENDANCE": "daftar hadir",
    "RECAP": "rekapitulasi",
    "ARCHIVE": "arsip ZIP",
    "PRINT": "PDF untuk dicetak",
    "lost": "SHA-256 berkas yang hilang",
    # Reports of breaches
    "report": "jenis laporan",
    "REPORT_SOCIAL_MEDIA": "keberpihakan di media sosial",
    "REPORT_CAMPAIGN": "keikutsertaan dalam kampanye",
    "REPORT_FACILITIES": "penggunaan fasilitas negara",
    "REPORT_DECISION": "keputusan yang menguntungkan atau merugikan",
    "REPORT_MOBILISING": "pengerahan pegawai",
    "REPORT_OTHER": "lainnya",
    "forwarded": "diteruskan ke",
    "TO_BAWASLU": "Bawaslu",
    "TO_GAKKUMDU": "Sentra Gakkumdu",
    "TO_BKN": "BKN",
    "TO_INSPEKTORAT": "Inspektorat",
    "TO_NOBODY": "belum diteruskan",
}


def named_objects(events):
    """{UUID: name} of what `events` are about or mention, one query for each type among them.

    Objects that are no more, or of a type no longer known, are left out.
    """
    ids = defaultdict(set)
    for event in events:
        for kind, uuid in _mentioned(event):
            ids[kind].add(uuid)
    return {
        str(found.uuid): str(found)
        for kind, wanted in ids.items()
        for found in _objects(kind, wanted)
    }


def _mentioned(event):
    """(object type, UUID) of the event's object and of what its data refers to."""
    yield event.object_type, event.object_id
    kind = event.object_type if event.object_type == "pledgetext" else "agency"
    for key in REFERENCES:
        if key in event.data:
            yield "user" if key == "assignee" else kind, event.data[key]


def _objects(name, ids):
    model = next((model for model in apps.get_models() if model._meta.model_name == name), None)
    if model is None:
        return []
    try:
        return model._base_manager.in_bulk(ids, field_name="uuid").values()
    except ValidationError:
        return []


def details(event, names):
    """What an event's data says, as "label: value" lines in Indonesian; `names` by UUID.

    A key or value without a label is shown as it is stored: nothing recorded is hidden from an
    auditor.
    """
    return [
        f"{EVENT_DETAILS.get(key, key)}: {_told(key, value, names)}"
        for key, value in event.data.items()
    ]


def _told(key, value, names):
    """The value of one key of an event's data, in words."""
    if key in REFERENCES:
        return names.get(value, value)
    if key in MOMENTS:
        return dates.of_kept(value)
    return filesizeformat(value) if key == "bytes" else _shown(value)


def _shown(value):
    """A stored value in words."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    if isinstance(value, Mapping):
        return ", ".join(
            f"{EVENT_DETAILS.get(key, key)} {_shown(part)}" for key, part in value.items()
        )
    if isinstance(value, list):
        more = f" dan {len(value) - LONGEST_LIST} lagi" if len(value) > LONGEST_LIST else ""
        return "; ".join(_shown(part) for part in value[:LONGEST_LIST]) + more
    return EVENT_DETAILS.get(value, value) if isinstance(value, str) else str(value)
