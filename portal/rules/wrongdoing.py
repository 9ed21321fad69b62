"""Whether a text tells of an official's wrongdoing: its author is then offered the protected path (rule 56).

A denunciation has its own law, which keeps its author secret; what stands on the portal is read by everybody.
Words only: its author decides, so a false alarm costs one more click, and a missed one costs a person.
"""

import re

from egov.search.normalize import fold

# Told of an official, these are what the Law on Denunciations and the anti-corruption law are about.
DEEDS = (
    "bao ke",
    "bat nguoi trai phap luat",
    "bien thu",
    "bo nhiem nguoi nha",
    "cau ket",
    "chiem doat",
    "chay chuc",
    "cho tien",
    "cuong ep",
    "danh dan",
    "dau hieu vi pham",
    "doa nat",
    "doi hoi lo",
    "doi lot tay",
    "doi phong bi",
    "doi tien",
    "dua hoi lo",
    "dua phong bi",
    "gian lan",
    "hach sach",
    "hoi lo",
    "khai khong",
    "lam dung",
    "lam quyen",
    "lam sai",
    "lam trai",
    "loi dung chuc",
    "lot tay",
    "mua chuoc",
    "nhan hoi lo",
    "nhan phong bi",
    "nhan tien",
    "nhung nhieu",
    "quan lieu",
    "rut ruot",
    "sach nhieu",
    "tham nhung",
    "tham o",
    "thong dong",
    "tieu cuc",
    "to cao",
    "tra du",
    "tru dap",
    "tru ung",
    "tu loi",
    "vi pham dao duc",
    "vi pham phap luat cua",
    "voi tien",
    "voi vinh",
    "xa than",
    "xam pham",
)
# Somebody is meant, not a rule or a procedure in general.
PEOPLE = (
    "anh",
    "ba",
    "bi thu",
    "can bo",
    "canh sat",
    "chi",
    "chu tich",
    "chuyen vien",
    "cong an",
    "cong chuc",
    "dia chinh",
    "giam doc",
    "hieu truong",
    "ke toan",
    "lanh dao",
    "nguoi tiep nhan",
    "nhan vien",
    "ong",
    "pho chu tich",
    "pho giam doc",
    "thanh tra",
    "thu ky",
    "tru so",
    "truong phong",
    "truong thon",
    "truong xom",
    "vien chuc",
)
_DEEDS = re.compile(rf"\b(?:{'|'.join(DEEDS)})\b")
_PEOPLE = re.compile(rf"\b(?:{'|'.join(PEOPLE)})\b")


def tells_of_wrongdoing(*texts: str) -> bool:
    """Whether somebody seems to be accused; with or without accents, however it is spaced."""
    text = fold(" ".join(texts))
    return bool(_DEEDS.search(text) and _PEOPLE.search(text))
