import CareKey
import Foundation
import XCTest

/// The lines of README.md, as they stand there; tests/mobile/run.sh holds both
/// against each other.
final class ReadmeTests: XCTestCase {
    private let text =
        "ArSJ6eJJtoJJgmECNNHhw-UAAABlEAAAAAAAAAAAAAAAAAAAAAmAgP2q0OTUnDGAgPW_4on8nDEBARAAAAAAAAAAAAAAAAAAAAABAAABAAAQAAAAAAAAAAAAAAAAAAAADAGAgNDfvZS5hjEBgIDMzaLZ2ZwxAAAAAAAKxl2V-pTi8XksdSlH1hNn5w0V7ORrnay00QHDY59nEqU9bL8Y11j6D8ivn4XmduiITXFVRYCJttlUn2PX_EwB"
    private let key = "ck16kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"

    func testReadme() throws {
        let json = #"{"password": {"min_length": 12}}"#
        let account = try XCTUnwrap(UUID(uuidString: "00000000-0000-0000-0000-000000000009"))
        let client = try XCTUnwrap(UUID(uuidString: "00000000-0000-0000-0000-00000000000c"))
        let now = Date(timeIntervalSince1970: 1_773_480_000)

        // As someone types: every rule, met or not, in their language.
        let policy = try Policy(json: json)  // the agency's, from its server
        let list = policy.checkPassword(password: "lantern", person: Person(names: ["Felicia Conner"]))
        for rule in list.rules where !rule.met {
            print(rule.finding.message(language: .spanish))
        }

        // A slip in a code is told without a network.
        do {
            _ = try InvitationCode(text: "7K3Q0-9DWX2")
        } catch let error as CarekeyError where error.code == "code.mistyped" {
            print(error.findings.map { $0.message(language: .english) })
        }

        // What this account may see, decided offline as the server would.
        let snapshot = try Snapshot(text: text, key: key, agency: "104", account: account, now: now)
        let calendar = try snapshot.canSee(resource: .calendar, of: .party(id: client), at: now)
        print(calendar.allowed, calendar.because.map(\.code))

        XCTAssertEqual(list.findings.count, 5)
        XCTAssert(calendar.allowed)
    }
}
