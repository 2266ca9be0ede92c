"""The main menu, by what the user may do."""

from dataclasses import dataclass

from django.urls import reverse

from agencies import rules
from agencies.choices import RoleName
from pledges.rules import may_read_seal


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    label: str
    url: str
    icon: str
    active: bool


ENTRIES = [
    ("Beranda", "home", "house"),
    ("Acara", "ceremony-list", "calendar-event"),
    ("Pegawai", "employee-list", "people"),
    ("Instansi", "agency-list", "diagram-3"),
    ("Pemilu", "election-list", "box2"),
    ("Naskah", "text-list", "file-earmark-text"),
]
# What else stands under an entry.
BELOW = {"ceremony-list": ("campaign-list",)}
# Shown to whoever may open them only.
RESTRICTED = [
    (("Impor", "import-list", "file-earmark-arrow-up"), rules.may_see_imports),
    (("Pengguna", "user-list", "person-gear"), rules.may_see_users),
    (("Jejak audit", "event-list", "journal-text"), rules.may_read_events),
    (("Segel", "seal-detail", "patch-check"), may_read_seal),
]


def navigation(request):
    """`navigation` and `role_label` for the page frame; empty for a visitor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "role_label": ""}
    opened = user.rights.grants and not getattr(request, "lacks_factor", False)
    return {
        "navigation": [_item(request, *entry) for entry in entries(user)] if opened else [],
        "role_label": ", ".join(label_of(role) for role in held_roles(user)),
    }


def entries(user):
    """What stands in the menu of somebody who has a role."""
    return [*ENTRIES, *(entry for entry, allowed in RESTRICTED if allowed(user.rights))]


def held_roles(user):
    """The roles the user holds anywhere, strongest first."""
    held = {role for role, _ in user.rights.grants}
    return [role for role in RoleName if role in held]


def label_of(role):
    """The Indonesian name of a role."""
    return RoleName(role).label


def _item(request, label, name, icon):
    url = reverse(name)
    here = request.path
    parts = (url, *(reverse(part) for part in BELOW.get(name, ())))
    active = here == url or any(part != "/" and here.startswith(part) for part in parts)
    return Item(label, url, icon, active)
