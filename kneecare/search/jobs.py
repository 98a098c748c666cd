from kneecare.core.jobs.schedule import every
from kneecare.search import index


@every(minutes=1)
def catch_up():
    """Index what has become public by the clock alone; visitors never see more than that in between."""
    index.catch_up()
