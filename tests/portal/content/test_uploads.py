"""What editors upload: hostile files are refused in words, pictures tell nothing of who took them."""

import gc
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.ExifTags import Base

from egov.audit.models import AuditEvent
from portal.content.models import PageFile, Paper, Picture
from tests.factories.content import Newsroom
from tests.factories.documents import pdf_of
from tests.support.signed_in import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("own_file_store", "wagtails_templates"),
]
SECRET_PLACE = "Nhà riêng của người chụp"


@pytest.fixture
def own_file_store(settings, tmp_path):
    store = {**settings.STORAGES["documents"]}
    store["OPTIONS"] = {**store.get("OPTIONS", {}), "location": str(tmp_path / "files")}
    settings.STORAGES = {**settings.STORAGES, "documents": store}


def photograph(*, after: bytes = b"") -> bytes:
    picture, exif = Image.new("RGB", (640, 400), "#8f1d22"), Image.Exif()
    exif[Base.ImageDescription] = SECRET_PLACE
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue() + after


def send_picture(client: Client, content: bytes, name: str = "anh.jpg"):
    return client.post(
        "/cms/images/add/", {"title": "Ảnh", "file": SimpleUploadedFile(name, content, "image/jpeg")}
    )


def test_a_picture_is_made_anew_without_what_it_tells(newsroom: Newsroom):
    client = signed_in(newsroom.author)
    response = send_picture(client, photograph(after=b"<?php evil ?>"))
    assert response.status_code in {200, 302}
    picture = Picture.objects.get()
    with picture.file.open("rb") as stream:
        kept = stream.read()
    assert SECRET_PLACE.encode() not in kept
    assert b"evil" not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.size == (640, 400)
        assert not shown.getexif()
    answer = Client().get(f"/content/pictures/{picture.file.name}")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == kept
    assert Client().get(f"/content/pictures/{'0' * 64}.png").status_code == 404
    assert Client().get("/content/pictures/..%2f..%2fetc%2fpasswd").status_code == 404


PICTURE_WAYS = ("/cms/images/add/", "/cms/images/multiple/add/", "/cms/images/chooser/create/")
PAPER_WAYS = ("/cms/documents/add/", "/cms/documents/multiple/add/", "/cms/documents/chooser/create/")


def upload(client: Client, path: str, name: str, content: bytes):
    """As the form of that address sends it."""
    kind = "image" if "images" in path else "document"
    field = "files[]" if "multiple" in path else "file"
    fields = {
        "title": "x",
        field: SimpleUploadedFile(name, content),
        f"{kind}-chooser-upload-title": "x",
        f"{kind}-chooser-upload-file": SimpleUploadedFile(name, content),
    }
    return client.post(path, fields, headers={"x-requested-with": "XMLHttpRequest"})


# Wagtail leaves the file of a chosen picture's thumbnail open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("path", [*PICTURE_WAYS, *PAPER_WAYS])
def test_every_way_takes_what_is_whole(newsroom: Newsroom, path: str):
    """So that what the next tests see refused is refused for what it is."""
    name, content = ("a.jpg", photograph()) if path in PICTURE_WAYS else ("a.pdf", pdf_of("Giấy").read())
    upload(signed_in(newsroom.author), path, name, content)
    assert Picture.objects.count() + Paper.objects.count() == 1
    gc.collect()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("trang.jpg", b"<html><script>alert(1)</script></html>"),
        ("cut.jpg", photograph()[:400]),
        ("empty.png", b""),
        ("gif.jpg", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    ],
)
def test_what_is_no_picture_is_refused(newsroom: Newsroom, name: str, content: bytes):
    client = signed_in(newsroom.author)
    for path in PICTURE_WAYS:
        assert upload(client, path, name, content).status_code < 500, path
    assert not Picture.objects.exists()


def test_a_picture_that_fills_the_memory_is_refused(newsroom: Newsroom, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    assert send_picture(signed_in(newsroom.author), photograph()).status_code == 200
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.exe", b"MZ\x90"),
        ("x.html", b"<script>alert(1)</script>"),
        ("x.pdf", b"%PDF-1.7 not whole"),
        ("x.docx", b"PK\x03\x04 not a package"),
    ],
)
def test_what_is_no_paper_is_refused(newsroom: Newsroom, name: str, content: bytes):
    client = signed_in(newsroom.author)
    for path in PAPER_WAYS:
        assert upload(client, path, name, content).status_code < 500, path
    assert not Paper.objects.exists()


def test_a_pdf_that_does_something_is_refused(newsroom: Newsroom):
    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(pdf_of("Văn bản")) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(target)
    response = signed_in(newsroom.author).post(
        "/cms/documents/add/", {"title": "x", "file": SimpleUploadedFile("x.pdf", target.getvalue())}
    )
    assert response.status_code == 200
    assert not Paper.objects.exists()


@pytest.mark.rule("onestop", 51)
def test_a_paper_is_public_only_with_its_article(newsroom: Newsroom):
    client = signed_in(newsroom.author)
    client.post(
        "/cms/documents/add/",
        {"title": "Biểu phí", "file": SimpleUploadedFile("bieu-phi.pdf", pdf_of("Biểu phí").read())},
    )
    paper = Paper.objects.get()
    address = f"/content/papers/{paper.pk}/"
    assert Client().get(address).status_code == 404
    page = newsroom.news()
    page.files = [PageFile(paper=paper)]
    page.save_revision(user=newsroom.author.user)
    assert Client().get(address).status_code == 404
    page = newsroom.publish(page)
    answer = Client().get(address)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    page.unpublish(user=newsroom.approver.user, reason="Sai biểu phí")
    assert Client().get(address).status_code == 404
    assert AuditEvent.objects.filter(action="content.unpublish").exists()


def test_wagtails_own_way_to_papers_is_not_open(newsroom: Newsroom):
    client = signed_in(newsroom.author)
    client.post(
        "/cms/documents/add/", {"title": "x", "file": SimpleUploadedFile("x.pdf", pdf_of("x").read())}
    )
    paper = Paper.objects.get()
    assert Client().get(f"/documents/{paper.pk}/x.pdf").status_code in {302, 404}
    assert paper.url == f"/content/papers/{paper.pk}/"
