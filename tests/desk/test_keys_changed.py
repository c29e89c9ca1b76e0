"""A change of keys is told on the system administrator's page and in the auditor's record."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from cases.integrity import rotation
from tests.cast import wang_says


@pytest.fixture
def changed(key_file, cast, monkeypatch):
    monkeypatch.setattr(rotation, "SETTLE", timedelta())
    wang_says(cast)
    call_command("rotate_keys", grace=60)


def test_it_is_told_while_it_is_under_way_and_when_it_is_over(changed, cast, client):
    client.force_login(cast.sysadmin)
    page = client.get("/desk/system/").content.decode()
    assert "更换密钥" in page
    assert "个人信息密钥：2 项已改用新密钥 · 进行中" in page
    call_command("rotate_keys", grace=0, wait=True)
    page = client.get("/desk/system/").content.decode()
    assert "检索密钥：2 项已改用新密钥 · 已完成" in page
    client.force_login(cast.auditor)
    record = client.get("/desk/audit/", {"of": "system"}).content.decode()
    assert "开始更换密钥" in record
    assert "密钥更换完毕" in record
    assert "manage.py rotate_keys" in record
