"""Who may do what with the pledge: pure predicates on a user's rights."""

from agencies.choices import AgencyLevel, RoleName

INVITERS = (RoleName.HR, RoleName.OPERATOR)
FOLLOWERS = (*INVITERS, RoleName.HEAD)
READERS = (RoleName.HR, RoleName.HEAD, RoleName.AUDITOR)
SEAL_READERS = (RoleName.HR, RoleName.AUDITOR)


def may_prepare(rights):
    """Elections, texts and ceremonies are made by HR."""
    return rights.holds_any(RoleName.HR)


def may_manage(rights, agency):
    """HR of the government manages what `agency` (organiser, or the government) owns."""
    return rights.holds(agency, RoleName.HR)


def may_run_campaigns(rights):
    """Campaigns are the government's: HR of the whole of it makes them."""
    return bool(rights.government_paths(RoleName.HR))


def may_schedule(rights, organizer):
    """Who holds a ceremony sets its date: the operator or head of the organiser, or HR."""
    return rights.holds(organizer, RoleName.HR, RoleName.OPERATOR, RoleName.HEAD)


def may_read_history(rights, agency):
    """HR and the Inspektorat see who did what to a ceremony that `agency` organises."""
    return rights.holds(agency, RoleName.HR, RoleName.AUDITOR)


def may_invite(rights, agency):
    """HR and the operator of the participant's agency issue links and PIN slips."""
    return rights.holds(agency, *INVITERS)


def may_record_absence(rights, agency):
    """Whoever invites a participant also notes that this one is excused or refuses."""
    return may_invite(rights, agency)


def may_change_roster(rights, organizer):
    """HR of the organiser, which froze the roster, says who is added to it or taken off it."""
    return may_manage(rights, organizer)


def may_follow_up_any(rights):
    """Whether the work list of the unsigned, with its notes, is for this user at all."""
    return rights.holds_any(*FOLLOWERS)


def may_look_at_refusal(rights, agency):
    """HR, or the head of the participant's agency, has the second look at a refusal."""
    return rights.holds(agency, RoleName.HR, RoleName.HEAD)


def may_invite_any(rights):
    """Whether issuing links and PIN slips makes sense for this user at all."""
    return rights.holds_any(*INVITERS)


def may_stop_mailing(rights, reached):
    """Besides who asked for a mailing, whoever may invite everybody in what it reaches: its OPD, or
    all of the ceremony's organiser.
    """
    return may_invite(rights, reached)


def may_assist_anywhere(rights):
    """Whoever invites makes a device a kiosk, too."""
    return may_invite_any(rights)


def may_show_board(rights, organizer):
    """Those who run the ceremony, or supervise it, get an address that shows every OPD to all.

    That is HR, operators and the Inspektorat of who organises it, or of what stands above.
    """
    return rights.holds(organizer, *INVITERS, RoleName.AUDITOR)


def may_annul(rights, organizer):
    """HR of the government asks that a signature be annulled, and another of them decides it."""
    return organizer.government_path in rights.government_paths(RoleName.HR)


def may_read_annulment(rights, organizer):
    """HR and the Inspektorat read why in free words, and who asked."""
    return may_read_history(rights, organizer)


def may_read_pacts(rights, agency):
    """HR, the head and the Inspektorat read signed pacts; an operator does not."""
    return rights.holds(agency, *READERS)


def may_read_any_pacts(rights):
    """Whether downloading pacts makes sense for this user at all."""
    return rights.holds_any(*READERS)


def may_retry_pacts(rights, organizer):
    """HR says that the cause of pacts that could not be made is mended."""
    return may_manage(rights, organizer)


def may_read_seal(rights):
    """HR and the Inspektorat see with which certificate pacts are sealed, and until when."""
    return rights.holds_any(*SEAL_READERS)


def may_countersign(rights, opd, *, of_head, is_own):
    """The head of an OPD takes note ("Mengetahui") of its pacts; of those of heads of OPD whoever
    heads the government does. The role must be held on that very agency; nobody of the own pact.
    """
    noted_at = opd.government_path if of_head else opd.path
    return not is_own and (RoleName.HEAD, noted_at) in rights.grants


def may_countersign_for(rights, agency):
    """Whether somebody takes note as the head of this very OPD or government."""
    return (RoleName.HEAD, agency.path) in rights.grants and agency.level != AgencyLevel.UNIT


def may_countersign_anywhere(rights):
    """Whether somebody heads anything; of what exactly `may_countersign` says."""
    return rights.holds_any(RoleName.HEAD)


def may_read_minutes(rights, organizer):
    """HR, the head and the Inspektorat of who organises: the minutes tell of every OPD."""
    return may_read_pacts(rights, organizer)
