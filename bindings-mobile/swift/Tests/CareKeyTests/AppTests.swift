import CareKey
import Examples
import Foundation
import XCTest

/// What an app meets: bad input, secrets, tasks, and the examples.
final class AppTests: XCTestCase {
    private let now = Date(timeIntervalSince1970: 1_773_478_800)
    private let policy = Policy.agency()
    private let code = "7K3Q0-D9WX2"

    /// The code of the error that is thrown.
    private func refusal<T>(_ make: () throws -> T) -> String? {
        do {
            _ = try make()
            return nil
        } catch {
            return (error as? CarekeyError)?.code ?? "not of carekey: \(error)"
        }
    }

    func testEveryCodeHasItsTextsAndItsWeight() throws {
        XCTAssertGreaterThanOrEqual(allCodes().count, 180)
        XCTAssertEqual(Set(allCodes()).count, allCodes().count)
        for code in allCodes() {
            let finding = try Finding(code: code, field: "field", severity: XCTUnwrap(severityOfCode(code: code)))
            XCTAssertNotEqual(finding.message(language: .english), code)
            XCTAssertNotEqual(finding.message(language: .english), finding.message(language: .spanish))
        }
        let newer = Finding(code: "not.yet_known", field: "field", severity: .error)
        XCTAssertEqual(newer.message(language: .spanish), "not.yet_known")
        XCTAssertEqual(Role.officeStaff.label(language: .english), "Office staff")
        XCTAssertEqual(AccountState.disabled.label(language: .spanish), "Desactivada")
        XCTAssertNil(severityOfCode(code: "not.yet_known"))
    }

    func testEveryErrorHasItsCode() throws {
        XCTAssertEqual(refusal { try InvitationCode(text: "7K3Q0-9DWX2") }, "code.mistyped")
        XCTAssertEqual(refusal { try InvitationCode(text: "7K3Q0") }, "code.malformed")
        XCTAssertEqual(refusal { try LinkToken(link: "https://example.com") }, "link.malformed")
        XCTAssertEqual(refusal { try Policy(json: "{") }, "policy.malformed")
        XCTAssertEqual(refusal { try Policy(json: #"{"password": {"min_length": 1000}}"#) }, "policy.out_of_range")
        XCTAssertEqual(
            refusal { try Usernames(policy: policy, prefix: "104", country: "usa", taken: []) }, "agency.country")
        let lapsed = policy.issueInvitation(contact: "sue@example.com", method: .email, now: now)
        XCTAssertThrowsError(try lapsed.redeemed(now: now + 14 * 86_400)) { error in
            guard case .refused(let code, let reason, _, _)? = error as? CarekeyError else {
                return XCTFail("\(error)")
            }
            XCTAssertEqual(code, "invitation.expired")
            XCTAssertEqual(reason, "the invitation has lapsed; the office can send a new one")
            XCTAssertEqual(error.localizedDescription, reason)
        }
    }

    func testNoTextIsTooBadToBeRead() {
        let texts = [
            "", " ", "\0", "\u{FEFF}", "\u{202E}abc", String(repeating: "é", count: 100_000), "🧑‍⚕️",
            String(repeating: "{", count: 5_000), String(repeating: "[", count: 200_000),
            String(repeating: "@", count: 3_000), String(repeating: "+", count: 100), "'; DROP TABLE accounts; --",
        ]
        for text in texts {
            _ = checkEmail(text: text)
            _ = checkPhone(text: text, country: text)
            _ = checkContact(text: text, country: "US")
            _ = canonicalUsername(typed: text, country: text)
            _ = findClash(name: text, taken: [text])
            _ = checkPersonName(text: text)
            let name = PersonName(first: text, middle: text, last: text, nickname: text)
            _ = staffName(pattern: text, prefix: text, name: name, maxLength: .max)
            let person = Person(names: [text], username: text, email: text, agency: text)
            _ = policy.checkPassword(password: text, person: person)
            _ = policy.checkNewPassword(password: text, confirmation: text)
            _ = policy.checkAnswers(username: text, answers: [SecurityAnswer(question: text, answer: text)])
            _ = normaliseAnswer(text: text)
            _ = checkPolicy(json: text)
            _ = Finding(code: text, field: text, severity: .info, params: [text: .text(value: text)])
                .message(language: .spanish)
            XCTAssertNotNil(refusal { try InvitationCode(text: text) })
            XCTAssertNotNil(refusal { try LinkToken(link: text) })
            XCTAssertNotNil(refusal { try Policy(json: text) })
            XCTAssertEqual(
                refusal { try Snapshot(text: text, key: text, agency: text, account: UUID(), now: now) },
                "snapshot.key")
        }
    }

    func testNoSnapshotIsOpenedThatIsNotWholeAndTrue() {
        let text =
            "ArSJ6eJJtoJJgmECNNHhw-UAAABlEAAAAAAAAAAAAAAAAAAAAAmAgP2q0OTUnDGAgPW_4on8nDEBARAAAAAAAAAAAAAAAAAAAAABAAABAAAQAAAAAAAAAAAAAAAAAAAADAGAgNDfvZS5hjEBgIDMzaLZ2ZwxAAAAAAAKxl2V-pTi8XksdSlH1hNn5w0V7ORrnay00QHDY59nEqU9bL8Y11j6D8ivn4XmduiITXFVRYCJttlUn2PX_EwB"
        let key = "ck16kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"
        func refused(_ text: String, agency: String = "104", account: UInt8 = 9, at: Date? = nil) -> String? {
            let account = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, account))
            return refusal { try Snapshot(text: text, key: key, agency: agency, account: account, now: at ?? now) }
        }
        XCTAssertNil(refused(text))
        XCTAssertEqual(refused(text, agency: "105"), "snapshot.other_agency")
        XCTAssertEqual(refused(text, account: 8), "snapshot.other_viewer")
        XCTAssertEqual(refused(text, at: now + 24 * 3_600), "snapshot.lapsed")
        XCTAssertEqual(refused(text, at: now - 6 * 60), "snapshot.not_yet")
        var changed: Set<String?> = []
        for at in text.indices {
            XCTAssertEqual(refused(String(text[..<at])), "snapshot.malformed")
            changed.insert(refused(text.replacingCharacters(in: at...at, with: text[at] == "Q" ? "R" : "Q")))
        }
        XCTAssertEqual(
            changed,
            ["snapshot.malformed", "snapshot.newer", "snapshot.older", "snapshot.other_agency", "snapshot.forged"])
    }

    func testNoMomentIsTooFarOff() {
        let far = [
            -Double.infinity, -Double.greatestFiniteMagnitude, 0, .greatestFiniteMagnitude, .infinity, .nan,
        ].map(Date.init(timeIntervalSince1970:))
        for moment in far + [.distantPast, now, .distantFuture] {
            let invitation = policy.issueInvitation(contact: "sue@example.com", method: .sms, now: moment)
            XCTAssertEqual(invitation.standing(now: Date(timeIntervalSince1970: .infinity)), .lapsed)
            _ = invitation.timeLeft(now: .distantPast)
            XCTAssert(Period(beginsAt: moment, endsAt: moment).valid())
            _ = policy.session(remember: true, now: moment, epoch: .max).isLive(epoch: .min, now: moment)
            policy.throttle().failed(now: moment)
        }
        let precise = Date(timeIntervalSince1970: 1_773_478_800.123456)
        let back = stepLife(lasts: 0, now: precise, epoch: 0).expiresAt
        XCTAssertEqual(back.timeIntervalSince1970, precise.timeIntervalSince1970, accuracy: 1e-6)
    }

    func testSecretsAndPeopleDoNotPrint() throws {
        let code = try InvitationCode(text: code)
        let link = try LinkToken(
            url: XCTUnwrap(URL(string: "https://example.com/invitation#mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt")))
        let answer = SecurityAnswer(question: "first_pet", answer: "Rex the Second")
        XCTAssertEqual("\(code)", "InvitationCode(•••)")
        XCTAssertEqual("\(link)", "LinkToken(•••)")
        XCTAssertEqual("\(answer)", "SecurityAnswer(first_pet, •••)")
        let taken = try Usernames(policy: policy, prefix: "104", country: "US", taken: ["104fconner"])
            .check(
                request: UsernameRequest(line: 1, scheme: .staff, name: PersonName(first: "Felicia", last: "Conner")))
        let finding = try XCTUnwrap(taken.findings.first)
        XCTAssertEqual("\(finding)", "Finding(username.taken, username)")
        let error = CarekeyError.invalid(code: finding.code, reason: "", params: [:], findings: [finding])
        XCTAssertFalse("\(error) \(String(reflecting: error)) \(error.localizedDescription)".contains("104fconner"))
    }

    func testLongWorkIsAwaited() async throws {
        let rows = (1...2_000).map {
            UsernameRequest(line: $0, scheme: .staff, name: PersonName(first: "John", last: "Smith"))
        }
        let names = try Usernames(policy: policy, prefix: "104", country: "US", taken: [])
        let verdicts = await names.checkBatch(rows)
        XCTAssertEqual(verdicts.filter(\.pass).count, 1)
        XCTAssertEqual(Set(verdicts.compactMap(\.suggestions.first)).count, 1_999)
        do {
            _ = try await Snapshot.open("", key: "ck1", agency: "104", account: UUID())
            XCTFail("it was opened")
        } catch let error as CarekeyError {
            XCTAssertEqual(error.code, "snapshot.key")
        }
    }

    func testOneObjectServesAllTasks() async throws {
        let names = try Usernames(policy: policy, prefix: "104", country: "US", taken: [])
        let passed = await withTaskGroup(of: [String].self) { group in
            for task in 1...8 {
                group.addTask {
                    (0..<50).compactMap { at in
                        let name = PersonName(last: "Smith")
                        let request = UsernameRequest(
                            line: UInt64(task * 1_000 + at), scheme: .email, name: name, email: "smith\(at)@example.com"
                        )
                        return names.check(request: request).username
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        XCTAssertEqual(passed.count, 50, "each name went to one row")
        XCTAssertEqual(Set(passed).count, 50)
    }

    func testWordsAndLanguages() throws {
        XCTAssertEqual(AccountState(word: "password_due"), .passwordDue)
        XCTAssertEqual(
            AccountState.allCases.map(nextStep(state:)),
            [.activation, .changePassword, .setQuestions, .session, nil])
        XCTAssert(Role.allCases.allSatisfy { Role(word: $0.word()) == $0 })
        XCTAssertNil(Role(word: "nobody"))
        let roles = try JSONDecoder().decode([Role].self, from: Data(#"["office_staff", "client"]"#.utf8))
        XCTAssertEqual(roles, [.officeStaff, .client])
        XCTAssertEqual(String(decoding: try JSONEncoder().encode(roles), as: UTF8.self), #"["office_staff","client"]"#)
        XCTAssertThrowsError(try JSONDecoder().decode([Role].self, from: Data(#"["nobody"]"#.utf8)))
        XCTAssertEqual(Language(Locale(identifier: "es_MX")), .spanish)
        XCTAssertEqual(Language(Locale(identifier: "fr_CA")), .english)
    }

    func testRolesBeginAndEndWithTheirTies() {
        let (payer, client) = (UUID(), UUID())
        let ties = [Tie(kind: .payer, who: payer, of: client, period: Period(beginsAt: now, endsAt: now + 86_400))]
        XCTAssertEqual(conveyedRoles(who: payer, ties: ties, at: now), [.payer])
        XCTAssertEqual(conveyedRoles(who: payer, ties: ties, at: now + 86_400), [])
        XCTAssertEqual(conveyedRoles(who: client, ties: ties, at: now), [])
    }

    func testThePasswordForm() {
        var model = PasswordModel(policy: policy, person: Person(names: ["Felicia Conner"]), language: .spanish)
        XCTAssertFalse(model.canSubmit)
        (model.password, model.confirmation) = ("felicia 2026", "felicia 2026")
        XCTAssertEqual(model.lines.filter { !$0.met }.count, 3)
        XCTAssert(model.lines.contains { !$0.met && $0.text.contains("mayúscula") })
        (model.password, model.confirmation) = ("Lantern#47 tide", "Lantern#47 tied")
        XCTAssert(model.lines.allSatisfy(\.met))
        XCTAssertFalse(model.canSubmit)
        model.confirmation = "Lantern#47 tide"
        XCTAssert(model.canSubmit)
    }

    func testTheCodeScreen() {
        let invitation = policy.issueInvitation(contact: "sue@example.com", method: .email, now: now)
        var model = CodeModel(invitation: invitation, language: .english, now: now + 30 * 3_600)
        XCTAssertEqual(model.timeLeft, "12 days")
        model.text = "7k3qo"
        XCTAssertEqual(model.state, .typing)
        model.text = "7K3Q0-9DWX2"
        guard case .slip = model.state else { return XCTFail("\(model.state)") }
        XCTAssertNil(model.code)
        model.text = "7k3qo d9wx2"
        XCTAssertEqual(model.state, .ready(code))
        XCTAssertEqual(model.code?.canonical(), "7K3Q0D9WX2")
    }
}
