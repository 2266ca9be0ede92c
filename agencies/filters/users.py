"""What may be asked of the list of accounts."""

import django_filters

from ..choices import AccountState, RoleName
from .common import ListFilter, search_field


class UserFilter(ListFilter):
    """Accounts by name, user name, number or agency, by role, and by whether one can log in."""

    q = search_field("Cari pengguna", "Nama, nama pengguna, NIP, atau instansi", method="matching")
    role = django_filters.ChoiceFilter(
        label="Peran", choices=RoleName.choices, empty_label="Semua peran", method="holding"
    )
    state = django_filters.ChoiceFilter(
        label="Status", choices=AccountState.choices, empty_label="Semua status", method="in_state"
    )

    def matching(self, users, name, value):
        return users.matching(value)

    def holding(self, users, name, value):
        return users.holding(value)

    def in_state(self, users, name, value):
        return users.in_state(value)
