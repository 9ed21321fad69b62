"""Setting days and hours: who may, what is kept of it, what is refused, what it touches."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from egov.audit.models import AuditEvent
from egov.workdays import touched
from egov.workdays.actions.remove_holiday import remove_holiday
from egov.workdays.actions.set_holiday import DayFacts, FactMissing, set_holiday
from egov.workdays.actions.set_hours import InThePast, NothingWorked, WindowsOverlap, set_hours
from egov.workdays.calendar import ORDINARY_DAY, ORDINARY_WEEK, Week, Window
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workdays.models import Holiday, WorkingHours
from egov.workdays.terms import due
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.organizations import MembershipFactory, actor_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = NOW.date()
WEDNESDAY = TODAY + timedelta(days=2)
POLICE_WEEK: Week = (*ORDINARY_WEEK[:5], (Window(450, 690),), ())


def closed(day: date = WEDNESDAY, **changes: object) -> DayFacts:
    facts = {"kind": Holiday.Kind.CLOSED, "name": "Nghỉ bão", "source": "Công điện 7/CĐ-UBND"}
    return DayFacts(day=day, **(facts | changes))


class TestDays:
    """set_holiday and remove_holiday."""

    def test_the_system_s_administrator_sets_days_everywhere(self, root, cast):
        holiday = set_holiday(root, None, facts=closed())
        assert not calendar_of(cast.chi.agency, TODAY).is_working_day(WEDNESDAY)
        assert not calendar_of(None, TODAY).is_working_day(WEDNESDAY)
        event = AuditEvent.objects.get(action="workdays.holiday_set")
        assert event.details["now"] == "closed: Nghỉ bão (Công điện 7/CĐ-UBND)"
        assert (event.subject_id, event.user_id) == (str(holiday.pk), root.user_id)

    @pytest.mark.rule("onestop", 17)
    def test_an_agency_s_administrator_sets_days_for_that_agency(self, commune_admin, cast):
        saturday = TODAY + timedelta(days=5)
        facts = closed(saturday, kind=Holiday.Kind.WORKING, name="Làm bù")
        set_holiday(commune_admin, cast.chi.agency, facts=facts)
        assert calendar_of(cast.chi.agency, TODAY).windows(saturday) == ORDINARY_DAY
        assert not calendar_of(cast.dung.agency, TODAY).is_working_day(saturday)

    def test_nobody_else_may(self, root, commune_admin, cast):
        holiday = set_holiday(root, cast.chi.agency, facts=closed())
        without_factor = actor_for(root.membership, second_factor=False)
        elsewhere = actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True))
        for actor in (cast.an, cast.chi, cast.dung, cast.em, without_factor, elsewhere):
            for scope in (None, cast.chi.agency):
                with pytest.raises(NotPermitted):
                    set_holiday(actor, scope, facts=closed(TODAY))
                with pytest.raises(NotPermitted):
                    set_hours(actor, scope, week=POLICE_WEEK, since=TODAY, at=NOW)
            with pytest.raises(NotPermitted):
                remove_holiday(actor, holiday)
        with pytest.raises(NotPermitted):
            set_holiday(commune_admin, None, facts=closed(TODAY))
        assert Holiday.objects.get() == holiday
        assert not WorkingHours.objects.exists()

    def test_a_day_is_corrected_in_place_and_the_log_keeps_what_it_was(self, root):
        set_holiday(root, None, facts=closed())
        set_holiday(root, None, facts=closed(kind=Holiday.Kind.WORKING, name=" Đã rút lệnh nghỉ "))
        assert Holiday.objects.get().name == "Đã rút lệnh nghỉ"
        last = AuditEvent.objects.filter(action="workdays.holiday_set").latest("pk")
        assert last.details["was"] == "closed: Nghỉ bão (Công điện 7/CĐ-UBND)"

    @pytest.mark.parametrize("missing", ["name", "source"])
    def test_a_reason_and_a_decision_are_needed(self, root, missing):
        with pytest.raises(FactMissing):
            set_holiday(root, None, facts=closed(**{missing: "  "}))
        assert not Holiday.objects.exists()

    def test_a_removed_day_is_an_ordinary_one_and_stays_in_the_log(self, root, cast):
        holiday = set_holiday(root, cast.chi.agency, facts=closed())
        remove_holiday(root, holiday)
        assert calendar_of(cast.chi.agency, TODAY).is_working_day(WEDNESDAY)
        event = AuditEvent.objects.get(action="workdays.holiday_removed")
        assert event.details["was"].startswith("closed: Nghỉ bão")
        assert AuditEvent.objects.get(action="workdays.remove_holiday").subject_id == str(holiday.pk)

    def test_the_database_keeps_one_row_a_day_and_scope(self, root):
        set_holiday(root, None, facts=closed())
        with pytest.raises(IntegrityError), transaction.atomic():
            Holiday.objects.create(day=WEDNESDAY, kind="closed", name="x", source="x")


class TestHours:
    """set_hours."""

    def test_hours_hold_from_their_day_on_and_the_old_ones_before(self, commune_admin, cast):
        saturday = TODAY + timedelta(days=5)
        set_hours(commune_admin, cast.chi.agency, week=ORDINARY_WEEK, since=TODAY, at=NOW)
        since = TODAY + timedelta(days=7)
        set_hours(commune_admin, cast.chi.agency, week=POLICE_WEEK, since=since, at=NOW)
        calendar = calendar_of(cast.chi.agency, TODAY)
        assert calendar.windows(saturday) == ()
        assert calendar.windows(saturday + timedelta(days=7)) == (Window(450, 690),)
        assert AuditEvent.objects.filter(action="workdays.hours_set").count() == 2

    def test_what_was_planned_for_later_is_replaced(self, root):
        set_hours(root, None, week=POLICE_WEEK, since=TODAY + timedelta(days=30), at=NOW)
        set_hours(root, None, week=ORDINARY_WEEK, since=TODAY + timedelta(days=1), at=NOW)
        assert {row.valid_from for row in WorkingHours.objects.all()} == {TODAY + timedelta(days=1)}

    def test_an_agency_goes_back_to_the_hours_from_above(self, commune_admin, root, cast):
        set_hours(root, None, week=POLICE_WEEK, since=TODAY, at=NOW)
        set_hours(commune_admin, cast.chi.agency, week=ORDINARY_WEEK, since=TODAY, at=NOW)
        saturday = TODAY + timedelta(days=5)
        assert not calendar_of(cast.chi.agency, TODAY).is_working_day(saturday)
        set_hours(commune_admin, cast.chi.agency, week=None, since=TODAY, at=NOW)
        assert calendar_of(cast.chi.agency, TODAY).is_working_day(saturday)

    @pytest.mark.parametrize(
        ("week", "since", "refusal"),
        [
            (ORDINARY_WEEK, TODAY - timedelta(days=1), InThePast),
            (((),) * 7, TODAY, NothingWorked),
            (((Window(420, 700), Window(690, 1020)), *ORDINARY_WEEK[1:]), TODAY, WindowsOverlap),
        ],
    )
    def test_what_cannot_be_is_refused(self, root, week, since, refusal):
        with pytest.raises(refusal):
            set_hours(root, None, week=week, since=since, at=NOW)
        assert not WorkingHours.objects.exists()

    @pytest.mark.parametrize("agency", [True, False])
    def test_the_database_refuses_overlapping_hours(self, cast, agency):
        facts = {"agency": cast.chi.agency if agency else None, "weekday": 0, "valid_from": TODAY}
        WorkingHours.objects.create(opens=time(7), closes=time(11, 30), **facts)
        WorkingHours.objects.create(opens=time(11, 30), closes=time(17), **facts)
        for opens, closes in ((time(11), time(12)), (time(17), time(16))):
            with pytest.raises(IntegrityError), transaction.atomic():
                WorkingHours.objects.create(opens=opens, closes=closes, **facts)
        WorkingHours.objects.create(opens=time(11), closes=time(12), **(facts | {"weekday": 1}))


@pytest.mark.rule("onestop", 16)
class TestTouched:
    """Which terms a change would touch: listed for a person, moved by nobody."""

    @pytest.fixture
    def promised(self, cast, monkeypatch) -> datetime:
        """Chi's commune promised something for Thursday; an app that knows of it is registered."""
        monkeypatch.setattr(touched, "_finders", {})
        limit = Limit(3, LimitUnit.WORKING_DAYS)
        promised = due(calendar_of(cast.chi.agency, TODAY), NOW, limit)

        def terms(_change: touched.Change) -> list[touched.TouchedTerm]:
            again = due(calendar_of(cast.chi.agency, TODAY), NOW, limit)
            return [touched.TouchedTerm("H99-0001", "/dossiers/1/", old=promised, new=again)]

        touched.register_touched("test", terms)
        return promised

    def test_a_new_day_lists_old_and_new_moment_and_changes_nothing(self, promised, cast):
        facts = {"day": WEDNESDAY, "kind": "closed", "name": "Nghỉ bão", "source": "CĐ 7"}
        (term,) = touched.touched_by_setting(Holiday(**facts))
        assert (term.old, term.new) == (promised, promised + timedelta(days=1))
        assert not Holiday.objects.exists()
        assert touched.touched_by_setting(Holiday(agency=cast.dung.agency, **facts)) == []

    def test_so_does_removing_one(self, promised, root):
        holiday = set_holiday(root, None, facts=closed())
        assert touched.touched_by_removing(holiday) == []
        holiday = set_holiday(root, None, facts=closed(TODAY + timedelta(days=1)))
        (term,) = touched.touched_by_removing(holiday)
        assert term.new == promised + timedelta(days=1)
        assert Holiday.objects.count() == 2

    def test_so_do_other_hours_from_a_day_on(self, promised, cast, root):
        """No work on Wednesdays any more: tried, listed, and undone with its audit row."""
        day, events = (Window(7 * 60, 11 * 60), Window(13 * 60, 17 * 60)), AuditEvent.objects.count()
        week = (day, day, (), day, day, (), ())
        (term,) = touched.touched_by_hours(root, None, week=week, since=TODAY, at=NOW)
        assert (term.old, term.new) == (promised, promised + timedelta(days=1))
        assert touched.touched_by_hours(root, cast.dung.agency, week=week, since=TODAY, at=NOW) == []
        assert (WorkingHours.objects.count(), AuditEvent.objects.count()) == (0, events)
        with pytest.raises(NotPermitted):
            touched.touched_by_hours(cast.chi, None, week=week, since=TODAY, at=NOW)
