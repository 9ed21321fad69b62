"""Doors of sign-in and account."""

from django.urls import path

from egov.accounts.views import account, login, password, second_factor

app_name = "accounts"

urlpatterns = [
    path("sign-in/", login.login, name="login"),
    path("sign-in/code/", login.second_factor_verify, name="second_factor_verify"),
    path("sign-out/", login.logout, name="logout"),
    path("invitation/<str:name>/<str:proof>/", password.invitation_accept, name="invitation_accept"),
    path("account/", account.profile, name="profile"),
    path("account/password/", password.password_change, name="password_change"),
    path("account/second-factor/", second_factor.second_factor_enrol, name="second_factor_enrol"),
    path("account/backup-codes/", second_factor.backup_codes, name="backup_codes"),
    path("account/sessions/", account.session_list, name="session_list"),
    path("account/sessions/end-others/", account.session_end_others, name="session_end_others"),
    path("account/sessions/<int:pk>/end/", account.session_end, name="session_end"),
    path("account/language/", account.language, name="language"),
    path("accounts/<int:pk>/invitation/", password.invitation_create, name="invitation_create"),
    path(
        "accounts/<int:pk>/second-factor/reset/",
        second_factor.second_factor_reset,
        name="second_factor_reset",
    ),
]
