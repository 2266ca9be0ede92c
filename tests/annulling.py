"""Annulling a signature as two officers of HR do it."""

from agencies.choices import RoleName
from pledges.choices import AnnulmentCause
from pledges.services import annulments

from . import factories

EXPLANATION = "Ditandatangani oleh rekan sekantornya."


def officer_for(signature):
    """A new officer of HR, who may annul this signature."""
    government = factories.government_of(signature.participant.ceremony.organizer)
    return factories.user_with_role(RoleName.HR, government)


def annulment_request(signature, asker=None, cause=AnnulmentCause.WRONG_PERSON):
    """The request of `asker` (a new officer) that a signature be annulled."""
    asker = asker or officer_for(signature)
    return annulments.ask(actor=asker, signature=signature, cause=cause, explanation=EXPLANATION)


def annul(signature):
    """The annulment of a signature, by two new officers."""
    second = officer_for(signature)
    return annulments.consent(actor=second, request=annulment_request(signature))
