import Foundation
import XCTest

/// The project's folder: the first above this file that has the cases.
let project: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    repeat {
        folder.deleteLastPathComponent()
    } while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("tests/cases").path) && folder.path != "/"
    return folder
}()

/// The cases of the rulebook: those of every other language.
final class CasesTests: XCTestCase {
    func testEveryCaseHolds() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: project.appendingPathComponent("tests/cases"), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
            .sorted { $0.path < $1.path }
            .map { ($0.deletingPathExtension().lastPathComponent, try JSON.parse(Data(contentsOf: $0))) }

        // What this library does not carry, and why.
        let scope = try JSON.parse(Data(contentsOf: project.appendingPathComponent("bindings-mobile/scope.json")))

        var (ran, all) = (0, 0)
        var leftOut: Set<String> = []
        var wrong: [String] = []
        for (file, cases) in files {
            let call = try cases.text("call")
            for item in cases.list("cases") {
                let (name, given) = try ("\(file) / \(item.text("name"))", item.object("given"))
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
        let expected = try (isOffice ? ["engine"] : ["engine", "office"]).flatMap { part in
            try scope.object(part).fields?.values.flatMap { $0.list ?? [] }.compactMap(\.text) ?? []
        }
        XCTAssertEqual(leftOut, Set(expected))
        XCTAssertEqual(ran, all)
        XCTAssertGreaterThanOrEqual(ran, try Int(scope.object("fewest").number(isOffice ? "office" : "phone")))
    }
}
