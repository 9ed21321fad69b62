"""Every action has a rule, and the rule refuses an outsider."""

import importlib
import pkgutil

import complaints.actions
import documents.actions
import egov.accounts.actions
import egov.organizations.actions
import egov.workdays.actions
import onestop.actions
import portal.actions
import portal.content.actions
from egov.workflow.action import REGISTER

PLACES = (
    complaints.actions,
    documents.actions,
    egov.accounts.actions,
    egov.organizations.actions,
    egov.workdays.actions,
    onestop.actions,
    portal.actions,
    portal.content.actions,
)


def load_all() -> None:
    for package in PLACES:
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)


def test_every_action_is_named_after_its_app_and_has_a_rule():
    load_all()
    assert len(REGISTER) > 15
    odd = [
        name
        for name, entry in REGISTER.items()
        if not name.startswith(entry.function.__module__.split(".actions")[0].split(".")[-1] + ".")
        or not callable(entry.allowed)
    ]
    assert odd == []


def test_rules_live_in_rules():
    load_all()
    elsewhere = [
        name
        for name, entry in REGISTER.items()
        if ".rules" not in entry.allowed.__module__ or not entry.allowed.__name__.startswith("may_")
    ]
    assert elsewhere == []
