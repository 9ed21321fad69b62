"""How the API document tells of keys."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class MachineKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A key in the header; nothing else lets anybody in."""

    target_class = "egov.organizations.rest.MachineKeyAuthentication"
    name = "machineKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002
        return {"type": "http", "scheme": "bearer", "bearerFormat": "<prefix>.<secret>"}
