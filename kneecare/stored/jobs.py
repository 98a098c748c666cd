from kneecare.core.jobs.schedule import every
from kneecare.stored import files
from kneecare.stored import purge as cdn


@every(lane="upkeep", hours=1)
def sweep() -> None:
    files.sweep()


@every(lane="cdn", seconds=2)
def purge() -> None:
    cdn.purge()
