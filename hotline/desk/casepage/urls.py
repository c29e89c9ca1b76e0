"""The page of a case, its parts, and the acts on its tasks and requests."""

from django.urls import path

from hotline.desk.casepage import views
from hotline.desk.casepage.files import download as files
from hotline.desk.casepage.identity import handling, petitioner
from hotline.desk.casepage.respondent import acts as respondent
from hotline.desk.casepage.secrecy import acts as secrecy
from hotline.desk.casepage.task import acts, drafts, requests

urlpatterns = [
    path("cases/<str:number>/", views.case_page, name="case"),
    path("cases/<str:number>/similar/", views.similar, name="case_similar"),
    path("cases/<str:number>/sheet/", views.sheet, name="case_sheet"),
    path("cases/<str:number>/petitioner/", petitioner.reveal, name="petitioner"),
    path("cases/<str:number>/original/", handling.original, name="case_original"),
    path("cases/<str:number>/handling/", handling.correct, name="case_handling"),
    path("cases/<str:number>/respondent/", respondent.respondent, name="case_respondent"),
    path(
        "cases/<str:number>/respondent/withdrawal/",
        respondent.withdrawal,
        name="case_respondent_withdrawal",
    ),
    path("cases/<str:number>/secrecy/", secrecy.higher, name="case_secrecy"),
    path("cases/<str:number>/secrecy/lowering/", secrecy.lower, name="case_secrecy_lowering"),
    path(
        "cases/<str:number>/secrecy/lowering/withdrawal/",
        secrecy.no_longer,
        name="case_secrecy_withdrawal",
    ),
    path("cases/<str:number>/secrecy/decision/", secrecy.decide, name="case_secrecy_decision"),
    path("cases/<str:number>/contacts/", secrecy.name, name="case_contacts"),
    path("cases/<str:number>/contacts/<int:pk>/end/", secrecy.unname, name="case_contact_end"),
    path("attachments/<int:pk>/", files.attachment, name="attachment"),
    path("tasks/<int:pk>/draft/", drafts.draft, name="task_draft"),
    path("tasks/<int:pk>/first-contact/", acts.first_contact, name="task_first_contact"),
    path("tasks/<int:pk>/relay/", acts.relay, name="task_relay"),
    path("tasks/<int:pk>/reply/", acts.reply, name="task_reply"),
    path("tasks/<int:pk>/opinion/", acts.opinion, name="task_opinion"),
    path("tasks/<int:pk>/sign-off/", acts.sign_off, name="task_sign_off"),
    path("tasks/<int:pk>/send-back/", acts.send_back, name="task_send_back"),
    path("tasks/<int:pk>/urges/", acts.urge, name="task_urge"),
    path("tasks/<int:pk>/return/", requests.ask_return, name="task_return"),
    path("tasks/<int:pk>/extension/", requests.ask_extension, name="task_extension"),
    path("requests/<int:pk>/signature/", requests.sign, name="request_signature"),
]
