"""Addresses of agencies and employees."""

from django.urls import path

from .views import agencies, employees, events

urlpatterns = [
    path("opd/", agencies.agency_list, name="agency-list"),
    path("opd/<uuid:uuid>/", agencies.agency_detail, name="agency-detail"),
    path("opd/<uuid:uuid>/ubah/", agencies.agency_edit, name="agency-edit"),
    path("pegawai/", employees.employee_list, name="employee-list"),
    path("pegawai/<uuid:uuid>/", employees.employee_detail, name="employee-detail"),
    path("jejak/", events.event_list, name="event-list"),
    path("jejak/unduh/", events.event_export, name="event-export"),
]
