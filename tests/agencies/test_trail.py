"""The words of the audit trail: whatever the code can record is told in Indonesian.

That the suite records nothing else is held by `readable_trail` in tests/conftest.py.
"""

import ast
from itertools import chain

import pytest

from agencies.choices import ACTS
from agencies.filters.common import ListFilter
from agencies.forms.agencies import AgencyForm
from agencies.roster.columns import EMPLOYEE_COLUMNS, UNIT_COLUMNS
from agencies.roster.unit_changes import KINDS
from agencies.services.employees import DETAILS
from agencies.trail import EVENT_DETAILS
from netralitas import urls  # noqa: F401  (every filter is known once the addresses are)
from pledges.choices import Channel
from tests.guards.repository import product_code, syntax_tree

RECORDERS = {"record", "_record", "record_export"}
# A list is recorded by these names: of fields, columns, filters, ways.
VOCABULARIES = {
    "employees": DETAILS,
    "agencies": AgencyForm.Meta.fields,
    "columns": [*EMPLOYEE_COLUMNS, *UNIT_COLUMNS],
    "units": KINDS,
    "channels": Channel.values,
    "filters": chain.from_iterable(each.base_filters for each in ListFilter.__subclasses__()),
}


def recordings():
    """Every call in the code that records an event."""
    for path in product_code():
        for node in ast.walk(syntax_tree(path)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in RECORDERS:
                    yield node


def texts(node):
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def test_every_act_in_the_code_has_a_label():
    found = {text for call in recordings() for text in texts(call) if text.count(".") == 1}
    assert len(found) > 30
    assert found - set(ACTS) == set()


def test_every_key_that_is_written_into_a_call_has_a_label():
    data = [word.value for call in recordings() for word in call.keywords if word.arg == "data"]
    data += [argument for call in recordings() for argument in call.args]
    parts = [part for each in data for part in ast.walk(each)]
    names = [key for part in parts if isinstance(part, ast.Dict) for key in part.keys]
    keys = {name.value for name in names if isinstance(name, ast.Constant)}
    assert len(keys) > 10
    assert keys - set(EVENT_DETAILS) == set()


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_name_that_is_recorded_in_a_list_has_a_label(name):
    assert set(VOCABULARIES[name]) - set(EVENT_DETAILS) == set()
