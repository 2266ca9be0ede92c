"""Who a row is among those already known, and which unit it names."""

from ..choices import AgencyLevel
from ..errors import RowRejected
from .governments import is_government
from .values import comparable

UNKNOWN_UNIT = "UNOR ID tidak ada dalam hierarki; sertakan HierarkiUnor terbaru."
MOST_SHOWN = 100
OTHER_PERSON = (
    "Nomor ini tersimpan untuk pegawai dengan nama dan PNS ID lain. Periksa nomornya; bila memang "
    "orang yang sama, perbaiki dahulu namanya pada data pegawai."
)
FORMER_NUMBER = (
    "Nomor ini pernah tercatat untuk pegawai lain, dengan nama atau PNS ID lain. Bila benar milik "
    "orang baru, tambahkan orang itu dengan tangan pada daftar pegawai."
)
NAMED_ONLY = "unit kerja dicocokkan dengan nama saja, tanpa UNOR ID"
OTHER_NAME = (
    "nomornya sama dengan pegawai yang tersimpan, namanya lain, dan tidak ada PNS ID yang "
    "membuktikan bahwa orangnya sama"
)


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
        """(the employee this row is, or None for somebody new; what is odd about it or "").

        Raises RowRejected where it may be either of two people: somebody would get the other's
        identity, and with it the account and what was signed.
        """
        by_number = self.by_number.get(person.number)
        by_siasn_id = self.by_siasn_id.get(person.siasn_id)
        if by_number and by_siasn_id and by_number is not by_siasn_id:
            told = "Nomor dan PNS ID pada baris ini milik dua pegawai yang berbeda."
            raise RowRejected(told, "siasn_id")
        if by_number and _is_somebody_else(by_number, person):
            raise RowRejected(OTHER_PERSON, "number")
        odd = OTHER_NAME if by_number and _is_unproven(by_number, person) else ""
        return by_number or by_siasn_id or self._by_former_number(person), odd

    def _by_former_number(self, person):
        """Whoever had the number before, if the name is the same: a number may have been a slip.

        Raises RowRejected where that is not one person, or SIASN knows the row's as another.
        """
        holders = self.by_former_number.get(person.number, [])
        name = comparable(person.name)
        same = [employee for employee in holders if comparable(employee.name) == name]
        if holders and (len(same) != 1 or _has_other_id(same[0], person)):
            raise RowRejected(FORMER_NUMBER, "number")
        return same[0] if same else None

    def possibly(self, rejection):
        """Those a rejected row may be about: by number or PNS ID, failing both by name."""
        found = [
            self.by_number.get(rejection.number),
            self.by_siasn_id.get(rejection.siasn_id),
            *self.by_former_number.get(rejection.number, []),
        ]
        found = [employee for employee in found if employee]
        return found or self.by_name.get(comparable(rejection.name), [])


def _is_somebody_else(employee, person):
    """Whether both have a PNS ID, which never changes, and neither it nor the name is the same."""
    return _has_other_id(employee, person) and _has_other_name(employee, person)


def _is_unproven(employee, person):
    """Whether only the number says that it is the same person: another name, and no two PNS IDs."""
    both = employee.siasn_id and person.siasn_id
    return not both and _has_other_name(employee, person)


def _has_other_id(employee, person):
    return bool(person.siasn_id) and employee.siasn_id not in ("", person.siasn_id)


def _has_other_name(employee, person):
    return comparable(person.name) != comparable(employee.name)


class KnownUnits:
    """The agencies of one government after the import, its root first, by UNOR ID or by name.

    A unit no longer in use is found as well: whoever still stands in it works in the one it was
    merged into, or the row is rejected. No one ever gets into a unit that is not used any more.
    """

    def __init__(self, agencies):
        self.slug = agencies[0].slug
        self.by_pk = {agency.pk: agency for agency in agencies if agency.pk}
        self.by_siasn_id = {agency.siasn_id: agency for agency in agencies if agency.siasn_id}
        self.by_path = {agency.path: agency for agency in agencies}
        self.by_name = {}
        for agency in agencies:
            self.by_name.setdefault(comparable(agency.name), []).append(agency)

    def find(self, person):
        """(the agency the row names, what is odd about it or "").

        Raises RowRejected where it is not known or not one. An ID that is not known is never
        guessed at by name, because units of the same name are common.
        """
        if person.unit_id:
            agency = self.by_siasn_id.get(person.unit_id)
            if agency is None:
                raise RowRejected(UNKNOWN_UNIT, "unit_id")
            return self._in_use(agency, "unit_id", "")
        if not person.unit_name:
            raise RowRejected(
                "UNOR ID dan UNOR NAMA kosong; unit kerja tidak diketahui.", "unit_id"
            )
        return self._in_use(self._named(person), "unit_name", NAMED_ONLY)

    def title(self, agency):
        """The agency's name, with that of its OPD where it is a unit below one."""
        if agency.level != AgencyLevel.UNIT:
            return agency.name
        return f"{agency.name}, {self.by_path[agency.opd_path].name}"

    def _named(self, person):
        """The only agency with that name: below the OPD the row names, if it names one we know.

        Those in use count; only if there is none, those no longer in use.
        """
        named = self.by_name.get(comparable(person.unit_name), [])
        used = [agency for agency in named if agency.retired_at is None] or named
        found = self._below(used, person.opd_name)
        if len(found) == 1:
            return found[0]
        name = person.unit_name[:MOST_SHOWN]
        below = f" di bawah “{person.opd_name[:MOST_SHOWN]}”" if found is not used else ""
        if not found:
            told = f"Unit kerja “{name}” tidak ada{below or ' dalam hierarki'}."
        else:
            told = f"Ada {len(found)} unit bernama “{name}”{below}; isikan UNOR ID."
        raise RowRejected(told, "unit_name")

    def _below(self, agencies, opd_name):
        """Those of `agencies` in the OPD the row names; all of them if it names the government.

        Exports differ in what SATUAN KERJA means: a unit stands for the OPD it belongs to, if no
        OPD has the name, and so does an OPD merged into another. Raises RowRejected for a name
        nobody has: in another OPD a unit of the same name would be a wrong one.
        """
        if not opd_name or is_government(opd_name, self.slug):
            return agencies
        named = self.by_name.get(comparable(opd_name), [])
        if not named:
            name = opd_name[:MOST_SHOWN]
            raise RowRejected(f"OPD “{name}” tidak ada dalam hierarki; isikan UNOR ID.", "opd_name")
        opds = [agency for agency in named if agency.level == AgencyLevel.OPD] or named
        paths = {agency.opd_path for agency in opds if not agency.is_root()}
        return [agency for agency in agencies if agency.opd_path in paths] if paths else agencies

    def _in_use(self, agency, column, odd):
        """(the agency, or the one in use it was merged into in the end; what is odd)."""
        if agency.retired_at is None:
            return agency, odd
        successor, met = agency, set()
        while successor and successor.retired_at and successor.pk not in met:
            met.add(successor.pk)
            successor = self.by_pk.get(successor.merged_into_id)
        if successor is None or successor.retired_at:
            told = f"Unit kerja “{agency.name}” tidak dipakai lagi; sertakan HierarkiUnor terbaru."
            raise RowRejected(told, column)
        merged = f"unit kerja “{agency.name}” sudah digabung ke “{self.title(successor)}”"
        return successor, "; ".join(filter(None, [odd, merged]))
