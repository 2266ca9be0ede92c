"""The audit trail as people read it: what each event was about, in words."""

from collections import defaultdict
from collections.abc import Mapping

from django.apps import apps
from django.core.exceptions import ValidationError

from .choices import RoleName

LONGEST_LIST = 5
# Keys of an event's data that hold the UUID of another object.
REFERENCES = ("agency", "from", "to")

# What an event can be about, by the name of its model.
OBJECT_TYPES = {
    "agency": "Instansi",
    "employee": "Pegawai",
    "user": "Pengguna",
    "rosterimport": "Impor",
    "election": "Pemilu",
    "pledgetext": "Naskah",
    "ceremony": "Acara",
    "participant": "Peserta",
}
# What the keys and values of an event's data mean.
EVENT_DETAILS = {
    "role": "peran",
    "agency": "instansi",
    "fields": "data yang diubah",
    "files": "berkas",
    "name": "nama",
    "email": "surel",
    "employee": "pegawai",
    "sha256": "SHA-256",
    "counts": "jumlah",
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah",
    "left": "keluar",
    "unchanged": "tetap",
    "rejected": "ditolak",
    "units": "unit",
    "heads": "kepala yang berganti",
    "partial": "hanya sebagian",
    "new_government": "pemerintah daerah baru",
    "created": "dibuat",
    "renamed": "berganti nama",
    "total": "seluruhnya",
    "deactivates": "menonaktifkan yang keluar",
    "count": "jumlah",
    "filters": "saringan",
    "participants": "peserta",
    "signed": "sudah menandatangani",
    "late": "susulan",
    "digest": "sidik digital",
    "from": "dari",
    "to": "ke",
    "employees": "pegawai",
    "roles": "peran",
    "channel": "jalan masuk",
    "method": "cara",
    "way": "cara masuk",
    "second_factor": "faktor kedua",
    "step": "langkah",
    "kind": "jenis",
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
    yield from ((kind, event.data[key]) for key in REFERENCES if key in event.data)


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

    A key without a label is shown as it is stored: nothing recorded is hidden from an auditor.
    """
    data = {
        key: names.get(value, value) if key in REFERENCES else _shown(value)
        for key, value in event.data.items()
    }
    return [f"{EVENT_DETAILS.get(key, key)}: {shown}" for key, shown in data.items()]


def _shown(value):
    """A stored value in words."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Mapping):
        return ", ".join(
            f"{EVENT_DETAILS.get(key, key)} {_shown(part)}" for key, part in value.items()
        )
    if isinstance(value, list):
        more = f" dan {len(value) - LONGEST_LIST} lagi" if len(value) > LONGEST_LIST else ""
        return "; ".join(_shown(part) for part in value[:LONGEST_LIST]) + more
    if value in RoleName.values:
        return RoleName(value).label
    return EVENT_DETAILS.get(value, str(value)) if isinstance(value, str) else str(value)
