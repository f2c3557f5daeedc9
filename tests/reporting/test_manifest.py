import hashlib
import json

import pytest

from matcher.errors import InputError
from matcher.reporting import FileNote, manifest_path, write_manifest, write_reports
from matcher.settings import Settings

from . import samples


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_manifest_stands_beside_the_output_and_names_it(tmp_path):
    output = tmp_path / "kết quả.jsonl"
    write_reports(samples.report(), [output])
    assert manifest_path(output) == tmp_path / "kết quả.jsonl.manifest.json"
    manifest = read(manifest_path(output))
    assert manifest["output"]["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    assert manifest["announcement"] == {"name": "vi-du", "size": 1234, "sha256": "a" * 64}
    assert manifest["registers"][0]["tasks"] == 40
    assert manifest["counts"]["states"] == {"aligned": 2, "uncertain": 1, "outside": 1, "invalid": 1}
    assert manifest["counts"]["failed"] == 1
    assert manifest["settings"]["duplicate_high"] == 0.5
    assert manifest["libraries"]["numpy"]


def test_no_place_of_this_machine_is_in_it(tmp_path):
    settings = Settings(
        announcement=str(tmp_path / "thông báo.docx"),
        model=str(tmp_path / "my-model"),
        cache_dir=str(tmp_path / "cache"),
    )
    output = tmp_path / "a.csv"
    output.write_text("x", encoding="utf-8")
    text = write_manifest(samples.manifest(settings=settings, model=settings.model), output).read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    record = json.loads(text)
    assert record["settings"]["announcement"] == "thông báo.docx"
    assert record["settings"]["model"] == record["model"]["name"] == "my-model"
    assert "cache_dir" not in record["settings"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("intfloat/multilingual-e5-small", "intfloat/multilingual-e5-small"),
        ("e5-small-vi", "e5-small-vi"),
        (r"C:\Users\x\models\m1", "m1"),
        ("./models/m1", "m1"),
        ("/srv/m1/", "m1"),
    ],
)
def test_names_of_models(given, kept):
    assert samples.manifest(model=given).to_record()["model"]["name"] == kept


def test_a_file_is_measured(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"abc")
    assert FileNote.of(path) == FileNote("a.csv", 3, hashlib.sha256(b"abc").hexdigest())
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        FileNote.of(tmp_path / "none.csv")
