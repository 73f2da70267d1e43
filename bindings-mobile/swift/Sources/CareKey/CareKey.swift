// What makes the generated sources read as Swift: dates, identifiers, links,
// errors, words, and work off the caller's actor. No rule is here.

import Foundation

extension CarekeyError: LocalizedError {
    /// The stable code: `code.mistyped`, `policy.out_of_range` …
    public var code: String {
        switch self {
        case .invalid(let code, _, _, _), .refused(let code, _, _, _), .internal(let code, _, _, _): return code
        }
    }

    /// The text of the code, in English.
    public var reason: String {
        switch self {
        case .invalid(_, let reason, _, _), .refused(_, let reason, _, _), .internal(_, let reason, _, _): return reason
        }
    }

    /// What the text of the code speaks of.
    public var params: [String: Param] {
        switch self {
        case .invalid(_, _, let params, _), .refused(_, _, let params, _), .internal(_, _, let params, _): return params
        }
    }

    /// What a check found, in its fixed order.
    public var findings: [Finding] {
        switch self {
        case .invalid(_, _, _, let findings), .refused(_, _, _, let findings), .internal(_, _, _, let findings):
            return findings
        }
    }

    public var errorDescription: String? { reason }
}

/// An enum whose cases have a stable word: in JSON, in columns and in every
/// language it is the same.
public protocol Word: CaseIterable, Codable, Sendable {
    /// The stable word.
    func word() -> String
}

extension Word {
    /// The case with that word, if there is one.
    public init?(word: String) {
        guard let found = Self.allCases.first(where: { $0.word() == word }) else { return nil }
        self = found
    }

    public init(from decoder: any Decoder) throws {
        let word = try decoder.singleValueContainer().decode(String.self)
        guard let found = Self(word: word) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "unknown word"))
        }
        self = found
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(word())
    }
}

extension AccountState: Word {}
extension ContactMethod: Word {}
extension EnrolmentScheme: Word {}
extension Language: Word {}
extension OfficeAction: Word {}
extension PartyKind: Word {}
extension Resource: Word {}
extension Role: Word {}
extension Scope: Word {}
extension Severity: Word {}
extension Stage: Word {}
extension Standing: Word {}
extension Step: Word {}
extension TieKind: Word {}
extension UsernameScheme: Word {}

extension Language {
    /// Spanish where that is what the reader speaks, English for all others.
    public init(_ locale: Locale) {
        self = locale.identifier.lowercased().hasPrefix("es") ? .spanish : .english
    }
}

extension LinkToken {
    /// Reads the token of a link that the system opened the app with.
    public convenience init(url: URL) throws {
        try self.init(link: url.absoluteString)
    }
}

extension Usernames {
    /// The verdicts on a long batch, worked out off the caller's actor.
    public func checkBatch(_ requests: [UsernameRequest]) async -> [UsernameVerdict] {
        await Task.detached { self.checkAll(requests: requests) }.value
    }
}

extension Snapshot {
    /// Opens a snapshot off the caller's actor: one of an office that sees
    /// every client can be large. Throws as `init` does.
    public static func open(_ text: String, key: String, agency: String, account: UUID, now: Date = .init())
        async throws -> Snapshot
    {
        try await Task.detached { try Snapshot(text: text, key: key, agency: agency, account: account, now: now) }.value
    }
}

extension Date {
    init(microsecondsSince1970 microseconds: Int64) {
        // Whole seconds first: less is lost than with one division.
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        self = Date(timeIntervalSince1970: Double(seconds)).addingTimeInterval(Double(rest) / 1_000_000)
    }

    /// A date that is not a number, or too far off to count, is the farthest
    /// that can be counted.
    var microsecondsSince1970: Int64 {
        let microseconds = (timeIntervalSince1970 * 1_000_000).rounded()
        return Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max)
    }
}

extension UUID {
    /// What the library sends is always a UUID.
    init(carekey text: String) {
        self = UUID(uuidString: text) ?? UUID(uuid: nilUUID)
    }
}

private let nilUUID: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
