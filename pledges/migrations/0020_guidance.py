"""Guidance and the reports received; and the national guidance, published with the installation.

Sources: domain of the product; Peraturan Pemerintah 94/2021 Pasal 5 huruf n, Pasal 8 and 14.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

DISCIPLINE = "PP 94/2021 Pasal 5 huruf n angka "
NATIONAL = {
    "intro": (
        "Netralitas berarti setiap pegawai melayani semua orang sama baiknya dan tidak berpihak "
        "kepada pasangan calon atau peserta Pemilu mana pun. Pegawai tetap warga negara yang memilih: "
        "pilihannya disampaikan di bilik suara, tidak di kantor, tidak di jalan, dan tidak di media "
        "sosial."
    ),
    "duties": [
        "Melayani masyarakat tanpa membedakan pilihan politiknya, sebelum, selama, dan sesudah pemilu.",
        "Menghindari konflik kepentingan, serta tidak mengintimidasi dan tidak mengancam siapa pun.",
        "Menggunakan media sosial secara bijak, tanpa ujaran kebencian dan berita bohong.",
        "Menolak politik uang dan segala jenis pemberian dalam bentuk apa pun.",
        "Melaporkan pelanggaran yang diketahui kepada pengawas.",
    ],
    "moments": {
        "BEFORE": [
            "Jangan ikut menyiapkan, mendukung, atau mengantar bakal calon.",
            "Jangan memasang atau menyebarkan spanduk, foto, dan unggahan bakal calon.",
            "Bila hendak mencalonkan diri, ikuti ketentuan tentang pengunduran diri lebih dahulu.",
        ],
        "PENETAPAN_CALON": [
            "Jangan hadir pada pendaftaran dan penetapan calon untuk mendukung salah satunya.",
            "Jangan mengambil keputusan atau tindakan yang menguntungkan atau merugikan calon.",
            "Jangan memberikan surat dukungan atau fotokopi KTP.",
        ],
        "KAMPANYE": [
            "Jangan ikut kampanye, baik hadir sebagai peserta maupun dengan atribut.",
            "Jangan memakai kendaraan, gedung, dan fasilitas negara lainnya untuk kampanye.",
            "Jangan menyukai, mengomentari, atau membagikan unggahan kampanye.",
            "Jangan berfoto dengan calon atau dengan gerakan tangan yang menunjukkan keberpihakan.",
        ],
        "MASA_TENANG": [
            "Jangan mengajak, mengimbau, atau menyerukan pilihan dalam bentuk apa pun.",
            "Jangan menerima atau membagikan uang dan barang.",
            "Bersihkan media sosial Anda dari unggahan yang menunjukkan keberpihakan.",
        ],
        "PEMUNGUTAN_SUARA": [
            "Gunakan hak pilih Anda, dan rahasiakan pilihan Anda.",
            "Jangan mengarahkan pilihan orang lain di sekitar tempat pemungutan suara.",
            "Jangan memotret surat suara dan jangan menyebarkan pilihan.",
        ],
        "AFTER": [
            "Jangan merayakan atau mencela hasil secara terbuka.",
            "Layani pemenang dan yang kalah serta pendukungnya sama baiknya.",
            "Jangan membalas pilihan politik rekan kerja melalui tugas, mutasi, atau penilaian.",
        ],
    },
    "forbidden": [
        {"act": "Ikut kampanye.", "level": "", "source": DISCIPLINE + "1"},
        {
            "act": "Menjadi peserta kampanye dengan menggunakan atribut partai atau atribut PNS.",
            "level": "SEDANG",
            "source": DISCIPLINE + "2",
        },
        {
            "act": "Mengerahkan PNS lain sebagai peserta kampanye.",
            "level": "BERAT",
            "source": DISCIPLINE + "3",
        },
        {
            "act": "Menggunakan fasilitas negara untuk kampanye.",
            "level": "BERAT",
            "source": DISCIPLINE + "4",
        },
        {
            "act": "Membuat keputusan atau tindakan yang menguntungkan atau merugikan salah satu "
            "pasangan calon sebelum, selama, dan sesudah masa kampanye.",
            "level": "BERAT",
            "source": DISCIPLINE + "5",
        },
        {
            "act": "Mengadakan kegiatan yang mengarah kepada keberpihakan: pertemuan, ajakan, "
            "imbauan, seruan, atau pemberian barang kepada pegawai, keluarga, dan masyarakat.",
            "level": "BERAT",
            "source": DISCIPLINE + "6",
        },
        {
            "act": "Memberikan surat dukungan disertai fotokopi KTP atau surat keterangan tanda "
            "penduduk.",
            "level": "BERAT",
            "source": DISCIPLINE + "7",
        },
        {
            "act": "Pejabat ASN dengan sengaja membuat keputusan atau tindakan yang menguntungkan "
            "atau merugikan salah satu pasangan calon.",
            "level": "PIDANA",
            "source": "UU 10/2016 Pasal 71 dan Pasal 188",
        },
        {
            "act": "Ikut serta sebagai pelaksana dan tim kampanye Pemilu.",
            "level": "PIDANA",
            "source": "UU 7/2017 Pasal 280 ayat (3) dan Pasal 494",
        },
    ],
    "costs": [
        {
            "title": "Hukuman disiplin sedang",
            "text": "Pemotongan tunjangan kinerja sebesar 25% selama 6, 9, atau 12 bulan.",
            "source": "PP 94/2021 Pasal 8",
        },
        {
            "title": "Hukuman disiplin berat",
            "text": "Penurunan jabatan setingkat lebih rendah selama 12 bulan, pembebasan dari "
            "jabatan menjadi jabatan pelaksana selama 12 bulan, atau pemberhentian dengan hormat "
            "tidak atas permintaan sendiri.",
            "source": "PP 94/2021 Pasal 8",
        },
        {
            "title": "Sanksi moral",
            "text": "Pernyataan tertutup atau terbuka karena melanggar kode etik.",
            "source": "PP 42/2004 Pasal 11 huruf c dan Pasal 15",
        },
        {
            "title": "Pidana",
            "text": "Pada Pemilu: kurungan paling lama 1 tahun dan denda paling banyak "
            "Rp12.000.000. Pada Pilkada: penjara 1 sampai 6 bulan dan/atau denda Rp600.000 sampai "
            "Rp6.000.000.",
            "source": "UU 7/2017 Pasal 494; UU 10/2016 Pasal 188",
        },
    ],
    "laws": [
        "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara, Pasal 9 ayat (2) dan "
        "Pasal 24 ayat (1) huruf d",
        "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum, Pasal 280, Pasal 283, dan Pasal "
        "494",
        "Undang-Undang Nomor 10 Tahun 2016 tentang Pemilihan Gubernur, Bupati, dan Wali Kota, "
        "Pasal 71 dan Pasal 188",
        "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil, Pasal 5 "
        "huruf n",
        "Peraturan Pemerintah Nomor 42 Tahun 2004 tentang Pembinaan Jiwa Korps dan Kode Etik "
        "Pegawai Negeri Sipil, Pasal 11 huruf c dan Pasal 15",
        "Keputusan Bersama 22 September 2022: MenPANRB Nomor 2 Tahun 2022, Mendagri Nomor "
        "800-5474 Tahun 2022, Kepala BKN Nomor 246 Tahun 2022, Ketua KASN Nomor 30 Tahun 2022, "
        "dan Ketua Bawaslu Nomor 1447.1/PM.01/K.1/09/2022",
    ],
    "contacts": [
        {
            "name": "Bawaslu",
            "about": "Menerima laporan pelanggaran pemilu dan pilkada, termasuk pelanggaran "
            "netralitas. Datangi kantor Bawaslu atau Panwaslu setempat, atau lapor melalui situsnya.",
            "address": "https://www.bawaslu.go.id/",
        },
        {
            "name": "Sentra Gakkumdu",
            "about": "Menangani dugaan tindak pidana pemilu: Bawaslu bersama kepolisian dan "
            "kejaksaan. Laporan masuk melalui Bawaslu.",
            "address": "",
        },
        {
            "name": "Badan Kepegawaian Negara (BKN)",
            "about": "Mengawasi penerapan nilai dasar, kode etik, dan netralitas ASN setelah KASN "
            "berakhir.",
            "address": "https://www.bkn.go.id/",
        },
        {
            "name": "Inspektorat atau BKPSDM instansi Anda",
            "about": "Untuk bertanya sebelum bertindak, dan untuk laporan di dalam instansi.",
            "address": "",
        },
    ],
}


def publish(apps, schema_editor):
    apps.get_model("pledges", "Guidance").objects.create(
        version=1, state="PUBLISHED", content=NATIONAL, published_at=timezone.now()
    )


def remove(apps, schema_editor):
    apps.get_model("pledges", "Guidance").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0019_public_pages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('content', models.JSONField(default=dict, verbose_name='isi')),
                ('state', models.CharField(choices=[('DRAFT', 'Konsep'), ('PUBLISHED', 'Diterbitkan'), ('PATTERN', 'Pola')], default='DRAFT', max_length=10, verbose_name='status')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='diterbitkan pada')),
                ('government', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'panduan',
                'verbose_name_plural': 'panduan',
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('government', 'version'), name='guidance_version_unique', violation_error_message='Versi panduan ini sudah ada.'), models.UniqueConstraint(condition=models.Q(('government', None)), fields=('version',), name='guidance_version_unique_national', violation_error_message='Versi panduan nasional ini sudah ada.'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'DRAFT')), models.Q(('published_at__isnull', False), ('state', 'PUBLISHED')), _connector='OR'), name='guidance_published_has_time', violation_error_message='Panduan yang diterbitkan mencatat waktunya.')],
            },
        ),
        migrations.CreateModel(
            name='ReportCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('received_on', models.DateField(verbose_name='tanggal diterima')),
                ('kind', models.CharField(choices=[('SOCIAL_MEDIA', 'Keberpihakan di media sosial'), ('CAMPAIGN', 'Keikutsertaan dalam kampanye'), ('FACILITIES', 'Penggunaan fasilitas negara'), ('DECISION', 'Keputusan yang menguntungkan atau merugikan'), ('MOBILISING', 'Pengerahan pegawai'), ('OTHER', 'Lainnya')], max_length=20, verbose_name='jenis')),
                ('forwarded_to', models.CharField(choices=[('BAWASLU', 'Bawaslu'), ('GAKKUMDU', 'Sentra Gakkumdu'), ('BKN', 'BKN'), ('INSPEKTORAT', 'Inspektorat'), ('NOBODY', 'Belum diteruskan')], max_length=20, verbose_name='diteruskan ke')),
                ('count', models.PositiveIntegerField(verbose_name='jumlah')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='dicatat pada')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_counts', to='pledges.election')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'laporan diterima',
                'verbose_name_plural': 'laporan diterima',
                'ordering': ['-received_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gte', 1), ('count__lte', 10000)), name='report_count_bounded', violation_error_message='Jumlah laporan antara 1 dan 10.000.')],
            },
        ),
        migrations.CreateModel(
            name='ReportWatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='dicatat sejak')),
                ('checked_on', models.DateField(verbose_name='keadaan per')),
                ('election', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report_watch', to='pledges.election')),
            ],
            options={
                'verbose_name': 'pencatatan laporan',
                'verbose_name_plural': 'pencatatan laporan',
                'constraints': [models.CheckConstraint(condition=models.Q(('checked_on__gte', models.F('since'))), name='report_watch_checked_after_start', violation_error_message='Keadaan tidak mungkin per tanggal sebelum pencatatan.')],
            },
        ),
        migrations.RunPython(publish, remove),
    ]
