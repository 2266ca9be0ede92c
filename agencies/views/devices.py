"""Where one is logged in: the list, ending one session, ending all others."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from netralitas.lib.browsers import named

from ..services import devices


@require_safe
def session_list(request):
    """The user's own sessions, this one first."""
    key = request.session.session_key
    rows = [
        {
            "session": session,
            "device": named(session.user_agent),
            "code": devices.code_of(session),
            "here": session.session_key == key,
        }
        for session in devices.sessions_of(request.user)
    ]
    context = {
        "rows": sorted(rows, key=lambda row: not row["here"]),
        "has_others": any(not row["here"] for row in rows),
        "zone": request.user.time_zone,
    }
    return render(request, "usersessions/list.html", context)


@require_POST
def session_end(request, code):
    """Log out elsewhere, on one device. This session is ended by logging out."""
    for session in _others(request):
        if devices.code_of(session) == code:
            devices.end_sessions(user=request.user, sessions=[session])
            messages.success(request, "Sesi diakhiri.")
            return redirect("usersessions_list")
    raise Http404


@require_POST
def sessions_end(request):
    """Log out everywhere but here."""
    devices.end_sessions(user=request.user, sessions=_others(request))
    messages.success(request, "Semua sesi lain diakhiri.")
    return redirect("usersessions_list")


def _others(request):
    sessions = devices.sessions_of(request.user)
    return list(sessions.exclude(session_key=request.session.session_key))
