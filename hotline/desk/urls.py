"""Every address of the desks; each screen declares its own."""

from hotline.desk.admin.accounts import urls as accounts
from hotline.desk.admin.audit import urls as audit
from hotline.desk.admin.synonyms import urls as synonyms
from hotline.desk.admin.system import urls as system
from hotline.desk.calls import urls as calls
from hotline.desk.casepage import urls as casepage
from hotline.desk.home import urls as home
from hotline.desk.notices import urls as notices
from hotline.desk.replyreview import urls as reply_review
from hotline.desk.search import urls as search
from hotline.desk.signoff import urls as signoff
from hotline.desk.worklist import urls as worklist
from hotline.publishing import urls as publishing

app_name = "desk"
urlpatterns = [
    *home.urlpatterns,
    *calls.urlpatterns,
    *worklist.urlpatterns,
    *casepage.urlpatterns,
    *signoff.urlpatterns,
    *reply_review.urlpatterns,
    *notices.urlpatterns,
    *synonyms.urlpatterns,
    *search.urlpatterns,
    *publishing.urlpatterns,
    *accounts.urlpatterns,
    *audit.urlpatterns,
    *system.urlpatterns,
]
