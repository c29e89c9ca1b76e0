"""What the events of a publication say to a person: sentence and the part of the payload to quote."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "publication_drafted": (_("%(who)s prepared the letter and the reply for publication"), ""),
    "publication_revised": (_("%(who)s changed the copy prepared for publication"), ""),
    "published": (_("%(who)s checked and published the letter and the reply"), ""),
    "withdrawn_publication": (_("%(who)s took the published copy back"), "reason"),
}
