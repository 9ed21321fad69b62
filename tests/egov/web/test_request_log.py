"""Each request leaves lines with its address, none with what was asked; where a denouncer may come, none."""

import logging

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.rule("complaints", 39)
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/lookup/", True),
        ("/write/denunciation/", False),
        ("/en/write/denunciation/", False),
        ("/feedback/protected/", False),
    ],
)
def test_an_address_in_a_log_gives_a_denouncer_away(client, caplog, path, told):
    with caplog.at_level(logging.DEBUG):
        assert client.get(path, REMOTE_ADDR="198.51.100.7").status_code == 200
    assert ("198.51.100.7" in caplog.text) is told
    assert (path in caplog.text) is told


@pytest.mark.rule("complaints", 36)
def test_what_somebody_looks_for_stands_in_no_line(client, caplog):
    with caplog.at_level(logging.DEBUG):
        assert client.get("/find/?q=Khuất+Thị+Niêm").status_code == 200
    assert "/find/" in caplog.text
    assert "Khu" not in caplog.text
