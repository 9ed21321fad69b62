"""A short way to Wagtail's tables in an empty database (decision 14).

Wagtail builds its tables by 170 migrations from 2014 on: minutes in every empty database. Each package below
holds one migration instead, with the tables as the installed release has them, under the name of that
release's last migration. What a later release adds is copied beside it (docs/how-to/upgrade-wagtail.md); a
test fails until that is done.
"""
