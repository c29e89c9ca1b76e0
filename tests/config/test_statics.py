"""What lies in the static folder never keeps the web server from starting."""

import os
import socket

from whitenoise import WhiteNoise

from config.statics import drop_odd


def test_the_server_lists_a_folder_with_odd_things_in_it(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "look.css").write_text("body{}")
    (tmp_path / "css" / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "kept.css").symlink_to(tmp_path / "css" / "look.css")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").write_bytes(b"")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(tmp_path / "s"))
    drop_odd(tmp_path)
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")) == [
        *("css", "css/look.css", "empty", "kept.css")
    ]
    served = WhiteNoise(None, root=tmp_path, prefix="static/")
    assert set(served.files) == {"/static/css/look.css", "/static/empty", "/static/kept.css"}


def test_a_folder_that_is_not_there_is_left_alone(tmp_path):
    drop_odd(tmp_path / "static")
    assert not (tmp_path / "static").exists()
