"""The short notation of catalogue.toml, written out as the records that an import understands."""

import re
from typing import Any

from egov.workdays.limit import Limit, LimitUnit
from onestop.enums import Channel
from onestop.queries.completeness import working_hours

Table = dict[str, Any]

PAPER = re.compile(
    r"(?P<name>.*) \((?:(?P<originals>\d+)/(?P<copies>\d+)|xuất trình)(?P<conditional>; nếu có)?\)"
)
# What one procedure says for all of its cases unless a case says otherwise.
OF_CASES = ("limit", "limits", "note", "fees", "papers")
CHANNELS = [channel.value for channel in Channel]


def record_of(procedure: Table, ways: Table, suffix: str) -> Table:
    """One procedure as an import's record."""
    cases = procedure.get("case") or [{}]
    kept = ("code", "name", "keywords", "agency", "level", "sector", "sector_code", "applicant_kinds")
    flags = (
        "online_level",
        "cutoff",
        "conditions",
        "representative_allowed",
        "silence_is_consent",
        "on_the_spot",
        "result_must_be_signed",
        "online_payment_required",
        "charge_refundable",
    )
    record = {key: procedure[key] for key in (*kept, *flags) if key in procedure}
    return record | {
        "suffix": suffix,
        "allowed_stops": procedure.get("stops", ["supplement"]),
        "legal_bases": [{"number": number, "title": title} for number, title in procedure["bases"]],
        "results": [
            {"code": line[0], "name": line[1], "is_refusal": "refusal" in line[2:]}
            for line in procedure["results"]
        ],
        "cases": [
            _case(
                {key: procedure[key] for key in OF_CASES if key in procedure} | case, ways[procedure["way"]]
            )
            for case in cases
        ],
    }


def _case(case: Table, way: Table) -> Table:
    limits = case["limits"] if "limits" in case else dict.fromkeys(CHANNELS, str(case["limit"]))
    channels = [
        {"channel": channel, **_limit(text), "note": case.get("note", "")} for channel, text in limits.items()
    ]
    fees = [{"is_confirmed": True, **fee} for fee in case.get("fees", ())]
    # What is asked for only on wish leaves the service itself free.
    if all(fee.get("is_optional") for fee in fees):
        fees.append({"name": "Giải quyết thủ tục", "basis": "free", "is_confirmed": True})
    else:
        fees += _free_elsewhere(fees, limits)
    shortest = min((Limit(one["amount"], LimitUnit(one["unit"])) for one in channels), key=working_hours)
    return {
        "name": case.get("name", ""),
        "channels": channels,
        "fees": fees,
        "papers": [_paper(text) for text in case["papers"]],
        "legs": _legs(way["leg"], working_hours(shortest)),
    }


def _free_elsewhere(fees: list[Table], limits: Table) -> list[Table]:
    """A channel that no fee names costs nothing."""
    named = {fee.get("channel", "") for fee in fees}
    free = [] if "" in named else [channel for channel in limits if channel not in named]
    return [
        {"name": "Giải quyết thủ tục", "basis": "free", "channel": channel, "is_confirmed": True}
        for channel in free
    ]


def _limit(text: str) -> Table:
    amount, unit = text.split()
    return {"amount": int(amount), "unit": unit}


def _paper(text: str) -> Table:
    match = PAPER.fullmatch(text)
    if match is None:
        raise ValueError(f"not a paper: {text}")
    shown = match["originals"] is None
    return {
        "name": match["name"],
        "originals": 1 if shown else int(match["originals"]),
        "copies": 0 if shown else int(match["copies"]),
        "shown": shown,
        "is_conditional": match["conditional"] is not None,
        "form_name": match["name"] if match["name"].startswith(("Tờ khai", "Đơn ")) else "",
    }


def _legs(legs: list[Table], total: float) -> list[Table]:
    """The way with its shares turned into working hours of the whole limit."""
    found = []
    for leg in legs:
        steps = _steps(leg["steps"], total * leg.get("share", 100) / 100)
        hours = max(int(total * leg.get("share", 100) / 100), sum(step["hours"] for step in steps))
        named = {key: leg[key] for key in ("name", "agency", "agency_choice", "after") if key in leg}
        found.append(named | {"amount": hours, "unit": "hours", "steps": steps})
    return found


def _steps(steps: list[list[Any]], hours: float) -> list[Table]:
    last = len(steps)
    return [
        {
            "name": name,
            "role": role,
            "hours": max(1, int(hours * share / 100)),
            # On to the next; whoever reviews or signs may also give it back to the one before.
            "followers": [
                *([order - 1] if role in {"leader", "office_head"} and order > 1 else []),
                *([order + 1] if order < last else []),
            ],
        }
        for order, (name, role, share) in enumerate(steps, start=1)
    ]
