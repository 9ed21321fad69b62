"""Lay what the portal's content stands on: languages, sections, steps of approval."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.content.foundation import lay_content


class Command(BaseCommand):
    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        lay_content()
        self.stdout.write("Nền nội dung của cổng thông tin đã sẵn sàng.")
