from .annulment import Annulment, AnnulmentRequest
from .campaign import Campaign
from .ceremony import Ceremony, CeremonyOfficial
from .countersignature import Countersignature, CountersignedPact
from .election import Election, ElectionPhase
from .follow_up import FollowUp
from .guidance import Guidance, ReportCount, ReportWatch
from .invitation import Invitation
from .mailing import Mailing, ParticipantMail
from .pack import Pack
from .pact import Pact, PactFailure, SealCertificate
from .participant import Participant
from .public_page import PublicPage
from .register import RegisterEntry, RegisterNode, TreeHead
from .signature import Signature
from .slip_batch import SlipBatch
from .tally import Tally
from .text import PledgeText
from .wave import Wave

__all__ = [
    "Annulment",
    "AnnulmentRequest",
    "Campaign",
    "Ceremony",
    "CeremonyOfficial",
    "Countersignature",
    "CountersignedPact",
    "Election",
    "ElectionPhase",
    "FollowUp",
    "Guidance",
    "Invitation",
    "Mailing",
    "Pack",
    "Pact",
    "PactFailure",
    "Participant",
    "ParticipantMail",
    "PledgeText",
    "PublicPage",
    "RegisterEntry",
    "RegisterNode",
    "ReportCount",
    "ReportWatch",
    "SealCertificate",
    "Signature",
    "SlipBatch",
    "Tally",
    "TreeHead",
    "Wave",
]
