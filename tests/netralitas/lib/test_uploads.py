"""How much is read of what is sent: decided by the announced size, before anybody is asked."""

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.datastructures import MultiValueDict

from netralitas.lib.uploads import MEGABYTE, FilesField, accepts_files, bound_of, in_megabytes
from netralitas.urls import handler400, handler403, handler404, handler500
from netralitas.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500"]

MULTIPART = "multipart/form-data; boundary=x"


class Unreadable:
    """A body of which not one byte may be read."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


def sizes(request):
    found = [len(file.read()) for file in request.FILES.getlist("files")]
    return HttpResponse(",".join(map(str, found)))


@accepts_files(up_to=3 * MEGABYTE)
def open_to_files(request):
    return sizes(request)


def closed(request):
    return sizes(request)


urlpatterns = [
    path("luas/", login_not_required(open_to_files)),
    path("tertutup/", closed),
    path("sempit/", login_not_required(closed)),
    *site,
]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = __name__
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def post(client, address, *sizes_of_files):
    files = [SimpleUploadedFile(f"{size}.csv", b"x" * size) for size in sizes_of_files]
    return client.post(address, {"files": files})


def announce(client, address, size):
    """Send the header of a form of `size` bytes whose body may not be read."""
    announced = {"CONTENT_LENGTH": str(size), "CONTENT_TYPE": MULTIPART}
    return client.generic("POST", address, **announced, **{"wsgi.input": Unreadable()})


@pytest.mark.django_db
class TestABoundedView:
    def test_takes_several_files_up_to_its_bound(self, client):
        response = post(client, "/luas/", 2 * MEGABYTE, MEGABYTE // 2)
        assert response.content == b"2097152,524288"

    def test_refuses_more_without_reading_it(self, client):
        response = announce(client, "/luas/", 200 * MEGABYTE)
        assert response.status_code == 400
        page = response.content.decode()
        assert "Kiriman ini terlalu besar: 200 MB" in page
        assert "paling banyak 3 MB sekaligus" in page
        assert '<a class="btn btn-primary" href="/luas/">Coba sekali lagi</a>' in page

    def test_refuses_what_is_one_byte_too_large(self, client):
        assert announce(client, "/luas/", 3 * MEGABYTE + 1).status_code == 400

    def test_counts_all_files_together(self, client):
        assert post(client, "/luas/", 2 * MEGABYTE, 2 * MEGABYTE).status_code == 400


@pytest.mark.django_db
class TestAViewNotMeantForFiles:
    def test_takes_as_much_as_fields_may_have(self, client, settings):
        assert post(client, "/sempit/", 1000).content == b"1000"
        size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        response = announce(client, "/sempit/", size + 1)
        assert response.status_code == 400
        assert "Kembali ke beranda" in response.content.decode()

    def test_reads_nothing_of_a_strangers_large_form(self):
        strict = Client(enforce_csrf_checks=True)
        strict.get("/masuk/")
        assert "csrftoken" in strict.cookies
        response = announce(strict, "/tertutup/", 200 * MEGABYTE)
        assert response.status_code == 400
        assert "Kiriman ini terlalu besar: 200 MB" in response.content.decode()


def test_a_request_without_an_address_has_the_least_bound(settings):
    assert bound_of(RequestFactory().post("/")) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 MB"),
        (1, "1 MB"),
        (MEGABYTE, "1 MB"),
        (MEGABYTE + 1, "2 MB"),
        (1200 * MEGABYTE, "1.200 MB"),
    ],
)
def test_sizes_are_told_in_megabytes_rounded_up(size, words):
    assert in_megabytes(size) == words


class FilesForm(forms.Form):
    files = FilesField(required=False)


class RequiredFilesForm(forms.Form):
    files = FilesField()


def sent(*names, content=b"isi"):
    return MultiValueDict({"files": [SimpleUploadedFile(name, content) for name in names]})


def test_a_field_for_files_gives_them_all_in_their_order():
    form = FilesForm({}, sent("b.csv", "a.csv"))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["b.csv", "a.csv"]


def test_a_field_for_files_may_stay_empty_if_it_is_not_required():
    form = FilesForm({}, MultiValueDict())
    assert form.is_valid()
    assert form.cleaned_data["files"] == []


def test_a_required_field_for_files_asks_for_one():
    assert RequiredFilesForm({}, MultiValueDict()).errors == {
        "files": ["Bidang ini tidak boleh kosong."]
    }


def test_an_empty_file_among_several_is_refused():
    form = FilesForm({}, sent("a.csv", content=b""))
    assert form.errors == {"files": ["Berkas yang dikirimkan kosong."]}


def test_the_picker_takes_several_files():
    assert "multiple" in str(FilesForm()["files"])
