"""Forms in many hands against their goldens: the right text of every item, every planted breach, few false flags."""

import pytest
from filled_forms import Measure, documents, error_rate, flat, measure, read_one, share_of_items

from matcher.proposal import read_proposals
from matcher.proposal.contact import read_contact, without_contacts
from matcher.records import Status

BY_KIND = {
    "word": ("docx", "txt"),
    "pdf": ("pdf",),
    "office": ("odt", "rtf", "doc"),
    "scan": ("scan", "png", "jpg"),
}
#: Scans that are read in every run of the tests; all of them by `make test-all`.
QUICK_SCANS = ("48-quet.pdf", "53-anh.png")


def _measured(kind: str, names: tuple[str, ...] = ()) -> list[Measure]:
    chosen = [(path, golden) for path, golden in documents() if golden["media"] in BY_KIND[kind]]
    return [measure(path, golden) for path, golden in chosen if not names or path.name in names]


def _assert_goals(measures: list[Measure], *, right: float = 0.97) -> None:
    assert measures
    wrong = {one.name: [item for item, _, _ in one.wrong] for one in measures if one.wrong}
    assert share_of_items(measures) >= right, wrong
    assert {one.name: one.missed for one in measures if one.missed} == {}
    assert {one.name: one.false for one in measures if len(one.false) > 1} == {}


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_items_and_breaches_are_found_in_documents_with_text(kind):
    _assert_goals(_measured(kind))


@pytest.mark.office
def test_items_and_breaches_are_found_in_documents_of_other_programs():
    _assert_goals(_measured("office"))


@pytest.mark.ocr
def test_items_and_breaches_are_found_in_a_scan_and_a_picture():
    _assert_goals(_measured("scan", QUICK_SCANS))


@pytest.mark.ocr
@pytest.mark.slow
def test_items_and_breaches_are_found_in_every_scan():
    _assert_goals(_measured("scan"))


@pytest.mark.parametrize(
    ("path", "golden"),
    [pytest.param(*pair, id=pair[0].stem) for pair in documents() if pair[1]["media"] in ("docx", "txt", "pdf")],
)
def test_pages_date_and_commitment_are_those_of_the_document(path, golden):
    proposal = read_one(path)
    assert proposal.status is Status.OK, proposal.problems
    if golden["pages"] is not None:
        assert proposal.pages == golden["pages"]
    assert proposal.form is not None
    assert proposal.form.committed is golden["committed"]
    assert str(proposal.form.sent) == golden["sent"]


def test_contact_data_stay_out_of_the_texts():
    for path, golden in documents():
        if golden["media"] in ("docx", "txt", "pdf"):
            proposal = read_one(path)
            shown = " ".join([*proposal.sections.values(), *proposal.extra.values(), repr(proposal)])
            assert golden["contact"]["telephone"] not in shown, path.name
            assert golden["contact"]["email"] not in shown, path.name


@pytest.mark.parametrize("name", ["60-goi-cp437.zip", "61-goi-utf8.zip"])
def test_archives_give_the_forms_in_them_under_names_that_can_be_read(name):
    import json

    from filled_forms import FOLDER

    members = json.loads((FOLDER / name).with_suffix(".json").read_text(encoding="utf-8"))["members"]
    proposals = list(read_proposals([FOLDER / name]))
    assert len(proposals) == len(members)
    for shown, golden_name in members.items():
        golden = json.loads((FOLDER / golden_name).read_text(encoding="utf-8"))
        found = [proposal for proposal in proposals if proposal.source.file.endswith(shown)]
        assert [flat(proposal.title) for proposal in found] == [flat(golden["items"]["1"])]


def test_an_at_sign_that_recognition_took_for_two_letters_is_still_an_address():
    text = "Điện thoại: 0900 000 008 - Thư điện tử: hoiphunu(@example.vn"
    assert read_contact(text).email == "hoiphunu@example.vn"
    assert "example.vn" not in without_contacts(text)


@pytest.mark.parametrize(
    "address", ["hoiphunu.example.vn", "hoiphunu @ example.vn", "hoiphunu@ example.vn", "ban8example.vn"]
)
def test_an_address_whose_at_sign_was_lost_is_kept_apart_where_a_label_names_it(address):
    text = f"Hội phụ nữ (giả định), thư điện tử: {address}, điện thoại: 0900 000 008"
    assert read_contact(text).email == address.replace(" ", "")
    assert "example" not in without_contacts(text) + read_contact(text).name


def test_a_site_is_no_personal_data():
    assert "example.vn" in without_contacts("Đăng trên trang example.vn của sở; website: so.example.vn")


def test_error_rate_counts_letters_and_not_layout():
    assert error_rate("- Căn cứ đề xuất: một\nhai  ba", "một hai | ba") == 0
    assert error_rate("một hai", "một hái") == pytest.approx(1 / 7)
    assert error_rate("", "") == 0
