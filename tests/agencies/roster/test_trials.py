"""Trials over generated files: what is accepted was true; what is wrong is told, on its row.

`shapes.py` makes the files: delimiters, encodings, orders and names of columns, quirks, faults.
"""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from agencies.roster.importing import apply, preview, read_roster
from agencies.roster.people import read_people

from .files import SLUG, hierarchy_file
from .shapes import FAULT_COLUMNS, shapes

STORED = ("number", "kind", "name", "siasn_id", "grade", "position", "unit_id", "email", "phone")
TITLES = ("title_prefix", "title_suffix", "echelon")
ONE_DATABASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def truth_of(row):
    """What the reader has to find in a good row."""
    found = {name: row.truth[name] for name in (*STORED, *TITLES)}
    return found | ({"email": None} if row.cells["email_gov"] == "belum punya" else {})


def read_as(person):
    return {name: getattr(person, name) for name in (*STORED, *TITLES)}


@settings(max_examples=120)
@given(shapes())
def test_a_file_of_any_shape_gives_the_people_that_are_in_it(shape):
    file = read_people(shape.source("pns.berkas"), SLUG)
    numbered = shape.numbered()
    good = {number: row for number, row in numbered if not row.fault}
    assert {person.row: read_as(person) for person in file.people} == {
        number: truth_of(row) for number, row in good.items()
    }
    faults = {number: row.fault for number, row in numbered if row.fault}
    assert [rejection.row for rejection in file.rejected] == sorted(faults)
    for rejection in file.rejected:
        event(faults[rejection.row])
        column = FAULT_COLUMNS.get(faults[rejection.row])
        assert rejection.column == (" ".join(shape.headings[column].split()) if column else "")
        assert rejection.reason
    warned = Counter(notice.row for notice in file.warnings)
    assert warned == {number: row.warnings for number, row in good.items() if row.warnings}


@settings(max_examples=40, suppress_health_check=ONE_DATABASE)
@given(files=st.lists(shapes(most_rows=4), min_size=1, max_size=2))
@pytest.mark.django_db
def test_files_applied_leave_what_is_true_and_find_it_unchanged_next_time(files):
    with transaction.atomic():
        sources = [shape.source(f"{n}.berkas") for n, shape in enumerate(files)]
        roster = read_roster(slug=SLUG, sources=sources, units=hierarchy_file())
        plan = preview(roster)
        expected, rejected, seen = {}, [], set()
        for number, shape in enumerate(files):
            for row_number, row in shape.numbered():
                place = (f"{number}.berkas", row_number)
                keys = {row.truth["number"], row.truth["siasn_id"]}
                if row.fault or keys & seen:
                    rejected.append(place)
                    continue
                seen |= keys
                expected[place] = row.truth["unit_id"]
        found = {(new.person.file, new.person.row): new.agency.siasn_id for new in plan.new}
        assert found == expected
        assert sorted((one.file, one.row) for one in plan.rejected) == sorted(rejected)
        assert apply(roster).counts() == plan.counts()
        assert apply(roster).counts() == {
            "new": 0,
            "changed": 0,
            "moved": 0,
            "left": 0,
            "unchanged": len(expected),
        }
        transaction.set_rollback(True)
