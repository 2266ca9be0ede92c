from .ceremony import Ceremony, CeremonyOfficial
from .election import Election, ElectionPhase
from .invitation import Invitation
from .participant import Participant
from .signature import Pact, Signature
from .text import PledgeText

__all__ = [
    "Ceremony",
    "CeremonyOfficial",
    "Election",
    "ElectionPhase",
    "Invitation",
    "Pact",
    "Participant",
    "PledgeText",
    "Signature",
]
