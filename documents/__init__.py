"""Văn bản: draft, sign, number, seal, issue, exchange between agencies, handle."""
