"""Addresses of citizen reception, letters and their settlement."""

from django.urls import URLPattern, path

from complaints.views import (
    appointments,
    duties,
    feed,
    figures,
    letter,
    letter_entry,
    letter_facts,
    letter_handover,
    letter_matches,
    letter_register,
    letter_work,
    letters,
    matter_papers,
    openings,
    processing,
    promises,
    retention,
    sealed,
    sealing_keys,
    settlement,
    telling,
    timetable,
    transfers,
    visit_desk,
    visit_papers,
    visit_session,
    visits,
)

app_name = "complaints"
# Importing a file of views also hangs its panels on the letter's page (views/panels.py).
PANELS = (letter_facts, letter_work, processing, settlement, telling, sealed)

letter_urls = [
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/enter/", letter_entry.letter_enter, name="letter_enter"),
    path("letters/matches/", letter_matches.letter_matches, name="letter_matches"),
    path("letters/register/", letter_register.letter_register, name="letter_register"),
    path("letters/register/print/", letter_register.letter_register_print, name="letter_register_print"),
    path("letters/figures/", figures.letter_figures, name="letter_figures"),
    path("letters/<int:pk>/", letter.letter_detail, name="letter_detail"),
    path("letters/<int:pk>/entered/", letter_entry.letter_entered, name="letter_entered"),
    path("letters/<int:pk>/slip/", letter_entry.letter_slip_print, name="letter_slip"),
    path("letters/matters/<int:pk>/files/<int:file_pk>/", letter_work.letter_file, name="letter_file"),
    path("letters/matters/<int:pk>/register/<slug:name>/", letter_work.letter_step, name="letter_step"),
    path("letters/matters/<int:pk>/", letter.matter_detail, name="matter_detail"),
]
settlement_urls = [
    path("settlement/evidence/<int:pk>/", settlement.evidence_file, name="evidence_file"),
    path("settlement/orders/<int:pk>/", settlement.order_print, name="order_print"),
    path("letters/matters/<int:pk>/telling/<slug:name>/", telling.telling_step, name="telling_step"),
    path("settlement/<int:pk>/<slug:name>/", settlement.settlement_step, name="settlement_step"),
]
processing_urls = [
    path("letters/duties/", duties.duty_list, name="duty_list"),
    path("letters/duties/<int:pk>/end/", duties.duty_end, name="duty_end"),
    path("letters/kin/", duties.kin_list, name="kin_list"),
    path("letters/kin/<int:pk>/end/", duties.kin_end, name="kin_end"),
    path("letters/transfers/", transfers.transfer_list, name="transfer_list"),
    path("letters/transfers/<int:pk>/take-in/", transfers.transfer_take_in, name="transfer_take_in"),
    path("letters/transfers/<int:pk>/return/", transfers.transfer_return, name="transfer_return"),
    path("letters/papers/<int:pk>/", matter_papers.matter_paper, name="matter_paper"),
    path("letters/papers/<int:pk>/send/", matter_papers.matter_paper_send, name="matter_paper_send"),
    path("letters/retention/", retention.retention, name="retention"),
    path("letters/feed/", feed.feed_list, name="feed_list"),
    path("letters/feed/<int:pk>/", feed.feed_detail, name="feed_detail"),
    path("letters/feed/<int:pk>/resend/", feed.feed_resend, name="feed_resend"),
    path("letters/feed/entries/<int:pk>/correct/", feed.feed_correct, name="feed_correct"),
    path("letters/hand-over/", letter_handover.hand_over_list, name="hand_over_list"),
    path("letters/hand-over/<int:pk>/", letter_handover.hand_over_move, name="hand_over_move"),
    path(
        "letters/matters/<int:pk>/propose/<slug:direction>/",
        processing.proposal_create,
        name="proposal_create",
    ),
    path(
        "letters/matters/<int:pk>/processing/<slug:name>/", processing.processing_step, name="processing_step"
    ),
]
visit_urls = [
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/open/", visits.visit_open, name="visit_open"),
    path("visits/register/", visit_papers.visit_register, name="visit_register"),
    path("visits/register/print/", visit_papers.visit_register_print, name="visit_register_print"),
    path("visits/register/close/", visit_papers.visit_register_close, name="visit_register_close"),
    path("visits/timetable/", timetable.timetable, name="timetable"),
    path("visits/timetable/publish/", timetable.timetable_publish, name="timetable_publish"),
    path("visits/days/<int:pk>/", timetable.day_detail, name="day_detail"),
    path("visits/appointments/", appointments.appointment_list, name="appointment_list"),
    path("visits/appointments/ask/", appointments.appointment_ask, name="appointment_ask"),
    path("visits/appointments/<int:pk>/", appointments.appointment_detail, name="appointment_detail"),
    path("visits/appointments/<int:pk>/end/", appointments.appointment_end, name="appointment_end"),
    path("visits/appointments/<int:pk>/told/", appointments.appointment_told, name="appointment_told"),
    path("visits/appointments/<int:pk>/slip/", appointments.appointment_print, name="appointment_print"),
    path("visits/promises/", promises.promise_list, name="promise_list"),
    path("visits/promises/<int:pk>/", promises.promise_detail, name="promise_detail"),
    path("visits/<int:pk>/", visit_desk.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/correct/", visit_desk.visit_correct, name="visit_correct"),
    path("visits/<int:pk>/follow/", visit_desk.visit_follow, name="visit_follow"),
    path("visits/<int:pk>/letter/", visit_desk.visit_link, name="visit_link"),
    path("visits/<int:pk>/promise/", visit_desk.visit_promise, name="visit_promise"),
    path("visits/<int:pk>/step/", visit_session.visit_step, name="visit_step"),
    path("visits/<int:pk>/slip/", visit_papers.visit_slip, name="visit_slip"),
    path("visits/<int:pk>/notice/", visit_papers.visit_notice, name="visit_notice"),
    path("visits/<int:pk>/minutes/", visit_papers.visit_minutes_print, name="visit_minutes_print"),
]
sealed_urls = [
    path("sealed/keys/", sealing_keys.sealing_keys, name="sealing_keys"),
    path("sealed/keys/<slug:name>/", sealing_keys.sealing_step, name="sealing_step"),
    path("sealed/recoveries/<int:pk>/<slug:name>/", sealing_keys.recovery_step, name="recovery_step"),
    path("sealed/annexes/<int:pk>/", sealing_keys.annex_send, name="annex_send"),
    path("sealed/openings/", openings.opening_list, name="opening_list"),
    path("sealed/openings/<int:pk>/", openings.opening_detail, name="opening_detail"),
    path("sealed/openings/<int:pk>/answer/", openings.opening_answer, name="opening_answer"),
    path("sealed/openings/<int:pk>/release/", openings.opening_release, name="opening_release"),
    path("sealed/openings/<int:pk>/read/", openings.opening_read, name="opening_read"),
    path("sealed/matters/<int:pk>/ask/", sealed.sealed_ask, name="sealed_ask"),
    path("sealed/matters/<int:pk>/copies/", sealed.sealed_copy_add, name="sealed_copy_add"),
    path("sealed/matters/<int:pk>/copies/<int:ordinal>/", sealed.sealed_copy, name="sealed_copy"),
    path("sealed/matters/<int:pk>/originals/", sealed.sealed_original_add, name="sealed_original_add"),
]
urlpatterns: list[URLPattern] = [*letter_urls, *processing_urls, *settlement_urls, *visit_urls, *sealed_urls]
