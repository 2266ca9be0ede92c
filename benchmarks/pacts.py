"""Pacts per second against one plain WeasyPrint call per pact on the same HTML."""

from django.template.loader import render_to_string
from weasyprint import HTML

from benchmarks.measure import in_turns
from pledges.documents.pact import DENSITIES, render_pact
from pledges.documents.pact_context import pact_context
from pledges.documents.pdf import printable
from tests.factories import open_ceremony, participant_of, sign

ROUNDS = 15


def plain(context):
    """The naive way: one call with the stylesheet inside, nothing reused, no record, no PDF/A."""
    html = render_to_string("pdf/pact.html", {"pact": printable(context), "density": DENSITIES[0]})
    css = render_to_string("pdf/pact.css")
    return HTML(string=html.replace("</head>", f"<style>{css}</style></head>")).write_pdf()


def run():
    """Yield the benchmark's lines."""
    signature = sign(participant_of(open_ceremony()))
    context = pact_context(signature)
    record = signature.record.encode()
    ours, baseline = in_turns(lambda: render_pact(context, record), lambda: plain(context), ROUNDS)
    yield (
        f"pacts: {1 / ours:.1f}/s; plain write_pdf of the same HTML: {1 / baseline:.1f}/s; "
        f"ratio {baseline / ours:.2f}x"
    )
