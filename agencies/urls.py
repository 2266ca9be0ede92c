"""Addresses of agencies and employees."""

from django.urls import path

from .views import accounts, agencies, claims, employees, events, logos, reorganisation, users

urlpatterns = [
    path("opd/", agencies.agency_list, name="agency-list"),
    path("opd/<uuid:uuid>/", agencies.agency_detail, name="agency-detail"),
    path("opd/unduh/", agencies.agency_export, name="agency-export"),
    path("opd/<uuid:uuid>/bawahan/", agencies.agency_children, name="agency-children"),
    path("opd/<uuid:uuid>/tambah/", agencies.agency_create, name="agency-create"),
    path("opd/<uuid:uuid>/ubah/", agencies.agency_edit, name="agency-edit"),
    path("opd/<uuid:uuid>/logo/", logos.agency_logo, name="agency-logo"),
    path("opd/<uuid:uuid>/logo/ubah/", logos.agency_logo_edit, name="agency-logo-edit"),
    path("opd/<uuid:uuid>/logo/hapus/", logos.agency_logo_remove, name="agency-logo-remove"),
    path("opd/<uuid:uuid>/pindah/", reorganisation.agency_move, name="agency-move"),
    path("opd/<uuid:uuid>/gabung/", reorganisation.agency_merge, name="agency-merge"),
    path(
        "opd/<uuid:uuid>/gabung/<uuid:target_uuid>/",
        reorganisation.agency_merge_into,
        name="agency-merge-into",
    ),
    path("opd/<uuid:uuid>/hentikan/", reorganisation.agency_retire, name="agency-retire"),
    path("opd/<uuid:uuid>/pakai-kembali/", reorganisation.agency_revive, name="agency-revive"),
    path("pegawai/", employees.employee_list, name="employee-list"),
    path("pegawai/tambah/", employees.employee_create, name="employee-create"),
    path("pegawai/ekspor/", employees.employee_export, name="employee-export"),
    path("pegawai/<uuid:uuid>/", employees.employee_detail, name="employee-detail"),
    path("pegawai/<uuid:uuid>/ubah/", employees.employee_edit, name="employee-edit"),
    path("pegawai/<uuid:uuid>/pindah/", employees.employee_move, name="employee-move"),
    path(
        "pegawai/<uuid:uuid>/nonaktif/",
        employees.employee_deactivate,
        name="employee-deactivate",
    ),
    path("pegawai/<uuid:uuid>/aktif/", employees.employee_activate, name="employee-activate"),
    path("pegawai/<uuid:uuid>/undang/", claims.employee_invite, name="employee-invite"),
    path("opd/<uuid:uuid>/undang/", claims.agency_invite, name="agency-invite"),
    path("pengguna/", users.user_list, name="user-list"),
    path("pengguna/unduh/", users.user_export, name="user-export"),
    path("pengguna/tambah/", users.user_create, name="user-create"),
    path("pengguna/<uuid:uuid>/", users.user_detail, name="user-detail"),
    path("pengguna/<uuid:uuid>/ubah/", users.user_edit, name="user-edit"),
    path("pengguna/<uuid:uuid>/undang/", accounts.user_invite_again, name="user-invite-again"),
    path("pengguna/<uuid:uuid>/akhiri/", accounts.user_end, name="user-end"),
    path("pengguna/<uuid:uuid>/pulihkan/", accounts.user_restore, name="user-restore"),
    path("pengguna/<uuid:uuid>/sesi/", accounts.user_end_sessions, name="user-end-sessions"),
    path("pengguna/<uuid:uuid>/faktor/", accounts.user_reset_factor, name="user-reset-factor"),
    path("pengguna/<uuid:uuid>/peran/", accounts.role_grant, name="role-grant"),
    path(
        "pengguna/<uuid:uuid>/peran/<str:role>/<uuid:agency_uuid>/akhiri/",
        accounts.role_end,
        name="role-end",
    ),
    path("jejak/", events.event_list, name="event-list"),
    path("jejak/unduh/", events.event_export, name="event-export"),
]
