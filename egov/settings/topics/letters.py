"""When the reports on reception and letters end their period."""

# Day of the closing month up to which a period counts; 0: the months of the calendar. The reporting rules of
# the day say which (the 14th after Decree 09/2019/NĐ-CP; unverified for Circular 02/2021/TT-TTCP).
LETTER_REPORT_CUTOFF = 14
