"""Who a row is among those already known, and which unit it names."""

from ..errors import RowRejected
from .values import comparable

UNKNOWN_UNIT = "UNOR ID tidak ada dalam hierarki; sertakan HierarkiUnor terbaru dengan --units."


class Known:
    """The employees of one government, found by number, SIASN's PNS ID or a former number."""

    def __init__(self, employees, numbers):
        self.by_number = {employee.number: employee for employee in employees}
        self.by_siasn_id = {
            employee.siasn_id: employee for employee in employees if employee.siasn_id
        }
        by_pk = {employee.pk: employee for employee in employees}
        self.by_name, self.by_former_number = {}, {}
        for employee in employees:
            self.by_name.setdefault(comparable(employee.name), []).append(employee)
        for employee_id, number in numbers:
            holders = self.by_former_number.setdefault(number, [])
            holders.append(by_pk[employee_id])

    def find(self, person):
        """The employee this row is, or None for somebody new.

        Raises RowRejected where the number is one employee's and the PNS ID another's: whichever
        were taken, somebody would get the other's identity.
        """
        by_number = self.by_number.get(person.number)
        by_siasn_id = self.by_siasn_id.get(person.siasn_id)
        if by_number and by_siasn_id and by_number is not by_siasn_id:
            raise RowRejected("Nomor dan PNS ID pada baris ini milik dua pegawai yang berbeda.")
        if by_number or by_siasn_id:
            return by_number or by_siasn_id
        former = self.by_former_number.get(person.number, [])
        return former[0] if len(former) == 1 else None

    def possibly(self, rejection):
        """Those a rejected row may be about: by number or PNS ID, failing both by name."""
        found = [
            self.by_number.get(rejection.number),
            self.by_siasn_id.get(rejection.siasn_id),
            *self.by_former_number.get(rejection.number, []),
        ]
        found = [employee for employee in found if employee]
        return found or self.by_name.get(comparable(rejection.name), [])


def unit_of(person, units):
    """The agency the row names: by UNOR ID, or without one by a name only one agency has.

    Raises RowRejected: an ID that is not known is never guessed at by name, because units of the
    same name are common.
    """
    if person.unit_id:
        agency = units.by_siasn_id.get(person.unit_id)
        if agency is None:
            raise RowRejected(UNKNOWN_UNIT)
        return agency
    if not person.unit_name:
        raise RowRejected("UNOR ID dan UNOR NAMA kosong; unit kerja tidak diketahui.")
    named = units.by_name.get(comparable(person.unit_name), [])
    if len(named) == 1:
        return named[0]
    if not named:
        raise RowRejected(f"Unit kerja “{person.unit_name}” tidak ada dalam hierarki.")
    raise RowRejected(f"Ada {len(named)} unit bernama “{person.unit_name}”; isikan kolom UNOR ID.")
