"""/sehat/: for a load balancer, which has no account."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse


@pytest.mark.django_db
def test_a_process_that_can_serve_says_so(client):
    response = client.get("/sehat/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]
    assert reverse("health") == "/sehat/"


@pytest.mark.django_db
def test_it_is_only_read(client):
    assert client.post("/sehat/").status_code == 405


def broken(execute, sql, params, many, context):
    raise OperationalError("the database is gone")


@pytest.mark.django_db
def test_without_a_database_it_is_an_error(client):
    client.raise_request_exception = False
    with connection.execute_wrapper(broken):
        response = client.get("/sehat/")
    assert response.status_code == 500


@pytest.mark.django_db
def test_it_answers_without_encryption_behind_a_proxy(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/sehat/").status_code == 200
    assert client.get("/v/").status_code == 301
