"""Who may do what with visits and letters; each answer is a Verdict that a page can show."""

from complaints.rules.appointing import (
    may_appoint_duty,
    may_end_duty,
    may_end_kin,
    may_keep_duties,
    may_note_kin,
)
from complaints.rules.conflict import not_tied, tie_to
from complaints.rules.directions import may_go
from complaints.rules.duties import holds
from complaints.rules.letters import (
    may_enter,
    may_keep_letter,
    may_read_letters,
    may_split,
    may_work_on_letter,
)
from complaints.rules.processing import (
    approved,
    may_approve,
    may_assign,
    may_bring_supplement,
    may_propose,
    may_send_back,
    may_take_back,
    may_take_in_hand,
    sees,
    waiting_proposal,
)
from complaints.rules.sealing import (
    may_answer_opening,
    may_ask_opening,
    may_cancel_recovery,
    may_finish_recovery,
    may_give_share,
    may_hand_over_key,
    may_keep_keys,
    may_look_for_match,
    may_make_sealing_key,
    may_read_opening,
    may_recover,
    may_redact,
    may_release_opening,
    may_seal,
    may_see_keys,
    may_send_annex,
)

__all__ = ["approved", "holds", "may_answer_opening", "may_appoint_duty", "may_approve", "may_ask_opening", "may_assign", "may_bring_supplement", "may_cancel_recovery", "may_end_duty", "may_end_kin", "may_enter", "may_finish_recovery", "may_give_share", "may_go", "may_hand_over_key", "may_keep_duties", "may_keep_keys", "may_keep_letter", "may_look_for_match", "may_make_sealing_key", "may_note_kin", "may_propose", "may_read_letters", "may_read_opening", "may_recover", "may_redact", "may_release_opening", "may_seal", "may_see_keys", "may_send_annex", "may_send_back", "may_split", "may_take_back", "may_take_in_hand", "may_work_on_letter", "not_tied", "sees", "tie_to", "waiting_proposal"]
