"""The big screen of a ceremony: opened by an officer, then going on for hours without a login."""

import json
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from netralitas.lib.access import require

from .. import rules
from ..errors import DisplayEnded
from ..services import boards
from .board_pages import board_page, figures_of
from .ceremonies import change, visible_ceremony
from .public import unlisted


@never_cache
@require_safe
def board(request, uuid):
    """Lead who may show it to a screen of the ceremony, whose address holds without a login."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_show_board(request.user.rights, ceremony.organizer))
    return redirect("display", boards.new_display(ceremony))


@login_not_required
@unlisted
@require_safe
def display(request, ticket):
    """The screen itself: figures, the way in, and the pledge to read."""
    try:
        ceremony = boards.find_display(ticket)
    except DisplayEnded as refusal:
        context = {"message": refusal.message}
        return render(request, "board/ended.html", context, status=refusal.status)
    return render(request, "board/board.html", board_page(ceremony, ticket))


@login_not_required
@unlisted
@require_safe
def display_figures(request, ticket):
    """What the screen asks for every two seconds; 304 if it has this already."""
    try:
        ceremony = boards.find_display(ticket)
    except DisplayEnded as refusal:
        return JsonResponse({"sentence": refusal.message}, status=refusal.status)
    body = json.dumps(figures_of(ceremony), ensure_ascii=False).encode()
    etag = quote_etag(sha256(body).hexdigest()[:32])
    answer = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=answer)


@require_POST
def names_show(request, uuid):
    """Name the latest signers on the screens of this ceremony; for its HR."""
    sentence = "Nama penanda tangan terbaru ditampilkan di layar besar."
    return change(request, uuid, boards.show_names, sentence)


@require_POST
def names_hide(request, uuid):
    """Name nobody."""
    return change(request, uuid, boards.hide_names, "Layar besar tidak menampilkan nama.")
