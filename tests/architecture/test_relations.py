"""What an import graph cannot see: foreign keys point down or sideways within an app, never up; files
are protected."""

from django.apps import apps
from django.db import models

RANK = {
    "audit": 0,
    "taskqueue": 0,
    "workflow": 1,
    "accounts": 2,
    "organizations": 3,
    "files": 4,
    "numbering": 4,
}
RANK |= {
    "workdays": 4,
    "printing": 4,
    "signing": 5,
    "notifications": 6,
    "search": 6,
    "documents": 7,
    "onestop": 7,
    "portal": 8,
    "content": 8,
}


def relations() -> list[tuple[type[models.Model], models.ForeignKey]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in RANK
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name}"
        for model, field in relations()
        if RANK.get(field.related_model._meta.app_label, -1) > RANK[model._meta.app_label]
    ]
    assert upward == []


def test_shared_apps_of_one_rank_do_not_point_at_each_other():
    sideways = [
        f"{model._meta.label}.{field.name}"
        for model, field in relations()
        if field.related_model._meta.app_label != model._meta.app_label
        and RANK.get(field.related_model._meta.app_label, -1) == RANK[model._meta.app_label]
    ]
    assert sideways == []


def test_nothing_official_is_deleted_along():
    """CASCADE is for rows that mean nothing without their owner; each is named here."""
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model, field in relations()
        if field.remote_field.on_delete is models.CASCADE
    }
    assert cascading <= {
        "documents.Recipient.document",
        # Lines of a version, gone when a draft is edited; an active version is never edited.
        "onestop.Case.version",
        "onestop.LegalBasis.version",
        "onestop.ResultKind.version",
        "onestop.ChannelRule.case",
        "onestop.FeeRule.case",
        "onestop.Requirement.case",
        "onestop.PlannedLeg.case",
        "onestop.PlannedStep.leg",
        # Scans of an intake that nobody finished; those of a dossier are its papers.
        "onestop.IntakeFile.draft",
        "onestop.IntakeFile.requirement",
        # A sign-in, and a code on its way, mean nothing without their person.
        "portal.CitizenSession.citizen",
        "portal.ContactCode.citizen",
        "accounts.UserSession.user",
        "accounts.UserSession.session",
    }
