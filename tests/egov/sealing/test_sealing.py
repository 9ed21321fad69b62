"""Whoever holds the rows reads nothing; whoever was named reads all; nothing opens in another's place."""

import pickle
from dataclasses import replace

import pytest

from egov.sealing.envelope import BrokenSeal, open_envelope, rewrap, seal
from egov.sealing.personal_key import Cost, WrongPassphrase, make_key, open_key
from egov.sealing.shares import join_shares, make_shared_key
from egov.sealing.traces import derive, trace

PEPPER = b"pepper of this server, thirty-two bytes"
CHEAP = Cost(memory_kib=64, rounds=1, lanes=1)
WORDS = "mười hai con giáp đi lấy nước"
SECRET = "Nguyễn Thị Bảo Châu, thôn Đông, 034190001234".encode()
HERE = "TC-H54-2026-00001/identity/7f"


def pair(words: str = WORDS):
    locked = make_key(words, pepper=PEPPER, cost=CHEAP)
    return locked, open_key(locked, words, pepper=PEPPER)


def test_the_passphrase_alone_opens_the_key_and_only_with_the_servers_part():
    locked, opened = pair()
    assert opened.public_key == locked.public_key
    for words, pepper in (("sai", PEPPER), (WORDS, b"another"), ("", PEPPER)):
        with pytest.raises(WrongPassphrase):
            open_key(locked, words, pepper=pepper)


def test_a_passphrase_typed_with_accents_apart_is_the_same():
    import unicodedata

    locked, _opened = pair()
    assert (
        open_key(locked, unicodedata.normalize("NFD", WORDS), pepper=PEPPER).public_key == locked.public_key
    )


def test_a_private_half_does_not_pass_for_that_of_another_public_key():
    mine, _opened = pair()
    other, _opened = pair()
    with pytest.raises(WrongPassphrase):
        open_key(replace(mine, public_key=other.public_key), WORDS, pepper=PEPPER)


def test_the_usual_cost_is_that_of_rfc_9106():
    assert (Cost().memory_kib, Cost().rounds, Cost().lanes) == (65_536, 3, 4)
    locked = make_key(WORDS, pepper=PEPPER)
    assert locked.cost == Cost()
    assert open_key(locked, WORDS, pepper=PEPPER).public_key == locked.public_key


def test_an_opened_key_shows_nothing_and_does_not_leave_the_process():
    _locked, opened = pair()
    raw = opened.private.private_bytes_raw()
    assert raw.hex() not in repr(opened)
    with pytest.raises(TypeError):
        pickle.dumps(opened)


def test_each_recipient_opens_and_nobody_else():
    (one, one_open), (two, two_open), (_other, other_open) = pair(), pair(), pair()
    closed = seal(SECRET, recipients={1: one.public_key, 2: two.public_key}, context=HERE)
    assert SECRET not in closed.ciphertext
    for name, key in ((1, one_open), (2, two_open)):
        assert (
            open_envelope(closed.nonce, closed.ciphertext, closed.wrapped[name], key, context=HERE) == SECRET
        )
    with pytest.raises(BrokenSeal):
        open_envelope(closed.nonce, closed.ciphertext, closed.wrapped[1], other_open, context=HERE)


def test_two_envelopes_of_the_same_words_have_nothing_in_common():
    locked, _opened = pair()
    first, second = (seal(SECRET, recipients={1: locked.public_key}, context=HERE) for _time in range(2))
    assert first.nonce != second.nonce
    assert first.ciphertext[:16] != second.ciphertext[:16]
    assert first.wrapped[1] != second.wrapped[1]


def test_neither_content_nor_wrapped_key_opens_in_another_letters_place():
    locked, opened = pair()
    here = seal(SECRET, recipients={1: locked.public_key}, context=HERE)
    there = seal(b"other", recipients={1: locked.public_key}, context="TC-H54-2026-00002/identity/7f")
    for nonce, ciphertext, wrapped, context in (
        (here.nonce, here.ciphertext, here.wrapped[1], "TC-H54-2026-00002/identity/7f"),
        (here.nonce, here.ciphertext, there.wrapped[1], HERE),
        (there.nonce, there.ciphertext, here.wrapped[1], HERE),
    ):
        with pytest.raises(BrokenSeal):
            open_envelope(nonce, ciphertext, wrapped, opened, context=context)


@pytest.mark.parametrize("part", ["nonce", "ciphertext", "wrapped"])
def test_one_changed_bit_breaks_the_seal(part):
    locked, opened = pair()
    closed = seal(SECRET, recipients={1: locked.public_key}, context=HERE)
    parts = {"nonce": closed.nonce, "ciphertext": closed.ciphertext, "wrapped": closed.wrapped[1]}
    for at in (0, len(parts[part]) - 1):
        changed = bytearray(parts[part])
        changed[at] ^= 1
        with pytest.raises(BrokenSeal):
            open_envelope(**(parts | {part: bytes(changed)}), key=opened, context=HERE)
    for odd in (b"", b"short"):
        with pytest.raises(BrokenSeal):
            open_envelope(**(parts | {part: odd}), key=opened, context=HERE)


def test_an_envelope_for_nobody_is_not_made():
    with pytest.raises(ValueError, match="nobody"):
        seal(SECRET, recipients={}, context=HERE)


def test_a_successor_opens_what_was_wrapped_anew():
    (old, old_open), (new, new_open) = pair(), pair("lời khác của người kế nhiệm")
    closed = seal(SECRET, recipients={1: old.public_key}, context=HERE)
    wrapped = rewrap(closed.wrapped[1], old_open, new.public_key, context=HERE)
    assert open_envelope(closed.nonce, closed.ciphertext, wrapped, new_open, context=HERE) == SECRET
    with pytest.raises(BrokenSeal):
        open_envelope(closed.nonce, closed.ciphertext, wrapped, old_open, context=HERE)


def test_two_shares_open_and_one_is_noise():
    public_key, (first, second) = make_shared_key()
    closed = seal(SECRET, recipients={1: public_key}, context=HERE)
    key = join_shares(first, second, public_key=public_key)
    assert open_envelope(closed.nonce, closed.ciphertext, closed.wrapped[1], key, context=HERE) == SECRET
    for wrong in ((first, first), (second, bytes(32)), (first, make_shared_key()[1][1])):
        with pytest.raises(BrokenSeal):
            join_shares(*wrong, public_key=public_key)


def test_traces_meet_for_the_same_value_under_the_same_key_and_kind_only():
    key = derive(PEPPER, "traces of agency 1")
    name = trace("nguyen thi bao chau", key=key, kind="name")
    assert name == trace("nguyen thi bao chau", key=key, kind="name")
    assert len(name) == 4
    assert name != trace("nguyen thi bao chau", key=key, kind="phone")
    assert name != trace("nguyen thi bao chau", key=derive(PEPPER, "traces of agency 2"), kind="name")
