"""Long lists, the same everywhere: sorted and paged by the query string, within bounds."""

from .spreadsheets import workbook

PER_PAGE = 50


def sorted_and_paged(request, table):
    """`table` in the order `?sort=` names, at the page `?page=` names.

    How many rows a page has is ours to say, never the visitor's. An unknown column does not sort;
    what is no page shows the first, and what lies beyond the end the last.
    """
    table.request = request
    sort(request, table)
    table.paginate(per_page=PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))
    return table


def sort(request, table):
    """Put `table` in the order `?sort=` names, if it names one."""
    order = request.GET.getlist(table.prefixed_order_by_field)
    if order:
        table.order_by = order


def workbook_of(table):
    """All rows of `table` in its present order as the bytes of an XLSX, without pages.

    A cell holds what `value_<column>` gives, or what the page shows without its markup.
    """
    headings, *rows = table.as_values()
    return workbook(table.noun.capitalize(), headings, rows)
