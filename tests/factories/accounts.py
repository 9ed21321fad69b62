"""People who sign in."""

import factory
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts.login.otp import backup_digest
from egov.accounts.models import User

PASSWORD = "Lua-chin-dong-bang-2025"


class UserFactory(factory.django.DjangoModelFactory):
    """An official's account with the password ``PASSWORD``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        enrolled = factory.Trait(
            totp=factory.RelatedFactory(
                "tests.factories.accounts.TotpDeviceFactory", factory_related_name="user"
            )
        )
        invited = factory.Trait(password=None)

    username = factory.Sequence(lambda n: f"canbo{n}")
    full_name = factory.Sequence(lambda n: f"Phạm Thị Hường {n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@thaibinh.example")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: object) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class TotpDeviceFactory(factory.django.DjangoModelFactory):
    """A confirmed authenticator; ``unconfirmed`` is one whose first code has not been typed yet."""

    class Meta:
        model = TOTPDevice

    class Params:
        unconfirmed = factory.Trait(confirmed=False)

    user = factory.SubFactory(UserFactory)
    name = "Ứng dụng xác thực"
    confirmed = True


class BackupCodesFactory(factory.django.DjangoModelFactory):
    """A confirmed set of backup codes, ``codes`` of them."""

    class Meta:
        model = StaticDevice
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    name = "Mã dự phòng"
    confirmed = True

    @factory.post_generation
    def codes(self, create: bool, extracted: list[str] | None, **kwargs: object) -> None:
        for code in extracted or ["abcd2345"]:
            self.token_set.create(token=backup_digest(self.user, code))
