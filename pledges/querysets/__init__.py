"""Named sets of the pledge's rows, by what they are about."""

from .ceremonies import CampaignQuerySet, CeremonyQuerySet, WaveQuerySet
from .elections import ElectionQuerySet, PledgeTextQuerySet
from .evidence import (
    AnnulmentQuerySet,
    AnnulmentRequestQuerySet,
    CountersignatureQuerySet,
    CountersignedPactQuerySet,
    PactFailureQuerySet,
    RegisterEntryQuerySet,
    RegisterNodeQuerySet,
    SealCertificateQuerySet,
    SignatureQuerySet,
    TreeHeadQuerySet,
)
from .follow_ups import FollowUpQuerySet
from .guidance import GuidanceQuerySet, ReportCountQuerySet
from .mailings import MailingQuerySet, ParticipantMailQuerySet
from .participants import InvitationQuerySet, ParticipantQuerySet
from .scope import government_paths, kept_within
from .sheets import PackQuerySet, SlipBatchQuerySet

__all__ = [
    "AnnulmentQuerySet",
    "AnnulmentRequestQuerySet",
    "CampaignQuerySet",
    "CeremonyQuerySet",
    "CountersignatureQuerySet",
    "CountersignedPactQuerySet",
    "ElectionQuerySet",
    "FollowUpQuerySet",
    "GuidanceQuerySet",
    "InvitationQuerySet",
    "MailingQuerySet",
    "PackQuerySet",
    "PactFailureQuerySet",
    "ParticipantMailQuerySet",
    "ParticipantQuerySet",
    "PledgeTextQuerySet",
    "RegisterEntryQuerySet",
    "RegisterNodeQuerySet",
    "ReportCountQuerySet",
    "SealCertificateQuerySet",
    "SignatureQuerySet",
    "SlipBatchQuerySet",
    "TreeHeadQuerySet",
    "WaveQuerySet",
    "government_paths",
    "kept_within",
]
