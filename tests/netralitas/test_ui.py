"""The component tags: what they draw, and that they refuse what they cannot draw."""

import re

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from netralitas.templatetags import ui

ICON_TAG = re.compile(r"""\{% (?:icon|empty_state) "([^"]+)"|icon="([^"]+)\"""")


class SearchForm(forms.Form):
    q = forms.CharField(label="Cari", required=False)
    unit = forms.ChoiceField(label="Instansi", choices=[("", "Semua"), ("a", "A")], required=False)


def draw(source, **values):
    return Template("{% load ui %}" + source).render(Context(values)).strip()


def at(address):
    return RequestFactory().get(address)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_icon_is_inline_and_silent():
    html = draw('{% icon "check-lg" %}')
    assert html.startswith('<svg class="icon" viewBox="0 0 16 16"')
    assert 'aria-hidden="true"' in html
    assert html.count("<svg") == html.count("</svg>") == 1


def test_an_icon_with_a_label_is_spoken_and_escaped():
    assert 'role="img" aria-label="&lt;selesai&gt;"' in draw(
        '{% icon "check" label=label %}', label="<selesai>"
    )


@pytest.mark.parametrize("name", ["no-such-icon", "../check", "Check", "check.svg", ""])
def test_an_icon_that_does_not_exist_is_refused_by_name(name):
    with pytest.raises(TemplateSyntaxError, match=re.escape(repr(name))):
        ui.icon(name)


def test_every_icon_named_in_a_template_is_installed():
    found = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        for match in ICON_TAG.finditer(path.read_text(encoding="utf-8")):
            found.add(match[1] or match[2])
    assert found
    for name in found:
        assert ui.icon_paths(name)


@pytest.mark.parametrize(
    ("value", "shown"), [(8379, "8.379"), (12, "12"), (0, "0"), (None, ""), ("", "")]
)
def test_numbers_are_grouped_with_points(value, shown):
    with override("id"):
        assert ui.number(value) == shown


@pytest.mark.parametrize(
    ("value", "total", "shown"),
    [(0, 5, "0%"), (1, 1000, "<1%"), (123, 456, "26%"), (999, 1000, "99%"), (7, 7, "100%")],
)
def test_only_all_of_it_is_a_hundred_percent(value, total, shown):
    assert ui.percent(value, total) == shown


def test_progress_says_in_words_what_the_bar_shows():
    html = draw('{% progress 1234 8379 "Kota Dumai" %}')
    assert words(html) == "Kota Dumai 1.234 dari 8.379 (14%) 14%"
    assert 'value="1234" max="8379" aria-label="Kota Dumai"' in html


def test_progress_without_anybody_has_no_bar():
    html = draw('{% progress 0 0 "Kelurahan" empty="Belum ada pegawai" %}')
    assert words(html) == "Kelurahan Belum ada pegawai"
    assert "<progress" not in html


def test_a_bar_without_a_total_moves_while_work_is_under_way():
    html = draw('{% progress 0 0 "Membaca berkas" empty="" working=True %}')
    assert '<progress class="progress-bar-line" aria-label="Membaca berkas"></progress>' in html


def test_the_figure_whose_rows_are_shown_is_marked():
    assert 'aria-current="true"' in draw('{% stat 3 "Ditolak" url="?" current=True %}')
    assert "aria-current" not in draw('{% stat 3 "Ditolak" url="?" %}')


def test_only_a_full_bar_is_marked_complete():
    assert "is-complete" in draw("{% progress 3 3 %}")
    assert "is-complete" not in draw("{% progress 2 3 %}")


@pytest.mark.parametrize(
    ("value", "tone"), [("OPEN", "good"), ("REFUSED", "bad"), ("PENDING", "wait"), ("?", "calm")]
)
def test_a_state_has_its_tone_and_its_word(value, tone):
    html = draw("{% state value label %}", value=value, label="<Kata>")
    assert html == f'<span class="badge tone-{tone} badge-dot">&lt;Kata&gt;</span>'


def test_a_fact_without_a_value_shows_a_dash():
    assert words(draw('{% fact "Saksi" value %}', value=None)) == "Saksi —"
    assert words(draw('{% fact "Saksi" value %}', value="")) == "Saksi —"
    assert words(draw('{% fact "Saksi" value %}', value=0)) == "Saksi 0"


STEPS = [("DRAFT", "Konsep"), ("OPEN", "Dibuka"), ("CLOSED", "Ditutup")]


def test_the_stepper_marks_what_is_done_and_what_is_now():
    assert ui.stepper(STEPS, "OPEN")["steps"] == [
        ("Konsep", "done"),
        ("Dibuka", "now"),
        ("Ditutup", "next"),
    ]
    assert draw("{% stepper steps 'OPEN' %}", steps=STEPS).count('aria-current="step"') == 1


def test_a_cancelled_ceremony_stands_on_no_step():
    assert {place for _, place in ui.stepper(STEPS, "CANCELLED")["steps"]} == {"next"}


def test_a_frame_keeps_its_body_and_escapes_its_words():
    source = '{% card title icon="people" %}<b>{{ name }}</b>{% endcard %}'
    html = draw(source, title="A<", name=">")
    assert "A&lt;" in html
    assert "<b>&gt;</b>" in html
    assert 'class="panel-body"' in html


def test_a_page_header_without_buttons_has_no_place_for_them():
    assert "page-header-actions" not in draw('{% page_header "Acara" %} {% endpage_header %}')
    html = draw('{% page_header "Acara" %}<a href="/">Buat</a>{% endpage_header %}')
    assert '<div class="page-header-actions"><a href="/">Buat</a></div>' in html


def test_an_empty_state_says_what_to_do():
    source = '{% empty_state "inbox" "Belum ada" "Buat dahulu." %}<a>Buat</a>{% endempty_state %}'
    html = draw(source)
    assert words(html) == "Belum ada Buat dahulu. Buat"


def test_breadcrumbs_lead_from_the_outermost_in():
    html = draw('{% breadcrumbs "Rincian" "Acara" "/acara/" %}')
    assert html.index('<a href="/acara/">Acara</a>') < html.index('aria-current="page">Rincian')


def test_a_post_button_carries_the_token_and_its_question():
    html = draw(
        '{% post_button "/tutup/" "Tutup" confirm="Yakin?" act="Ya" %}', csrf_token="t" * 32
    )
    assert 'method="post" action="/tutup/"' in html
    assert f'value="{"t" * 32}"' in html
    assert 'data-confirm="Yakin?" data-confirm-act="Ya"' in html


def test_a_control_looks_like_its_kind_and_shows_its_error():
    form = SearchForm({"unit": "?"})
    assert 'class="form-control"' in ui.control(form["q"])
    assert 'class="form-select is-invalid"' in ui.control(form["unit"])


def test_the_filter_bar_offers_to_clear_only_what_is_set():
    source = "{% filter_bar form %}"
    plain = draw(source, form=SearchForm({}), request=at("/pegawai/?page=2"))
    assert "Hapus saringan" not in plain
    narrowed = draw(source, form=SearchForm({"q": "a"}), request=at("/pegawai/?q=a&sort=nama"))
    assert 'href="/pegawai/">Hapus saringan' in narrowed
    assert 'name="sort" value="nama"' in narrowed


def test_page_links_keep_the_rest_of_the_query():
    page = Paginator(range(2000), 10).page(7)
    drawn = ui.pagination({"request": at("/?q=a%26b&page=7")}, page, noun="pegawai")
    assert drawn["previous"] == "?q=a%26b&page=6"
    assert drawn["next"] == "?q=a%26b&page=8"
    assert [at for at, _ in drawn["links"]] == [1, "…", 6, 7, 8, "…", 200]


def test_paging_counts_in_indonesian_and_offers_no_way_past_the_ends():
    page = Paginator(range(8379), 50).page(1)
    html = draw('{% pagination page noun="pegawai" %}', page=page, request=at("/"))
    assert words(html).startswith("1–50 dari 8.379 pegawai Sebelumnya 1 2")
    assert 'rel="prev"' not in html
    assert 'rel="next" href="?page=2"' in html


def test_one_page_is_only_counted():
    page = Paginator([1, 2, 3], 50).page(1)
    assert words(draw("{% pagination page %}", page=page, request=at("/"))) == "3 baris"


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500])
def test_an_error_page_needs_no_context_and_leads_home(status):
    html = render_to_string(f"errors/{status}.html")
    assert f"Kode {status}" in html
    assert '<a class="btn btn-primary" href="/">Kembali ke beranda</a>' in html


def test_an_error_page_says_what_it_was_told():
    html = render_to_string("errors/409.html", {"message": "Acara <belum> dibuka."})
    assert "Acara &lt;belum&gt; dibuka." in html
