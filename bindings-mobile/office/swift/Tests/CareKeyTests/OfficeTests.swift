import CareKey
import Foundation
import XCTest

/// What an office's app has besides, where it is no rule of the cases.
final class OfficeTests: XCTestCase {
    func testReadme() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let corrections = folder.appendingPathComponent("corrections.csv")
        let file = Data("Role,Name,Email\nCaregiver,Ann Lee,ann@example.com\nCaregiver,Bob Ray,\nOffice staff,Felicia Conner,\n".utf8)
        let (known, taken, policy) = ([KnownParty](), ["104fconner"], Policy.agency())

        // The bulk window: every row with its verdict, before anything is written.
        let roster = try await Roster.read(file)
        let preview = try await roster.previewed(known: known, taken: taken, prefix: "104", country: "US", policy: policy)
        let accepted = preview.acceptSuggestions()
        print(accepted, preview.summary().create, preview.summary().failed)
        try preview.failedCsv(language: .english).write(to: corrections)

        XCTAssertEqual([accepted, preview.summary().create, preview.summary().failed], [1, 2, 1])
        let read = try await Roster.read(Data(contentsOf: corrections))
        XCTAssertEqual(read.rows().map { $0.name.last }, ["Ray"])
    }

    func testDecisionsAreKept() async throws {
        let roster = try await Roster.read(Data("Role,Name,Email\nCaregiver,Ann Lee,new@example.com\n".utf8))
        let (name, policy) = (PersonName(first: "Ann", last: "Lee"), Policy.agency())
        let (party, taken) = (UUID(), ["ann@example.com"])
        let known = [
            KnownParty(
                party: party, nameKey: name.key(), displayName: name.display(), roles: [.caregiver],
                usernameCanonical: "ann@example.com", emailCanonical: "ann@example.com")
        ]
        let preview = try await roster.previewed(known: known, taken: taken, prefix: "104", country: "US", policy: policy)
        XCTAssertEqual(preview.rows().map(\.maybe), [[party]])
        XCTAssertEqual(preview.rows().map(\.state), [.waiting])

        // A namesake waits until someone says who it is; kept, it is not asked again.
        try await preview.decided([LineDecision(line: 2, who: .another)])
        let kept = preview.decisions()
        let next = try await roster.previewed(known: known, taken: taken, prefix: "104", country: "US", policy: policy, decisions: kept)

        XCTAssertEqual((preview.rows() + next.rows()).map(\.state), [.pass, .pass])
        XCTAssertEqual(next.rows().map(\.decision), kept)
        XCTAssertEqual(next.decisions(), [])
        _ = try preview.decide(line: 2, who: .same(party: party))
        XCTAssertEqual(preview.decisions().map(\.who), [.same(party: party)])
        let nobody = [LineDecision(line: 2, who: .another), LineDecision(line: 2, who: .same(party: UUID()))]
        XCTAssertEqual(code { try preview.decideAll(decisions: nobody) }, "party.not_found")
        XCTAssertEqual(preview.decisions().map(\.who), [.same(party: party)])
        let retired = try await roster.previewed(
            known: [], taken: [], prefix: "104", country: "US", policy: policy, retired: ["new@example.com"])
        XCTAssertEqual(retired.rows().flatMap { $0.findings.map(\.code) }, ["username.retired"])
    }

    func testHashing() async throws {
        let hasher = try Hasher(policy: .agency(), pepper: Data(repeating: 7, count: 32))
        let stored = try await hasher.hashed("Lantern#47 tide")
        let right = try await hasher.verified(stored: stored, password: "Lantern#47 tide")
        XCTAssertEqual(right, Verified(matches: true, renew: false))
        let wrong = try await hasher.verified(stored: stored, password: "lantern#47 tide")
        XCTAssertEqual(wrong, Verified(matches: false, renew: false))
    }

    func testBadInputHasItsCode() throws {
        XCTAssertEqual(code { _ = try Hasher(policy: .agency(), pepper: Data([1])) }, "key.length")
        let (head, none) = (HistoryHead(), UUID())
        XCTAssertEqual(code { try verifyHistory(key: Data(), subject: none, lines: [], head: head) }, "key.length")
        XCTAssertEqual(code { _ = try Policy.draft(json: "{") }, "policy.malformed")
        XCTAssertEqual(code { _ = try Roster(csv: Data()) }, "roster.empty")
        let roster = Roster.fromRows(rows: [])
        let preview = try roster.preview(known: [], taken: [], prefix: "", country: "US", policy: .agency())
        XCTAssertEqual(code { try preview.decline(line: .max) }, "roster.no_such_row")
        XCTAssertEqual(code { _ = try preview.decide(line: .max, who: .another) }, "roster.nothing_to_decide")
        XCTAssertEqual(
            code { _ = try roster.preview(known: [], taken: [], prefix: "?", country: "US", policy: .agency()) },
            "agency.prefix")
    }

    func testSecretsDoNotPrint() {
        let row = RosterRow(line: 3, passwordHash: "$2b$12$secret")
        XCTAssertEqual("\(row)", "RosterRow(line 3)")
        let message = renderMessage(
            text: MessageText(body: "{code}", subject: "A code"), params: [:], secrets: ["code": "40718263"])
        XCTAssertEqual("\(message)", "RenderedMessage(A code, •••)")
    }

    private func code(_ act: () throws -> Void) -> String? {
        do {
            try act()
            return nil
        } catch {
            return (error as? CarekeyError)?.code
        }
    }
}
