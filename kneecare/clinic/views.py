from django.shortcuts import render
from django.views.decorators.http import require_safe

from kneecare.clinic.context_processors import clinic_of
from kneecare.clinic.models import Clinician
from kneecare.clinic.structured_data import staff
from kneecare.stored.decorators import may_be_stored


@require_safe
@may_be_stored
def about(request):
    clinicians = list(Clinician.objects.shown())
    context = {
        "clinicians": clinicians,
        "structured_data": staff(clinic_of(request), clinicians),
    }
    return render(request, "clinic/about.html", context)


@require_safe
@may_be_stored
def help_signs(request):
    return render(request, "clinic/help.html")
