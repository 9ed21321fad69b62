"""What of documents stands in the main navigation, for whom."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.duties import HEAD_OF_OFFICE
from egov.organizations.enums import Role
from egov.web.navigation import Entry

READERS = frozenset({Role.LEADER.value, Role.OFFICE_HEAD.value, Role.REGISTRY.value, Role.SPECIALIST.value})
SIGNERS = frozenset({Role.LEADER.value, Role.OFFICE_HEAD.value})
# The counter begins its day at its own desk.
EVERYONE = frozenset(role.value for role in Role if role != Role.COUNTER)
# Those who see all documents of their agency, and so its registers.
REGISTER_READERS = frozenset({Role.LEADER.value, Role.REGISTRY.value})
HEADS_OF_OFFICE = frozenset({HEAD_OF_OFFICE})

ENTRIES = (
    Entry(_("Việc hôm nay"), "documents:today", "today", 10, EVERYONE, on_phone=True),
    Entry(_("Văn bản đến"), "documents:incoming_list", "incoming", 20, READERS, on_phone=True),
    Entry(_("Văn bản đi"), "documents:outgoing_list", "outgoing", 30, READERS, on_phone=True),
    Entry(_("Chờ tôi ký"), "documents:signing_list", "sign", 40, SIGNERS, on_phone=True),
    Entry(_("Soạn văn bản"), "documents:document_compose", "compose", 50, READERS),
    Entry(_("Sổ văn bản"), "documents:register_list", "register", 60, REGISTER_READERS, HEADS_OF_OFFICE),
)
