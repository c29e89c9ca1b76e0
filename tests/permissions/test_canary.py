"""First make what could leak, then look for it on every list of those who may not know."""

from django.urls import reverse

from cases.events import outbox
from tests.cast import NOON, wang_says

CANARY = "金丝雀举报"
LISTS = (
    "desk:worklist",
    "desk:signoff",
    "desk:reply_review",
    "desk:search",
    "desk:notices",
    "desk:operator",
    "desk:publication",
    "routing:dispatch",
    "routing:requests",
    "satisfaction:callbacks",
    "satisfaction:dissatisfied",
    "satisfaction:board",
    "satisfaction:figures",
)
KNOWS = ("dispatcher", "reviewer", "supervisor", "clerk", "leader")
KNOWS_NOT = ("operator", "other_clerk", "other_leader", "sysadmin", "auditor")


def test_a_secret_report_shows_in_no_list_of_those_who_may_not_know(cast, client):
    report = wang_says(
        cast,
        title=CANARY,
        content=f"{CANARY}，自来水公司有人吃拿卡要。",
        demand_type="report",
        respondents=(cast.water,),
        by=cast.dispatcher,
    )
    report.accept(category=cast.leaks, by=cast.dispatcher, at=NOON)
    report.dispatch(lead=cast.housing, by=cast.dispatcher, at=NOON)
    outbox.drain(NOON)
    sees = {name: _pages_with_canary(client, getattr(cast, name)) for name in KNOWS + KNOWS_NOT}
    assert {name: sees[name] for name in KNOWS_NOT} == dict.fromkeys(KNOWS_NOT, 0)
    assert all(sees[name] for name in KNOWS)


def _pages_with_canary(client, person):
    client.force_login(person, backend="cases.people.signed_in.StaffBackend")
    addresses = [reverse(name) for name in LISTS]
    addresses += [
        f"{reverse('desk:search')}?q={CANARY}",
    ]
    pages = [client.get(address).content.decode() for address in addresses]
    looked_up = {"act": "look_up", "phone": "13807316217"}
    pages.append(client.post(reverse("desk:operator"), looked_up).content.decode())
    # the search page repeats what was typed: only a hit links to a case
    return sum("/desk/cases/" in page and CANARY in page for page in pages)
