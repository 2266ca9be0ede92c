"""The way back to the work list of the unsigned, as it was filtered, sorted and paged."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

CAME_FROM = "daftar"


def carried(request):
    """What the links of the list carry, so that their pages know the way back."""
    return urlencode({CAME_FROM: request.GET.urlencode()})


def carried_on(request):
    """The same on a page between; nothing for whoever came otherwise."""
    return urlencode({CAME_FROM: request.GET[CAME_FROM]}) if CAME_FROM in request.GET else ""


def list_address(request, ceremony):
    """The list as whoever comes from it saw it; all of it for whoever comes otherwise.

    Only its query comes along, and nothing of an address: it leads nowhere else.
    """
    query = QueryDict(request.GET.get(CAME_FROM, "")).urlencode()
    address = reverse("follow-up-list", args=[ceremony.uuid])
    return f"{address}?{query}" if query else address


def back_from(request, participant):
    """The list for whoever comes from it, else the page of the participant."""
    ceremony = participant.ceremony
    if CAME_FROM in request.GET:
        return list_address(request, ceremony)
    return reverse("participant-detail", args=[ceremony.uuid, participant.uuid])
