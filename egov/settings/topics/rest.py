"""The machine door: keys instead of sessions, JSON in and out, so many requests a minute."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["egov.organizations.rest.MachineKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["egov.organizations.rest.MachineKeyThrottle"],
    # Ten a second for one key; half a try a second for somebody without one.
    "DEFAULT_THROTTLE_RATES": {"machine_key": "600/min", "wrong_machine_key": "30/min"},
    "DEFAULT_PARSER_CLASSES": ["egov.web.json_door.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "egov.web.json_door.OneAnswer",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "egov.workflow.rest.answer_in_words",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Open data, without a key, from one address: (times, seconds).
OPEN_DATA_PER_ADDRESS = (120, 60)
SPECTACULAR_SETTINGS = {
    "TITLE": "Văn phòng điện tử liên thông",
    "DESCRIPTION": "Cổng máy-máy cho cơ quan có hệ thống riêng. Hướng dẫn: docs/how-to/connect-a-system.md.",
    "VERSION": "1.0.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["egov.web.json_door.machine_doors"],
    "SERVE_AUTHENTICATION": ["egov.organizations.rest.MachineKeyAuthentication"],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "DeliveryState": "documents.enums.DeliveryState",
        "StatusCode": "documents.enums.StatusCode",
        "DossierState": "onestop.enums.DossierState",
        "DossierChannel": "onestop.enums.Channel",
        "ResultDelivery": "onestop.enums.Delivery",
        "ResultValidity": "onestop.models.StoredPaper.Validity",
    },
}
