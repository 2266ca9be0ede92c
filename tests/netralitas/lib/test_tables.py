"""Sorting and paging within bounds."""

import io

import django_tables2
import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from netralitas.lib.tables import PER_PAGE, sorted_and_paged, workbook_of


class NumberTable(django_tables2.Table):
    noun = "angka"

    number = django_tables2.Column()
    fixed = django_tables2.Column(orderable=False)


ROWS = [{"number": n, "fixed": -n} for n in range(PER_PAGE + 10)]


def shown(query):
    """The numbers on the page that a query string asks for."""
    request = RequestFactory().get(f"/?{query}")
    table = sorted_and_paged(request, NumberTable(ROWS))
    return [row.record["number"] for row in table.paginated_rows]


@pytest.mark.parametrize("query", ["", "page=1", "page=x", "page=", "per_page=7", "per_page=0"])
def test_the_first_page_has_fifty_rows(query):
    assert shown(query) == list(range(PER_PAGE))


@pytest.mark.parametrize("query", ["page=2", "page=99", "page=-1", "page=0"])
def test_beyond_the_end_is_the_last_page(query):
    assert shown(query) == list(range(PER_PAGE, PER_PAGE + 10))


def test_a_column_sorts_both_ways():
    assert shown("sort=-number")[0] == PER_PAGE + 9
    assert shown("sort=number")[0] == 0


@pytest.mark.parametrize("query", ["sort=bogus", "sort=fixed", "sort=-", "sort="])
def test_what_is_no_sortable_column_does_not_sort(query):
    assert shown(query)[0] == 0


def test_a_workbook_holds_every_row_in_the_order_asked_for():
    table = NumberTable(ROWS, order_by="-number")
    sheet = load_workbook(io.BytesIO(workbook_of(table))).active
    assert sheet.title == "Angka"
    assert [cells[0] for cells in sheet.iter_rows(min_row=2, values_only=True)] == [
        row["number"] for row in reversed(ROWS)
    ]
