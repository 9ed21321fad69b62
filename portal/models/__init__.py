"""The portal's own tables: what citizens have set and begun; content has its tables beside its pages."""

from portal.models.citizen import Citizen
from portal.models.citizen_session import CitizenSession
from portal.models.contact_code import ContactCode
from portal.models.draft import Draft
from portal.models.filing_receipt import FilingReceipt
from portal.models.finding import Entry, Findable, KnownWord, drop_entry, index_entries, index_entry
from portal.models.inquiry import Inquiry, InquiryChange, InquiryPublication, InquiryTerm
from portal.models.letter_receipt import LetterReceipt
from portal.models.notice import Notice
from portal.models.upload import Upload

__all__ = [
    "Citizen",
    "CitizenSession",
    "ContactCode",
    "Draft",
    "Entry",
    "FilingReceipt",
    "Findable",
    "Inquiry",
    "InquiryChange",
    "InquiryPublication",
    "InquiryTerm",
    "KnownWord",
    "LetterReceipt",
    "Notice",
    "Upload",
    "drop_entry",
    "index_entries",
    "index_entry",
]
