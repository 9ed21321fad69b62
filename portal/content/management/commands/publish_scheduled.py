"""Publish and withdraw what is due; stands in for Wagtail's command of this name, which keeps no copy."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.content.schedule import keep_times


class Command(BaseCommand):
    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        published, withdrawn = keep_times(timezone.now())
        self.stdout.write(f"Đã đăng {published} bài, gỡ {withdrawn} bài.")
