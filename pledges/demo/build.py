"""The whole demo, written once: governments, people, accounts, ceremonies, signatures."""

from agencies.errors import RosterError
from agencies.models import Event, User
from agencies.services import events
from netralitas.lib.errors import Refusal

from .accounts import LOGINS, open_accounts
from .city import go_round, lead_story
from .coming import open_story
from .following import follow_up
from .governments import GOVERNMENTS, take_in
from .mailings import plan_last_call
from .staging import stage
from .stories import STORIES
from .watching import add_reports_and_draft

BUILT = "demo.built"
IN_THE_WAY = (
    "Basis data ini sudah berisi data lain yang berbenturan dengan data demo. Jalankan "
    "manage.py demo --reset untuk mengosongkannya dan membuat data demo."
)


def is_built():
    """Whether the demo stands in this database."""
    return Event.objects.filter(object_type="agency", act=BUILT).exists()


def build(now):
    """Write the demo as of `now`. Call it inside a transaction, so that it is there whole or not.

    Raises Refusal if other data is in the way. Each ceremony is prepared with the roster of its
    day, so nobody signs before being appointed; people of an earlier import take part as well.
    Pacts are left to the worker.
    """
    if User.objects.filter(username__in=[login.username for login in LOGINS]).exists():
        raise Refusal(IN_THE_WAY)
    coming = open_story(now)
    lead = lead_story(coming)
    stories = sorted([*STORIES, lead, coming], key=lambda story: story.starts)
    try:
        for government in GOVERNMENTS:
            told = [story for story in stories if story.government == government]
            root = _tell(government, told, now)
        go_round(lead)
        events.record(actor=None, act=BUILT, obj=root, government=root)
    except RosterError as error:
        raise Refusal(IN_THE_WAY) from error


def _tell(government, stories, now):
    """Everything of one government, in the order of time; its root agency."""
    actor = None
    for story in stories:
        root = take_in(government, story.starts)
        actor = actor or open_accounts(government, root)
        stage(story, root, actor, now)
    add_reports_and_draft(government, root, actor)
    follow_up(root)
    plan_last_call(root, actor, now)
    return take_in(government)
