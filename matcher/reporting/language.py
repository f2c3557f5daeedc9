"""Every word that people read in outputs, in Vietnamese and English.

Messages of errors and of the command line's help are not here: those stand where they are raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Languages in the order of the columns of `WORDING`.
LANGUAGES = ("vi", "en")

#: Key → (Vietnamese, English). Braces are filled in by `Language`.
WORDING: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # States of a proposal
        "state.aligned": ("Phù hợp định hướng", "Fits an orientation"),
        "state.uncertain": ("Cần xem xét", "A person must look"),
        "state.outside": ("Ngoài định hướng", "Outside the orientations"),
        "state.invalid": ("Không phải đề xuất", "No proposal"),
        "state.failed": ("Không đọc được", "Could not be read"),
        "state.partial": ("chỉ đọc được một phần", "read only in part"),
        "meaning.aligned": (
            "Có định hướng trong thông báo bao quát nội dung đề xuất. Chưa phải là kết luận được thực hiện.",
            "An orientation of the announcement covers the proposal. It does not mean that it is to be carried out.",
        ),
        "meaning.uncertain": (
            "Máy không đủ căn cứ để kết luận; cán bộ cần đọc và quyết định.",
            "The program cannot tell; an officer has to read and decide.",
        ),
        "meaning.outside": (
            "Không định hướng nào bao quát; vẫn có thể đề xuất nếu rất cần thiết và cấp bách.",
            "No orientation covers it; it may still be proposed if very necessary and urgent.",
        ),
        "meaning.invalid": (
            "Nội dung không phải là đề xuất nhiệm vụ khoa học và công nghệ (xem lý do).",
            "The text is no proposal of a research task (see the reason).",
        ),
        "meaning.failed": (
            "Tệp hoặc dòng không đọc được: CHƯA được rà soát, không được coi là không trùng hay không phù hợp.",
            "The file or row could not be read: it was NOT screened and must not be taken for a clean result.",
        ),
        # How a bullet is tied to its plan
        "basis.explicit": ("chú thích tại định hướng", "footnote on the orientation"),
        "basis.inherited": ("theo chú thích phía trên", "by the footnote above"),
        "basis.inline": ("nêu trong định hướng", "named in the orientation"),
        "basis.unresolved": ("văn bản không có trong phần căn cứ", "document not listed in the preamble"),
        "basis.none": ("không nêu căn cứ", "no document named"),
        # Kinds of duplicates
        "kind.identical": ("giống hệt", "identical"),
        "kind.revised": ("bản chỉnh sửa", "revised"),
        "kind.same_work": ("cùng nội dung, khác lời", "same work, other words"),
        "kind.overlap": ("giao thoa", "overlap"),
        "kind.same_method_elsewhere": (
            "cùng phương pháp, khác đối tượng (không trùng)",
            "same method, other object (no duplicate)",
        ),
        "source.batch": ("trong đợt này", "in this batch"),
        "source.register": ("danh mục nhiệm vụ đã/đang thực hiện", "register of past tasks"),
        "duplicate.look": ("cần xem", "to be checked"),
        "duplicate.likely": ("nghi trùng", "suspected"),
        "duplicate.information": ("tham khảo", "information"),
        # Sections of a proposal
        "section.title": ("tên", "title"),
        "section.objective": ("mục tiêu", "objective"),
        "section.content": ("nội dung", "content"),
        "section.results": ("kết quả", "results"),
        "section.rationale": ("tính cấp thiết", "rationale"),
        "section.organisation": ("tổ chức", "organisation"),
        "section.place": ("địa điểm", "place"),
        "section.year": ("năm", "year"),
        "section.budget": ("kinh phí", "budget"),
        "section.status": ("trạng thái", "status"),
        # What two titles are compared by
        "part.wording": ("tên viết giống nhau", "wording of the titles alike"),
        "part.meaning": ("tên gần nghĩa nhau", "meaning of the titles alike"),
        "part.text": ("mục tiêu, nội dung, kết quả giống nhau", "objective, contents and results alike"),
        "part.object": ("đối tượng nghiên cứu giống nhau", "research object alike"),
        "part.method": ("loại công việc giống nhau", "kind of work alike"),
        "part.place": ("cùng địa bàn", "same place"),
        "part.place_differs": ("khác địa bàn", "other place"),
        "part.organisation": ("cùng tổ chức", "same organisation"),
        "part.organisation_differs": ("khác tổ chức", "other organisation"),
        "part.year": ("khác năm", "other year"),
        "part.near_copy": (
            "cùng từ ngữ chuyên môn, chỉ khác cách diễn đạt",
            "the same content words, only put otherwise",
        ),
        "part.continuation": (
            "nêu rõ là giai đoạn tiếp theo của nhiệm vụ kia",
            "says that it is the next phase of the other",
        ),
        # Sheets of the workbook
        "sheet.worklist": ("Danh sách", "Worklist"),
        "sheet.summary": ("Bảng tổng hợp", "Summary"),
        "sheet.matches": ("Đối chiếu", "Matches"),
        "sheet.duplicates": ("Trùng lặp", "Duplicates"),
        "sheet.groups": ("Nhóm trùng lặp", "Groups"),
        "sheet.coverage": ("Độ phủ định hướng", "Coverage"),
        "sheet.problems": ("Vấn đề", "Problems"),
        "sheet.announcement": ("Thông báo", "Announcement"),
        "sheet.plans": ("Văn bản căn cứ", "Plans"),
        "sheet.legend": ("Hướng dẫn", "Legend"),
        # Columns
        "column.number": ("STT", "No."),
        "column.id": ("Mã số", "Id"),
        "column.title": ("Tên nhiệm vụ", "Title"),
        "column.organisation": ("Tổ chức đề xuất", "Organisation"),
        "column.member_1": ("Đề xuất thứ nhất", "First proposal"),
        "column.member_2": ("Đề xuất thứ hai", "Second proposal"),
        "column.member_3": ("Đề xuất thứ ba", "Third proposal"),
        "column.other_members": ("Các đề xuất khác trong nhóm", "Other proposals of the group"),
        "column.past_tasks": ("Nhiệm vụ đã có", "Past tasks"),
        "column.members": ("Các đề xuất trong nhóm", "Proposals of the group"),
        "column.state": ("Trạng thái", "State"),
        "column.reasons": ("Lý do", "Reasons"),
        "column.urgency": ("Lý do cấp thiết nêu trong phiếu", "Urgency pleaded in the form"),
        "column.best": ("Định hướng gần nhất", "Nearest orientation"),
        "column.orientation": ("Định hướng", "Orientation"),
        "column.orientation_n": ("Định hướng {n}", "Orientation {n}"),
        "column.probability_n": ("Xác suất {n}", "Probability {n}"),
        "column.orientation_text": ("Nội dung định hướng", "Text of the orientation"),
        "column.field": ("Lĩnh vực", "Field"),
        "column.probability": ("Xác suất phù hợp", "Probability of relevance"),
        "column.outside_probability": ("Xác suất ngoài định hướng", "Probability outside"),
        "column.others": ("Định hướng khác", "Other orientations"),
        "column.plan": ("Văn bản căn cứ", "Source plan"),
        "column.plan_date": ("Ngày ban hành", "Date"),
        "column.plan_title": ("Tên văn bản", "Title of the plan"),
        "column.plan_kind": ("Loại văn bản", "Kind"),
        "column.plan_issuer": ("Cơ quan ban hành", "Issuer"),
        "column.plan_listed": ("Có trong phần căn cứ", "Listed in the preamble"),
        "column.plan_basis": ("Cách nêu căn cứ", "How it is tied"),
        "column.plan_probability": ("Xác suất văn bản", "Probability of the plan"),
        "column.plan_bullets": ("Các định hướng dẫn văn bản", "Orientations that cite it"),
        "column.plan_proposals": ("Số đề xuất", "Proposals"),
        "column.duplicates": ("Nghi trùng lặp", "Suspected duplicates"),
        "column.problems": ("Vấn đề khi đọc", "Problems of reading"),
        "column.form": ("Lỗi phiếu", "Form"),
        "column.best_plan": ("Định hướng và kế hoạch", "Orientation and plan"),
        "column.alike": ("Trùng lặp", "Duplicates"),
        "column.decision": ("Quyết định của cán bộ", "Officer's decision"),
        "column.remarks": ("Ghi chú của cán bộ", "Officer's remarks"),
        "column.notes": ("Ghi chú", "Notes"),
        "column.rank": ("Hạng", "Rank"),
        "column.words": ("Từ ngữ tương ứng (đề xuất ↔ định hướng)", "Words that meet (proposal ↔ orientation)"),
        "column.words_proposal": ("Từ ngữ trong đề xuất", "Words of the proposal"),
        "column.not_chosen": ("Định hướng gần nhất không được chọn", "Nearest orientation not chosen"),
        "contrast.against": ("so với {id}", "beside {id}"),
        "contrast.usual": ("so với một đề xuất thường được xếp vào", "beside what is usually placed there"),
        "contrast.meaning": ("nội dung xa hơn về nghĩa", "farther off in meaning"),
        "contrast.words": ("ít từ chung hơn", "fewer words in common"),
        "contrast.plan": ("kế hoạch, lĩnh vực ít liên quan hơn", "its plan and field have less to do with it"),
        "contrast.precedent": (
            "đề xuất tương tự trước đây ít được xếp vào đây hơn",
            "similar proposals were placed there less often",
        ),
        "contrast.breadth": ("định hướng chung chung hơn", "a more general orientation"),
        "contrast.sections": (
            "lý do, kết quả và nội dung của phiếu ít nói đến",
            "the form's reasons, products and contents speak less of it",
        ),
        "column.uncovered": ("Nội dung định hướng chưa thấy trong đề xuất", "Aspects not covered"),
        "column.a": ("Đề xuất", "Proposal"),
        "column.a_title": ("Tên đề xuất", "Title of the proposal"),
        "column.b": ("Giống với", "Like"),
        "column.b_title": ("Tên nhiệm vụ giống", "Title of the other"),
        "column.kind": ("Kiểu giống nhau", "Kind"),
        "column.verdict": ("Đánh giá", "Verdict"),
        "column.where_from": ("Nguồn", "Where"),
        "column.duplicate_probability": ("Xác suất", "Probability"),
        "column.cluster": ("Nhóm", "Cluster"),
        "column.aligned": ("Phù hợp", "Fit"),
        "column.uncertain": ("Cần xem xét", "To look at"),
        "column.total": ("Tổng số", "Total"),
        "column.answered": ("Tình trạng", "Answered"),
        "column.answers": ("Số đề xuất", "Proposals"),
        "column.examples": ("Mã số đề xuất", "Ids of proposals"),
        "column.severity": ("Loại vấn đề", "Kind"),
        "column.file": ("Tệp", "File"),
        "column.row": ("Dòng", "Row"),
        "column.code": ("Mã tra cứu kỹ thuật", "Technical code"),
        "column.message": ("Nội dung", "Message"),
        "column.where": ("Vị trí", "Where"),
        "column.aspects": ("Các ý của định hướng", "Aspects"),
        # Problems
        "severity.failed": ("Không đọc được – chưa rà soát", "Not read – not screened"),
        "severity.partial": ("Chỉ đọc được một phần", "Read in part"),
        "severity.note": ("Lưu ý khi đọc", "Note of reading"),
        "severity.announcement": ("Thông báo định hướng", "Announcement"),
        "mending.error": ("Phiếu: lỗi phải sửa", "Form: to be mended"),
        "mending.warning": ("Phiếu: nên xem lại", "Form: to be looked at"),
        "mending.info": ("Phiếu: để biết", "Form: for information"),
        # What may be wrong with a form, in a few words
        "fault.item_missing": ("thiếu mục", "item missing"),
        "fault.item_empty": ("mục để trống", "item empty"),
        "fault.item_hint_left": ("còn lời hướng dẫn của mẫu", "the form's hint left"),
        "fault.over_page_limit": ("quá số trang", "too many pages"),
        "fault.after_deadline": ("gửi sau hạn", "after the deadline"),
        "fault.no_application_address": ("chưa có địa chỉ ứng dụng", "no user of the results"),
        "fault.no_measurable_product": ("sản phẩm chưa có số lượng", "no measurable product"),
        "fault.budget_missing": ("chưa nêu kinh phí", "no budget"),
        "fault.duration_missing": ("chưa nêu thời gian", "no duration"),
        "fault.plan_unknown": ("căn cứ không có trong thông báo", "plan not in the announcement"),
        "fault.plan_wrong_date": ("căn cứ sai ngày", "plan with another date"),
        "fault.figures_without_source": ("số liệu không dẫn nguồn", "figures without a source"),
        "fault.commitment_missing": ("thiếu lời cam kết", "no commitment"),
        "fault.off_province_object": ("đối tượng không có ở tỉnh", "object not of the province"),
        # Decisions
        "decision.yes": ("Thực hiện", "Carry out"),
        "decision.no": ("Không thực hiện", "Do not carry out"),
        "decision.look": ("Xem xét", "Consider"),
        "decision.hint": (
            "Chọn một trong: Thực hiện, Không thực hiện, Xem xét.",
            "Choose one: Carry out, Do not carry out, Consider.",
        ),
        # Coverage
        "coverage.answered": ("có đề xuất", "answered"),
        "coverage.unanswered": ("CHƯA CÓ ĐỀ XUẤT", "NOBODY ANSWERED"),
        "coverage.counts": ("{aligned} phù hợp, {uncertain} cần xem xét", "{aligned} fit, {uncertain} to look at"),
        "coverage.left_out": ("Không tính vào định hướng nào: {counts}", "Counted for no orientation: {counts}"),
        "coverage.summary": (
            "{answered} trên {total} định hướng có đề xuất; {missing} định hướng chưa có đề xuất.",
            "{answered} of {total} orientations answered; {missing} by nobody.",
        ),
        # Sentences
        "title.report": (
            "Kết quả đối chiếu đề xuất nhiệm vụ khoa học và công nghệ với định hướng",
            "Proposals matched to the announced research orientations",
        ),
        "title.summary_table": (
            "BẢNG TỔNG HỢP ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ",
            "SUMMARY OF PROPOSED RESEARCH TASKS",
        ),
        "title.coverage": ("SỐ ĐỀ XUẤT THEO TỪNG ĐỊNH HƯỚNG", "PROPOSALS BY ORIENTATION"),
        "says.announcement": ("Thông báo: {title}", "Announcement: {title}"),
        "says.number": ("số {number}", "no. {number}"),
        "says.date": ("ngày {date}", "of {date}"),
        "says.deadline": ("Hạn nhận đề xuất: {date}", "Deadline: {date}"),
        "says.totals": ("{total} đề xuất", "{total} proposals"),
        "says.duplicated": (
            "{n} đề xuất nghi trùng lặp với đề xuất hoặc nhiệm vụ khác",
            "{n} proposals suspected of repeating another proposal or task",
        ),
        "says.form_faulty": (
            "{n} phiếu có lỗi so với quy định của thông báo: {names}",
            "{n} forms break the announcement's rules: {names}",
        ),
        "says.registers": ("Đã so với danh mục: {names}", "Compared with the register: {names}"),
        "says.register": ("{name} ({tasks} nhiệm vụ)", "{name} ({tasks} tasks)"),
        "says.no_register": (
            "Chưa so với danh mục nhiệm vụ đã/đang thực hiện nào: chỉ tìm trùng lặp trong đợt này.",
            "No register of past tasks was given: duplicates were looked for within this batch only.",
        ),
        "says.incomplete": (
            "CHÚ Ý: {failed} đề xuất không đọc được (chưa rà soát), {partial} đề xuất chỉ đọc được một phần.",
            "NOTE: {failed} proposals could not be read (not screened), {partial} were read only in part.",
        ),
        "says.more_failures": ("… và {n} đề xuất khác.", "… and {n} more."),
        "says.capped": (
            "Trang này chỉ nêu {shown} đề xuất đầu tiên theo thứ tự đầu vào; còn {left} đề xuất không "
            "nêu ở đây "
            "({counts}). Danh sách đầy đủ ở tệp .xlsx, .csv hoặc .jsonl.",
            "This page shows the first {shown} proposals of the input only; {left} are left out ({counts}). "
            "The .xlsx, .csv and .jsonl outputs hold all of them.",
        ),
        "says.sheet_full": (
            "Bảng đã đầy (giới hạn của Excel): còn {n} dòng không ghi được vào bảng này; "
            "danh sách đầy đủ ở tệp .jsonl hoặc .csv.",
            "The sheet is full (Excel's limit): {n} rows are left out; the .jsonl or .csv output holds everything.",
        ),
        "says.no_pairs": (
            "Không thấy đề xuất nào giống đề xuất hoặc nhiệm vụ khác.",
            "No proposal was found to be like another proposal or task.",
        ),
        "says.no_problems": ("Không có vấn đề nào cần lưu ý.", "There is nothing to note."),
        "says.orientation": ("định hướng {id}", "orientation {id}"),
        "says.group": ("(nhóm {n})", "(group {n})"),
        "says.groups": (
            "{n} nhóm đề xuất nghi cùng nội dung, mỗi nhóm xem và quyết định một lần:",
            "{n} groups of proposals that may be one work, each to be looked at and decided once:",
        ),
        "says.group_members": ("  Nhóm {n}: {members}", "  Group {n}: {members}"),
        "says.no_groups": (
            "Không có nhóm đề xuất nào nghi cùng nội dung trong đợt này.",
            "No proposals of this round are one work.",
        ),
        "says.item": ("mục {n}", "item {n}"),
        "says.page": ("trang {n}", "page {n}"),
        "says.probability": (
            "Xác suất: khả năng định hướng gần nhất là căn cứ của đề xuất. Trạng thái còn xét khả năng đề xuất nằm "
            "ngoài mọi định hướng.",
            "Probability: the chance that the nearest orientation is a basis of the proposal. The state also weighs "
            "the chance that no orientation covers it.",
        ),
        "says.cut": ("… (đã cắt bớt)", "… (cut)"),
        "says.no_proposals": ("Không có đề xuất nào.", "There are no proposals."),
        "says.orientation_unknown": ("(không có trong thông báo)", "(not in the announcement)"),
        "says.files": ("Đã ghi:", "Written:"),
        "says.terminal_capped": (
            "… còn {n} đề xuất không hiện ở đây; xem tệp kết quả.",
            "… {n} more proposals are not shown here; see the output files.",
        ),
        "says.yes": ("có", "yes"),
        "says.no": ("không", "no"),
        "says.reader_note": (
            "Số liệu do máy đề xuất để cán bộ tham khảo; không thay cho ý kiến của hội đồng.",
            "The figures are suggestions to officers; they do not replace the council's opinion.",
        ),
        # Legend
        "legend.heading": ("Cách đọc các bảng", "How to read the tables"),
        "legend.term": ("Mục", "Term"),
        "legend.meaning": ("Ý nghĩa", "Meaning"),
        "legend.probability": (
            "Khả năng một cán bộ đọc kỹ sẽ coi định hướng này là căn cứ (chính hoặc phụ) của đề xuất. "
            "Không phụ thuộc "
            "các đề xuất khác trong đợt. Không phải điểm chất lượng của đề xuất.",
            "The chance that a careful officer would call this orientation relevant (first or second "
            "basis). It does "
            "not depend on the other proposals. It is no mark of the proposal's quality.",
        ),
        "legend.outside_probability": (
            "Khả năng không định hướng nào bao quát đề xuất. Trạng thái được chia theo số này, không theo xác suất "
            "phù hợp của riêng một định hướng: {bounds}.",
            "The chance that no orientation covers the proposal. The state follows from it, and not from the "
            "probability of a single orientation: {bounds}.",
        ),
        "legend.bounds": (
            "dưới {low} là phù hợp, trên {high} là ngoài định hướng, ở giữa là cần xem xét",
            "below {low} fits, above {high} outside, between a person must look",
        ),
        "legend.bounds_of_model": (
            "thấp là phù hợp, cao là ngoài định hướng, ở giữa là cần xem xét; hai ngưỡng được chọn khi hiệu chỉnh "
            "mô hình để hạn chế kết luận sai",
            "low fits, high is outside, between a person must look; both bounds were chosen when the model was "
            "calibrated, so that wrong verdicts stay rare",
        ),
        "legend.plan": (
            "Văn bản mà thông báo nêu làm căn cứ của định hướng, và cách nêu: chú thích tại định hướng; "
            "theo chú thích "
            "phía trên (định hướng không có chú thích riêng); nêu trong định hướng; văn bản không có "
            "trong phần căn cứ.",
            "The document that the announcement gives as the orientation's basis, and how: a footnote of "
            "its own; the "
            "footnote above (it has none of its own); named in its text; a document that the preamble "
            "does not list.",
        ),
        "legend.duplicates": (
            "Chỉ là nghi vấn để hội đồng xem xét, không phải kết luận. Từ {high} trở lên là nghi trùng; "
            "từ {low} đến "
            "{high} là cần xem. «Cùng phương pháp, khác đối tượng» không phải trùng lặp. Nhiệm vụ nối "
            "tiếp có nêu kết "
            "quả giai đoạn trước cũng không phải trùng lặp. Ở cột lý do, dấu + là điểm làm tăng, dấu − là điểm làm "
            "giảm khả năng trùng.",
            "A suspicion for the council, no verdict. From {high} suspected; from {low} to {high} to be "
            "checked. “Same "
            "method, other object” is no duplicate, nor is a follow-on that says what the earlier stage "
            "achieved. Among the reasons, + speaks for a duplicate and − against.",
        ),
        "legend.coverage": (
            "Mỗi đề xuất phù hợp hoặc cần xem xét được tính một lần, vào định hướng gần nhất. Định hướng "
            "chưa có đề "
            "xuất vẫn có thể đứng thứ hai, thứ ba ở đề xuất khác.",
            "Each fitting or uncertain proposal counts once, for its nearest orientation. An orientation "
            "that nobody "
            "answered may still be the second or third of some proposals.",
        ),
        "legend.words": (
            "Từ ngữ hai bên đóng góp nhiều nhất cho độ giống nhau; giúp kiểm tra nhanh, không phải toàn bộ lý do. "
            "Chỉ nêu cho định hướng gần nhất và định hướng có xác suất từ {least} trở lên.",
            "Words on both sides that carry most of the similarity; a quick check, not the whole reason. Given for "
            "the nearest orientation and those of {least} and more.",
        ),
        "legend.uncovered": (
            "Ý của định hướng mà máy không thấy trong đề xuất; đề xuất không bắt buộc bao quát mọi ý.",
            "Aspects of the orientation that the program did not find in the proposal; it need not cover all of them.",
        ),
        "legend.decision": (
            "Hai cột nền vàng của bảng danh sách (quyết định, ghi chú) để trống cho cán bộ ghi; chương trình không "
            "tự quyết định. Các đề xuất nghi cùng nội dung chỉ cần quyết định một lần tại trang «Nhóm trùng lặp»: "
            "quyết định đó hiện ở dòng của từng đề xuất; ghi đè ở dòng nào thì dòng đó theo quyết định riêng.",
            "The two yellow columns of the worklist (decision, remarks) are left to the officer; the program "
            "decides nothing. Proposals that are one work are decided once, on the sheet «Groups»: each row shows that "
            "decision, and a row that is written over has its own.",
        ),
        "legend.summary": ("Tóm tắt", "Summary"),
        "legend.result": ("Kết quả", "Result"),
        "legend.made_from": ("Nguồn dữ liệu", "Made from"),
        "legend.program": ("Chương trình", "Program"),
        "legend.model": ("Mô hình", "Model"),
        "legend.input": ("Tệp đề xuất", "Proposals"),
        # Page
        "page.total": ("đề xuất", "proposals"),
        "page.search": ("Tìm (mã số, tên, tổ chức, văn bản)", "Search (id, title, organisation, plan)"),
        "page.all_states": ("Mọi trạng thái", "All states"),
        "page.all_fields": ("Mọi lĩnh vực", "All fields"),
        "page.all_orientations": ("Mọi định hướng", "All orientations"),
        "page.only_duplicates": ("Chỉ nghi trùng lặp", "Suspected duplicates only"),
        "page.only_problems": ("Chỉ đề xuất có lỗi phiếu hoặc lỗi khi đọc", "With faults of form or reading only"),
        "page.showing": ("Đang hiện", "Showing"),
        "page.reset": ("Bỏ lọc", "Clear"),
        "page.open_all": ("Mở mọi chi tiết", "Open all details"),
        "page.close_all": ("Đóng mọi chi tiết", "Close all details"),
        "page.print": ("In", "Print"),
        "page.sort": ("Bấm để sắp xếp", "Click to sort"),
        "page.details": ("Chi tiết", "Details"),
        "page.proposals": ("Danh sách đề xuất", "Proposals"),
        "page.nearest": ("Các định hướng gần nhất", "Nearest orientations"),
        "page.form": ("Phiếu đề xuất", "Form"),
        "page.form_rule": ("Thông báo quy định: {rule}", "The announcement says: {rule}"),
        "page.form_cure": ("Cách sửa: {cure}", "To mend it: {cure}"),
        "page.form_missing": ("Thiếu mục: {names}", "Items missing: {names}"),
        "page.form_complete": ("Đủ {n} mục.", "All {n} items present."),
        "page.form_pages": ("Số trang: {n}", "Pages: {n}"),
        "page.integrity": ("Điểm cần lưu ý trong thông báo", "Points to note in the announcement"),
        "page.exception": ("Thông báo cho phép ngoại lệ:", "The announcement allows exceptions:"),
    }
)


class Language:
    """The wording of one language.

    Parameters
    ----------
    code : str
        "vi" or "en".

    Examples
    --------
    >>> Language("vi")("says.totals", total=3)
    '3 đề xuất'
    """

    def __init__(self, code: str) -> None:
        if code not in LANGUAGES:
            raise ValueError(f"language is {code!r}, none of {', '.join(LANGUAGES)}")
        self.code = code
        self._column = LANGUAGES.index(code)

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for a key, with its braces filled in."""
        words = WORDING[key][self._column]
        return words.format(**values) if values else words

    def count(self, number: int) -> str:
        """Return a count with the language's thousands mark."""
        return f"{number:,}".replace(",", "." if self.code == "vi" else ",")

    def has(self, key: str) -> bool:
        """Say whether there are words for a key."""
        return key in WORDING
