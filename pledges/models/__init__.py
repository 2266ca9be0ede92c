from .annulment import Annulment, AnnulmentRequest
from .ceremony import Ceremony, CeremonyOfficial
from .election import Election, ElectionPhase
from .invitation import Invitation
from .pack import Pack
from .pact import Pact, PactFailure, SealCertificate
from .participant import Participant
from .register import RegisterEntry, RegisterNode, TreeHead
from .signature import Signature
from .slip_batch import SlipBatch
from .tally import Tally
from .text import PledgeText
from .wave import Wave

__all__ = [
    "Annulment",
    "AnnulmentRequest",
    "Ceremony",
    "CeremonyOfficial",
    "Election",
    "ElectionPhase",
    "Invitation",
    "Pack",
    "Pact",
    "PactFailure",
    "Participant",
    "PledgeText",
    "RegisterEntry",
    "RegisterNode",
    "SealCertificate",
    "Signature",
    "SlipBatch",
    "Tally",
    "TreeHead",
    "Wave",
]
