"""The form of an official document: places for two signatures, number and date; filling the last two.

The fields are made before the first signature and are the only ones it leaves open, so the registry can give
number, date and seal later without breaking it (Decree 30/2020, Art. 14: sign, number, register, seal).
"""

import re
from typing import Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
    enumerate_sig_fields,
)

from egov.printing.places import Place
from egov.printing.places import Places as PrintedPlaces
from egov.signing.appearance import SEAL_CAPTION, SEAL_CAPTION_LEFT, Stamp, date_look, number_look
from egov.signing.places import Gap, Places, TextPlace, resolve
from egov.signing.refusals import AlreadySigned, PdfNotSignable
from egov.signing.typeface import font_in, italic, upright
from egov.signing.update import in_order, opened, read, written

PERSONAL_FIELD: Final = "ChuKyNguoiKy"
SEAL_FIELD: Final = "ChuKyCoQuan"
NUMBER_FIELD: Final = "SoVanBan"
DATE_FIELD: Final = "NgayVanBan"
READ_ONLY = 1  # bit 1 of /Ff: filled by the registry's function, never typed by hand (Decree 30, Art. 15)
PRINT = 4  # bit 3 of /F
GAP_KEY = pdf_name("/VNEG_Gap")  # our own note in the field: how much of the line is open


def prepare(pdf: bytes, places: Places | PrintedPlaces) -> bytes:
    """Add the empty fields for signature, seal, number and date; places not given are found in the text.

    :raises AlreadySigned: the file carries a signature or these fields already
    :raises PdfNotSignable: the file cannot be read or is locked
    """
    pdf = in_order(pdf)
    if next(enumerate_sig_fields(read(pdf), filled_status=True), None):
        raise AlreadySigned
    found = resolve(pdf, places)
    writer = opened(pdf)
    if {PERSONAL_FIELD, SEAL_FIELD, NUMBER_FIELD, DATE_FIELD} & set(_field_names(writer)):
        raise AlreadySigned
    _add_signature_fields(writer, found.signature, found.seal)
    for face in (upright(), italic()):
        font_in(writer, face)
    _add_text_field(writer, NUMBER_FIELD, "Số, ký hiệu văn bản", found.number, upright().resource)
    _add_text_field(writer, DATE_FIELD, "Ngày, tháng, năm ban hành", found.date, italic().resource)
    return written(pdf, writer)


def place_number_and_date(pdf: bytes, *, number_text: str, date_text: str) -> bytes:
    """Write number and date into their places; the personal signature stays valid (rule 11).

    :param number_text: what stands after "Số: ", e.g. ``07/QĐ-UBND``
    :param date_text: what stands after the place name, e.g. ``ngày 05 tháng 3 năm 2026``
    :raises AlreadySigned: number or date stand there already (a number is never written over)
    :raises PdfNotSignable: the file has no places for them
    """
    writer = opened(pdf)
    for name, text in ((NUMBER_FIELD, number_text), (DATE_FIELD, date_text)):
        reference = _field(writer, name)
        field = reference.get_object()
        if "/V" in field:
            raise AlreadySigned
        left, bottom, right, top = (float(value) for value in field["/Rect"])
        gap = Gap(str(field[GAP_KEY]).removeprefix("/"))
        covered = "/MK" in field
        if name == NUMBER_FIELD:
            shown = _number_for(gap, text)
            look = number_look(right - left, text=shown, centred=gap is Gap.DIGITS, covered=covered)
        else:
            shown = text
            look = date_look(right - left, text=shown, covered=covered)
        stamp = Stamp(writer, look, BoxConstraints(width=right - left, height=top - bottom))
        field[pdf_name("/V")] = generic.TextStringObject(shown)
        stamp.apply_appearance(field)
        writer.mark_update(reference)
    return written(pdf, writer)


def _number_for(gap: Gap, number_text: str) -> str:
    """What of the number goes into the gap."""
    if gap is Gap.DIGITS:
        digits = re.match(r"\d+", number_text)
        return digits.group() if digits else number_text
    return f"Số: {number_text}" if gap is Gap.LINE else number_text


def _add_signature_fields(writer: IncrementalPdfFileWriter, signature: Place, seal: Place) -> None:
    left, bottom, right, top = seal.box  # of the round picture; two lines of text stand below and left of it
    append_signature_field(
        writer,
        SigFieldSpec(
            PERSONAL_FIELD,
            on_page=signature.page,
            box=signature.box,  # type: ignore[arg-type]  # pyHanko says int and takes any number
            field_mdp_spec=FieldMDPSpec(
                FieldMDPAction.EXCLUDE, fields=[NUMBER_FIELD, DATE_FIELD, SEAL_FIELD]
            ),
            readable_field_name="Chữ ký của người có thẩm quyền",
        ),
    )
    append_signature_field(
        writer,
        SigFieldSpec(
            SEAL_FIELD,
            on_page=seal.page,
            box=(left - SEAL_CAPTION_LEFT, bottom - SEAL_CAPTION, right, top),  # type: ignore[arg-type]
            field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL),
            doc_mdp_update_value=MDPPerm.NO_CHANGES,
            readable_field_name="Chữ ký số của cơ quan",
        ),
    )


def _add_text_field(
    writer: IncrementalPdfFileWriter, name: str, readable_name: str, spot: TextPlace, font_resource: str
) -> None:
    page_reference = writer.find_page_for_modification(spot.place.page)[0]
    page = page_reference.get_object()
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.pdf_string(name),
            pdf_name("/TU"): generic.TextStringObject(readable_name),
            pdf_name("/F"): generic.NumberObject(PRINT),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
            pdf_name("/DA"): generic.pdf_string(f"/{font_resource} 13 Tf 0 g"),
            pdf_name("/Rect"): generic.ArrayObject([generic.FloatObject(value) for value in spot.place.box]),
            pdf_name("/P"): page_reference,
            GAP_KEY: pdf_name(f"/{spot.gap}"),
        }
    )
    if spot.covered:
        white = generic.ArrayObject([generic.NumberObject(1)] * 3)
        field[pdf_name("/MK")] = generic.DictionaryObject({pdf_name("/BG"): white})
    empty = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(
                [generic.FloatObject(value) for value in (0, 0, spot.place.width, spot.place.height)]
            ),
        },
        stream_data=b"",
    )
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(empty)})
    reference = writer.add_object(field)
    _append_annotation(writer, page, reference)
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(reference)
    writer.update_container(fields)


def _append_annotation(
    writer: IncrementalPdfFileWriter, page: generic.DictionaryObject, reference: generic.IndirectObject
) -> None:
    """Number and date are on the first page; it has no list yet when the signatures are on a later one."""
    if "/Annots" not in page:
        page[pdf_name("/Annots")] = generic.ArrayObject()
        writer.update_container(page)
    annotations = page["/Annots"]
    annotations.append(reference)
    writer.update_container(annotations)


def _field(writer: IncrementalPdfFileWriter, name: str) -> generic.IndirectObject:
    for reference in _fields(writer):
        field = reference.get_object()
        if "/T" in field and field["/T"] == name:
            return reference
    raise PdfNotSignable


def _field_names(writer: IncrementalPdfFileWriter) -> list[str]:
    return [
        str(reference.get_object()["/T"]) for reference in _fields(writer) if "/T" in reference.get_object()
    ]


def _fields(writer: IncrementalPdfFileWriter) -> list[generic.IndirectObject]:
    """Fields at the top of the form; none when the file has no form."""
    root = writer.root
    return (
        list(root["/AcroForm"]["/Fields"]) if "/AcroForm" in root and "/Fields" in root["/AcroForm"] else []
    )
