"""The demo's trust service over HTTP: ``/crl/<name>.crl`` and ``/tsa`` (RFC 3161).

A process of its own, as the real services are other people's machines; it holds the authority's keys and the
web process does not.
"""

from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog
from asn1crypto import cms, core, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from egov.signing.authority import files
from egov.signing.authority.hierarchy import ISSUING, ROOT, TIMESTAMP, DemoAuthority

log = structlog.get_logger(__name__)

MAX_REQUEST_BYTES = 64 * 1024
STAMP_HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class Rejection(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    """A reply without a token (RFC 3161, 2.4.2); asn1crypto's own class insists on one."""

    _fields = [("status", tsp.PKIStatusInfo)]


class TimestampAuthority(DummyTimeStamper):
    """pyHanko's time-stamp logic with a key that is opened once and the hash of today (ESSCertIDv2)."""

    def __init__(
        self, certificate: asn1_x509.Certificate, key: rsa.RSAPrivateKey, above: asn1_x509.Certificate
    ) -> None:
        store = SimpleCertificateStore()
        store.register(above)
        super().__init__(certificate, keys.PrivateKeyInfo(), certs_to_embed=store)
        self._key = key

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, cms.CMSAttributes]:
        digest = STAMP_HASHES[md_algorithm]()
        hasher = hashes.Hash(digest)
        hasher.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute(
                    "signing_time", cms.Time({"utc_time": core.UTCTime(dt.astimezone(UTC))})
                ),
                simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(self.tsa_cert)),
                simple_cms_attribute("message_digest", hasher.finalize()),
            ]
        )
        return self._key.sign(attributes.dump(), padding.PKCS1v15(), digest), attributes

    def answer(self, request: bytes) -> bytes:
        """The reply to a request; a rejection of one that cannot be read or asks for a weak hash."""
        try:
            parsed = tsp.TimeStampReq.load(request, strict=True)
            algorithm = parsed["message_imprint"]["hash_algorithm"]["algorithm"].native
            if algorithm in STAMP_HASHES:
                return bytes(self.request_tsa_response(parsed).dump())
            fault = "bad_alg"
        except (ValueError, TypeError, KeyError):
            fault = "bad_data_format"
        status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {fault}})
        return bytes(Rejection({"status": status}).dump())


def timestamp_authority(authority: DemoAuthority) -> TimestampAuthority:
    """The time-stamp authority of the folder."""
    return TimestampAuthority(
        _asn1(authority, TIMESTAMP), files.load_key(authority.folder, TIMESTAMP), _asn1(authority, ISSUING)
    )


def make_server(authority: DemoAuthority, host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound and not yet serving; port 0 takes a free one."""
    stamper = timestamp_authority(authority)

    class Handler(BaseHTTPRequestHandler):
        """Two addresses; everything else is not found."""

        server_version = "egov-demo-pki"
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            lists = {f"/crl/{name}{files.REVOCATION_LIST}": name for name in (ROOT, ISSUING)}
            if self.path in lists:
                self._reply(
                    HTTPStatus.OK, "application/pkix-crl", authority.revocation_list(lists[self.path])
                )
            elif self.path == "/health":
                self._reply(HTTPStatus.OK, "text/plain", b"ok\n")
            else:
                self._reply(HTTPStatus.NOT_FOUND, "text/plain", b"not found\n")

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/tsa":
                self.close_connection = True
                self._reply(HTTPStatus.NOT_FOUND, "text/plain", b"not found\n")
            elif not length.isdigit() or int(length) > MAX_REQUEST_BYTES:
                self.close_connection = True
                self._reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "text/plain", b"too large\n")
            else:
                self._reply(
                    HTTPStatus.OK, "application/timestamp-reply", stamper.answer(self.rfile.read(int(length)))
                )

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (http.server names it)
            log.info("signing.demo_pki_request", line=format % args)

        def _reply(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return ThreadingHTTPServer((host, port), Handler)


def _asn1(authority: DemoAuthority, name: str) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(authority.certificate(name).public_bytes(serialization.Encoding.DER))
