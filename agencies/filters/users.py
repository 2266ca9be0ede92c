"""What may be asked of the list of accounts."""

import django_filters

from ..choices import AccountState, Concern, RoleName
from .common import ListFilter, search_field


class UserFilter(ListFilter):
    """Accounts by words, by role, by whether one can log in, and by what there is to check."""

    q = search_field("Cari pengguna", "Nama, nama pengguna, NIP, atau instansi", method="matching")
    role = django_filters.ChoiceFilter(
        label="Peran", choices=RoleName.choices, empty_label="Semua peran", method="holding"
    )
    state = django_filters.ChoiceFilter(
        label="Status", choices=AccountState.choices, empty_label="Semua status", method="in_state"
    )
    concern = django_filters.ChoiceFilter(
        label="Perlu diperiksa", choices=Concern.choices, empty_label="Semua", method="of_concern"
    )

    def matching(self, users, name, value):
        return users.matching(value)

    def holding(self, users, name, value):
        return users.holding(value)

    def in_state(self, users, name, value):
        return users.in_state(value)

    def of_concern(self, users, name, value):
        return users.of_concern(value)
