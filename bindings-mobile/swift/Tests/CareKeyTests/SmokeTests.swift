import CareKey
import XCTest

final class SmokeTests: XCTestCase {
    func testSlip() {
        XCTAssertEqual(checkEmail(text: "Sue@gmial.com").findings.first?.suggestion, "Sue@gmail.com")
    }
}
