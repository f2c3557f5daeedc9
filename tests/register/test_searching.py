"""Imported registers in the search for duplicates: found by name, encoded once, equal to the same table as a file."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from matcher.encoding import Encoder, load_encoder
from matcher.encoding.base import Role, TokenVectors, Vectors
from matcher.errors import InputError
from matcher.matching import Matcher
from matcher.proposal import read_proposals
from matcher.register import RegisterDatabase, find_registers, import_file, lasting_encoder
from matcher.running import Request, Run, task_profiles
from matcher.settings import BASE_MODEL, Settings

Table = Callable[..., Path]
TASKS = (
    "mã số,tên nhiệm vụ,năm\n"
    "1,Bảo tồn nguồn gen gà sáu ngón Mẫu Sơn,2019\n"
    "2,Xây dựng nhãn hiệu chứng nhận cho sản phẩm Vịt quay,2020\n"
    "3,Ứng dụng công nghệ thông tin trong quản lý rừng,2021\n"
)
PROPOSALS = "mã số,tên nhiệm vụ\nP1,BẢO TỒN NGUỒN GEN GÀ SÁU NGÓN MẪU SƠN\nP2,Phòng trừ sâu róm thông tại Lộc Bình\n"


class Counting:
    """The real encoder, with a count of the texts it is asked for."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name, self.dimension, self.fingerprint = encoder.name, encoder.dimension, encoder.fingerprint
        self.texts = 0

    def encode(self, texts: Sequence[str], *, role: Role = "proposal") -> Vectors:
        self.texts += len(texts)
        return self.encoder.encode(texts, role=role)

    def token_vectors(self, text: str, *, role: Role = "proposal") -> TokenVectors:
        return self.encoder.token_vectors(text, role=role)


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def settings(cache_dir: str, database: RegisterDatabase) -> Settings:
    return Settings(cache_dir=cache_dir, register_db=str(database.path), explained=0)


def test_names_files_and_all(settings: Settings, database: RegisterDatabase, table: Table) -> None:
    path = table(TASKS)
    import_file(database, path, name="Sở")
    import_file(database, table("title\nBốn\n", "b.csv"), name="Bộ")
    assert [each.register.name for each in find_registers(["sở"], settings)] == ["Sở"]
    assert [each.register.name for each in find_registers(["all"], settings)] == ["Bộ", "Sở"]
    assert [each.register.name for each in find_registers(["all", "Sở", Path("Sở")], settings)] == ["Bộ", "Sở"]
    (file,) = find_registers([path], settings)
    assert (file.file, file.name, len(file.register.tasks)) == (path, "danh-muc.csv", 3)


def test_what_is_neither_a_file_nor_a_register_is_refused(settings: Settings, database: RegisterDatabase) -> None:
    for name, said in (("Hà Giang", "chưa có"), ("nowhere.csv", r"nowhere\.csv"), ("all", "chưa nhập")):
        with pytest.raises(InputError, match=said):
            find_registers([name], settings)
    assert not database.path.exists(), "asking makes no database"


def test_ids_are_distinct_over_all_registers(settings: Settings, database: RegisterDatabase, table: Table) -> None:
    import_file(database, table("id,title\n1,Một\n", "a.csv"), name="A")
    import_file(database, table("id,title\n1,Hai\n2,Ba\n", "b.csv"), name="B")
    found = find_registers(["all"], settings)
    assert [task.id for each in found for task in each.register.tasks] == ["1", "1@B", "2"]


def test_the_second_comparison_encodes_nothing(database: RegisterDatabase, cache_dir: str) -> None:
    real = load_encoder(BASE_MODEL, Settings(cache_dir=cache_dir))
    texts = ["Trồng hồi", "Nuôi cá", "Trồng hồi"]
    first = Counting(real)
    vectors = lasting_encoder(first, database).encode(texts)
    assert first.texts == 2
    second = Counting(real)
    again = lasting_encoder(second, database).encode(["Nuôi cá", "Trồng hồi"])
    assert second.texts == 0
    assert np.array_equal(again, vectors[[1, 0]]), "bit for bit what was encoded first"
    other = Counting(real)
    other.fingerprint = "another model"
    lasting_encoder(other, database).encode(texts)
    assert other.texts == 2, "vectors of one model never serve another"
    database.vectors_path.write_bytes(b"damaged" * 100)
    third = Counting(real)
    assert np.array_equal(lasting_encoder(third, database).encode(texts), vectors)
    assert third.texts == 2, "a damaged file is made again, never believed"


def test_a_register_by_name_gives_what_its_table_gives(
    settings: Settings, database: RegisterDatabase, table: Table, tmp_path: Path
) -> None:
    path, batch = table(TASKS), table(PROPOSALS, "de-xuat.csv")
    import_file(database, path, name="Sở")
    proposals = list(read_proposals([batch]))
    matcher = Matcher.from_announcement(settings.announcement, settings)
    by_file, by_name = (
        matcher.duplicates(matcher.profiles(proposals), task_profiles(matcher, find_registers([name], settings)))
        for name in (path, "Sở")
    )
    assert by_name == by_file
    assert [(pair.a, pair.b, pair.kind.value) for pair in by_name if pair.probability > 0.9] == [
        ("P1", "1", "identical")
    ]

    request = Request((batch,), (Path("Sở"),), (tmp_path / "r.jsonl",), settings)
    with Run(request) as run:
        report = run.finish()
    assert report.task_titles["1"] == "Bảo tồn nguồn gen gà sáu ngón Mẫu Sơn"
    first, second = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert first["duplicates"][0]["with"] == "1"
    assert not [pair for pair in second["duplicates"] if pair["probability"] > 0.5]
    (note,) = json.loads((tmp_path / "r.jsonl.manifest.json").read_text(encoding="utf-8"))["registers"]
    assert (note["name"], note["tasks"]) == ("Sở", 3)
    assert note["file"]["size"] > 100


def test_a_changed_register_changes_the_manifest(settings: Settings, database: RegisterDatabase, table: Table) -> None:
    import_file(database, table(TASKS), name="Sở")
    (before,) = find_registers(["Sở"], settings)
    import_file(database, table(TASKS), name="Sở")
    (same,) = find_registers(["Sở"], settings)
    import_file(database, table(TASKS.replace("2021", "2022")), name="Sở")
    (after,) = find_registers(["Sở"], settings)
    assert before.content() == same.content() != after.content()
