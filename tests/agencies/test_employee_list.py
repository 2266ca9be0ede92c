"""GET /pegawai/"""

import pytest
from django.urls import reverse

from agencies.choices import EmployeeKind
from netralitas.lib.tables import PER_PAGE
from tests import factories

LIST = reverse("employee-list")


@pytest.fixture
def people(city):
    """Three people of the city who differ in everything that can be asked for."""
    add = factories.EmployeeFactory
    return {
        "ani": add(
            agency=city.unit,
            name="Ani Lestari",
            position="Sandiman Ahli Muda",
            number="197906062001042001",
            grade="III/d",
        ),
        "budi": add(
            agency=city.opd,
            name="Budi Santoso",
            position="Kepala Dinas",
            kind=EmployeeKind.PPPK,
            number="198001012023211001",
            grade="IX",
        ),
        "citra": add(
            agency=city.other_opd,
            name="Citra Dewi",
            position="Perawat",
            kind=EmployeeKind.NON_ASN,
            number="1472011701940001",
        ),
    }


def test_hr_sees_all_by_name(names_on, city, people):
    assert names_on(city.hr, LIST) == ["Ani Lestari", "Budi Santoso", "Citra Dewi"]


def test_an_operator_sees_the_own_opd_and_its_units(names_on, city, people):
    assert names_on(city.operator, LIST) == ["Ani Lestari", "Budi Santoso"]


def test_no_government_sees_anothers_people(names_on, city, people, regency):
    assert names_on(regency.hr, LIST) == ["Hermon"]
    assert names_on(regency.hr, f"{LIST}?q=Ani") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lestari", ["Ani Lestari"]),
        ("santoso budi", ["Budi Santoso"]),
        ("kepala dinas", ["Budi Santoso"]),
        ("ani perawat", []),
        ("19790606 200104 2 001", ["Ani Lestari"]),
        ("147201170194", ["Citra Dewi"]),
        ("%", []),
        ("  ", ["Ani Lestari", "Budi Santoso", "Citra Dewi"]),
        ("persandian", ["Ani Lestari"]),
        ("informatika", ["Ani Lestari", "Budi Santoso"]),
        ("komunikasi sandiman", ["Ani Lestari"]),
        ("kesehatan perawat citra", ["Citra Dewi"]),
        ("kesehatan sandiman", []),
    ],
)
def test_a_search_finds_by_name_position_number_unit_and_opd(names_on, city, people, words, found):
    assert names_on(city.hr, f"{LIST}?q={words.replace('%', '%25')}") == found


def test_the_agency_filter_takes_the_whole_subtree(names_on, city, people):
    assert names_on(city.hr, f"{LIST}?agency={city.opd.uuid}") == ["Ani Lestari", "Budi Santoso"]
    assert names_on(city.hr, f"{LIST}?agency={city.unit.uuid}") == ["Ani Lestari"]


def test_the_agency_filter_offers_the_opd_and_the_unit_chosen(client, city):
    client.force_login(city.hr)
    form = client.get(LIST, {"agency": city.unit.uuid}).context["filters"].form
    assert [label for _, label in form.fields["agency"].choices] == [
        "Semua instansi",
        "Pemerintah Kota Dumai",
        "Dinas Kesehatan",
        "Dinas Komunikasi dan Informatika",
        "Bidang Persandian",
    ]


def test_an_agency_of_somebody_else_finds_nobody(names_on, city, people, regency):
    assert names_on(city.hr, f"{LIST}?agency={regency.opd.uuid}") == []
    assert names_on(city.operator, f"{LIST}?agency={city.other_opd.uuid}") == []


def test_the_kind_filter(names_on, city, people):
    assert names_on(city.hr, f"{LIST}?kind=NON_ASN") == ["Citra Dewi"]


def test_the_grade_filter(names_on, city, people):
    assert names_on(city.hr, f"{LIST}?grade=III/d") == ["Ani Lestari"]
    assert names_on(city.hr, f"{LIST}?grade=IX") == ["Budi Santoso"]


@pytest.mark.parametrize(
    ("level", "found"), [("II", ["Budi Santoso"]), ("III", []), ("tanpa", ["Ani", "Citra"])]
)
def test_the_echelon_filter_takes_every_step_of_a_level(names_on, city, people, level, found):
    people["budi"].echelon = "II.b"
    people["budi"].save()
    names = names_on(city.hr, f"{LIST}?echelon={level}")
    assert len(names) == len(found)
    assert all(name.startswith(start) for name, start in zip(names, found, strict=True))


def test_who_left_is_told_apart_from_who_is_here(client, city):
    factories.EmployeeFactory(agency=city.opd, name="Ada")
    factories.EmployeeFactory(agency=city.opd, name="Bekas", active=False)
    client.force_login(city.operator)
    page = client.get(LIST, {"active": "semua"}).content.decode()
    assert page.index("Ada") < page.index("Bekas") < page.index('muted">Tidak aktif')


def test_those_who_left_show_only_when_asked_for(names_on, city, people):
    factories.EmployeeFactory(agency=city.opd, name="Dewi Lama", active=False)
    assert "Dewi Lama" not in names_on(city.hr, LIST)
    assert names_on(city.hr, f"{LIST}?active=tidak") == ["Dewi Lama"]
    assert "Dewi Lama" in names_on(city.hr, f"{LIST}?active=semua")
    assert len(names_on(city.hr, f"{LIST}?active=semua")) == 4


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Ani Lestari"),
        ("-name", "Citra Dewi"),
        ("number", "Citra Dewi"),
        ("-kind", "Budi Santoso"),
        ("-grade", "Budi Santoso"),
        ("position", "Budi Santoso"),
        ("-agency", "Citra Dewi"),
    ],
)
def test_every_column_sorts(names_on, city, people, sort, first):
    assert names_on(city.hr, f"{LIST}?sort={sort}")[0] == first


def test_a_row_shows_name_with_titles_number_in_groups_kind_and_workplace(client, city, people):
    client.force_login(city.operator)
    rows = client.get(LIST, {"q": "lestari"}).context["table"].paginated_rows
    name, number, kind, grade, position, agency = (cell for _, cell in next(iter(rows)).items())
    assert "Ani Lestari, S.Kom." in name
    assert reverse("employee-detail", args=[people["ani"].uuid]) in name
    assert "19790606 200104 2 001" in number
    assert "NIP" in number
    assert (kind, grade, position) == ("PNS", "III/d", "Sandiman Ahli Muda")
    assert "Bidang Persandian" in agency
    assert "Dinas Komunikasi dan Informatika" in agency


def test_a_name_that_looks_like_markup_is_shown_as_text(client, city):
    factories.EmployeeFactory(agency=city.opd, name="<b>Tebal</b>", position="<i>Miring</i>")
    client.force_login(city.operator)
    page = client.get(LIST).content.decode()
    assert "&lt;b&gt;Tebal&lt;/b&gt;" in page
    assert "<b>Tebal" not in page
    assert "<i>Miring" not in page


def test_a_page_has_fifty_rows_whatever_is_asked(client, city):
    factories.EmployeeFactory.create_batch(PER_PAGE + 3, agency=city.opd)
    client.force_login(city.operator)
    table = client.get(LIST, {"per_page": 1000}).context["table"]
    assert len(list(table.paginated_rows)) == PER_PAGE == 50
    table = client.get(LIST, {"page": 2, "per_page": 0}).context["table"]
    assert len(list(table.paginated_rows)) == 3
    assert table.page.paginator.count == 53


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=nan",
        "page=99999999999999999999",
        "page=" + "9" * 5000,
        "sort=bogus",
        "sort=-",
        "sort=name&sort=-name&sort=agency__path",
        "agency=bogus",
        "kind=bogus",
        "grade=bogus",
        "echelon=bogus",
        "active=bogus",
        "q=%00",
        "q=" + "x" * 5000,
        "q=%F0%9F%97%B3",
    ],
)
def test_nonsense_in_the_query_is_answered_with_a_page(client, city, people, query):
    client.force_login(city.hr)
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_an_empty_roster_tells_hr_how_to_import(client, city):
    client.force_login(city.hr)
    assert f'href="{reverse("import-create")}"' in client.get(LIST).content.decode()


def test_an_empty_roster_tells_an_operator_whom_to_ask(client, city):
    client.force_login(city.operator)
    page = client.get(LIST).content.decode()
    assert "Daftar pegawai instansi Anda belum diimpor. Hubungi BKPSDM." in page
    assert reverse("import-create") not in page


def test_a_search_without_result_offers_to_clear_it(client, city, people):
    client.force_login(city.hr)
    page = client.get(LIST, {"q": "zzz"}).content.decode()
    assert "Tidak ada pegawai yang cocok" in page
    assert f'href="{LIST}">Hapus saringan</a>' in page


def test_a_user_without_role_sees_nobody(client, city, people):
    client.force_login(factories.UserFactory())
    response = client.get(LIST)
    assert list(response.context["table"].paginated_rows) == []
    assert "Mintalah BKPSDM memberikan peran" in response.content.decode()
