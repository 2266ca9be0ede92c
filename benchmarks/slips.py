"""A city's PIN slips: drawn, sealed and handed out as the product does, against the naive way."""

import resource
import subprocess
import sys

from django.template import Context, Template
from weasyprint import HTML

from agencies.choices import RoleName
from benchmarks.field import ceremony_of
from benchmarks.measure import seconds
from netralitas.lib import qr
from pledges.documents.slips import entrance_address, heading_of, printed
from pledges.models import Invitation, SlipBatch
from pledges.services import invitations, slip_work, slips
from tests import factories

PEOPLE, OPDS, UNITS = 8379, 40, 22
NAIVE = 200
AIM = 120
# The naive way: what anybody would write first, in a table, the QR code as a picture of lines.
PAGE = Template(
    """<!doctype html><html lang="id"><style>@page { size: A4; margin: 9mm 10mm }
    .slip { float: left; width: 95mm; height: 54mm; overflow: hidden; font: 8pt sans-serif }
    td { vertical-align: top } img { width: 21mm } .pin { font: bold 17pt monospace }</style>
    {% for slip, code in slips %}<div class="slip"><table><tr><td><p>{{ heading.ceremony }}</p>
    <p>{{ heading.when }}</p><p><b>{{ slip.name }}</b></p><p>{{ slip.number }}</p>
    <p>{{ slip.unit }}</p></td><td><img src="{{ code }}"><p>{{ heading.address }}</p>
    <p>{{ heading.code }}</p></td></tr></table><p class="pin">{{ slip.pin }}</p></div>{% endfor %}
    """
)


def run():
    """Yield the benchmark's lines."""
    ceremony = ceremony_of(PEOPLE, OPDS, UNITS)
    asker = factories.user_with_role(RoleName.HR, ceremony.organizer)
    batch = factories.slip_batch(ceremony, asker, made=False)
    making = seconds(lambda: slip_work.make(str(batch.uuid)))
    batch = SlipBatch.objects.get(pk=batch.pk)
    taking = seconds(lambda: slips.take(actor=asker, batch=batch))
    if Invitation.objects.valid().count() != PEOPLE:
        raise RuntimeError("not every slip is valid")
    naive = PEOPLE / NAIVE * _naive(ceremony)
    yield (
        f"slips: {PEOPLE} drawn and sealed in {making:.1f} s (aim {AIM} s), "
        f"made valid and handed out in {taking:.2f} s; {batch.content.size / 2**20:.1f} MB"
    )
    yield (
        f"slips: one write_pdf of the naive page would take {naive:.0f} s (measured on {NAIVE}); "
        f"ratio {naive / making:.0f}x"
    )
    yield f"slips: peak memory of a worker {_peak(ceremony, asker)} MB"


def _naive(ceremony):
    """Seconds for the first slips in one document."""
    people = ceremony.participants.select_related("ceremony")[:NAIVE]
    drawn = invitations.draw_slips(ceremony, people)

    def render():
        codes = [qr.data_uri(entrance_address(slip.participant)) for slip in drawn]
        told = list(zip(map(printed, drawn), codes, strict=True))
        page = PAGE.render(Context({"heading": heading_of(ceremony), "slips": told}))
        HTML(string=page).write_pdf()

    return seconds(render)


def _peak(ceremony, asker):
    """The most memory in megabytes of a worker that makes the sheet and does nothing else."""
    slips.ask(actor=asker, ceremony=ceremony, opd=None, order="NAME", scope="ALL")
    command = [sys.executable, "manage.py", "worker", "--batch", "--no-startup-delay"]
    subprocess.run([*command, "--no-reload", "--verbosity", "0"], check=True)
    if not SlipBatch.objects.filter(state="READY", order="NAME").exists():
        raise RuntimeError("the worker made no sheet")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
