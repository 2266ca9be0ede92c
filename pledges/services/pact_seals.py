"""Sealing with the key and on the terms that the settings name.

Only the worker and the command line need the key; what everybody else must know of it is kept as
rows of SealCertificate, of which this is the only writer.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from netralitas.lib import dates, seal_keys, timestamps
from netralitas.lib.canonical import sha256_hex
from netralitas.lib.seal_examination import examine_seal
from netralitas.lib.seal_keys import Delayed, SealError
from netralitas.lib.seals import Terms, check_in_time, countersign, seal

from ..choices import SealLevel
from ..models import Pact, SealCertificate

# How long nobody asks a time-stamp server that has just failed: thousands of pacts may wait for it.
SERVER_RESTS = timedelta(minutes=1)
RESTING = "stamp-server-rests"
NOTED_EVERY = timedelta(hours=1)
# What is fetched from elsewhere is shared by the seals of a process, and not made for many threads.
ONE_AT_A_TIME = Lock()
EXPIRED = "Sertifikat segel sudah kedaluwarsa"
EXPIRES = "Sertifikat segel segera kedaluwarsa"
DEMO = "Pakta masih disegel dengan kunci demo"
TOO_LOW = "Segel tidak mencapai tingkat {level} yang ditetapkan, sehingga pakta belum disegel."


@dataclass(frozen=True)
class Concern:
    """What somebody should see to about the certificate of seals."""

    title: str
    note: str


def warning_of(certificate, now):
    """What is wrong with a SealCertificate, or soon will be; None if nothing is, or there is none.

    On a site for trying out, the demo key is as it should be.
    """
    if certificate is None:
        return None
    ends = dates.date_only(certificate.not_after)
    if certificate.not_after < now:
        return Concern(EXPIRED, f"Sejak {ends} pakta tidak dapat disegel.")
    if certificate.not_after - now < seal_keys.WORTH_A_WARNING:
        return Concern(EXPIRES, f"Berlaku sampai {ends}; sesudahnya pakta tidak dapat disegel.")
    if certificate.is_demo and settings.SECURE:
        return Concern(DEMO, "Segel dengan kunci demo tidak membuktikan siapa penyegelnya.")
    return None


def level():
    """The level at which pacts are sealed now."""
    return settings.SEAL_LEVEL


def is_below(earlier):
    """Whether pacts are sealed now at a lower level than `earlier`."""
    return SealLevel.values.index(level()) < SealLevel.values.index(earlier)


def check():
    """Raises SealError if nothing can be sealed now, before anybody prepares what to seal."""
    check_in_time(seal_keys.current_key().facts, timezone.now())
    if level() != SealLevel.B and (reason := cache.get(RESTING)):
        raise timestamps.StampMissing(reason)


def sealed(content, location=""):
    """(the sealed bytes of a PDF, the row of the certificate), at just the level of the settings.

    Raises SealError.
    """
    return _put(lambda *terms: seal(content, *terms), location)


def countersigned(content, countersigning, location=""):
    """The bytes of a sealed PDF with a second revision: the `Countersigning`, signed with the same
    key on the same terms. Raises SealError.
    """
    check()
    return _put(lambda *terms: countersign(content, *terms, countersigning), location)[0]


def _put(act, location):
    """What `act` makes with key, terms and moment; and the row of the certificate."""
    now, key, wanted = timezone.now(), seal_keys.current_key(), level()
    if wanted == SealLevel.B:
        return act(key, Terms(location=location), now), note(key.facts)
    try:
        with ONE_AT_A_TIME:
            made = act(key, _terms(wanted, location, now), now)
        found = examine(made, key.facts.pem)
        if found.level != wanted or not found.holds:
            raise Delayed(TOO_LOW.format(level=wanted))
    except Delayed as error:
        timestamps.forget()
        cache.set(RESTING, error.message, SERVER_RESTS.total_seconds())
        raise
    return made, note(key.facts)


def is_sealed(signature):
    """Whether the pact of a signature was made since there are seals."""
    return Pact.objects.filter(signature=signature).exclude(seal_level="").exists()


def ask_the_server_again():
    """Somebody says that the time-stamp server is back: it rests no longer."""
    cache.delete(RESTING)


def begin():
    """Make the demo key where one is due, and note the certificate, if this machine has a key."""
    seal_keys.ensure_demo_key(timezone.now())
    note_current()


def note_current():
    """Have the other machines know the certificate that this one seals with, if it has one."""
    try:
        note(seal_keys.current_key().facts)
    except SealError:
        # That it is missing or cannot be read is told where something is to be sealed.
        return


def note(facts):
    """The row of a certificate, made if it is new; its last use is noted now and then."""
    now, digest = timezone.now(), sha256_hex(facts.pem.encode())
    row, _ = SealCertificate.objects.get_or_create(
        digest=digest,
        defaults={
            "pem": facts.pem,
            "fingerprint": facts.fingerprint,
            "subject": facts.subject[:255],
            "not_before": facts.not_before,
            "not_after": facts.not_after,
            "is_demo": facts.is_demo,
            "used_at": now,
        },
    )
    if now - row.used_at > NOTED_EVERY:
        SealCertificate.objects.filter(pk=row.pk).update(used_at=now)
    return row


def examine(content, *more):
    """What the seal of a PDF tells, by all certificates that ever sealed here and those of `more`
    (examine_seal)."""
    rows = SealCertificate.objects.all()
    return examine_seal(content, [*(row.pem for row in rows if row.is_intact()), *more])


def _terms(wanted, location, now):
    trust = None
    if wanted in {SealLevel.LT, SealLevel.LTA}:
        trust = timestamps.trust_in(Path(settings.SEAL_TRUST_ROOTS), now)
    return Terms(wanted, location, timestamps.timestamper(settings.TSA_URL), trust)
