"""Arguments and bodies of the addresses of texts, guidance and reports."""

from pledges.documents import pact_sample
from pledges.services import guidance
from tests import factories
from tests.pledges.views.pages import guidance_form


def report(world):
    """What HR recorded of reports about the election."""
    return {"uuid": world.election.uuid, "report_uuid": world.report.uuid}


def text_form(world):
    draft = factories.DraftTextFactory.build(government=world.government)
    fields = ("people_word", "heading", "opening", "closing", "sanction", "legal_basis")
    return {
        "government": world.government.pk,
        "title": "Naskah Baru",
        "points": "\n".join(draft.points),
        **{name: getattr(draft, name) for name in fields},
    }


def read(text):
    """What the page of a draft shows of it."""
    return pact_sample.filled_copy(text).compute_digest()


def report_form(world):
    return {
        "received_on": "2024-01-03",
        "count": 2,
        "kind": "CAMPAIGN",
        "forwarded_to": "BAWASLU",
    }


ARGUMENTS = {
    "text-preview": lambda world: {"uuid": world.draft_text.uuid},
    "text-sample": lambda world: {"uuid": world.draft_text.uuid},
    "text-from-pattern": lambda world: {"uuid": world.pattern.uuid},
    "guidance-government": lambda world: {"slug": world.government.slug},
    "guidance-detail": lambda world: {"uuid": world.guidance_draft.uuid},
    "guidance-edit": lambda world: {"uuid": world.guidance_draft.uuid},
    "guidance-publish": lambda world: {"uuid": world.guidance_draft.uuid},
    "report-list": lambda world: {"uuid": world.report.election.uuid},
    "reports-begin": lambda world: {"uuid": world.election.uuid},
    "reports-confirm": lambda world: {"uuid": world.report.election.uuid},
    "report-add": lambda world: {"uuid": world.report.election.uuid},
    "report-edit": report,
    "report-remove": report,
}
DATA = {
    "text-publish": lambda world: {"read": read(world.draft_text)},
    "guidance-publish": lambda world: {"read": guidance.digest_of(world.guidance_draft.content)},
    "text-create": text_form,
    "text-edit": text_form,
    "text-new-preview": text_form,
    "text-preview": text_form,
    "text-from-pattern": lambda world: {"election": world.election.pk, "people_word": "ASN"},
    "guidance-edit": lambda world: guidance_form(world.guidance_draft.content),
    "reports-begin": lambda world: {"since": "2024-01-02"},
    "report-add": report_form,
    "report-edit": report_form,
}
