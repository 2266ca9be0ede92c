"""Single sign-on: one account by its number, every time anew, and nothing on trust."""

from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse

from agencies.models import Event, User
from agencies.services import links
from tests import oidc
from tests.factories import EmployeeFactory, GovernmentFactory, OpdFactory, UserFactory
from tests.totp import code_of, enrol

pytestmark = pytest.mark.django_db

NIP = "197906062001042001"
BEGIN = "/masuk/sso/"


@pytest.fixture(scope="module")
def running():
    with oidc.running() as provider:
        yield provider


@pytest.fixture
def provider(running, settings):
    running.tamper.clear()
    running.asked.clear()
    settings.OIDC = running.settings()
    return running


@pytest.fixture
def user():
    opd = OpdFactory(parent=GovernmentFactory())
    employee = EmployeeFactory(agency=opd, number=NIP)
    return UserFactory(username="rina", employee=employee, government=employee.government)


def begin(client, **data):
    """Where the page leads that stands between us and the provider."""
    return client.post(BEGIN, data).context["address"]


def sign_on(client, provider, sub="sub-rina", **claims):
    """The whole way, as somebody of whom the provider claims this."""
    provider.add_user(sub, **claims)
    return client.get(provider.log_in(begin(client), sub))


def is_in(client):
    return client.session.get("_auth_user_id")


def refused(client, answer, sentence, status=403):
    page = answer.content.decode()
    assert (answer.status_code, is_in(client)) == (status, None)
    assert sentence in page
    assert User.objects.filter(username="sub-rina").count() == 0


# The way that works ----------------------------------------------------------------------------


@pytest.mark.parametrize("claim", [NIP, "19790606 200104 2 001", f" {NIP} "])
def test_the_claim_of_a_number_opens_the_account(client, provider, user, claim):
    answer = sign_on(client, provider, nip=claim)
    assert (answer.status_code, answer.url) == (302, "/")
    assert is_in(client) == str(user.pk)
    linked, event = Event.objects.order_by("id")
    assert (linked.act, linked.object_id) == ("account.linked", str(user.uuid))
    assert (event.act, event.data) == ("login.succeeded", {"way": "sso", "second_factor": False})
    assert event.actor == user


def test_the_button_is_there_only_when_the_environment_names_a_provider(client, settings, provider):
    assert "Masuk dengan SSO ASN" in client.get("/masuk/").content.decode()
    settings.OIDC = None
    assert "Masuk dengan SSO" not in client.get("/masuk/").content.decode()
    assert client.post(BEGIN).status_code == 404
    assert client.get(reverse("sso-callback")).status_code == 404


def test_the_claim_may_have_another_name(client, provider, settings, user):
    settings.OIDC = provider.settings(nip_claim="nomor_pegawai")
    sign_on(client, provider, nip="1", nomor_pegawai=NIP)
    assert is_in(client) == str(user.pk)


def test_the_request_has_state_nonce_and_a_challenge_and_asks_for_an_identity_alone(
    client, provider, user
):
    asked = parse_qs(urlsplit(begin(client)).query)
    assert len(asked["state"][0]) == 16
    assert len(asked["nonce"][0]) == 22
    assert asked["code_challenge_method"] == ["S256"]
    assert sorted(asked["scope"][0].split()) == ["openid", "profile"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/masuk/sso/kembali/"]
    sign_on(client, provider, nip=NIP)
    (exchange,) = provider.asked
    assert len(exchange["code_verifier"]) >= 43


def test_nothing_in_the_address_bends_the_request(client, provider):
    bent = urlencode({"auth_params": "nonce=x&prompt=none", "scope": "admin", "process": "connect"})
    address = client.post(f"{BEGIN}?{bent}", {"process": "connect"}).context["address"]
    asked = parse_qs(urlsplit(address).query)
    assert (asked["nonce"] != ["x"], "prompt" in asked) == (True, False)
    assert "admin" not in asked["scope"][0]


@pytest.mark.parametrize(
    ("wanted", "reached"), [("/pegawai/", "/pegawai/"), ("https://jahat.example/", "/")]
)
def test_one_is_led_on_to_a_page_of_this_site(client, provider, user, wanted, reached):
    provider.add_user("sub-rina", nip=NIP)
    answer = client.get(provider.log_in(begin(client, next=wanted), "sub-rina"))
    assert answer.url == reached


def test_the_second_factor_is_asked_for_here_as_well(client, provider, user):
    secret = enrol(user)
    assert sign_on(client, provider, nip=NIP).url == reverse("mfa_authenticate")
    assert is_in(client) is None
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(client) == str(user.pk)
    event = Event.objects.get(act="login.succeeded")
    assert event.data == {"way": "sso", "second_factor": True}


def test_nothing_of_what_the_provider_tells_is_kept(client, provider, user):
    for _ in range(2):
        sign_on(client, provider, nip=NIP, name="Rina Marlina", email="rina@sso.example")
        client.post(reverse("account_logout"))
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (user, "sub-rina", {})
    assert not SocialToken.objects.exists()
    assert not EmailAddress.objects.exists()
    user.refresh_from_db()
    assert (user.email, user.first_name) == ("", "Pengguna")


def test_logging_out_ends_our_session(client, provider, user):
    sign_on(client, provider, nip=NIP)
    client.post(reverse("account_logout"))
    assert client.get("/pegawai/").status_code == 302


def test_the_account_follows_the_claim_even_with_a_new_name_at_the_provider(client, provider, user):
    sign_on(client, provider, sub="dulu", nip=NIP)
    client.post(reverse("account_logout"))
    sign_on(client, provider, sub="sekarang", nip=NIP)
    assert is_in(client) == str(user.pk)


# Who gets no further ---------------------------------------------------------------------------


def test_a_number_without_account_is_refused_and_makes_none(client, provider, user):
    before = User.objects.count()
    refused(client, sign_on(client, provider, nip="198001012005011001"), "tidak memiliki akun")
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()
    event = Event.objects.get()
    assert (event.act, event.data, event.government) == ("login.failed", {"step": "sso"}, None)


def test_an_employee_without_account_is_refused_and_recorded(client, provider):
    employee = EmployeeFactory(number=NIP)
    refused(client, sign_on(client, provider, nip=NIP), "tidak memiliki akun")
    event = Event.objects.get()
    assert (event.object_type, event.object_id) == ("employee", str(employee.uuid))
    assert (event.government, event.employee) == (employee.government, employee)
    assert not User.objects.exists()


def test_a_number_with_two_accounts_in_use_is_refused(client, provider, user):
    UserFactory(employee=EmployeeFactory(number=NIP))
    refused(client, sign_on(client, provider, nip=NIP), "lebih dari satu akun")
    assert Event.objects.filter(act="login.failed").count() == 2
    assert not SocialAccount.objects.exists()


def test_of_two_accounts_the_one_used_before_is_opened(client, provider, user):
    sign_on(client, provider, nip=NIP)
    client.post(reverse("account_logout"))
    UserFactory(employee=EmployeeFactory(number=NIP))
    sign_on(client, provider, nip=NIP)
    assert is_in(client) == str(user.pk)


def test_an_account_that_another_governments_hr_opened_first_is_not_the_persons(
    client, provider, user
):
    user.set_unusable_password()
    user.save()
    UserFactory(employee=EmployeeFactory(number=NIP))
    refused(client, sign_on(client, provider, nip=NIP), "lebih dari satu akun")
    assert not SocialAccount.objects.exists()


def test_who_moved_to_another_government_goes_on_with_the_account_there(client, provider, user):
    sign_on(client, provider, nip=NIP)
    client.post(reverse("account_logout"))
    user.employee.active = False
    user.employee.save()
    there = UserFactory(employee=EmployeeFactory(number=NIP))
    sign_on(client, provider, nip=NIP)
    assert is_in(client) == str(there.pk)
    assert SocialAccount.objects.get().user == there


def test_an_ended_account_is_refused(client, provider, user):
    user.is_active = False
    user.save()
    refused(client, sign_on(client, provider, nip=NIP), "tidak memiliki akun")


def test_an_employee_who_left_is_refused(client, provider, user):
    user.employee.active = False
    user.employee.save()
    refused(client, sign_on(client, provider, nip=NIP), "tidak memiliki akun")


def test_an_address_alone_matches_nobody(client, provider, user):
    user.email = "rina@example.go.id"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    claims = {"email": user.email, "email_verified": True, "preferred_username": "rina"}
    refused(client, sign_on(client, provider, **claims), "tidak menyertakan NIP")


@pytest.mark.parametrize("claim", [None, "", "rina", int(NIP), [NIP], {"nip": NIP}, "1979", True])
def test_what_is_no_number_is_refused(client, provider, user, claim):
    refused(client, sign_on(client, provider, nip=claim), "tidak menyertakan NIP")


def test_a_known_person_who_suddenly_claims_another_number_is_refused(client, provider, user):
    other = UserFactory(employee=EmployeeFactory(number="198001012005011001"))
    sign_on(client, provider, nip=NIP)
    client.post(reverse("account_logout"))
    answer = sign_on(client, provider, nip=other.employee.number)
    refused(client, answer, "akun Netralitas yang lain")
    failed = Event.objects.get(act="login.failed")
    assert failed.object_id == str(other.uuid)


def test_who_was_refused_gets_in_once_hr_has_undone_the_link(client, provider, user):
    other = UserFactory(employee=EmployeeFactory(number="198001012005011001"))
    sign_on(client, provider, nip=other.employee.number)
    client.post(reverse("account_logout"))
    refused(client, sign_on(client, provider, nip=NIP), "akun Netralitas yang lain")
    links.unlink(actor=None, user=other)
    sign_on(client, provider, nip=NIP)
    assert is_in(client) == str(user.pk)


def test_a_stored_link_opens_nothing_by_itself(client, provider, user, settings):
    SocialAccount.objects.create(user=user, provider=settings.OIDC["server_url"], uid="sub-rina")
    refused(client, sign_on(client, provider), "tidak menyertakan NIP")


def test_who_is_logged_in_stays_who_they_are(client, provider, user):
    provider.add_user("sub-rina", nip=NIP)
    back = provider.log_in(begin(client), "sub-rina")
    other = UserFactory()
    client.force_login(other)
    assert client.post(BEGIN).url == "/"
    assert client.get(back).status_code in (302, 401)
    assert is_in(client) == str(other.pk)
    assert not SocialAccount.objects.exists()


# What is not believed --------------------------------------------------------------------------


def unbelieved(client, answer):
    refused(client, answer, "tidak dapat dihubungi, atau permintaan masuk sudah", status=401)


def tampered_token(provider, change):
    """Let the provider hand out what `change` makes of its identity token."""

    def tamper(answer):
        return {**answer, "id_token": change(answer["id_token"])}

    provider.tamper["/oauth2/token"] = tamper


def unverified(token):
    return jwt.decode(token, options={"verify_signature": False})


def signed_by_another(token):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(unverified(token), key, "RS256")


def signed_with_a_shared_secret(token):
    return jwt.encode(unverified(token), oidc.SECRET * 4, "HS256")


def unsigned(token):
    return jwt.encode(unverified(token), None, "none")


def naming_another_key(token):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(unverified(token), key, "RS256", headers={"kid": "lain"})


def cut(token):
    return token[:-8]


@pytest.mark.parametrize(
    "change",
    [signed_by_another, signed_with_a_shared_secret, unsigned, naming_another_key, cut, str.upper],
)
def test_an_identity_without_a_good_signature_is_not_believed(client, provider, user, change):
    tampered_token(provider, change)
    unbelieved(client, sign_on(client, provider, nip=NIP))


def test_an_answer_without_identity_is_not_believed(client, provider, user):
    provider.tamper["/oauth2/token"] = lambda answer: {"access_token": answer["access_token"]}
    unbelieved(client, sign_on(client, provider, nip=NIP))


def test_information_about_somebody_else_is_not_believed(client, provider, user):
    provider.tamper["/userinfo"] = lambda answer: {**answer, "sub": "orang-lain"}
    unbelieved(client, sign_on(client, provider, nip=NIP))


def test_an_identity_made_for_another_request_is_not_believed(client, provider, user):
    provider.add_user("sub-rina", nip=NIP)
    parts = urlsplit(begin(client))
    asked = {**{name: value[0] for name, value in parse_qs(parts.query).items()}, "nonce": "lain"}
    address = parts._replace(query=urlencode(asked)).geturl()
    unbelieved(client, client.get(provider.log_in(address, "sub-rina")))


def test_an_answer_nobody_asked_for_is_not_believed(client, provider, user):
    provider.add_user("sub-rina", nip=NIP)
    back = provider.log_in(begin(client), "sub-rina")
    client.cookies.clear()
    unbelieved(client, client.get(back))


def test_an_answer_counts_once(client, provider, user):
    provider.add_user("sub-rina", nip=NIP)
    back = provider.log_in(begin(client), "sub-rina")
    client.get(back)
    client.post(reverse("account_logout"))
    unbelieved(client, client.get(back))


def test_a_code_of_somebody_elses_client_is_not_believed(client, provider, user):
    provider.add_user("sub-rina", nip=NIP)
    address = begin(client).replace(f"client_id={oidc.CLIENT}", "client_id=lain")
    unbelieved(client, client.get(provider.log_in(address, "sub-rina")))


def test_thinking_better_of_it_leads_to_a_page_that_says_so(client, provider):
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = client.get(reverse("sso-callback"), {"error": "access_denied", "state": state})
    assert answer.url == reverse("socialaccount_login_cancelled")
    assert "Anda membatalkan masuk" in client.get(answer.url).content.decode()


def test_a_provider_that_is_away_is_said_so(client, provider, settings):
    settings.OIDC = provider.settings(server_url="http://localhost:9")
    answer = client.post(BEGIN)
    assert answer.status_code == 502
    assert "tidak dapat dihubungi" in answer.content.decode()


def test_a_provider_that_breaks_down_on_the_way_back_is_said_so(client, provider, user):
    provider.add_user("sub-rina", nip=NIP)
    back = provider.log_in(begin(client), "sub-rina")
    provider.tamper["/oauth2/token"] = lambda answer: {"error": "server_error"}
    unbelieved(client, client.get(back))
