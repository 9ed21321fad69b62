"""What a citizen does with a dossier after filing: supplement, payment, result, rating."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from onestop.models import Dossier, Payment, Rating
from tests.factories.documents import pdf_of
from tests.journeys.browser import Windows, fits, picture
from tests.journeys.people import press
from tests.journeys.test_accessible import grave_faults

PAY = "Nộp phí, lệ phí trực tuyến"


def let_through(page: Page, site: str) -> None:
    """Pages of somebody else, without the style sheets that they would fetch from elsewhere."""

    def answer(route: Route) -> None:
        route.continue_() if route.request.url.startswith(f"{site}/") else route.fallback()

    page.context.route(
        "https://cdn.jsdelivr.net/**", lambda route: route.fulfill(body="", content_type="text/css")
    )
    page.context.route(f"{site}/**", answer)


@dataclass
class OwnDossier:
    """The page of one's dossier; ``faults`` gathers what axe finds on it."""

    windows: Windows
    page: Page
    dossier: Dossier
    faults: list[str]

    def open(self) -> None:
        """From the list of one's dossiers, as it stands now."""
        self.page.goto("/my/")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của tôi")
        self.look("my-list")
        self.page.get_by_role("main").get_by_role("link", name=self.dossier.version.name).last.click()
        expect(self.page.locator(".standing-now")).to_be_visible()
        self.look("my-dossier")

    def stands(self, words: str) -> None:
        expect(self.page.locator(".standing-now")).to_have_text(words)

    def look(self, name: str) -> None:
        """Nothing that axe finds, nothing wider than the screen."""
        picture(self.page, name)
        assert fits(self.page), name
        self.faults += grave_faults(self.page)

    def bring(self, keys: list[int], folder: Path) -> None:
        """Both papers at once: without the second, nothing is sent."""
        page = self.page
        files = [folder / f"{key}.pdf" for key in keys]
        for file in files:
            file.write_bytes(pdf_of(f"Bản mới {file.stem}").read())
        page.locator(f"#id_paper-{keys[0]}").set_input_files(files[0])
        press(page, "Gửi giấy tờ bổ sung")
        expect(page.get_by_text("Hãy chọn tệp của giấy tờ này.").first).to_be_visible()
        self.windows.forget("status of 422")
        for key, file in zip(keys, files, strict=True):
            page.locator(f"#id_paper-{key}").set_input_files(file)
        press(page, "Gửi giấy tờ bổ sung")
        expect(page.get_by_text("Đã nhận đủ giấy tờ bổ sung")).to_be_visible()

    def pay(self, amount: int) -> None:
        """On the gateway's page; the dossier says "paid" only after the gateway has told us (rule 50)."""
        page, own = self.page, self.page.url
        press(page, PAY)
        expect(page.get_by_role("link", name="Không nộp bây giờ")).to_be_visible()
        self.look("my-payment")
        page.get_by_role("link", name="Không nộp bây giờ").click()
        press(page, PAY)
        page.get_by_role("link", name="Đến trang thanh toán").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{amount} đồng")
        # Who has seen the gateway's page has paid nothing.
        page.goto(own)
        expect(page.get_by_role("button", name=PAY)).to_be_visible()
        assert not Payment.objects.exists()
        press(page, PAY)
        page.get_by_role("link", name="Đến trang thanh toán").click()
        press(page, "Thanh toán")
        expect(page.locator("body")).to_have_text("Đã thanh toán.")
        page.goto(own)
        expect(page.get_by_role("button", name=PAY)).to_have_count(0)

    def take_result(self, name: str) -> bytes:
        """The file that the official signed."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Tải kết quả").click()
        assert download.value.suggested_filename == name
        return Path(download.value.path()).read_bytes()

    def rate(self) -> None:
        page = self.page
        page.get_by_role("link", name="Đánh giá sự phục vụ").click()
        page.get_by_label("Trả kết quả").check()
        page.get_by_label("Rất hài lòng").first.check()
        self.look("my-rating")
        press(page, "Gửi đánh giá")
        expect(page.get_by_text("Đánh giá đã được ghi nhận")).to_be_visible()
        assert Rating.objects.get().dossier_id == self.dossier.pk
