"""The list of accounts."""

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from netralitas.lib.dates import date_time
from netralitas.lib.numbers import printed

from ..models import User
from ..reports import concerns_of
from .cells import with_note

NEVER = "Belum pernah"
YES, NO = "Ya", "Belum"


class UserTable(tables.Table):
    """Accounts with their roles; `zone` is the time zone of all times.

    The rows come from `reports.account_rows`, which knows second factor and last invitation.
    """

    noun = "pengguna"

    name = tables.Column(
        "Nama", accessor="first_name", order_by=("first_name", "username"), empty_values=()
    )
    username = tables.Column("Nama pengguna", visible=False)
    number = tables.Column("NIP / NI PPPK / NIK", accessor="employee__number", visible=False)
    roles = tables.Column("Peran", orderable=False, empty_values=())
    has_factor = tables.Column("Faktor kedua", order_by=("has_factor", "first_name", "username"))
    last_login = tables.Column(
        "Terakhir masuk", order_by=("last_login", "username"), empty_values=()
    )
    state = tables.Column("Status", orderable=False)

    class Meta:
        model = User
        fields = ("name", "username", "number", "roles", "has_factor", "last_login", "state")
        order_by = "name"

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone

    def render_name(self, record):
        link = reverse("user-detail", args=[record.uuid])
        return with_note(format_html('<a href="{}">{}</a>', link, record), record.username)

    def value_name(self, record):
        return str(record)

    def value_number(self, record):
        return printed(record.employee.number, record.employee.number_kind)

    def render_roles(self, record):
        lines = ((role.get_role_display(), role.agency.name) for role in record.roles.all())
        pattern = '<span class="d-block">{}<small class="d-block muted">{}</small></span>'
        return format_html_join("", pattern, lines) or "—"

    def value_roles(self, record):
        roles = record.roles.all()
        return "; ".join(f"{role.get_role_display()}: {role.agency.name}" for role in roles)

    def render_has_factor(self, value):
        return YES if value else NO

    def render_last_login(self, record):
        return date_time(record.last_login, self.zone) if record.last_login else NEVER

    def render_state(self, record):
        context = {"record": record, "concerns": concerns_of(record)}
        return render_to_string("users/_state.html", context)

    def value_state(self, record):
        concerns = (concern.label for concern in concerns_of(record))
        return "; ".join([record.state.label, *concerns])
