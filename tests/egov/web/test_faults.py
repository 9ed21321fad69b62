"""A database that is away is told in words as a pause, and nothing else is mistaken for it."""

import sys

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from egov.web.faults import is_away, server_error


class Coded(psycopg2.OperationalError):
    """What the server says, with its code."""

    def __init__(self, code: str | None) -> None:
        super().__init__("said by the server")
        self.code = code

    @property
    def pgcode(self) -> str | None:
        return self.code


def failed(code: str | None) -> OperationalError:
    error = OperationalError("…")
    error.__cause__ = Coded(code)
    return error


def answer_to(error: Exception, **headers: str) -> HttpResponse:
    request = HttpRequest()
    request.META.update(headers)
    try:
        raise error
    except type(error):
        assert sys.exc_info()[1] is error
        return server_error(request)


@pytest.mark.parametrize("code", [None, "57P01", "57P03", "08006"])
def test_a_server_that_is_not_there_is_a_pause(code: str | None):
    response = answer_to(failed(code))
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Hệ thống đang gián đoạn" in page
    assert "không tạo ra hai bản" in page
    assert answer_to(InterfaceError("connection already closed")).status_code == 503


@pytest.mark.parametrize("error", [failed("40P01"), failed("57014"), ValueError("x")])
def test_any_other_fault_is_one_of_ours(error: Exception):
    assert not is_away(error)
    response = answer_to(error)
    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in response.content.decode()


def test_a_part_of_a_page_gets_the_sentence_alone():
    response = answer_to(failed(None), HTTP_HX_REQUEST="true")
    assert (response.status_code, response["HX-Retarget"]) == (503, "#messages")
    assert "<html" not in response.content.decode()
    whole = answer_to(failed(None), HTTP_HX_REQUEST="true", HTTP_HX_BOOSTED="true")
    assert "<html" in whole.content.decode()
