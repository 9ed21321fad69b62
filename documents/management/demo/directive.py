"""The main job's document: drafted, signed, numbered and sealed by the cast through the real actions."""

from pathlib import Path

from django.utils import timezone

from documents.actions.draft import DraftContent, create_draft, set_recipients
from documents.actions.draft_files import upload_paper
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.actions.submit import submit
from documents.enums import Source
from documents.management.demo.people import People
from documents.models import Document, DocumentKind
from documents.queries.recipients import RecipientChoice
from egov.organizations.enums import Capacity

ABSTRACT = "Về việc tăng cường gửi, nhận văn bản điện tử có ký số giữa các cơ quan trong tỉnh"
BODY = """\
Để việc gửi, nhận văn bản điện tử giữa các cơ quan trong hệ thống chính trị của tỉnh được thực hiện đúng \
quy định, bảo đảm an toàn và kịp thời, Ủy ban nhân dân tỉnh yêu cầu:

1. Thủ trưởng các cơ quan, đơn vị; Chủ tịch Ủy ban nhân dân các huyện, thành phố, xã, phường, thị trấn

a) Gửi, nhận 100% văn bản dưới dạng điện tử có chữ ký số của người có thẩm quyền và của cơ quan, trừ văn \
bản có nội dung bí mật nhà nước.

b) Chỉ đạo văn thư kiểm tra tính xác thực, tính toàn vẹn của văn bản đến ngay khi nhận; tiếp nhận, vào sổ và \
trình xử lý trong ngày.

c) Không yêu cầu gửi kèm bản giấy đối với văn bản điện tử đã có giá trị pháp lý như bản gốc.

2. Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc, tổng hợp tình hình thực hiện, báo cáo \
Ủy ban nhân dân tỉnh hằng quý.

Yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện./."""
DIRECTIVE = "CT"
DRAFTER, SIGNER, CLERK = "khanh", "binh", "an"


def draft(people: People, choice: RecipientChoice, file: Path | None) -> Document:
    """The specialist writes a directive or uploads a PDF, chooses recipients, presents it for signature."""
    actor, at = people.actor(DRAFTER), timezone.now()
    content = DraftContent(
        kind=DocumentKind.objects.get(code=DIRECTIVE),
        abstract=ABSTRACT if file is None else f"Văn bản kèm theo tệp {file.stem}",
        source=Source.COMPOSED,
        body=BODY,
    )
    document = create_draft(actor, content, at=at)
    if file is not None:
        with file.open("rb") as stream:
            document = upload_paper(actor, document, file=stream, filename=file.name, at=at)
    set_recipients(actor, document, choice, at=at)
    return submit(
        actor, document, signer=people.actor(SIGNER).membership, capacity=Capacity.TM, at=timezone.now()
    )


def sign_by_chairman(people: People, document: Document) -> Document:
    """The chairman's own signature, on behalf of the committee."""
    return sign(people.actor(SIGNER), document, pin=people.pin(SIGNER), at=timezone.now())


def number_and_seal(people: People, document: Document) -> Document:
    """The registry gives number and date, and signs for the agency."""
    clerk = people.actor(CLERK)
    document = number(clerk, document, at=timezone.now())
    return seal(clerk, document, pin=people.seal_pin(clerk), at=timezone.now())
