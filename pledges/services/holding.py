"""Which rows an act on ceremonies holds until its transaction ends, and always in this order:
campaigns, elections, ceremonies. Of two acts one then waits, and reads what the other wrote.
"""

from ..models import Campaign, Ceremony, Election


def campaign(key):
    """The campaign as it is now: nobody changes it, or freezes a roster in it, meanwhile."""
    return Campaign.objects.select_for_update(no_key=True).order_by().get(pk=key)


def elections(*keys):
    """Nobody renames these elections, or freezes a roster before them, meanwhile."""
    list(Election.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=keys))


def ceremony(key):
    """The ceremony as it is now, with the campaign and the election that it shares with others."""
    campaign_key = Ceremony.objects.values_list("campaign", flat=True).get(pk=key)
    if campaign_key:
        campaign(campaign_key)
    # Only now: a change of the campaign's election may have ended before it could be held.
    elections(Ceremony.objects.values_list("election", flat=True).get(pk=key))
    return Ceremony.objects.select_for_update(no_key=True).order_by().get(pk=key)
