"""A page laid out once and stamped; pages that cannot be are found out."""

from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader
from weasyprint import CSS, HTML

from netralitas.lib.stamping import NotSettable, Template, Unstampable, mark_picture
from pledges.documents.pact_pictures import image_uri

STYLE = CSS(
    string="@page { size: 100mm 90mm; margin: 10mm } body { font-family: 'Liberation Serif' }"
    " h1, p { margin: 0 } h1 { font-size: 16px; text-align: center }"
    " u { text-decoration: underline }"
    " img { display: block; height: 10mm; width: 20mm }"
)
PICTURE = image_uri(mark_picture(7, 200, 100).encode())
PAGE = f'<title>Qtitle</title><h1>Hal: Qa</h1><p><u>Qb1<br>Qb2</u></p><img alt="-" src="{PICTURE}">'
SLOTS = {"title": ["Qa"], "body": ["Qb1", "Qb2"]}
WORDS = {"Qtitle": "Judul (satu)"}


def template_of(page=PAGE, slots=SLOTS, pictures=None, details=WORDS, **options):
    document = HTML(string=f'<html lang="id">{page}</html>').render(stylesheets=[STYLE])
    pictures = {"drawing": 7} if pictures is None else pictures
    return Template(
        document, slots, pictures, details, alphabets={}, attached=False, pdf_tags=True, **options
    )


def stamped(template, title="Pakta", body=("satu", "dua")):
    lines = {"title": template.lines_of("title", title), "body": body}
    return template.stamp(lines, {"drawing": b"0 0 200 100 re f"}, WORDS, b"0" * 32)


def operators(content):
    with pikepdf.open(BytesIO(content)) as file:
        return [
            (str(operator), [float(each) if not hasattr(each, "keys") else 0 for each in operands])
            for operands, operator in pikepdf.parse_content_stream(file.pages[0])
            if str(operator) in {"m", "l", "Tm", "re"}
        ]


def test_other_words_take_the_place_of_the_marks():
    reader = PdfReader(BytesIO(stamped(template_of())))
    assert reader.pages[0].extract_text().split() == ["Hal:", "Pakta", "satu", "dua"]
    assert reader.metadata.title == "Judul (satu)"


def test_centred_words_stay_in_the_middle_and_lines_under_words_follow_them():
    short, long = (operators(stamped(template_of(), "i", ("i", each))) for each in ("i", "panjang"))
    places = [[at[4] for name, at in found if name == "Tm"] for found in (short, long)]
    assert places[0] == places[1]
    wider = operators(stamped(template_of(), "Pakta Integritas"))
    assert [at[4] for name, at in wider if name == "Tm"][0] < places[0][0]
    ends = [[at[0] for name, at in found if name == "l"] for found in (short, long)]
    assert ends[0][0] == ends[1][0]
    assert ends[0][1] < ends[1][1]


def test_a_picture_is_drawn_where_its_mark_was():
    assert ("re", [0, 0, 200, 100]) in operators(stamped(template_of()))


def test_the_same_values_give_the_same_sound_file():
    content = stamped(template_of())
    assert content == stamped(template_of())
    with pikepdf.open(BytesIO(content)) as file:
        assert file.check_pdf_syntax() == []
        assert "/StructTreeRoot" in file.Root


def test_other_words_give_another_state_of_the_same_document():
    first, second = (
        PdfReader(BytesIO(stamped(template_of(), title))).trailer["/ID"] for title in ("a", "b")
    )
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_words_come_with_what_stands_around_them():
    template = template_of()
    assert template.lines_of("title", "Pakta") == ("Hal: Pakta",)
    assert len(template.lines_of("title", "Pakta " * 12)) > 2


def test_letters_outside_a_narrow_alphabet_are_refused():
    document = HTML(string=f'<html lang="id">{PAGE}</html>').render(stylesheets=[STYLE])
    template = Template(
        document, SLOTS, {}, WORDS, alphabets={"title": "0123"}, attached=False, pdf_tags=True
    )
    assert template.lines_of("title", "3210") == ("Hal: 3210",)
    with pytest.raises(NotSettable):
        template.lines_of("title", "4")


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": PAGE.replace("Qa", "Qother")},
        {"page": PAGE.replace("Qb1", "Qa")},
        {"page": PAGE.replace("<p>", '<p style="text-align: right">')},
        {"page": PAGE.replace("<p>", '<p style="text-indent: 5mm">')},
        {"page": PAGE.replace("<h1>", '<h1 style="letter-spacing: 1mm">')},
        {"page": PAGE.replace("<title>Qtitle</title>", "")},
        {"page": PAGE + PAGE},
        {"pictures": {"drawing": 8}},
    ],
)
def test_a_page_that_is_not_as_expected_is_no_template(wrong):
    with pytest.raises(Unstampable):
        template_of(**wrong)
