"""The product's addresses and the baseline: a view that inserts one row and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def insert(request):
    """One durable row in its own transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (note) VALUES ('baris')")
    return HttpResponse("ok")


urlpatterns = [path("bench/", insert), path("", include("netralitas.urls"))]
