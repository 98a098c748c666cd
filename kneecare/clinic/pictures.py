from kneecare.clinic.models import Clinician
from kneecare.media.registry import shows_pictures


@shows_pictures
def portraits(name):
    return Clinician.objects.shown().filter(portrait=name)
