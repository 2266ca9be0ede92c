"""The guides at /bantuan/: the short texts of docs/guides/, one for each role."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.choices import RoleName

from .lib import markdown

FOLDER = settings.BASE_DIR / "docs" / "guides"


@dataclass(frozen=True)
class Guide:
    """One guide: the name of its file and address, for whom it is, in a line, and their role."""

    name: str
    title: str
    note: str
    icon: str
    role: str = ""


GUIDES = (
    Guide("bkpsdm", "BKPSDM", "Dari impor pegawai sampai berita acara.", "people", RoleName.HR),
    Guide(
        "operator",
        "Operator OPD",
        "Jadwal, slip PIN, undangan, dan menindaklanjuti yang belum.",
        "printer",
        RoleName.OPERATOR,
    ),
    Guide(
        "kepala", "Kepala OPD", "Memantau, mengetahui, dan mengunduh pakta.", "award", RoleName.HEAD
    ),
    Guide("pegawai", "Pegawai", "Menandatangani pakta dan menyimpan buktinya.", "pen"),
)


@login_not_required
@require_safe
def guide_list(request):
    """All guides; those of the user's own roles first."""
    user = request.user
    held = {role for role, _ in user.rights.grants} if user.is_authenticated else set()
    own_first = sorted(GUIDES, key=lambda guide: guide.role not in held)
    return render(request, "guides/list.html", {"guides": own_first})


@login_not_required
@require_safe
def guide_detail(request, name):
    """One guide; anybody may read it."""
    guide = next((guide for guide in GUIDES if guide.name == name), None)
    if guide is None:
        raise Http404
    return render(request, "guides/detail.html", {"page": page_of(name)})


@lru_cache(maxsize=len(GUIDES))
def page_of(name):
    """The `markdown.Page` of a guide; its text does not change while the process runs."""
    return markdown.render((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
