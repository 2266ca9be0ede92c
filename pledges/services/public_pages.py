"""What anybody may read of a ceremony, while HR shows it: the only writer of `PublicPage`."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from netralitas.lib import dates
from netralitas.lib.errors import Refusal

from ..errors import WrongState
from ..models import PublicPage
from . import trail

LONGEST = PublicPage._meta.get_field("slug").max_length
TAKEN = "Alamat ini sudah dipakai acara lain."
NO_SLUG = "Isi alamat halaman publik."
ALREADY_SHOWN = "Halaman publik acara ini sudah ditampilkan."
NOT_SHOWN = "Halaman publik acara ini tidak sedang ditampilkan."
NO_ROSTER = "Halaman publik dapat ditampilkan setelah daftar peserta dibekukan."
CANCELLED = "Halaman publik acara yang dibatalkan tidak dapat ditampilkan."


def page_of(ceremony):
    """The page of a ceremony, shown or not; None if it never was."""
    return PublicPage.objects.filter(ceremony=ceremony).first()


def suggested_slug(ceremony):
    """An address of title and day that nobody has, as "apel-ikrar-netralitas-11-januari-2023"."""
    day = slugify(dates.date_only(ceremony.starts_at, ceremony.time_zone))
    words = slugify(ceremony.title).split("-")
    # Whole words of the title, as many as there is room for beside the day and a number.
    while len(words) > 1 and len("-".join(words)) > LONGEST - len(day) - 4:
        words.pop()
    title = "-".join(words)[: LONGEST - len(day) - 4] or "acara"
    wanted = f"{title}-{day}"
    taken = set(PublicPage.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 2
    found = wanted
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def check_possible(ceremony):
    """Raises WrongState for a ceremony whose page cannot be shown."""
    if ceremony.frozen_at is None:
        raise WrongState(NO_ROSTER)
    if ceremony.is_cancelled:
        raise WrongState(CANCELLED)


@transaction.atomic
def show(*, actor, ceremony, slug):
    """The page, shown from now on. Its address is `slug` the first time, and that one ever after.

    Raises Refusal for no address or one that is taken, WrongState if it is shown already, if the
    roster is not frozen, or if the ceremony is cancelled.
    """
    check_possible(ceremony)
    page = page_of(ceremony) or _new_page(ceremony, slug)
    hidden = PublicPage.objects.filter(pk=page.pk, is_shown=False)
    if hidden.update(is_shown=True, shown_at=page.shown_at or timezone.now()) != 1:
        raise WrongState(ALREADY_SHOWN)
    page.refresh_from_db()
    trail.record(actor, "public_page.shown", ceremony)
    return page


def _new_page(ceremony, slug):
    if not slug:
        raise Refusal(NO_SLUG, "slug")
    try:
        with transaction.atomic():
            return PublicPage.objects.create(ceremony=ceremony, slug=slug)
    except IntegrityError as error:
        raise Refusal(TAKEN, "slug") from error


@transaction.atomic
def hide(*, actor, ceremony):
    """Nobody reads the page any more; its address stays the ceremony's.

    Raises WrongState if it is not shown.
    """
    if PublicPage.objects.filter(ceremony=ceremony, is_shown=True).update(is_shown=False) != 1:
        raise WrongState(NOT_SHOWN)
    trail.record(actor, "public_page.hidden", ceremony)
