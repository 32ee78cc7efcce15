"""Resumable uploads (tus 1.0.0): every rule of the protocol that we say we follow, and whose uploads are whose."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from kentongan_cms.uploads import LIFETIME, MOST, QUOTA, UploadError, Uploads
from tests.cms.test_pictures import ALT, EVIL, GALLERY, JPEG

HOME = "/admin/unggah/"
TUS = {"tus-resumable": "1.0.0"}
PIECE = TUS | {"content-type": "application/offset+octet-stream"}


def done_by_itself(work):
    """What *work* comes to, in a loop of its own thread: a browser's may be running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def metadata(kind="picture", name="../pasar.jpg"):
    return f"kind {encoded(kind)},filename {encoded(name)}"


def created(visitor, length=None, **told):
    length = str(len(JPEG) if length is None else length)
    answer = visitor.post(HOME, headers=TUS | {"upload-length": length, "upload-metadata": metadata(**told)})
    assert answer.status_code == 201
    return answer.headers["location"]


def patched(visitor, address, data, offset=0, **headers):
    return visitor.patch(address, content=data, headers=PIECE | {"upload-offset": str(offset)} | headers)


def offset_of(visitor, address):
    return int(visitor.head(address, headers=TUS).headers["upload-offset"])


def test_the_server_says_what_it_understands(owner):
    headers = owner.options(HOME).headers
    assert headers["tus-version"] == headers["tus-resumable"] == "1.0.0"
    assert headers["tus-extension"] == "creation,expiration,checksum,termination"
    assert headers["tus-max-size"] == "4000000000"


def test_a_photo_in_pieces_becomes_a_picture(owner, content):
    address = created(owner)
    half = len(JPEG) // 2
    first = patched(owner, address, JPEG[:half])
    assert (first.status_code, first.headers["upload-offset"]) == (204, str(half))
    assert first.headers["upload-expires"].endswith("GMT")
    said = owner.head(address, headers=TUS).headers
    assert (said["upload-offset"], said["upload-length"]) == (str(half), str(len(JPEG)))
    assert said["cache-control"] == "no-store"
    unfinished = owner.post(GALLERY, data={"alt": ALT, "unggahan": address.removeprefix(HOME)})
    assert unfinished.status_code == 422
    assert patched(owner, address, JPEG[half:], half).status_code == 204
    again = owner.post(GALLERY, data={"alt": "IMG_1", "unggahan": address.removeprefix(HOME)})
    assert f'value="{address.removeprefix(HOME)}"' in again.text
    answer = owner.post(GALLERY, data={"alt": ALT, "unggahan": address.removeprefix(HOME)})
    assert answer.headers["location"].startswith(f"{GALLERY}satu/ibu-ibu")
    assert owner.head(address, headers=TUS).status_code == 404
    assert len(list((content / "media").glob("*.jpg"))) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"tus-resumable": "0.2.2"}, 412),
        ({"upload-length": "-1"}, 400),
        ({"upload-length": ""}, 400),
        ({"upload-length": "25000001"}, 413),
        ({"upload-metadata": metadata(kind="program")}, 400),
        ({"upload-metadata": "kind !!"}, 400),
        ({"upload-metadata": ""}, 400),
    ],
)
def test_what_cannot_be_begun(owner, headers, status):
    asked = TUS | {"upload-length": "9", "upload-metadata": metadata()} | headers
    answer = owner.post(HOME, headers=asked)
    assert (answer.status_code, answer.headers["tus-resumable"]) == (status, "1.0.0")
    assert ("tus-version" in answer.headers) == (status == 412)


@pytest.mark.parametrize(
    ("offset", "data", "headers", "status"),
    [
        (1, b"x", {}, 409),
        (0, b"x" * 11, {}, 413),
        (0, b"x", {"content-type": "image/jpeg"}, 415),
        (0, b"x", {"tus-resumable": "2"}, 412),
        (0, b"x", {"upload-checksum": "md5 AAAA"}, 400),
        (0, b"x", {"upload-checksum": "sha1 !"}, 400),
        (0, b"x", {"upload-checksum": "sha1 AAAA"}, 460),
    ],
)
def test_a_piece_that_does_not_fit_changes_nothing(owner, offset, data, headers, status):
    address = created(owner, 10)
    assert patched(owner, address, data, offset, **headers).status_code == status
    assert offset_of(owner, address) == 0


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_piece_with_the_right_checksum_is_kept(owner, name):
    address = created(owner, 10)
    digest = base64.b64encode(hashlib.new(name, b"hello").digest()).decode()
    assert patched(owner, address, b"hello", **{"upload-checksum": f"{name} {digest}"}).status_code == 204


def test_an_upload_can_be_thrown_away(owner):
    address = created(owner)
    assert owner.delete(address, headers=TUS).status_code == 204
    assert owner.head(address, headers=TUS).status_code == 404
    assert patched(owner, address, b"x").status_code == 404


def test_uploads_are_their_owners_alone(visitors):
    address = created(visitors["ratri"])
    budi = visitors["budi"]
    assert budi.head(address, headers=TUS).status_code == patched(budi, address, b"x").status_code == 404
    assert budi.delete(address, headers=TUS).status_code == 404
    answer = budi.post(GALLERY, data={"alt": ALT, "unggahan": address.removeprefix(HOME)})
    assert answer.status_code == 422
    refused = visitors["mod"].post(HOME, headers=TUS | {"upload-length": "9", "upload-metadata": metadata()})
    assert refused.status_code == 403


def test_no_other_site_goes_on_with_an_upload(owner):
    address = created(owner)
    for method in ("PATCH", "DELETE", "POST"):
        to = HOME if method == "POST" else address
        foreign = PIECE | {"upload-offset": "0", "origin": "https://jahat.example"}
        assert owner.request(method, to, headers=foreign, content=b"x").status_code == 403
    assert offset_of(owner, address) == 0


@pytest.mark.parametrize("id_", ["..%2f..%2fkentongan", "x", "a" * 22, "%00" * 22])
def test_no_other_file_is_an_upload(owner, id_):
    assert owner.head(f"{HOME}{id_}", headers=TUS).status_code == 404


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


async def pieces(*parts):
    for part in parts:
        if isinstance(part, Exception):
            raise part
        await asyncio.sleep(0)
        yield part


def test_what_arrived_before_the_connection_broke_off_stays(tmp_path):
    uploads = Uploads(tmp_path)
    upload = uploads.create("siti", "picture", 10, "")
    with pytest.raises(ConnectionError):
        done_by_itself(uploads.append(upload, 0, pieces(b"hello", ConnectionError())))
    assert uploads.offset(upload) == 5
    digest = hashlib.sha1(b"world", usedforsecurity=False).digest()
    with pytest.raises(ConnectionError):
        done_by_itself(uploads.append(upload, 5, pieces(b"wor", ConnectionError()), ("sha1", digest)))
    assert uploads.offset(upload) == 5
    done_by_itself(uploads.append(upload, 5, pieces(b"wor", b"ld"), ("sha1", digest)))
    assert uploads.finished(upload).read_bytes() == b"helloworld"


def test_a_phone_that_comes_back_takes_over_from_its_hanging_connection(tmp_path):
    uploads = Uploads(tmp_path)
    upload = uploads.create("siti", "picture", 10, "")

    async def hang():
        yield b"hello"
        await came_back.wait()
        yield b"XXXXX"

    async def both():
        old = asyncio.create_task(uploads.append(upload, 0, hang()))
        await asyncio.sleep(0.01)
        await uploads.append(upload, 5, pieces(b"world"))
        came_back.set()
        with pytest.raises(UploadError, match="elsewhere"):
            await old

    came_back = asyncio.Event()
    done_by_itself(both())
    assert uploads.finished(upload).read_bytes() == b"helloworld"


def test_uploads_end_after_a_day_and_a_quota_holds(tmp_path):
    clock = Clock()
    uploads = Uploads(tmp_path, clock)
    uploads.create("siti", "picture", 9, "")
    clock.now = uploads.expires(next(uploads._all())) - 1
    upload = uploads.create("siti", "picture", 9, "")
    clock.now += 2
    assert not uploads.find(upload.id, "budi")
    for _ in range(2):
        with pytest.raises(UploadError, match="too large"):
            uploads.create("siti", "recording", QUOTA, "")
    clock.now += LIFETIME
    assert uploads.find(upload.id, "siti") is None
    uploads.sweep()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_full_disk_is_said_before_anything_is_sent(tmp_path, monkeypatch):
    monkeypatch.setattr("kentongan_cms.uploads._KEPT_FREE", 10**18)
    with pytest.raises(UploadError, match="disk is full") as full:
        Uploads(tmp_path).create("siti", "picture", 9, EVIL.decode())
    assert full.value.status == 507


def test_only_so_many_uploads_are_on_their_way_at_a_time(tmp_path):
    uploads = Uploads(tmp_path)
    made = [uploads.create("ratri", "picture", 1, "a.jpg") for _ in range(MOST)]
    with pytest.raises(UploadError) as refused:
        uploads.create("ratri", "picture", 1, "a.jpg")
    assert refused.value.status == 429
    assert uploads.create("dwi", "picture", 1, "a.jpg")
    uploads.end(made[0])
    assert uploads.create("ratri", "picture", 1, "a.jpg")
