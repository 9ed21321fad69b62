"""What a case costs: the vectors of the domain's list, channel by channel, copy by copy."""

import pytest

from onestop.enums import Channel, FeeBasis
from onestop.fees import charges_for, undetermined
from onestop.models import Case
from tests.factories.procedures import CaseFactory, FeeRuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return CaseFactory(fee=False)


def total(case: Case, channel: Channel = Channel.COUNTER, quantities: object = None) -> int:
    return sum(line.amount for line in charges_for(case, channel, quantities or {}))


@pytest.mark.parametrize(
    ("pages", "amount"),
    [
        (0, 0),
        (1, 2_000),
        (2, 4_000),
        (3, 5_000),
        (10, 12_000),
        (197, 199_000),
        (198, 200_000),
        (500, 200_000),
        # The cap holds for each copy: two of 300 pages, and one of two.
        ((300, 300, 2), 404_000),
        ((4, 4, 4), 18_000),
    ],
)
def test_certified_copies_cost_less_from_page_three_and_at_most_the_cap(case: Case, pages, amount: int):
    rule = FeeRuleFactory(case=case, per_page=True)
    assert total(case, quantities={rule.pk: pages}) == amount


def test_not_counted_is_one_and_on_request_is_none(case: Case):
    FeeRuleFactory(case=case, name="Bản sao", basis=FeeBasis.PER_COPY, amount=8_000)
    wanted = FeeRuleFactory(
        case=case, name="Trích lục", basis=FeeBasis.PER_COPY, amount=8_000, is_optional=True
    )
    assert total(case) == 8_000
    assert total(case, quantities={wanted.pk: 3}) == 32_000


@pytest.mark.rule("onestop", 4)
def test_each_channel_has_its_amount(case: Case):
    FeeRuleFactory(case=case, channel=Channel.ONLINE, amount=10_000)
    FeeRuleFactory(case=case, channel=Channel.COUNTER, amount=20_000)
    assert [total(case, one) for one in (Channel.ONLINE, Channel.COUNTER, Channel.POST)] == [
        10_000,
        20_000,
        0,
    ]


def test_a_rule_of_the_channel_takes_the_place_of_the_general_one(case: Case):
    FeeRuleFactory(case=case, name="Lệ phí cư trú", amount=20_000)
    FeeRuleFactory(case=case, name="Lệ phí Cư trú", amount=10_000, channel=Channel.ONLINE)
    FeeRuleFactory(case=case, name="Phí công bố", amount=100_000)
    assert total(case, Channel.COUNTER) == 120_000
    assert total(case, Channel.ONLINE) == 110_000


def test_free_online_beats_what_holds_elsewhere(case: Case):
    FeeRuleFactory(case=case, name="Lệ phí", amount=20_000)
    FeeRuleFactory(case=case, name="Lệ phí", channel=Channel.ONLINE, free=True)
    assert total(case, Channel.ONLINE) == 0
    assert undetermined(case, Channel.ONLINE, {}) == ()


def test_what_the_council_sets_is_unknown_and_not_free(case: Case):
    unknown = FeeRuleFactory(case=case, undetermined=True)
    assert total(case) == 0
    assert undetermined(case, Channel.COUNTER, {}) == (unknown,)


def test_an_unconfirmed_amount_is_unknown_too(case: Case):
    wrong = FeeRuleFactory(case=case, amount=100, is_confirmed=False)
    assert undetermined(case, Channel.COUNTER, {}) == (wrong,)
    on_request = FeeRuleFactory(case=case, undetermined=True, is_optional=True)
    assert on_request not in undetermined(case, Channel.COUNTER, {})
    assert on_request in undetermined(case, Channel.COUNTER, {on_request.pk: 2})
