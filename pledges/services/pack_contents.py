"""What goes into a pack: the pacts one by one, and who is left out."""

from dataclasses import dataclass, field

from agencies.choices import NumberKind
from agencies.models import Agency
from netralitas.lib.canonical import sha256_hex
from netralitas.lib.files import safe_name

from ..documents.pact_context import Common
from ..documents.people import ORDER
from ..errors import WrongState
from ..models import Signature
from ..rules import READERS
from . import pacts

LEFT_OUT = "GAGAL.txt"
NOBODY = "Belum ada pakta yang dapat diunduh."
NIK_SHOWN = 4
# Windows takes 260 characters for a path with all its folders: the archive's own name
# (views/downloads.py) and some 40 characters for where it lies still fit.
LONGEST_FOLDER = 40
LONGEST_NAME = 50


@dataclass
class Contents:
    """The pacts of a pack that its asker may read; `failures` fills while they are gone through."""

    pack: object
    rights: object
    participants: object
    signatures: object = field(init=False)
    failures: list = field(default_factory=list)
    papers_missing: list = field(default_factory=list)

    def __post_init__(self):
        signed = Signature.objects.filter(participant__in=self.participants.signed())
        order = (f"participant__{name}" for name in ORDER)
        self.signatures = signed.for_pact().order_by(*order)

    def pacts(self):
        """Yield (participant, bytes) of each pact, in order, one in memory at a time.

        What cannot be made or is damaged is noted in `failures`, and the rest comes all the same.
        """
        common = Common()
        for signature in pacts.one_by_one(self.signatures):
            content, reason = pacts.attempt(pacts.content_of, signature, common)
            if reason:
                self.failures.append((signature.participant, reason))
            else:
                yield signature.participant, content


def readable_by(user, ceremony, opd=None):
    """The participants whose pacts `user` may read now, of one OPD or of all."""
    mine = ceremony.participants.within(user.rights.paths(*READERS))
    return mine.filter(opd=opd) if opd else mine


def reach_of(ceremony, participants, opd=None):
    """(the one OPD whose participants these are or None, whether they are all of the ceremony)."""
    if (
        opd
        or not ceremony.participants.invited().exclude(pk__in=participants.values("pk")).exists()
    ):
        return opd, opd is None
    opds = participants.order_by().values_list("opd", flat=True).distinct()[:2]
    return (Agency.objects.get(pk=opds[0]) if len(opds) == 1 else None), False


def contents_of(pack, user):
    """The `Contents` for `user`, who asked for it. Raises WrongState if there is no pact."""
    found = Contents(pack, user.rights, readable_by(user, pack.ceremony, pack.opd))
    if not found.signatures.exists():
        raise WrongState(NOBODY)
    return found


def folders_of(participant):
    """OPD and unit; the OPD alone for those who work in the OPD itself."""
    if participant.agency_name == participant.opd_name:
        return (participant.opd_name,)
    return (participant.opd_name, participant.agency_name)


def member_name(participant):
    """`OPD/Unit/NAMA - NIP.pdf`, a path that Windows accepts.

    A NIP tells people of one name apart; of a NIK, which opens more than an office's file, only the
    end is given.
    """
    is_nik = participant.number_kind == NumberKind.NIK
    number = f"NIK {participant.number[-NIK_SHOWN:]}" if is_nik else participant.number
    folders = map(_folder, folders_of(participant))
    return "/".join([*folders, f"{safe_name(participant.bare_name, LONGEST_NAME)} - {number}.pdf"])


def _folder(name):
    """A folder's name; of one that is too long a digest keeps it apart from others that begin
    alike."""
    whole = safe_name(name)
    if len(whole.encode()) <= LONGEST_FOLDER:
        return whole
    mark = f"~{sha256_hex(name.encode())[:6]}"
    return safe_name(name, LONGEST_FOLDER - len(mark)) + mark


def left_out(failures, what="pakta"):
    """The text for whoever files the archive: which pacts (or files) are not in it, and why."""
    head = f"{len(failures)} {what} tidak termasuk dalam arsip ini:"
    return "\r\n".join([head, "", *failures, ""]).encode()
