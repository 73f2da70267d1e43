import CareKey
import Foundation

/// JSON as cases are written in.
enum JSON: Equatable, Codable {
    case null
    case bool(Bool)
    case number(Int64)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    // Swift takes texts that are canonically equivalent for equal; cases do not.
    static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.number(let left), .number(let right)): return left == right
        case (.text(let left), .text(let right)): return left.unicodeScalars.elementsEqual(right.unicodeScalars)
        case (.list(let left), .list(let right)): return left == right
        case (.object(let left), .object(let right)): return left == right
        default: return false
        }
    }

    static func parse(_ data: Data) throws -> JSON { try JSONDecoder().decode(JSON.self, from: data) }

    var description: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }
}

/// A case that is not as it should be.
struct Malformed: Error { let what: String }

// Reading what is given.
extension JSON {
    subscript(name: String) -> JSON? {
        guard case .object(let fields) = self, let value = fields[name], value != .null else { return nil }
        return value
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int64? { if case .number(let number) = self { number } else { nil } }
    var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    var list: [JSON]? { if case .list(let list) = self { list } else { nil } }
    var fields: [String: JSON]? { if case .object(let fields) = self { fields } else { nil } }

    func text(_ name: String) throws -> String { try must(self[name]?.text, name) }
    func texts(_ name: String) -> [String] { list(name).compactMap(\.text) }
    func list(_ name: String) -> [JSON] { self[name]?.list ?? [] }
    func flag(_ name: String) -> Bool { self[name]?.bool ?? false }
    func number(_ name: String) -> Int64 { self[name]?.number ?? 0 }
    func object(_ name: String) throws -> JSON { try must(self[name], name) }
    func id(_ name: String) throws -> UUID { try must(UUID(uuidString: text(name)), name) }
    func moment(_ name: String) throws -> Date { try date(text(name)) }
    func word<W: Word>(_ name: String) throws -> W { try must(W(word: text(name)), name) }

    private func must<T>(_ value: T?, _ name: String) throws -> T {
        guard let value else { throw Malformed(what: "\(name) in \(description)") }
        return value
    }
}

/// A moment in RFC 3339, with any fraction of a second. A nanosecond is played
/// by a microsecond, the least that there is here: before stays before, and
/// after after.
func date(_ text: String) throws -> Date {
    var (text, nanoseconds) = (text, 0)
    if let dot = text.firstIndex(of: ".") {
        let digits = text[text.index(after: dot)...].prefix(while: \.isNumber)
        nanoseconds = Int((digits + "000000000").prefix(9)) ?? 0
        text.removeSubrange(dot..<digits.endIndex)
    }
    guard let whole = ISO8601DateFormatter().date(from: text) else { throw Malformed(what: text) }
    let microseconds = nanoseconds / 1_000 + ((1..<500).contains(nanoseconds % 1_000) ? 1 : 0)
    return whole.addingTimeInterval(Double(microseconds) / 1_000_000)
}

/// A moment in RFC 3339, without zeros at the end of the fraction.
func rfc3339(_ date: Date) -> String {
    let microseconds = Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
    let whole = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let (seconds, rest) = whole.remainder < 0 ? (whole.quotient - 1, whole.remainder + 1_000_000) : whole
    let text = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(seconds)))
    guard rest > 0 else { return text }
    var fraction = String(repeating: "0", count: 6 - String(rest).count) + String(rest)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return text.dropLast() + ".\(fraction)Z"
}

// Writing what comes out.
extension JSON {
    init(_ value: String?) { self = value.map(JSON.text) ?? .null }
    init(_ value: Bool) { self = .bool(value) }
    init(_ value: some BinaryInteger) { self = .number(Int64(value)) }
    init(_ value: Date?) { self = value.map { .text(rfc3339($0)) } ?? .null }
    init(_ value: UUID) { self = .text(value.uuidString.lowercased()) }
    init(_ values: [JSON]) { self = .list(values) }
    init(_ values: [String]) { self = .list(values.map(JSON.text)) }
    init(_ word: (some Word)?) { self = JSON(word?.word()) }
    init(_ findings: [Finding]) { self = .list(findings.map(JSON.init)) }
    init(_ params: [String: Param]) { self = .object(params.mapValues(JSON.init)) }

    init(_ param: Param) {
        switch param {
        case .number(let value): self = .number(value)
        case .text(let value): self = .text(value)
        }
    }

    /// A finding as cases write it: without its severity, which the table gives.
    init(_ finding: Finding) {
        self = .with(
            ["code": JSON(finding.code), "field": JSON(finding.field), "params": JSON(finding.params)],
            ["suggestion": JSON(finding.suggestion)])
    }

    /// An object without what is null or empty.
    static func with(_ parts: [String: JSON]...) -> JSON {
        let all = parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        return .object(all.filter { ![.null, .list([]), .object([:])].contains($0.value) })
    }
}
