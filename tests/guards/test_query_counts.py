"""A list asks the database as often for thirty rows as for one, and takes any query string."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import RoleName
from agencies.services.events import record
from netralitas.lib import tickets
from pledges.models import (
    Ceremony,
    PledgeText,
)
from pledges.services import (
    absences,
    follow_ups,
    guidance,
    register,
)
from pledges.services.mailings.sending import begin
from tests import campaigning, factories, reporting
from tests.annulling import annul, annulment_request
from tests.countersigning import countersign
from tests.mailing import mailing_of

from .test_access_matrix import address_of, addresses

MANY = 30


def agencies(government, rows):
    factories.OpdFactory.create_batch(rows, parent=government)


def units(government, rows):
    opd = factories.OpdFactory(parent=government)
    for unit in factories.UnitFactory.create_batch(rows, parent=opd):
        factories.EmployeeFactory(agency=unit)
    return {"uuid": opd.uuid}


def units_of_government(government, rows):
    """The same for an address without arguments."""
    units(government, rows)


def employees(government, rows):
    for opd in factories.OpdFactory.create_batch(rows, parent=government):
        factories.EmployeeFactory(agency=opd)


def elections(government, rows):
    factories.ElectionFactory.create_batch(rows, government=government)


def texts(government, rows):
    factories.DraftTextFactory.create_batch(rows, government=government)


def versions_of_text(government, rows):
    """A text with as many other versions, read at as many ceremonies."""
    for version, opd in enumerate(factories.OpdFactory.create_batch(rows, parent=government)):
        factories.DraftTextFactory(government=government, family="bersama", version=version + 2)
        text = PledgeText.objects.filter(government=government, version=1).first()
        text = text or factories.published_text(government=government, family="bersama")
        factories.open_ceremony(opd, text=text)
    return {"uuid": text.uuid}


def guidance_versions(government, rows):
    for _ in range(rows):
        draft = guidance.begin_draft(actor=None, government=government)
        guidance.publish(actor=None, guidance=draft)


def guidance_of_elections(government, rows):
    """The page of a government with as many elections."""
    for election in factories.ElectionFactory.create_batch(rows, government=government):
        reporting.phase_of(election)
        reporting.report_count(election)
    return {"slug": government.slug}


def reports_of_one(government, rows):
    """One election about which as many reports came in."""
    election = factories.ElectionFactory(government=government)
    for _ in range(rows):
        reporting.report_count(election)
    return {"uuid": election.uuid}


def ceremonies(government, rows):
    for opd in factories.OpdFactory.create_batch(rows, parent=government):
        factories.open_ceremony(opd)


def campaigns(government, rows):
    """As many campaigns, each with a frozen ceremony."""
    for n in range(rows):
        opd = factories.OpdFactory(parent=government)
        factories.EmployeeFactory(agency=opd)
        made = campaigning.campaign(government, name=f"Rangkaian {n}", opds=[opd])
        ceremony = made.ceremonies.get()
        campaigning.schedule(ceremony)
        factories.ceremonies.freeze(actor=None, ceremony=ceremony)


def campaign_of_opds(government, rows):
    """One campaign in which as many OPD hold a ceremony, and as many do not."""
    opds = factories.OpdFactory.create_batch(rows, parent=government)
    factories.OpdFactory.create_batch(rows, parent=government)
    for opd in opds:
        factories.EmployeeFactory(agency=opd)
    made = campaigning.campaign(government, opds=opds)
    for ceremony in made.ceremonies.all():
        campaigning.schedule(ceremony)
        factories.ceremonies.freeze(actor=None, ceremony=ceremony)
    return {"uuid": made.uuid}


def ceremony_of_opds(government, rows):
    """One open ceremony in which as many OPD take part, each with one who has signed."""
    employees(government, rows)
    ceremony = factories.open_ceremony(government)
    for participant in ceremony.participants.all():
        factories.sign(participant)
    return {"uuid": ceremony.uuid}


def ceremony_with_mailings(government, rows):
    """An open ceremony with as many mailings, of which each has one mail for each of as many."""
    factories.EmployeeFactory.create_batch(
        rows, agency=factories.OpdFactory(parent=government), email="pegawai@example.go.id"
    )
    ceremony = factories.open_ceremony(government, employees=0)
    for _ in range(rows):
        begin(mailing_of(ceremony))
    return {"uuid": ceremony.uuid}


def countersigned_of_opds(government, rows):
    """The same ceremony, in which as many heads took note of their pacts."""
    arguments = ceremony_of_opds(government, rows)
    ceremony = Ceremony.objects.get(**arguments)
    for participant in ceremony.participants.select_related("opd"):
        countersign(ceremony, participant.opd)
    return arguments


def draft_of_opds(government, rows):
    """A draft for as many people of as many OPD, none of whom has a head."""
    employees(government, rows)
    return {"uuid": factories.draft_ceremony(government).uuid}


def refusals(government, rows):
    """As many who refuse, each seen to by another operator."""
    employees(government, rows)
    ceremony = factories.open_ceremony(government)
    for participant in ceremony.participants.select_related("agency", "opd"):
        absences.refuse(actor=None, participant=participant, reason="Tidak bersedia")
        follow_ups.assign(
            actor=None,
            participants=[participant],
            assignee=factories.user_with_role(RoleName.OPERATOR, participant.opd),
        )
    return {"uuid": ceremony.uuid}


def refusals_at_home(government, rows):
    """The same for an address without arguments."""
    refusals(government, rows)


def display_of_opds(government, rows):
    """The big screen of the same ceremony."""
    ceremony = Ceremony.objects.get(**ceremony_of_opds(government, rows))
    return {"ticket": tickets.issue(ceremony.code, tickets.BOARD)}


def entrance_of(government, rows):
    """The page that a ceremony's code opens; and the one that a phone keeps for slips."""
    employees(government, rows)
    return {"code": factories.open_ceremony(government).code}


def link_of_one(government, rows):
    """A personal link to a ceremony in which as many take part."""
    employees(government, rows)
    ceremony = factories.open_ceremony(government)
    return {"token": factories.link_of(factories.participant_of(ceremony))}


def trail(government, rows):
    """Events about several kinds of object, by several people, each concerning another one."""
    for agency in factories.OpdFactory.create_batch(rows, parent=government):
        actor = factories.user_with_role(RoleName.HR, government)
        employee = factories.EmployeeFactory(agency=agency)
        for kind, obj in (("agency", agency), ("employee", employee), ("account", actor)):
            act = f"{kind}.changed"
            record(actor=actor, act=act, obj=obj, government=government, employee=employee)


def accounts(government, rows):
    """Accounts of employees, each with two roles, some invited only."""
    for opd in factories.OpdFactory.create_batch(rows, parent=government):
        employee = factories.EmployeeFactory(agency=opd)
        user = factories.user_with_role(RoleName.HEAD, opd, employee=employee, password=None)
        user.roles.create(role=RoleName.OPERATOR, agency=government)


def imports(government, rows):
    """As many previews, uploaded by nobody or by as many people."""
    opd = factories.OpdFactory(parent=government)
    for _ in range(rows):
        found = factories.roster_import(opd)
        found.created_by = factories.UserFactory()
        found.save()


def import_lines(government, rows):
    """One preview with a line for each new person."""
    return {"uuid": factories.roster_import(factories.OpdFactory(parent=government), rows).uuid}


def annulments_asked(government, rows):
    """As many requests to annul, of as many officers; and what was annulled of one."""
    employees(government, rows)
    ceremony = factories.open_ceremony(government)
    for participant in ceremony.participants.all():
        annulment_request(factories.sign(participant))


def annulled_one(government, rows):
    """The page of one whose pact was annulled, among as many."""
    employees(government, rows)
    ceremony = factories.open_ceremony(government)
    for participant in list(ceremony.participants.all()):
        annul(factories.sign(participant))
    annulled = ceremony.participants.annulled().first()
    return {"uuid": ceremony.uuid, "participant_uuid": annulled.uuid}


def heads(government, rows):
    """As many heads, each over one signature more."""
    employees(government, rows)
    for participant in factories.open_ceremony(government).participants.all():
        factories.sign(participant)
        register.seal()


# What makes the rows of each list; the arguments of its address, if it has any, are returned. What
# stands behind a colon tells two of one address apart.
LISTS = {
    "home": ceremonies,
    "home:annulments": annulments_asked,
    "participant-detail:annulled": annulled_one,
    "agency-list": agencies,
    "agency-children": units,
    "agency-detail": units,
    "agency-export": units_of_government,
    "employee-list": employees,
    "event-list": trail,
    "import-list": imports,
    "import-detail": import_lines,
    "user-list": accounts,
    "election-list": elections,
    "text-list": texts,
    "text-detail": versions_of_text,
    "guidance-list": guidance_versions,
    "guidance-government": guidance_of_elections,
    "report-list": reports_of_one,
    "ceremony-list": ceremonies,
    "ceremony-calendar": ceremonies,
    "campaign-list": campaigns,
    "campaign-detail": campaign_of_opds,
    "ceremony-detail": ceremony_of_opds,
    "ceremony-freeze": draft_of_opds,
    "participant-list": ceremony_of_opds,
    "follow-up-list": refusals,
    "home:refusals": refusals_at_home,
    "display": display_of_opds,
    "display-figures": display_of_opds,
    "ceremony-entrance": entrance_of,
    "offline": entrance_of,
    "turns": entrance_of,
    "personal-link": link_of_one,
    "slip-list": ceremony_of_opds,
    "mailing-list": ceremony_with_mailings,
    "countersignature-list": countersigned_of_opds,
    "download-list": ceremony_of_opds,
    "attendance-pdf": ceremony_of_opds,
    "recap": ceremony_of_opds,
    "recap-pdf": ceremony_of_opds,
    "recap-export": ceremony_of_opds,
    "minutes-pdf": ceremony_of_opds,
    "head-list": heads,
}


def test_every_list_is_watched():
    assert {name for name in addresses() if name.endswith("-list")} <= set(LISTS)


def queries_of(client, name, rows):
    """How many queries the list needs for a new government with so many rows."""
    government = factories.GovernmentFactory()
    address = reverse(address_of(name), kwargs=LISTS[name](government, rows))
    client.force_login(factories.user_with_role(RoleName.HR, government))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_list_needs_no_more_queries_for_more_rows(client, name):
    assert queries_of(client, name, MANY) == queries_of(client, name, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_whatever_its_query_string_says(client, name):
    government = factories.GovernmentFactory()
    address = reverse(address_of(name), kwargs=LISTS[name](government, 2))
    client.force_login(factories.user_with_role(RoleName.HR, government))
    for query in ("per_page=0", "per_page=-1&page=x", "page=0", "sort=-bogus", "q=%00", "state=x"):
        assert client.get(f"{address}?{query}").status_code == 200
