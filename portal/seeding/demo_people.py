"""Whom the demo's provider of identities vouches for; numbers and names are made up."""

from portal.seeding.identity_provider import Person

EM = Person("034190001234", "Nguyễn Thị Em", 2, "Thôn Đông, xã Vũ Thư, tỉnh Thái Bình")
GIANG = Person("034085005678", "Trần Văn Giang", 2, "Tổ 7, phường Trần Hưng Đạo, tỉnh Thái Bình")
HOA = Person("034303009012", "Phạm Thị Hoa", 1, "Thôn Tây, xã Kiến Xương, tỉnh Thái Bình")
DEMO_PEOPLE = (EM, GIANG, HOA)
