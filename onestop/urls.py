"""Addresses of one-stop handling: procedures, counter, desk, money, figures."""

app_name = "onestop"

urlpatterns: list[object] = []
