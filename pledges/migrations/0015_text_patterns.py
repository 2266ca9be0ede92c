"""Texts for an election; and the national patterns, which hold placeholders and are copied."""

import django.db.models.deletion
from django.db import migrations, models

CLOSING = (
    "Demikian ikrar ini kami buat dan dilaksanakan dengan penuh integritas dan rasa tanggung jawab "
    "dalam rangka mewujudkan netralitas {sebutan} yang bermartabat, beretika, dan demokratis demi "
    "terwujudnya persatuan dan kesatuan NKRI."
)
SANCTION = (
    "Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi sesuai ketentuan "
    "peraturan perundang-undangan."
)
OFFICE = (
    "Menjaga dan menegakkan prinsip netralitas {sebutan} di instansi masing-masing dalam "
    "melaksanakan fungsi pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan "
    "{pemilu}."
)
CONFLICTS = (
    "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman "
    "kepada {sebutan} dan seluruh elemen masyarakat serta tidak memihak kepada "
)
MEDIA = (
    "Menggunakan media sosial secara bijak, tidak dipergunakan untuk kepentingan "
)
MEDIA_END = " tertentu, tidak menyebarkan ujaran kebencian serta berita bohong."
MONEY = "Menolak politik uang dan segala jenis pemberian dalam bentuk apa pun."
ASN_LAW = (
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara Pasal 9 ayat (2) dan Pasal 24 "
    "ayat (1) huruf d"
)
DISCIPLINE = "Peraturan Pemerintah Nomor 94 Tahun 2021 Pasal 5 huruf n"
LOCAL_LAW = "Undang-Undang Nomor 10 Tahun 2016 Pasal 71"
GENERAL_LAW = (
    "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum Pasal 280, Pasal 283, dan Pasal 494"
)


def pattern(family, title, contender, law):
    return {
        "family": family,
        "title": title,
        "heading": "Ikrar Netralitas {sebutan} pada {pemilu}",
        "opening": "Dalam rangka menyukseskan pelaksanaan {pemilu} kami berikrar:",
        "points": [
            OFFICE,
            f"{CONFLICTS}{contender} tertentu.",
            f"{MEDIA}{contender}{MEDIA_END}",
            MONEY,
        ],
        "closing": CLOSING,
        "sanction": SANCTION,
        "legal_basis": f"{ASN_LAW}; {law}; {DISCIPLINE}.",
        "people_word": "Pegawai ASN",
    }


PATTERNS = [
    pattern("pola-pasangan-calon", "Pasangan calon (pola)", "pasangan calon", LOCAL_LAW),
    pattern("pola-peserta-pemilu", "Peserta Pemilu (pola)", "peserta Pemilu", GENERAL_LAW),
]


def add(apps, schema_editor):
    text_model = apps.get_model("pledges", "PledgeText")
    for text in PATTERNS:
        text_model.objects.create(version=1, state="PATTERN", **text)
    _check_now(schema_editor)


def remove(apps, schema_editor):
    apps.get_model("pledges", "PledgeText").objects.filter(state="PATTERN").delete()
    _check_now(schema_editor)


def _check_now(schema_editor):
    """PostgreSQL changes no table of which foreign keys are still to be checked at the end."""
    if schema_editor and schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0014_campaigns'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='pledgetext',
            name='text_published_has_digest',
        ),
        migrations.AddField(
            model_name='pledgetext',
            name='election',
            field=models.ForeignKey(blank=True, help_text='Mengisi {pemilu} dan {tahun} saat naskah diterbitkan.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pledge_texts', to='pledges.election', verbose_name='untuk pemilu'),
        ),
        migrations.AddConstraint(
            model_name='pledgetext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('published_at', None), ('state__in', ['DRAFT', 'PATTERN'])), models.Q(models.Q(('digest', ''), _negated=True), ('published_at__isnull', False), ('state', 'PUBLISHED')), _connector='OR'), name='text_published_has_digest', violation_error_message='Naskah yang diterbitkan harus memiliki sidik digital.'),
        ),
        migrations.RunPython(add, remove),
    ]
