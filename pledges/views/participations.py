"""One employee's ceremonies and signatures, as part of the employee's page and as a page."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agencies.models import Employee

from .. import reports, rules
from ..models import Participant

PART, PAGE = "participants/_of_employee.html", "participants/of_employee.html"


@require_safe
@vary_on_headers("HX-Request")
def employee_participations(request, uuid):
    """What the employee took part in, as far as the user's agencies keep it.

    Whoever keeps only the agency of today does not see what an earlier agency keeps.
    """
    employee = get_object_or_404(Employee.objects.visible_to(request.user), uuid=uuid)
    kept = Participant.objects.visible_to(request.user).filter(employee=employee)
    rights = request.user.rights
    rows = [
        (participant, rules.may_read_pacts(rights, participant.keeper))
        for participant in reports.latest_first(kept).select_related("agency", "opd")
    ]
    context = {"employee": employee, "rows": rows}
    return render(request, PART if request.htmx else PAGE, context)
