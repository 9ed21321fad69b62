"""A letter is entered in a browser: what is refused costs neither a word nor a scan."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from complaints.enums import DutyKind
from complaints.models import Letter
from tests.factories.documents import pdf_of
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.journeys.browser import Windows
from tests.journeys.letter_steps import field, fill_in, law_in_force, opened
from tests.journeys.people import press

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_refusal_leaves_the_chosen_scan_where_it_was(windows: Windows) -> None:
    law_in_force()
    clerk = appointed(AgencyFactory(), DutyKind.INTAKE)
    page = opened(windows, clerk, "letter_enter")
    main = page.get_by_role("main")
    scan = {"name": "don.pdf", "mimeType": "application/pdf", "buffer": pdf_of("Đơn khiếu nại").read()}
    fill_in(main, {"Họ tên, tên tổ chức": "Vũ Thị Lan", "Tên giấy tờ": "Đơn", "Bản quét": scan})
    press(page, "Vào sổ F9")
    expect(page.get_by_role("alert")).to_contain_text("Tóm tắt nội dung")
    # The browser's console tells of every answer that refuses.
    windows.forget("422", "HTMLDivElement")
    assert field(main, "Bản quét").evaluate("input => input.files[0].name") == "don.pdf"
    press(page, "Thêm giấy tờ F8")
    expect(main.get_by_text("Giấy tờ 2")).to_be_visible()
    fill_in(main, {"Tóm tắt nội dung": "Đường vào thôn bị rào"})
    press(page, "Vào sổ F9")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã vào sổ")
    paper = Letter.objects.get(received_at__date=timezone.localdate()).attachments.get()
    assert paper.file is not None
    assert paper.file_name == "don.pdf"
