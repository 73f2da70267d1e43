import Foundation
import XCTest

/// The cases of the rulebook: those of every other language.
final class CasesTests: XCTestCase {
    func testEveryCaseHolds() throws {
        // Tests/CareKeyTests/ is the fourth folder below the project's.
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let package = here.deletingLastPathComponent().deletingLastPathComponent()
        let binding = package.deletingLastPathComponent()
        let folder = binding.deletingLastPathComponent().appendingPathComponent("tests/cases")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
            .sorted { $0.path < $1.path }
            .map { ($0.deletingPathExtension().lastPathComponent, try JSON.parse(Data(contentsOf: $0))) }

        // What a phone has no use for, and the library does not carry.
        let scope = try JSON.parse(Data(contentsOf: binding.appendingPathComponent("scope.json")))
        let tooFine = Set(scope.texts("finer_than_a_microsecond"))

        var (ran, all) = (0, 0)
        var leftOut: Set<String> = []
        var wrong: [String] = []
        for (file, cases) in files {
            let call = try cases.text("call")
            for item in cases.list("cases") {
                let (name, given) = try ("\(file) / \(item.text("name"))", item.object("given"))
                if tooFine.contains(name) { continue }
                let got = Result { try answer(call, given) }
                if case .success(nil) = got {
                    leftOut.insert(call)
                    continue
                }
                ran += 1
                let expected = item.fields?["expect"]
                if (try? got.get()) != .some(expected) {
                    let shown =
                        switch got {
                        case .success(let value): value?.description ?? "nothing"
                        case .failure(let error): "\(error)"
                        }
                    wrong.append(
                        """
                        \(name)
                          given  \(given.description)
                          expect \(expected?.description ?? "nothing")
                          got    \(shown)
                        """)
                }
            }
            if !leftOut.contains(call) { all += cases.list("cases").count }
        }
        print("cases: \(ran)")
        XCTAssert(wrong.isEmpty, "\(wrong.count) of \(ran) cases:\n\(wrong.prefix(20).joined(separator: "\n"))")
        let expected = try scope.object("left_out").fields?.values.flatMap { $0.list ?? [] }.compactMap(\.text)
        XCTAssertEqual(leftOut, Set(expected ?? []))
        XCTAssertEqual(ran, all - tooFine.count)
        XCTAssertGreaterThanOrEqual(ran, Int(scope.number("fewest")))
    }
}
