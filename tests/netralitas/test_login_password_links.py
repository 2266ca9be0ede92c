"""A forgotten password: a mailed link, the same answer for everybody, the worker's work."""

import re

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from agencies.choices import EmployeeKind
from agencies.models import Event
from agencies.services.password_links import message_to, send_password_links
from tests.factories import PASSWORD, EmployeeFactory, GovernmentFactory, UserFactory

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NEW = "sandi-yang-baru-2026"
NIP = "197906062001042001"


@pytest.fixture
def user():
    government = GovernmentFactory(name="Pemerintah Kota Contoh")
    return UserFactory(
        username="rina", first_name="Rina", email="rina@example.go.id", government=government
    )


def ask(client, name):
    return client.post(reverse("account_reset_password"), {"email": name})


def link_in(message):
    """The path of the link in a mail."""
    return re.search(rf"{SITE}(/masuk/sandi/\S+)", message.body).group(1)


def set_password(client, link, password=NEW, again=None):
    """Follow a link, as far as its form, and send it."""
    page = client.get(link, follow=True)
    data = {"password1": password, "password2": password if again is None else again}
    return client.post(page.wsgi_request.path, data, follow=True)


@pytest.mark.parametrize(
    "typed", ["rina", "RINA", "rina@example.go.id", " Rina@Example.go.id ", "19790606 200104 2 001"]
)
def test_the_worker_mails_the_link_however_the_account_is_named(client, user, run_tasks, typed):
    user.employee = EmployeeFactory(number=NIP)
    user.save()
    assert ask(client, typed).url == reverse("account_reset_password_done")
    assert mail.outbox == []
    run_tasks()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["rina@example.go.id"],
        "Kata sandi baru untuk akun Netralitas Anda",
    )
    assert [kind for _, kind in message.alternatives] == ["text/html"]
    html = message.alternatives[0][0]
    link = f"{SITE}{link_in(message)}"
    assert html.count(f'<a href="{link}">') == 2
    assert f">{link}</a>" in html
    assert "nama pengguna rina" in message.body


def test_the_answer_is_the_same_for_who_is_known_and_who_is_not(client, user, run_tasks):
    UserFactory(username="tanpa-surel")
    UserFactory(username="diakhiri", email="ended@example.go.id", is_active=False)
    pages = []
    for typed in ("rina", "tidak-ada", "tanpa-surel", "diakhiri", "tidak@ada.id", "1979"):
        answer = ask(client, typed)
        assert (answer.status_code, answer.url) == (302, reverse("account_reset_password_done"))
        pages.append(client.get(answer.url).content)
    assert len(set(pages)) == 1
    run_tasks()
    assert [message.to for message in mail.outbox] == [["rina@example.go.id"]]


def test_a_request_leaves_no_secret_in_the_queue(client, user):
    ask(client, "rina")
    (queued,) = DBTaskResult.objects.all()
    assert queued.args_kwargs == {"args": [[str(user.uuid)]], "kwargs": {}}


def test_names_that_are_no_accounts_fill_no_table(client):
    ask(client, "tidak-ada-0")
    kept = rows_in_cache()
    for number in range(1, 20):
        ask(client, f"tidak-ada-{number}")
        ask(client, f"tidak-ada-{number}@example.go.id")
    assert (DBTaskResult.objects.count(), rows_in_cache()) == (0, kept)


def test_a_name_that_is_no_accounts_costs_the_same_however_many_were_asked_for(client):
    def written(name):
        with CaptureQueriesContext(connection) as queries:
            ask(client, name)
        statements = [query["sql"].split(" ", 1)[0] for query in queries]
        return [each for each in statements if each in ("INSERT", "UPDATE", "DELETE")]

    written("tidak-ada")
    costs = [written(f"tidak-ada-{number}") for number in range(8)]
    assert costs == [["UPDATE", "UPDATE"]] * 8


def rows_in_cache():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        return cursor.fetchone()[0]


def test_whoever_asks_too_often_is_answered_as_ever_and_gets_five_mails_an_hour(
    client, user, run_tasks
):
    typed = ["rina", "RINA", "rina@example.go.id", " Rina@example.go.id "] * 2
    answers = {(answer.status_code, answer.url) for answer in (ask(client, name) for name in typed)}
    assert answers == {(302, reverse("account_reset_password_done"))}
    run_tasks()
    assert len(mail.outbox) == 5
    ask(client, UserFactory(email="sari@example.go.id").username)
    run_tasks()
    assert len(mail.outbox) == 6


def test_a_number_with_two_accounts_gets_a_link_for_each(client, user, run_tasks):
    user.employee = EmployeeFactory(number=NIP)
    user.save()
    there = EmployeeFactory(number=NIP)
    UserFactory(username="rina.lain", email="rina@example.com", employee=there)
    ask(client, NIP)
    run_tasks()
    sent = sorted((message.to[0], "rina.lain" in message.body) for message in mail.outbox)
    assert sent == [("rina@example.com", True), ("rina@example.go.id", False)]


def test_people_who_share_a_mailbox_each_get_their_link(client, user, run_tasks):
    UserFactory(username="sari", email="RINA@example.go.id")
    ask(client, "rina@example.go.id")
    run_tasks()
    assert sorted(re.findall(r"nama pengguna (\w+)", "".join(m.body for m in mail.outbox))) == [
        "rina",
        "sari",
    ]


def test_the_link_sets_a_password_once(client, user):
    link = link_in(message_to(user))
    page = set_password(client, link)
    assert "Kata sandi disimpan" in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "Tautan tidak berlaku" in client.get(link, follow=True).content.decode()


def test_the_key_leaves_the_address_at_once(client, user):
    link = link_in(message_to(user))
    answer = client.get(link)
    assert re.fullmatch(r"/masuk/sandi/\w+-baru/", answer.url)


def test_a_link_is_refused_after_three_days(client, user):
    with time_machine.travel("2026-03-02T08:00:00+07:00", tick=False):
        link = link_in(message_to(user))
    with time_machine.travel("2026-03-05T07:59:00+07:00", tick=False):
        assert "Buat kata sandi baru" in client.get(link, follow=True).content.decode()
    with time_machine.travel("2026-03-05T08:00:01+07:00", tick=False):
        assert "Tautan tidak berlaku" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize("what", ["password", "email", "login", "ended"])
def test_a_link_ends_with_what_it_was_made_for(client, user, what):
    link = link_in(message_to(user))
    if what == "password":
        user.set_password(NEW)
    elif what == "email":
        user.email = "lain@example.go.id"
    elif what == "ended":
        user.is_active = False
    user.save()
    if what == "login":
        client.post(reverse("account_login"), {"login": "rina", "password": PASSWORD})
        client.logout()
    assert "Tautan tidak berlaku" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize("uid", ["1", "zz", "0" * 32, "f" * 40, "own"])
def test_a_made_up_link_is_refused(client, user, uid):
    uid = user.uuid.hex if uid == "own" else uid
    page = client.get(f"/masuk/sandi/{uid}-c8x1yz-{'0' * 32}/", follow=True)
    assert page.status_code == 200
    assert "Tautan tidak berlaku" in page.content.decode()


def test_a_password_set_by_link_logs_out_everywhere_and_in_nowhere(client, user):
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": "rina", "password": PASSWORD})
    assert elsewhere.get(reverse("mfa_index")).status_code == 200
    user.refresh_from_db()
    set_password(client, link_in(message_to(user)))
    assert elsewhere.get(reverse("mfa_index")).status_code == 302
    assert "_auth_user_id" not in client.session
    event = Event.objects.get(act="account.password")
    assert (event.actor, event.data) == (user, {"way": "link"})


@pytest.mark.parametrize("kind", EmployeeKind)
def test_the_page_names_the_number_one_may_log_in_with(client, kind):
    employee = EmployeeFactory(kind=kind)
    user = UserFactory(employee=employee)
    user.set_unusable_password()
    user.save()
    page = client.get(link_in(message_to(user)), follow=True).content.decode()
    assert f"atau {employee.get_number_kind_display()} Anda" in page


def test_the_page_welcomes_who_was_invited_and_names_the_account(client):
    user = UserFactory(username="baru", first_name="Budi")
    user.set_unusable_password()
    user.save()
    page = client.get(link_in(message_to(user)), follow=True).content.decode()
    assert "Selamat datang, Budi" in page
    assert "<strong>baru</strong>" in page


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("pendek1", None, "terlalu pendek"),
        ("1029384756102", None, "seluruhnya terdiri dari angka"),
        ("rina@example", None, "terlalu mirip"),
        ("password123", None, "terlalu umum"),
        (NEW, "lain-sekali-2026", "sama setiap kali"),
    ],
)
def test_a_weak_password_is_refused(client, user, password, again, sentence):
    page = set_password(client, link_in(message_to(user)), password, again).content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert sentence in page


def test_a_mail_that_cannot_be_sent_is_tried_again(user, run_tasks, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    send_password_links.enqueue([str(user.uuid)])
    run_tasks()
    again = DBTaskResult.objects.latest("enqueued_at")
    assert (again.args_kwargs["args"], again.run_after is not None) == ([[str(user.uuid)], 3], True)
    assert "rina" not in caplog.text


class Unreachable(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("rina@example.go.id")
