"""A city with two agencies, and a device that an operator of the first made a kiosk."""

import pytest

from agencies.choices import RoleName
from tests import factories

from ..pages import log_in
from .pages import start


@pytest.fixture
def opd():
    return factories.OpdFactory(name="Dinas Kesehatan")


@pytest.fixture
def ceremony(opd):
    """City-wide: two at Kesehatan, one at Pendidikan."""
    government = factories.government_of(opd)
    schools = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    for name, agency in [("Siti Aminah", opd), ("Budi Santoso", opd), ("Siti Guru", schools)]:
        factories.EmployeeFactory(name=name, agency=agency, title_suffix="")
    return factories.open_ceremony(government, employees=0)


@pytest.fixture
def operator(client, opd):
    user = log_in(client, RoleName.OPERATOR, opd)
    user.first_name = "Rina Marlina"
    user.save()
    return user


@pytest.fixture
def kiosk(client, operator, ceremony):
    start(client, ceremony)
    return ceremony
