"""The lists of the pledge, as tables."""

import django_tables2 as tables
from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html

from agencies.tables.cells import NUMERIC, with_note
from netralitas.lib import charts, dates, numbers

from . import rules
from .choices import UNDER_WAY, ParticipantState
from .models import Countersignature, Participant, Signature, TreeHead
from .services.follow_ups import may_be_second


class ParticipantTable(tables.Table):
    """The participants of one ceremony."""

    name = tables.Column(
        verbose_name="Nama",
        order_by=("bare_name", "id"),
        linkify=lambda record: reverse(
            "participant-detail", args=[record.ceremony.uuid, record.uuid]
        ),
    )
    number = tables.Column(verbose_name="Nomor", attrs={"td": {"class": "text-nowrap"}})
    agency_name = tables.Column(verbose_name="Unit kerja")
    state = tables.TemplateColumn(
        "{% load ui %}{% state record.state record.get_state_display %}"
        '{% if record.locked %} {% badge "PIN terkunci" "bad" %}{% endif %}',
        verbose_name="Status",
    )

    noun = "peserta"

    class Meta:
        model = Participant
        fields = ["name", "number", "agency_name", "state"]
        order_by = "name"
        empty_text = "Tidak ada peserta yang cocok."

    def render_number(self, value, record):
        printed = numbers.printed(value, record.number_kind)
        return with_note(printed, record.get_number_kind_display())

    def render_agency_name(self, value, record):
        return with_note(value, record.opd_name)


def may_look(user, participant):
    """Whether a refusal awaits the second look of this very user."""
    kept = getattr(participant, "follow_up", None)
    awaits = participant.state == ParticipantState.REFUSED and kept and not kept.looked_by_id
    return bool(awaits) and may_be_second(user, participant, kept)


class ActsColumn(tables.TemplateColumn):
    """What can be done about the participant of the row, by whoever reads the list."""

    def render(self, record, table, **arguments):
        record.may_act = table.runs and rules.may_invite(table.user.rights, record.keeper)
        record.may_invite = record.may_act and record.is_pending and table.ceremony.awaits_signers
        record.may_look = table.runs and may_look(table.user, record)
        return super().render(record=record, table=table, **arguments)


class FollowUpTable(tables.Table):
    """Those of one ceremony who have not signed, as a work list."""

    name = ActsColumn(
        template_name="follow_ups/_name.html", verbose_name="Nama", order_by=("bare_name", "id")
    )
    state = ActsColumn(template_name="follow_ups/_state.html", verbose_name="Status")
    follow_up = tables.TemplateColumn(
        template_name="follow_ups/_follow_up.html",
        verbose_name="Tindak lanjut",
        order_by=("follow_up__assignee__first_name", "bare_name"),
    )
    acts = ActsColumn(
        template_name="follow_ups/_acts.html", verbose_name="Lakukan", orderable=False
    )

    noun = "peserta"

    class Meta:
        model = Participant
        fields = ["name", "state", "follow_up", "acts"]
        order_by = "name"
        empty_text = "Tidak ada peserta yang perlu ditindaklanjuti."

    def __init__(self, rows, *, ceremony, user, carried):
        super().__init__(rows)
        self.ceremony, self.user, self.carried = ceremony, user, carried
        self.runs = ceremony.state in UNDER_WAY
        if not rules.may_invite_any(user.rights):
            self.columns.hide("acts")


# On a phone the figures of one row stand beside each other.
FIGURE = {"th": NUMERIC["th"], "td": {"class": "num cell-short"}}


class RecapTable(tables.Table):
    """How far each OPD of `ceremony` has come, or without one each unit."""

    name = tables.Column(verbose_name="Perangkat daerah")
    invited = tables.Column(verbose_name="Peserta", attrs=FIGURE)
    signed = tables.Column(verbose_name="Sudah", attrs=FIGURE)
    excused = tables.Column(verbose_name="Berhalangan", attrs=FIGURE)
    refused = tables.Column(verbose_name="Menolak", attrs=FIGURE)
    pending = tables.Column(verbose_name="Belum", attrs=FIGURE)
    percent = tables.TemplateColumn(
        "{% load ui %}{% progress record.signed record.invited %}",
        verbose_name="Kemajuan",
        attrs={"td": {"class": "cell-bar"}},
    )

    class Meta:
        orderable = False

    def __init__(self, rows, *, ceremony):
        super().__init__(rows)
        self.ceremony = ceremony
        if ceremony is None:
            self.columns["name"].column.verbose_name = "Unit kerja"

    def render_name(self, value, record):
        if self.ceremony is None:
            return value
        address = reverse("recap", args=[self.ceremony.uuid])
        return format_html('<a href="{}?opd={}">{}</a>', address, record.uuid, value)

    def render_invited(self, value):
        return number_format(value, force_grouping=True)

    render_signed = render_excused = render_refused = render_pending = render_invited


class GroupTable(tables.Table):
    """How far each group has come, with a bar of those who have signed and those who will not."""

    name = tables.Column(verbose_name="Kelompok")
    percent = tables.Column(verbose_name="Kemajuan", attrs={"td": {"class": "cell-bar"}})
    signed = tables.Column(verbose_name="Sudah", attrs=FIGURE)
    pending = tables.Column(verbose_name="Belum", attrs=FIGURE)
    absent = tables.Column(verbose_name="Berhalangan atau menolak", attrs=FIGURE)
    invited = tables.Column(verbose_name="Peserta", attrs=FIGURE)

    class Meta:
        orderable = False

    def render_percent(self, record):
        parts = [("signed", record.signed), ("absent", record.absent)]
        percent = "<1%" if record.signed and not record.percent else f"{record.percent}%"
        bar = charts.share(parts, record.invited)
        return format_html('<span class="share-cell">{}<strong>{}</strong></span>', bar, percent)

    def render_invited(self, value):
        return number_format(value, force_grouping=True)

    render_signed = render_pending = render_absent = render_invited


class OpdGroupTable(GroupTable):
    """The same for OPD, in any order; `waiting` is where those of an OPD are who have not signed,
    by its uuid.
    """

    name = tables.Column(verbose_name="Perangkat daerah")
    percent = tables.Column(
        verbose_name="Kemajuan",
        order_by=("percent", "-pending", "name"),
        attrs={"td": {"class": "cell-bar"}},
    )

    class Meta:
        orderable = True
        order_by = "percent"

    def __init__(self, rows, *, waiting):
        super().__init__(rows)
        self.waiting = waiting

    def render_pending(self, value, record):
        shown = self.render_invited(value)
        address = self.waiting.get(record.uuid)
        if not value or address is None:
            return shown
        hidden = format_html('<span class="visually-hidden"> belum di {}</span>', record.name)
        return format_html('<a href="{}">{}{}</a>', address, shown, hidden)


class HeadTable(tables.Table):
    """The heads of the register, each as a file to keep."""

    size = tables.Column(verbose_name="Kepala")
    made_at = tables.Column(verbose_name="Dibuat")
    root = tables.TemplateColumn(
        template_name="verification/_head_root.html", verbose_name="Akar (SHA-256)"
    )
    file = tables.TemplateColumn(
        template_name="verification/_head_file.html", verbose_name="Berkas"
    )

    noun = "kepala"

    class Meta:
        model = TreeHead
        fields = ["size", "made_at", "root", "file"]
        orderable = False

    def render_size(self, value):
        return f"{number_format(value, force_grouping=True)} isi"

    def render_made_at(self, value):
        return dates.exact_date_time(value, settings.TIME_ZONE)


class DueTable(tables.Table):
    """The signed pacts that await a head."""

    name = tables.Column(
        accessor="participant__name",
        verbose_name="Nama",
        order_by=("participant__bare_name", "pk"),
    )
    position = tables.Column(accessor="participant__position", verbose_name="Jabatan")
    agency = tables.Column(accessor="participant__agency_name", verbose_name="Unit kerja")
    signed_at = tables.Column(verbose_name="Ditandatangani")
    file = tables.TemplateColumn(
        template_name="countersignatures/_pact.html", verbose_name="Pakta", orderable=False
    )

    noun = "pakta"

    class Meta:
        model = Signature
        fields = ["name", "position", "agency", "signed_at", "file"]
        order_by = "name"

    def render_name(self, value, record):
        person = record.participant
        address = reverse("participant-detail", args=[person.ceremony.uuid, person.uuid])
        number = numbers.printed(person.number, person.number_kind)
        return with_note(format_html('<a href="{}">{}</a>', address, value), number)

    def render_signed_at(self, value, record):
        when = dates.date_time(value, record.participant.ceremony.time_zone)
        return with_note(when, record.timing)


class CountersignatureTable(tables.Table):
    """Who took note of how many pacts, and how many files are complete."""

    name = tables.Column(verbose_name="Yang mengetahui")
    agency = tables.Column(accessor="agency__name", verbose_name="Sebagai kepala")
    signed_at = tables.Column(verbose_name="Waktu")
    total = tables.Column(verbose_name="Pakta", attrs=FIGURE)
    ready = tables.TemplateColumn(
        "{% load ui %}{% progress record.ready record.total %}"
        '{% if record.failed %} {% badge "Dicoba lagi" "wait" %}{% endif %}',
        verbose_name="Berkas lengkap",
        attrs={"td": {"class": "cell-bar"}},
    )

    noun = "tanda tangan"

    class Meta:
        model = Countersignature
        fields = ["name", "agency", "signed_at", "total", "ready"]
        orderable = False

    def render_name(self, value, record):
        return with_note(value, record.position)

    def render_signed_at(self, value, record):
        return dates.exact_date_time(value, record.ceremony.time_zone)

    def render_total(self, value):
        return number_format(value, force_grouping=True)
