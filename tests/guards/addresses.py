"""What the addresses of the access matrix need: ARGUMENTS, and in DATA the body of a POST."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from netralitas.lib import tickets
from pledges.models import Ceremony
from pledges.services import absences, roster_changes
from tests import factories
from tests.annulling import annul
from tests.pledges.views.pages import ceremony_form, freeze_form

from . import campaigns, dashboards, mailings, texts_and_guidance
from .world import Upload


def ceremony_in(state):
    return lambda world: {"uuid": world.ceremony(state).uuid}


def open_ceremony(world):
    return {"uuid": world.open_ceremony.uuid}


def open_ceremony_code(world):
    return {"code": world.open_ceremony.code}


def display(world):
    return {"ticket": tickets.issue(world.open_ceremony.code, tickets.BOARD)}


def signed_ceremony(world):
    return {"uuid": world.signature.participant.ceremony.uuid}


def headed(world):
    return {**signed_ceremony(world), "agency_uuid": world.opd.uuid}


def employee(world):
    return {"uuid": world.employee.uuid}


def participant(world):
    return {"uuid": world.open_ceremony.uuid, "participant_uuid": world.participant.uuid}


def signer(world):
    assert world.signature
    return participant(world)


def annulment_asked(world):
    """A request of nobody of the table: HR decides it, and takes back none of another."""
    return {**participant(world), "request_uuid": world.annulment_request.uuid}


def annulled(world):
    annul(world.signature)
    return participant(world)


def locked(world):
    assert world.locked_slip
    return participant(world)


def absent(world):
    absences.excuse(actor=None, participant=world.participant, reason="Cuti")
    return participant(world)


def refusing(world):
    absences.refuse(actor=None, participant=world.participant, reason="Tidak bersedia")
    return participant(world)


def departed(world):
    roster_changes.depart(actor=None, participant=world.participant, reason="Pindah")
    return participant(world)


def account(**fields):
    return lambda world: {"uuid": world.account(**fields).uuid}


def account_with_factor(world):
    user = world.account()
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    return {"uuid": user.uuid}


def linked_account(world):
    user = world.account()
    SocialAccount.objects.create(user=user, provider="sso", uid=str(user.uuid))
    return {"uuid": user.uuid}


def held_role(world):
    return {"uuid": world.account().uuid, "role": "OPERATOR", "agency_uuid": world.opd.uuid}


def slip_batch(world):
    """A sheet that is nobody's of the table: not even HR takes one that somebody else asked for."""
    return {"uuid": world.open_ceremony.uuid, "batch_uuid": world.slip_batch.uuid}


def pack(world):
    """A pack that is nobody's of the table: nobody fetches one that somebody else asked for."""
    return {"uuid": world.pack.ceremony.uuid, "pack_uuid": world.pack.uuid}


def preview(world):
    return {"uuid": world.roster_import.uuid}


def unassigned_file(world):
    file = world.unassigned_file
    return {"uuid": file.roster_import.uuid, "file_uuid": file.uuid}


ARGUMENTS = {
    "guide": lambda world: {"name": "pegawai"},
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "tidak-berlaku"},
    "mfa_edit_webauthn": lambda world: {"code": "bukan-kunci"},
    "mfa_remove_webauthn": lambda world: {"code": "bukan-kunci"},
    "session-end": lambda world: {"code": "bukan-sesi"},
    "agency-detail": lambda world: {"uuid": world.opd.uuid},
    "agency-edit": lambda world: {"uuid": world.opd.uuid},
    "agency-children": lambda world: {"uuid": world.opd.uuid},
    "agency-create": lambda world: {"uuid": world.opd.uuid},
    "agency-logo": lambda world: {"uuid": world.opd_with_logo.uuid},
    "agency-logo-edit": lambda world: {"uuid": world.opd.uuid},
    "agency-logo-remove": lambda world: {"uuid": world.opd_with_logo.uuid},
    "agency-move": lambda world: {"uuid": world.opd.uuid},
    "agency-merge": lambda world: {"uuid": world.opd.uuid},
    "agency-merge-into": lambda world: {
        "uuid": world.opd.uuid,
        "target_uuid": world.other_opd.uuid,
    },
    "agency-retire": lambda world: {"uuid": world.empty_unit.uuid},
    "agency-revive": lambda world: {"uuid": world.retired_unit.uuid},
    "employee-detail": employee,
    "employee-participations": employee,
    "employee-edit": employee,
    "employee-move": employee,
    "employee-deactivate": employee,
    "employee-activate": lambda world: {"uuid": world.former_employee.uuid},
    "employee-invite": lambda world: {"uuid": world.newcomer.uuid},
    "agency-invite": lambda world: {"uuid": world.newcomer.agency.uuid},
    "user-detail": account(),
    "user-edit": account(),
    "role-grant": account(),
    "role-end": held_role,
    "user-invite-again": account(password=None),
    "user-end": account(),
    "user-restore": account(is_active=False),
    "user-reset-factor": account_with_factor,
    "user-unlink": linked_account,
    "user-end-sessions": account(),
    "import-detail": preview,
    "import-progress": preview,
    "import-approve": preview,
    "import-discard": preview,
    "import-read-again": preview,
    "import-rejects": preview,
    "import-export": preview,
    "import-columns": unassigned_file,
    "election-detail": lambda world: {"uuid": world.election.uuid},
    "election-edit": lambda world: {"uuid": world.election.uuid},
    "text-detail": lambda world: {"uuid": world.draft_text.uuid},
    "text-edit": lambda world: {"uuid": world.draft_text.uuid},
    "text-publish": lambda world: {"uuid": world.draft_text.uuid},
    "text-new-version": lambda world: {"uuid": world.draft_text.uuid},
    **texts_and_guidance.ARGUMENTS,
    **mailings.ARGUMENTS,
    "ceremony-detail": ceremony_in("DRAFT"),
    "ceremony-edit": ceremony_in("DRAFT"),
    "ceremony-freeze": ceremony_in("DRAFT"),
    "ceremony-findings": ceremony_in("DRAFT"),
    "ceremony-open": ceremony_in("READY"),
    "ceremony-close": ceremony_in("OPEN"),
    "ceremony-archive": ceremony_in("CLOSED"),
    **campaigns.ARGUMENTS,
    **dashboards.ARGUMENTS,
    "wave-open": lambda world: {"uuid": world.ceremony_in_waves.uuid, "order": 2},
    "participant-list": open_ceremony,
    "participant-detail": participant,
    "link-issue": participant,
    "link-issue:signer": signer,
    "link-send": participant,
    "slip-unlock": locked,
    "participant-excuse": participant,
    "participant-refuse": participant,
    "participant-expect": absent,
    "participant-add": open_ceremony,
    "participant-depart": participant,
    "participant-take-back": departed,
    "follow-up-list": open_ceremony,
    "follow-up-assign": lambda world: {"uuid": world.participant.ceremony.uuid},
    "follow-up-excuse": lambda world: {"uuid": world.participant.ceremony.uuid},
    "follow-up-edit": participant,
    "refusal-look": refusing,
    "participant-detail:annulled": annulled,
    "annulment-ask": signer,
    "annulment-consent": annulment_asked,
    "annulment-decline": annulment_asked,
    "annulment-withdraw": annulment_asked,
    "kiosk-start": open_ceremony,
    "kiosk-locked": open_ceremony,
    "kiosk-lock": open_ceremony,
    "kiosk-leave": open_ceremony,
    "kiosk-people": open_ceremony,
    "kiosk-hand": participant,
    "kiosk-sign": participant,
    "board": open_ceremony,
    "board-names-show": open_ceremony,
    "board-names-hide": open_ceremony,
    "display": display,
    "display-figures": display,
    "slip-list": open_ceremony,
    "slip-ask": open_ceremony,
    "slip-renew": participant,
    "slip-batch": slip_batch,
    "slip-progress": slip_batch,
    "slip-take": slip_batch,
    "poster-a3": open_ceremony,
    "poster-a4": open_ceremony,
    "countersignature-list": signed_ceremony,
    "countersignature-check": headed,
    "countersignature-sign": headed,
    "download-list": open_ceremony,
    "pact-pdf": signer,
    "pact-zip": signed_ceremony,
    "pack-ask": signed_ceremony,
    "pack": pack,
    "pack-progress": pack,
    "pack-file": pack,
    "pact-retry": open_ceremony,
    "attendance-pdf": open_ceremony,
    "recap": open_ceremony,
    "recap-pdf": open_ceremony,
    "recap-export": open_ceremony,
    "minutes-pdf": open_ceremony,
    "ceremony-entrance": open_ceremony_code,
    "personal-link": lambda world: {"token": world.token},
    "own-sign": lambda world: {"uuid": world.own_participant.uuid},
    "own-pact-file": lambda world: {"uuid": world.own_signature.participant.uuid},
    "sign": open_ceremony_code,
    "send": open_ceremony_code,
    "offline": open_ceremony_code,
    "turns": open_ceremony_code,
    "come-again": open_ceremony_code,
    "sign:complete": open_ceremony_code,
    "own-pact": open_ceremony_code,
    "own-pact:signer": open_ceremony_code,
    "personal-pact": lambda world: {"token": world.token} if world.signature else {},
    "receipt": lambda world: {**open_ceremony_code(world), "receipt": world.signature.receipt},
    "verify-receipt": lambda world: {"receipt": world.signature.receipt},
    "verify-receipt:annulled": lambda world: {"receipt": annul(world.signature).signature.receipt},
    "receipt-proof": lambda world: {"receipt": world.logged_signature.receipt},
    "noted-proof": lambda world: {"receipt": world.noted_signature.receipt},
    "head-json": lambda world: {"size": world.logged_signature.entry.index + 1},
}
NEW_PASSWORD = {"password1": "sandi-yang-baru-2026", "password2": "sandi-yang-baru-2026"}


def shown_roster(world):
    """What the page of the draft sends, made when everybody of the table is there."""
    assert world.employee
    return freeze_form(Ceremony.objects.latest("pk"))


def election_form(world):
    return {
        "government": world.government.pk,
        "kind": "PEMILU",
        "name": "Pemilu Tahun 2029",
        "year": 2029,
    }


NEW_EMPLOYEE = {"kind": "PNS", "number": "197906062001042001", "name": "Ani Lestari"}
DATA = {
    "account_login": lambda world: {"login": "tidak-ada", "password": "salah"},
    "account_change_password": lambda world: {"oldpassword": factories.PASSWORD, **NEW_PASSWORD},
    "account_set_password": lambda world: NEW_PASSWORD,
    "account_reset_password": lambda world: {"email": "tidak-ada"},
    "account_reset_password_from_key": lambda world: NEW_PASSWORD,
    "account_reauthenticate": lambda world: {"password": factories.PASSWORD},
    "mfa_authenticate": lambda world: {"code": "123456"},
    "mfa_activate_totp": lambda world: {"code": "123456"},
    "mfa_reauthenticate": lambda world: {"code": "123456"},
    "mfa_edit_webauthn": lambda world: {"name": "Laptop"},
    "election-create": election_form,
    "election-edit": election_form,
    **texts_and_guidance.DATA,
    **mailings.DATA,
    **campaigns.DATA,
    **dashboards.DATA,
    "ceremony-create": lambda world: ceremony_form(world.opd),
    "ceremony-edit": lambda world: ceremony_form(world.opd),
    "ceremony-freeze": shown_roster,
    "import-approve": lambda world: {"plan": world.roster_import.plan_digest},
    "agency-edit": lambda world: {"name": "Dinas Baru", "address": "", "head": ""},
    "agency-create": lambda world: {"name": "Bidang Baru"},
    "agency-logo-edit": lambda world: {"picture": Upload("logo.png", factories.picture())},
    "agency-move": lambda world: {"target": world.other_opd.uuid},
    "employee-create": lambda world: {**NEW_EMPLOYEE, "agency": world.opd.uuid},
    "employee-edit": lambda world: NEW_EMPLOYEE,
    "employee-move": lambda world: {"agency": world.other_opd.uuid},
    "user-create": lambda world: {
        "name": "Khairil Adli",
        "email": "khairil@dumaikota.example",
        "role": "HEAD",
        "agency": world.opd.uuid,
    },
    "user-edit": lambda world: {"name": "Khairil Adli", "email": "khairil@dumaikota.example"},
    "role-grant": lambda world: {"role": "HEAD", "agency": world.opd.uuid},
    "link-send": lambda world: {"channel": "WHATSAPP", "sent_to": "0812 3456 7890"},
    "participant-excuse": lambda world: {"kind": "LEAVE"},
    "participant-refuse": lambda world: {"reason_given": "Tidak bersedia"},
    "participant-add": lambda world: {"employee": world.newcomer.uuid, "reason": "Pindahan"},
    "participant-depart": lambda world: {"reason": "Pindah"},
    "participant-take-back": lambda world: {"reason": "Salah nama"},
    "follow-up-assign": lambda world: {"p": world.participant.uuid, "assignee": "nobody"},
    "follow-up-excuse": lambda world: {"p": world.participant.uuid, "kind": "LEAVE"},
    "follow-up-edit": lambda world: {"assignee": "nobody", "note": "Sudah dihubungi"},
    "annulment-ask": lambda world: {"cause": "WRONG_PERSON", "explanation": "Bukan dia."},
    "kiosk-start": lambda world: {"pin": "482915", "again": "482915"},
    "slip-ask": lambda world: {"opd": world.opd.uuid, "order": "UNIT", "scope": "ALL"},
    "pack-ask": lambda world: {"kind": "ARCHIVE"},
    "sign:complete": lambda world: world.complete_form,
    "own-pact:signer": lambda world: {"ticket": tickets.issue(world.signature.invitation_id)},
    "verify-upload:unknown": lambda world: {"pakta": Upload("pakta.pdf", b"%PDF-1.7 ")},
}
