"""Pages of the portal that officials write, what hangs on them, and who may write."""

from portal.content.models.about import AboutIndexPage, OfficialContact, OrganisationPage, PlainPage
from portal.content.models.editorial import EditorialPage, PageCorrection
from portal.content.models.files import PageFile, Paper, Picture, Rendition
from portal.content.models.guidance import GuidanceIndexPage, GuidancePage
from portal.content.models.legal import LegalIndexPage, LegalPage, LegalTie
from portal.content.models.news import NewsCategory, NewsIndexPage, NewsPage
from portal.content.models.posts import EditorialPost
from portal.content.models.sections import HomePage, SectionPage
from portal.content.models.steps import ApprovalStep, EditingStep
from portal.content.models.withdrawal import WithdrawnCopy

__all__ = [
    "AboutIndexPage",
    "ApprovalStep",
    "EditingStep",
    "EditorialPage",
    "EditorialPost",
    "GuidanceIndexPage",
    "GuidancePage",
    "HomePage",
    "LegalIndexPage",
    "LegalPage",
    "LegalTie",
    "NewsCategory",
    "NewsIndexPage",
    "NewsPage",
    "OfficialContact",
    "OrganisationPage",
    "PageCorrection",
    "PageFile",
    "Paper",
    "Picture",
    "PlainPage",
    "Rendition",
    "SectionPage",
    "WithdrawnCopy",
]
