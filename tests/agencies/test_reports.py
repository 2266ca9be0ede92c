"""Counts up the tree."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies import reports
from agencies.choices import RoleName
from agencies.models import Agency, Employee
from tests import factories


def test_numbers_are_summed_up_the_tree():
    totals = reports.summed_up_the_tree([("0001", 1), ("00010001", 2), ("000100010001", 3)])
    assert dict(totals) == {"0001": 6, "00010001": 5, "000100010001": 3}
    assert totals["0002"] == 0


def test_headcounts_take_one_query_and_only_active_people(city, regency):
    factories.EmployeeFactory(agency=city.unit)
    factories.EmployeeFactory(agency=city.unit, active=False)
    factories.EmployeeFactory(agency=city.other_opd)
    with CaptureQueriesContext(connection) as queries:
        counts = reports.headcounts(Employee.objects.visible_to(city.hr))
    assert len(queries) == 2  # the roles of the user, and the counts
    assert counts[city.government.path] == 2
    assert counts[city.opd.path] == counts[city.unit.path] == 1
    assert counts[regency.opd.path] == 0


def test_unit_counts_leave_out_the_agency_itself(city):
    counts = reports.unit_counts(Agency.objects.under(city.government))
    assert counts[city.government.path] == 3
    assert counts[city.opd.path] == 1
    assert counts[city.unit.path] == 0


def test_the_names_of_opd_are_known_to_whoever_works_below_them(city, regency):
    principal = factories.user_with_role(RoleName.HEAD, city.unit)
    assert reports.opd_names(principal) == {
        agency.path: agency.name for agency in (city.government, city.opd, city.other_opd)
    }
    assert reports.opd_names(factories.UserFactory()) == {}
