"""What the tests of the operator's desk send: one caller's matter."""

from django.urls import reverse

SAID = {
    "token": "a" * 32,
    "phone": "138 0731 6217",
    "name": "王桂芬",
    "gender": "f",
    "demand_type": "help",
    "content": "人民路东段路灯整排不亮，夜里看不见路。",
    "title": "路灯不亮",
    "region": "青溪县 › 石桥镇",
    "address": "人民路东段",
    "category": "ld",
    "urgency": "normal",
}
IN_PLACE = {"HX-Request": "true"}


def finish(desk, act, **changed):
    return desk.post(reverse("desk:operator"), SAID | {"act": act} | changed)
