"""What every test stands on: no outside network, strict templates, a clock that can be set, the cast.

The cast is five people (see tests/factories/cast.py). ``clock`` is opt-in: tests with real processes need
real time.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

# Before pytest-django reads it: a name that a view forgot to pass fails the test instead of leaving a hole.
os.environ["FAIL_INVALID_TEMPLATE_VARS"] = "true"

import pgtrigger
import pytest
import redis
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client, TransactionTestCase
from django.utils import translation

from egov.organizations.actor import Actor
from tests.factories.cast import Cast, make_cast
from tests.support.network import loopback_only
from tests.support.signed_in import signed_in
from tests.support.template_database import has_database, template_database

# A Monday morning in working time, after the two-level reorganisation of 1 July 2025.
MONDAY_MORNING = datetime(2025, 9, 15, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="session", autouse=True)
def no_outside_network() -> Iterator[None]:
    """An office network has no Internet: whatever calls out fails here first."""
    with loopback_only():
        yield


@pytest.fixture(scope="session", autouse=True)
def queue_of_this_run(no_outside_network: None) -> Iterator[None]:
    """Messages that no worker took go with the run that sent them."""
    yield
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        left = list(broker.scan_iter(f"{prefix}*"))
        if left:
            broker.delete(*left)


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    """A request leaves its language behind in the thread: every test begins in Vietnamese."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands still at 15 September 2025, 08:00; ``clock.shift`` and ``clock.move_to`` move it."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session", autouse=True)
def emptying_between_tests() -> Iterator[None]:
    """Tests that really commit empty all tables afterwards; append-only tables let only them do so."""
    empty = TransactionTestCase._fixture_teardown

    def empty_append_only_too(self: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            empty(self)

    TransactionTestCase._fixture_teardown = empty_append_only_too
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_blocker: object,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> None:
    """Each run copies a database that has all tables, unless it goes on with the one that it has."""
    with django_db_blocker.unblock():
        connection = connections["default"]
        name = connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}"
        if django_db_createdb or not django_db_keepdb or not has_database(name):
            connection.settings_dict["TEST"]["TEMPLATE"] = template_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Content types are read once, so that no test pays for them in its count of queries."""
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType

    with django_db_blocker.unblock():
        ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture
def cast(db: None) -> Cast:
    """An, Bình, Chi, Dũng and Em, each in their place, with a second factor."""
    return make_cast()


@pytest.fixture
def sign_in(db: None) -> Callable[[Actor], Client]:
    """``sign_in(cast.an)``: a browser in which that person is at work, in that position."""
    return signed_in
