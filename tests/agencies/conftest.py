"""A government with two OPD, a unit, and somebody for each role; another government beside it."""

from types import SimpleNamespace

import pytest

from agencies.choices import RoleName
from tests import factories


@pytest.fixture
def city(db):
    """Kota Dumai: Diskominfo with a unit, Dinas Kesehatan; `hr` of it and `operator`, `head`."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    opd = factories.OpdFactory(parent=government, name="Dinas Komunikasi dan Informatika")
    unit = factories.UnitFactory(parent=opd, name="Bidang Persandian")
    other_opd = factories.OpdFactory(parent=government, name="Dinas Kesehatan")
    return SimpleNamespace(
        government=government,
        opd=opd,
        unit=unit,
        other_opd=other_opd,
        hr=factories.user_with_role(RoleName.HR, government),
        auditor=factories.user_with_role(RoleName.AUDITOR, government),
        operator=factories.user_with_role(RoleName.OPERATOR, opd),
        head=factories.user_with_role(RoleName.HEAD, opd),
    )


@pytest.fixture
def regency(db):
    """Kabupaten Murung Raya with one OPD, one employee and its HR."""
    government = factories.GovernmentFactory(name="Pemerintah Kabupaten Murung Raya")
    opd = factories.OpdFactory(parent=government, name="Dinas Perhubungan Murung Raya")
    return SimpleNamespace(
        government=government,
        opd=opd,
        employee=factories.EmployeeFactory(agency=opd, name="Hermon"),
        hr=factories.user_with_role(RoleName.HR, government),
    )


@pytest.fixture
def names_on(client):
    """A function: the names in the table of a page, in their order, as `user` sees it."""

    def names(user, address):
        client.force_login(user)
        response = client.get(address)
        assert response.status_code == 200
        return [row.record.name for row in response.context["table"].paginated_rows]

    return names
