"""manage.py sweep_files: free the room taken by files that nothing refers to."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from egov.files.sweep import sweep


class Command(BaseCommand):
    """Deletes content without a row from the file store."""

    help = "Xóa khỏi kho các tệp không văn bản nào dùng đến (giao dịch đã hủy, tiến trình bị dừng)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than-hours", type=int, default=24, help="chỉ xóa tệp cũ hơn số giờ này")

    def handle(self, *_args: Any, **options: Any) -> None:
        swept = sweep(older_than=timedelta(hours=options["older_than_hours"]))
        self.stdout.write(f"Đã xóa {swept.files} tệp, {swept.size} byte.")
