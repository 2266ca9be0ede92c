"""What no page of ours sends: refused with a sentence, whatever it is, and nothing is stored."""

import gzip
import json
from uuid import uuid4

import pytest
from django.urls import reverse

from netralitas.lib import envelopes, tickets
from pledges.models import Signature
from tests import factories as make

from .pages import fields_of
from .visitor import enter, open_link, says

pytestmark = pytest.mark.django_db
UNREADABLE = "Kiriman ini tidak terbaca. Muat ulang halaman, lalu tanda tangani lagi."
BROKEN_PAGE = "Halaman ini tidak lengkap. Muat ulang halaman, lalu coba lagi."
JSON = "application/json"


@pytest.fixture
def participant():
    return make.participant_of(make.open_ceremony())


@pytest.fixture
def content(participant):
    """What a device seals, complete."""
    return {
        "credential": {"ticket": tickets.issue(make.invitation_of(participant).pk)},
        "submission": {
            "key": str(uuid4()),
            "text_digest": participant.ceremony.text.digest,
            "points": [1, 2, 3, 4],
            "consent": True,
            "method": "DRAWN",
            "strokes": make.STROKES,
            "typed_name": "",
            "device_time": "",
        },
        "start": "",
    }


def post(client, participant, body, kind=JSON, **headers):
    address = reverse("send", args=[participant.ceremony.code])
    return client.post(address, body, content_type=kind, headers=headers)


def sealed(text):
    return json.dumps(envelopes.seal(text if isinstance(text, bytes) else text.encode()))


def refuses(response):
    return (response.status_code, response.json()["sentence"]) == (400, UNREADABLE)


def test_the_body_by_which_the_others_are_measured_is_taken(client, participant, content):
    assert post(client, participant, sealed(json.dumps(content))).status_code == 200


TWICE = [
    ('"consent": true', '"consent": false, "consent": true'),
    ('"start": ""', '"start": "", "start": ""'),
    ('{"ticket":', '{"ticket": "x", "ticket":'),
]


@pytest.mark.parametrize(("once", "twice"), TWICE)
def test_a_name_that_stands_twice_is_refused(client, participant, content, once, twice):
    text = json.dumps(content)
    assert text.count(once) == 1
    assert refuses(post(client, participant, sealed(text.replace(once, twice))))
    envelope = sealed(text)
    doubled = envelope[:-1] + ', "data": "AAAA"}'
    assert refuses(post(client, participant, doubled))
    assert not Signature.objects.exists()


JUNK = [
    ("strokes", [[["1", 2], [3, 4]]]),
    ("strokes", [[[{}, 2], [3, 4]]]),
    ("strokes", [[[1.5, 2], [3, 4]]]),
    ("strokes", [[[True, 2], [3, 4]]]),
    ("strokes", [[[10**4000, 2], [3, 4]]]),
    ("strokes", [[] for _ in range(50)]),
    ("strokes", [[[[[[1, 2]]]]]]),
    ("points", [[1], 2, 3, 4]),
    ("points", [1, 2, 3, 4, 10**4000]),
    ("points", list(range(51))),
    ("points", {"1": 1}),
    ("consent", 1),
    ("consent", None),
    ("key", ["a"]),
    ("key", "\ud800" * 32),
    ("method", "\x00"),
    ("typed_name", {"a": "b"}),
    ("text_digest", "\ud800"),
    ("device_time", None),
]


@pytest.mark.parametrize(("name", "value"), JUNK)
def test_junk_in_any_field_is_refused(client, participant, content, name, value):
    content["submission"][name] = value
    response = post(client, participant, sealed(json.dumps(content)))
    assert (response.status_code, Signature.objects.count()) == (400, 0)
    assert response.json()["sentence"]


@pytest.mark.parametrize("where", ["", "credential", "submission"])
def test_another_field_is_refused_at_every_depth(client, participant, content, where):
    (content[where] if where else content)["late"] = "x"
    assert refuses(post(client, participant, sealed(json.dumps(content))))


CREDENTIALS = [
    {"link": "a"},
    {"ticket": "x" * 501},
    {"ticket": "\ud800:a:b"},
    {"ticket": "é:a:b"},
    {"ticket": "a" * 100_000},
    {"ticket": ["a"]},
    {"number": "1", "pin": None},
    [["ticket", "a"]],
]


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_secret_of_another_form_is_refused(client, participant, content, credential):
    content["credential"] = credential
    assert refuses(post(client, participant, sealed(json.dumps(content))))


@pytest.mark.parametrize("start", [[], None, 0, ["a"], {"a": 1}, 5, "\ud800", "x" * 501])
def test_a_start_of_another_form_is_refused(client, participant, content, start):
    content["start"] = start
    assert refuses(post(client, participant, sealed(json.dumps(content))))


BODIES = [
    b"",
    b"null",
    b"NaN",
    b"[" * 100_000,
    b'{"a":' * 40_000,
    b"\xff\xfe{}",
    b"\xef\xbb\xbf{}",
    "{}".encode("utf-16"),
    b"1" * 5_000,
    b"\x00",
    b'{"from": "\xc3\x28", "data": ""}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("inside", [False, True])
def test_what_is_no_envelope_or_holds_none_is_refused(client, participant, body, inside):
    assert refuses(post(client, participant, sealed(body) if inside else body))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_is_refused(client, participant, content, number):
    text = json.dumps(content).replace("[1500, 3200]", f"[{number}, 3200]")
    assert refuses(post(client, participant, sealed(text)))


KINDS = ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream", "a"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_that_does_not_say_it_is_json_is_refused(client, participant, content, kind):
    assert refuses(post(client, participant, sealed(json.dumps(content)), kind))


def test_a_compressed_body_is_refused(client, participant, content):
    """Nothing is unpacked: a few bytes may stand for a great many."""
    body = gzip.compress(sealed(json.dumps(content)).encode())
    assert refuses(post(client, participant, body, **{"Content-Encoding": "gzip"}))
    page = open_link(client, participant)
    form = gzip.compress(f"ticket={fields_of(page)['ticket']}".encode())
    address = reverse("sign", args=[participant.ceremony.code])
    kind = "application/x-www-form-urlencoded"
    headers = {"Content-Encoding": "gzip"}
    assert client.post(address, form, content_type=kind, headers=headers).status_code == 400


@pytest.mark.parametrize("size", [400_001, 1_100_000])
def test_a_body_beyond_any_signature_is_told_so_in_json(client, participant, size):
    response = post(client, participant, b" " * size)
    assert (response.status_code, response.json()["sentence"]) == (413, UNREADABLE)


# Forms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [{"late": "1"}, {"pin": ["1" * 8, "2" * 8]}, {"\x00": ""}])
def test_the_entrance_takes_number_and_pin_alone(client, participant, more):
    data = {"number": participant.number, "pin": make.pin_of(participant), **more}
    address = reverse("ceremony-entrance", args=[participant.ceremony.code])
    response = client.post(address, data)
    assert (response.status_code, says(response, BROKEN_PAGE)) == (400, True)
    assert "ticket" not in fields_of(response)


@pytest.mark.parametrize("more", [{"late": "1"}, {"ticket": ["a", "b"]}, {"ticket": []}])
def test_the_own_pact_is_handed_out_for_the_ticket_alone(client, participant, more):
    signature = make.sign(participant)
    data = {"ticket": tickets.issue(signature.invitation_id)}
    address = reverse("own-pact", args=[participant.ceremony.code])
    assert client.post(address, data)["Content-Type"] == "application/pdf"
    response = client.post(address, {**data, **more})
    assert (response.status_code, says(response, BROKEN_PAGE)) == (400, True)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_a_form_of_another_kind_opens_and_signs_nothing(client, participant, kind):
    pin = make.pin_of(participant)
    page = fields_of(enter(client, participant.ceremony, participant.number, pin))
    for name, data in (
        ("ceremony-entrance", {"number": participant.number, "pin": pin}),
        ("sign", page),
    ):
        address = reverse(name, args=[participant.ceremony.code])
        response = client.post(address, json.dumps(data), content_type=kind)
        assert (response.status_code, Signature.objects.count()) == (400, 0)


def test_letters_that_are_no_utf_8_are_refused(client, participant):
    address = reverse("ceremony-entrance", args=[participant.ceremony.code])
    kind = "application/x-www-form-urlencoded"
    response = client.post(address, b"number=%ff%fe&pin=\xff\xfe", content_type=kind)
    assert response.status_code == 400
