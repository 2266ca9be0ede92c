from django.db import migrations


def await_a_second_look(apps, schema_editor):
    """Refusals that were noted before `FollowUp` was there await their second look as well.

    Who noted one is told by the trail: that person is not to be the second.
    """
    FollowUp = apps.get_model("pledges", "FollowUp")
    Event = apps.get_model("agencies", "Event")
    refusing = apps.get_model("pledges", "Participant").objects.filter(state="REFUSED")
    for participant in refusing.filter(follow_up=None).order_by("pk"):
        noted = Event.objects.filter(
            act="participant.refused", object_type="participant", object_id=str(participant.uuid)
        )
        last = noted.order_by("-pk").first()
        FollowUp.objects.create(participant=participant, noted_by_id=last and last.actor_id)


class Migration(migrations.Migration):

    dependencies = [
        ("pledges", "0020_guidance"),
        ("agencies", "0008_roles_in_time_and_place"),
    ]

    operations = [migrations.RunPython(await_a_second_look, migrations.RunPython.noop)]
