"""The services that keep logos, and which logo a letterhead has."""

import io
from hashlib import sha256

import pytest
from PIL import Image

from agencies.models import Event, Logo
from agencies.services.logos import logo_of, remove_logo, set_logo
from netralitas.lib.errors import Refusal
from tests.factories import picture


def put(city, agency, colour="red"):
    set_logo(actor=city.hr, agency=agency, content=picture(colour=colour))
    return Logo.objects.get(agency=agency)


def test_a_logo_is_kept_as_a_small_png(city):
    logo = put(city, city.opd)
    image = Image.open(io.BytesIO(logo.png))
    assert (image.format, image.size) == ("PNG", (60, 40))
    assert logo.sha256 == sha256(logo.png).hexdigest()


def test_a_new_logo_replaces_the_old_one(city):
    old, new = put(city, city.opd), put(city, city.opd, "blue")
    assert old.sha256 != new.sha256
    assert Logo.objects.count() == 1


def test_the_event_names_the_picture_by_its_digest(city):
    logo = put(city, city.opd)
    event = Event.objects.get()
    assert (event.act, event.object_id) == ("agency.changed", str(city.opd.uuid))
    assert event.data == {"fields": ["logo"], "sha256": logo.sha256}


def test_the_same_logo_again_is_no_change(city):
    put(city, city.opd)
    put(city, city.opd)
    assert Event.objects.count() == 1


def test_what_is_no_picture_is_refused_and_the_old_logo_stays(city):
    logo = put(city, city.opd)
    with pytest.raises(Refusal):
        set_logo(actor=city.hr, agency=city.opd, content=b"<svg/>")
    assert Logo.objects.get() == logo
    assert Event.objects.count() == 1


def test_a_logo_is_taken_away_once(city):
    put(city, city.opd)
    remove_logo(actor=city.hr, agency=city.opd)
    remove_logo(actor=city.hr, agency=city.opd)
    assert not Logo.objects.exists()
    assert [event.data for event in Event.objects.all()][0] == {"fields": ["logo"]}
    assert Event.objects.count() == 2


def test_a_letterhead_has_the_logo_of_the_nearest_agency_above(city, django_assert_num_queries):
    assert logo_of(city.unit) is None
    government = put(city, city.government)
    assert [logo_of(agency) for agency in (city.government, city.opd, city.unit)] == [
        government
    ] * 3
    opd = put(city, city.opd, "blue")
    with django_assert_num_queries(1):
        assert logo_of(city.unit) == opd
    assert logo_of(city.other_opd) == government
    put(city, city.unit, "green")
    assert logo_of(city.opd) == opd
