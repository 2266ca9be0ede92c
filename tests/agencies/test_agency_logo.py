"""/opd/<uuid>/logo/, …/logo/ubah/ and …/logo/hapus/"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from agencies.models import Event, Logo
from agencies.services.logos import set_logo
from netralitas.lib.pictures import NOT_A_PICTURE, TOO_MANY_BYTES
from tests import factories


def show(client, agency, **headers):
    return client.get(reverse("agency-logo", args=[agency.uuid]), headers=headers)


def upload(client, agency, content=None, name="logo.png"):
    file = SimpleUploadedFile(name, factories.picture() if content is None else content)
    return client.post(reverse("agency-logo-edit", args=[agency.uuid]), {"picture": file})


def test_hr_uploads_a_logo_and_sees_it(client, city):
    client.force_login(city.hr)
    response = upload(client, city.opd)
    assert response["Location"] == reverse("agency-detail", args=[city.opd.uuid])
    shown = show(client, city.opd)
    assert shown["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(shown.content)).size == (60, 40)


def test_what_the_file_is_called_does_not_count(client, city):
    client.force_login(city.hr)
    assert upload(client, city.opd, name="logo.svg").status_code == 302
    response = upload(client, city.opd, content=b"<svg/>", name="logo.png")
    assert response.status_code == 400
    assert response.context["form"].errors["picture"] == [NOT_A_PICTURE]


@pytest.mark.parametrize("content", [b"", None])
def test_without_a_file_the_form_asks_for_one(client, city, content):
    client.force_login(city.hr)
    address = reverse("agency-logo-edit", args=[city.opd.uuid])
    data = {} if content is None else {"picture": SimpleUploadedFile("logo.png", content)}
    response = client.post(address, data)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["picture"]


def test_more_than_three_megabytes_are_refused_in_words(client, city):
    client.force_login(city.hr)
    response = upload(client, city.opd, factories.picture() + bytes(3 * 1024 * 1024))
    assert response.context["form"].errors["picture"] == [TOO_MANY_BYTES]


def test_much_more_is_refused_before_it_is_read(client, city):
    client.force_login(city.hr)
    response = upload(client, city.opd, factories.picture() + bytes(5 * 1024 * 1024))
    assert response.status_code == 400
    assert "menerima paling banyak 4 MB" in response.content.decode()


def test_hr_takes_the_logo_away(client, city):
    client.force_login(city.hr)
    upload(client, city.opd)
    response = client.post(reverse("agency-logo-remove", args=[city.opd.uuid]))
    assert response["Location"] == reverse("agency-detail", args=[city.opd.uuid])
    assert show(client, city.opd).status_code == 404


def test_the_page_shows_whose_logo_is_used_and_only_the_own_can_be_removed(client, city):
    address = reverse("agency-logo-edit", args=[city.opd.uuid])
    remove = reverse("agency-logo-remove", args=[city.opd.uuid])
    client.force_login(city.hr)
    assert "kop surat memakai lambang netral" in client.get(address).content.decode()
    set_logo(actor=None, agency=city.government, content=factories.picture())
    page = client.get(address).content.decode()
    assert "Logo Pemerintah Kota Dumai, karena" in page
    assert remove not in page
    set_logo(actor=None, agency=city.opd, content=factories.picture())
    assert remove in client.get(address).content.decode()


def test_a_logo_is_kept_by_the_browser_until_it_changes(client, city):
    set_logo(actor=None, agency=city.opd, content=factories.picture())
    client.force_login(city.operator)
    first = show(client, city.opd)
    assert first["ETag"] == f'"{Logo.objects.get().sha256}"'
    assert first["Cache-Control"] == "private, no-cache"
    again = show(client, city.opd, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    set_logo(actor=None, agency=city.opd, content=factories.picture(colour="blue"))
    assert show(client, city.opd, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_an_operator_sees_the_logo_of_the_government_on_the_own_letterhead(client, city):
    set_logo(actor=None, agency=city.government, content=factories.picture())
    client.force_login(city.operator)
    assert show(client, city.unit).status_code == 200
    assert show(client, city.government).status_code == 404


@pytest.mark.parametrize("role", ["operator", "head", "auditor"])
def test_nobody_else_changes_logos(client, city, role):
    set_logo(actor=None, agency=city.opd, content=factories.picture())
    client.force_login(getattr(city, role))
    assert upload(client, city.opd).status_code == 403
    assert client.post(reverse("agency-logo-remove", args=[city.opd.uuid])).status_code == 403
    assert Event.objects.count() == 1
