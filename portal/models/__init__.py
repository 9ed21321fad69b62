"""The portal's own tables: what citizens have set and begun; content has its tables beside its pages."""

from portal.models.citizen import Citizen
from portal.models.citizen_session import CitizenSession
from portal.models.draft import Draft
from portal.models.filing_receipt import FilingReceipt
from portal.models.finding import Entry, Findable, KnownWord, drop_entry, index_entries, index_entry
from portal.models.inquiry import Inquiry, InquiryChange, InquiryPublication, InquiryTerm
from portal.models.upload import Upload

__all__ = [
    "Inquiry",
    "InquiryChange",
    "InquiryPublication",
    "InquiryTerm",
    "Citizen",
    "CitizenSession",
    "Draft",
    "FilingReceipt",
    "Upload",
    "Entry",
    "Findable",
    "KnownWord",
    "drop_entry",
    "index_entries",
    "index_entry",
]
