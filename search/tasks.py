"""Background work of search: thin tasks that find their own work and may run twice."""

from celery import shared_task
from django.utils import timezone

from cases.system.pulse import beat
from search.exports import exporting
from search.indexing import checking, watching
from search.indexing.renaming import follow_names
from search.public import drift, upkeep
from search.saved import telling


@shared_task(name="search.index_public")
def index_public() -> int:
    """Index the public texts that were noted as changed."""
    return upkeep.serve()


@shared_task(name="search.mend_public")
def mend_public() -> int:
    """Make good whatever the public index lacks: also what was public before there was an index."""
    return sum(drift.repair_public(drift.public_drift()))


@shared_task(name="search.follow_names")
def index_renamed() -> int:
    """Index the cases of renamed units, categories and places again."""
    return follow_names()


@shared_task(name="search.make_exports")
def make_exports() -> int:
    """Make the next approved export; 1 when there was one."""
    return int(exporting.make_next(at=timezone.now()) is not None)


@shared_task(name="search.expire_exports")
def expire_exports() -> int:
    """Remove exports that were kept long enough."""
    return exporting.expire(at=timezone.now())


@shared_task(name="search.tell_subscribers")
def tell_subscribers() -> int:
    """Tell subscribers of saved searches what is new."""
    return telling.tell_subscribers(at=timezone.now())


@shared_task(name="search.check_indexes")
def check_indexes() -> int:
    """Go on with the check or repair of the indexes that an administrator asked for."""
    beat("long", timezone.now())
    return int(checking.work_next(at=timezone.now()) is not None)


@shared_task(name="search.watch_engines")
def watch_engines() -> int:
    """Note since when each engine answers or is away."""
    return len(watching.look(at=timezone.now()))
