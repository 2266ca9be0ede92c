"""`manage.py add_user`: the first HR officer of an installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.management.commands import add_user
from agencies.models import Event, User
from tests.factories import GovernmentFactory, OpdFactory, UserFactory

GOOD = "sandi-panjang-yang-baik"

pytestmark = pytest.mark.django_db


@pytest.fixture
def type_passwords(monkeypatch):
    """Answers the two prompts, as a terminal would."""

    def answer(*typed):
        answers = iter(typed)
        monkeypatch.setattr(add_user, "getpass", lambda prompt: next(answers))

    return answer


def run(*arguments):
    out = StringIO()
    call_command("add_user", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_hr_officer_can_log_in_and_manages_the_government(type_passwords, client):
    government = GovernmentFactory(slug="kota-uji", name="Pemerintah Kota Uji")
    type_passwords(GOOD, GOOD)

    said = run("bkpsdm", "--role=HR", "--government=kota-uji", "--name=Petugas BKPSDM")

    user = User.objects.get(username="bkpsdm")
    assert said == "Akun bkpsdm dibuat dengan peran BKPSDM pada Pemerintah Kota Uji.\n"
    assert user.rights.grants == (("HR", government.path),)
    assert user.government == government
    assert client.login(username="bkpsdm", password=GOOD)
    event = Event.objects.get(act="role.granted")
    assert event.government == government
    assert event.data == {"role": "HR", "agency": str(government.uuid)}


def test_a_head_gets_the_role_on_one_opd(type_passwords):
    opd = OpdFactory(name="Dinas Kesehatan", parent=GovernmentFactory(slug="kota-uji"))
    type_passwords(GOOD, GOOD)

    run("kepala", "--role=HEAD", "--government=kota-uji", "--opd=dinas kesehatan")

    assert User.objects.get(username="kepala").rights.grants == (("HEAD", opd.path),)


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        (
            ["--government=kota-lain"],
            [],
            "Tidak ada pemerintah daerah kota-lain. Impor data pegawai lebih dulu.",
        ),
        (
            ["--government=kota-uji", "--opd=Dinas Contoh"],
            [],
            "Peran HR berlaku bagi seluruh pemerintah daerah; jangan beri --opd.",
        ),
        (["--government=kota-uji"], [GOOD, GOOD + "x"], "Kedua kata sandi tidak sama."),
    ],
)
def test_a_refusal_is_one_sentence_and_makes_nobody(type_passwords, arguments, typed, sentence):
    GovernmentFactory(slug="kota-uji", name="Pemerintah Kota Uji")
    type_passwords(*typed)

    with pytest.raises(CommandError, match=sentence):
        run("baru", "--role=HR", *arguments)

    assert not User.objects.filter(username="baru").exists()


def test_an_unknown_opd_is_refused():
    GovernmentFactory(slug="kota-uji", name="Pemerintah Kota Uji")
    sentence = "Tidak ada OPD bernama Dinas Angin pada Pemerintah Kota Uji."

    with pytest.raises(CommandError, match=sentence):
        run("baru", "--role=HEAD", "--government=kota-uji", "--opd=Dinas Angin")


def test_a_weak_password_is_refused(type_passwords):
    GovernmentFactory(slug="kota-uji")
    type_passwords("12345678", "12345678")

    with pytest.raises(CommandError, match="terlalu umum"):
        run("baru", "--role=HR", "--government=kota-uji")


def test_a_taken_username_is_refused(type_passwords):
    GovernmentFactory(slug="kota-uji")
    UserFactory(username="lama")
    type_passwords(GOOD, GOOD)

    with pytest.raises(CommandError, match="Nama pengguna lama sudah dipakai."):
        run("lama", "--role=HR", "--government=kota-uji")
