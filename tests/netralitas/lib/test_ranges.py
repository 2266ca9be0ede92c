"""Which part of a file is asked for, and what is answered."""

from io import BytesIO

import pytest
from django.test import RequestFactory

from netralitas.lib.ranges import begins, ranged_response

CONTENT = b"0123456789"


def answer(**headers):
    request = RequestFactory().get("/", headers=headers)
    return ranged_response(
        request,
        BytesIO(CONTENT),
        len(CONTENT),
        filename="Pakta.zip",
        etag='"a"',
        content_type="application/zip",
    )


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("0-", 0, 10), ("4-", 4, 10), ("2-5", 2, 6), ("8-99", 8, 10), ("-3", 7, 10), ("-99", 0, 10)],
)
def test_a_part_is_answered_with_its_place(asked, start, end):
    response = answer(Range=f"bytes={asked}")
    assert (response.status_code, response.getvalue()) == (206, CONTENT[start:end])
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/10"
    assert response["Content-Length"] == str(end - start)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Range": "bytes=1-2,4-5"},
        {"Range": "bytes=5-2"},
        {"Range": "bytes=-"},
        {"Range": "lines=1-2"},
        {"Range": "bytes=4-", "If-Range": '"b"'},
    ],
)
def test_whatever_else_is_asked_gets_the_whole_file(headers):
    response = answer(**headers)
    assert (response.status_code, response.getvalue()) == (200, CONTENT)
    assert (response["Content-Length"], response["Accept-Ranges"]) == ("10", "bytes")
    assert response["Content-Disposition"] == 'attachment; filename="Pakta.zip"'


@pytest.mark.parametrize("asked", ["10-", "99-", "-0"])
def test_a_part_outside_the_file_is_refused(asked):
    response = answer(Range=f"bytes={asked}")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")


def test_going_on_with_the_same_version_gets_the_rest():
    response = answer(**{"Range": "bytes=4-", "If-Range": '"a"'})
    assert (response.status_code, response.getvalue()) == (206, CONTENT[4:])


@pytest.mark.parametrize(
    ("asked", "version", "expected"),
    [
        ("", "a", True),
        ("bytes=0-", "a", True),
        ("bytes=1-", "a", True),
        ("bytes=4-", "a", True),
        ("bytes=5-", "a", False),
        ("bytes=9-", "a", False),
        ("bytes=-6", "a", True),
        ("bytes=-5", "a", False),
        ("bytes=5-", "b", True),
        ("bytes=10-", "a", False),
    ],
)
def test_going_on_is_told_from_beginning(asked, version, expected):
    headers = {"Range": asked, "If-Range": f'"{version}"'} if asked else {}
    request = RequestFactory().get("/", headers=headers)
    assert begins(request, len(CONTENT), '"a"') is expected


def test_of_one_byte_the_first_is_the_beginning():
    assert begins(RequestFactory().get("/", headers={"Range": "bytes=0-"}), 1, '"a"')


def test_asking_about_a_file_begins_nothing():
    assert not begins(RequestFactory().head("/"), len(CONTENT), '"a"')
