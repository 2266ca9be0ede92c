"""One small world for the guards: two governments, and an object for every address.

What is not asked for is not made: each object comes into being when it is first named.
"""

import json
from functools import cached_property

from agencies.choices import RoleName
from agencies.services import logos, reorganisation
from netralitas.lib import tickets
from pledges.models import (
    PledgeText,
)
from pledges.services import (
    guidance,
    invitations,
    pacts,
    public_pages,
    register,
    signing,
)
from tests import campaigning, factories, reporting
from tests.annulling import annulment_request
from tests.countersigning import countersign

ACTORS = (
    "visitor",
    "nobody",
    "employee",
    "operator",
    "head",
    "auditor",
    "hr",
    "foreign_hr",
    "other_head",
)


class Upload:
    """A file in a form, which can be sent any number of times."""

    def __init__(self, name, content):
        self.name = name
        self.content = content

    def read(self):
        """The whole content, each time."""
        return self.content


class World:
    """`opd` is where everything happens, within `government`."""

    def __init__(self):
        self.government = factories.GovernmentFactory()
        self.opd = factories.OpdFactory(parent=self.government)
        self.other_opd = factories.OpdFactory(parent=self.government)
        self.foreign_government = factories.GovernmentFactory()

    def actor(self, name):
        """The user of one column of the table; None for a visitor."""
        if name == "visitor":
            return None
        if name == "nobody":
            return factories.UserFactory()
        if name == "employee":
            return factories.UserFactory(employee=self.employee, government=self.government)
        if name == "hr":
            return self.officer
        role, agency = {
            "operator": (RoleName.OPERATOR, self.opd),
            "head": (RoleName.HEAD, self.opd),
            "auditor": (RoleName.AUDITOR, self.government),
            "foreign_hr": (RoleName.HR, self.foreign_government),
            "other_head": (RoleName.HEAD, self.other_opd),
        }[name]
        return factories.user_with_role(role, agency)

    @cached_property
    def employee(self):
        return factories.EmployeeFactory(agency=self.opd)

    @cached_property
    def former_employee(self):
        """An employee of the OPD who has been taken out of the roster."""
        return factories.EmployeeFactory(agency=self.opd, active=False)

    @cached_property
    def own_participant(self):
        """The employee's own place in an open ceremony, not signed yet."""
        assert self.employee
        ceremony = factories.open_ceremony(self.opd, employees=0)
        return ceremony.participants.get(employee=self.employee)

    @cached_property
    def own_signature(self):
        """The employee's own signature."""
        return factories.sign(self.own_participant)

    @cached_property
    def newcomer(self):
        """An employee of the OPD who can be invited to claim an account."""
        return factories.EmployeeFactory(agency=self.opd, email="pegawai@dumaikota.example")

    def account(self, **fields):
        """A new account of an operator of the OPD, kept by its government."""
        address = {"email": "operator@dumaikota.example"}
        return factories.user_with_role(RoleName.OPERATOR, self.opd, **{**address, **fields})

    @cached_property
    def opd_with_logo(self):
        logos.set_logo(actor=None, agency=self.opd, content=factories.picture())
        return self.opd

    @cached_property
    def empty_unit(self):
        """A unit of the OPD in which nobody works."""
        return factories.UnitFactory(parent=self.opd)

    @cached_property
    def retired_unit(self):
        reorganisation.retire_agency(actor=None, agency=self.empty_unit)
        return self.empty_unit

    @cached_property
    def roster_import(self):
        """A preview of one new person of the OPD, which waits for HR."""
        return factories.roster_import(self.opd)

    @cached_property
    def unassigned_file(self):
        """The file of an import that waits for the meaning of a column."""
        return factories.roster_import(self.opd, heading="NOMOR INDUK").files.get()

    @cached_property
    def election(self):
        return factories.ElectionFactory(government=self.government)

    @cached_property
    def guidance_draft(self):
        """A version of the government's own guidance that is not published."""
        return guidance.begin_draft(actor=None, government=self.government)

    @cached_property
    def report(self):
        """One report about the election, as HR recorded it."""
        return reporting.report_count(self.election, recorded_by=self.officer)

    @cached_property
    def pattern(self):
        """A national text that is copied, not signed."""
        return PledgeText.objects.get(family="pola-pasangan-calon")

    @cached_property
    def draft_text(self):
        return factories.DraftTextFactory(government=self.government)

    @cached_property
    def published_text(self):
        return factories.published_text(government=self.government)

    @cached_property
    def campaign(self):
        """A campaign of the government in which nobody holds a ceremony yet."""
        return campaigning.campaign(self.government)

    def ceremony(self, state):
        """A new ceremony of the OPD in a state, with one participant once it is frozen."""
        return factories.ceremony_in(state, self.opd)

    @cached_property
    def open_ceremony(self):
        return self.ceremony("OPEN")

    @cached_property
    def public_page(self):
        """The page of the open ceremony, shown to anybody."""
        return public_pages.show(actor=None, ceremony=self.open_ceremony, slug="apel-ikrar")

    @cached_property
    def slip_batch(self):
        """A sheet of slips that another operator of the OPD asked for, ready to be taken."""
        return factories.slip_batch(self.open_ceremony)

    @cached_property
    def pack(self):
        """A pack of the open ceremony that another head of the OPD asked for, ready to fetch."""
        return factories.pack(self.signature.participant.ceremony)

    @cached_property
    def ceremony_in_waves(self):
        """An open ceremony whose second wave waits."""
        return factories.ceremony_in_waves(self.opd)

    @cached_property
    def officer(self):
        """The user in the column of HR."""
        return factories.user_with_role(RoleName.HR, self.government)

    @cached_property
    def annulment_request(self):
        """What another officer of HR asks: that the participant's signature be annulled."""
        assert self.officer  # who may consent, having been there before
        return annulment_request(self.signature)

    @cached_property
    def locked_slip(self):
        """The participant's slip after five wrong PINs."""
        return factories.locked_slip(self.participant)

    @cached_property
    def participant(self):
        return factories.participant_of(self.open_ceremony)

    @cached_property
    def token(self):
        """The personal link of the participant, who has not signed."""
        return factories.link_of(self.participant)

    @cached_property
    def complete_form(self):
        """What the signing page of the participant, who has not signed, sends."""
        submission = factories.submission_for(self.participant)
        return {
            "ticket": tickets.issue(invitations.find_by_token(self.token).pk),
            "key": submission.key,
            "text_digest": submission.text_digest,
            "points": sorted(submission.points),
            "method": submission.method,
            "strokes": json.dumps(submission.strokes),
            "consent": "on",
        }

    @cached_property
    def signature(self):
        """The participant's signature, with its pact; `token` is the link it was given through."""
        invitation = invitations.find_by_token(self.token)
        submission = factories.submission_for(self.participant)
        signature = signing.sign(invitation=invitation, submission=submission)
        pacts.issue(signature)
        return signature

    @cached_property
    def noted_signature(self):
        """The same signature, of which a head took note, both in the register."""
        signature = self.signature
        countersign(signature.participant.ceremony)
        register.seal()
        return signature

    @cached_property
    def logged_signature(self):
        """The same signature, in the register under a head of its own."""
        signature = self.signature
        register.seal()
        return signature
