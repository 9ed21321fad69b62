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
    "complaints": 7,
    "portal": 8,
    "content": 8,
}


def relations() -> list[tuple[type[models.Model], models.ForeignKey]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in RANK
        for field in model._meta.get_fields()
        # What a page or task of Wagtail is made of is Wagtail's; what the project adds to it is judged here.
        if isinstance(field, models.ForeignKey)
        and field.model is model
        and not field.remote_field.parent_link
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
        # Parts of an article, kept in its revisions; what was public is withdrawn, not deleted.
        "content.PageCorrection.page",
        "content.PageFile.page",
        "content.LegalTie.page",
        "content.OfficialContact.page",
        # A picture in another size. A folder with anything in it is not deleted (Wagtail refuses).
        "content.Rendition.image",
        "content.Picture.collection",
        "content.Paper.collection",
        # Files of a filing that was never made; those of one that was are its dossier's.
        "portal.Upload.draft",
        "accounts.UserSession.user",
        "accounts.UserSession.session",
    }
