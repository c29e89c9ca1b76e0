"""The files of a case as its pages list them: their names tell who it is as much as what is in them."""

from cases.models import Case, User
from cases.people.sight import What, sees
from cases.shapes import Context


def context_of(user: User, case: Case) -> Context:
    """The files for whoever may see them; for others only that there are some."""
    if sees(user, case, What.FILES):
        return {"attachments": list(case.attachments.all()), "are_files_kept": False}
    return {"attachments": [], "are_files_kept": case.attachments.exists()}
