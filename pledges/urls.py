"""The addresses of the pledge, in Indonesian for people to read and type."""

from django.urls import include, path

from .views import (
    ceremonies,
    downloads,
    elections,
    entrance,
    home,
    own,
    participants,
    participations,
    signing,
    slips,
    texts,
    verification,
)

CEREMONY = [
    path("", ceremonies.ceremony_detail, name="ceremony-detail"),
    path("ubah/", ceremonies.ceremony_edit, name="ceremony-edit"),
    path("bekukan/", ceremonies.ceremony_freeze, name="ceremony-freeze"),
    path("buka/", ceremonies.ceremony_open, name="ceremony-open"),
    path("tutup/", ceremonies.ceremony_close, name="ceremony-close"),
    path("arsip/", ceremonies.ceremony_archive, name="ceremony-archive"),
    path("batal/", ceremonies.ceremony_cancel, name="ceremony-cancel"),
    path("peserta/", participants.participant_list, name="participant-list"),
    path(
        "peserta/<uuid:participant_uuid>/",
        participants.participant_detail,
        name="participant-detail",
    ),
    path("peserta/<uuid:participant_uuid>/tautan/", participants.link_issue, name="link-issue"),
    path("peserta/<uuid:participant_uuid>/pakta.pdf", downloads.pact_pdf, name="pact-pdf"),
    path("slip/", slips.slip_list, name="slip-list"),
    path("slip/cetak/", slips.slip_print, name="slip-print"),
    path("unduhan/", downloads.download_list, name="download-list"),
    path("unduhan/pakta.zip", downloads.pact_zip, name="pact-zip"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("pemilu/", elections.election_list, name="election-list"),
    path("pemilu/baru/", elections.election_create, name="election-create"),
    path("pemilu/<uuid:uuid>/", elections.election_detail, name="election-detail"),
    path("pemilu/<uuid:uuid>/ubah/", elections.election_edit, name="election-edit"),
    path("naskah/", texts.text_list, name="text-list"),
    path("naskah/baru/", texts.text_create, name="text-create"),
    path("naskah/<uuid:uuid>/", texts.text_detail, name="text-detail"),
    path("naskah/<uuid:uuid>/ubah/", texts.text_edit, name="text-edit"),
    path("naskah/<uuid:uuid>/terbitkan/", texts.text_publish, name="text-publish"),
    path("naskah/<uuid:uuid>/versi-baru/", texts.text_new_version, name="text-new-version"),
    path("acara/", ceremonies.ceremony_list, name="ceremony-list"),
    path("acara/baru/", ceremonies.ceremony_create, name="ceremony-create"),
    path("acara/<uuid:uuid>/", include(CEREMONY)),
    path("i/", entrance.entrance, name="entrance"),
    path("i/<str:code>/", entrance.ceremony_entrance, name="ceremony-entrance"),
    path("i/<str:code>/kirim/", signing.sign, name="sign"),
    path("i/<str:code>/pakta.pdf", signing.own_pact, name="own-pact"),
    path("i/<str:code>/bukti/<str:receipt>/", signing.receipt, name="receipt"),
    path("t/<str:token>/", entrance.personal_link, name="personal-link"),
    path("t/<str:token>/pakta.pdf", signing.personal_pact, name="personal-pact"),
    path("saya/", own.own_page, name="own-page"),
    path("saya/<uuid:uuid>/", own.own_sign, name="own-sign"),
    path("saya/<uuid:uuid>/pakta/", own.own_pact_file, name="own-pact-file"),
    path(
        "pegawai/<uuid:uuid>/acara/",
        participations.employee_participations,
        name="employee-participations",
    ),
    path("v/", verification.verify, name="verify"),
    path("v/<str:receipt>/", verification.verify_receipt, name="verify-receipt"),
]
