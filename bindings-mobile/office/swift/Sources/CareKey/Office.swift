// What makes the office's calls read as Swift: words, and work off the
// caller's actor. No rule is here.

import Foundation

extension ActorKind: Word {}
extension EventKind: Word {}
extension HashKind: Word {}
extension MessageKind: Word {}
extension MessagePage: Word {}
extension RowAction: Word {}
extension RowState: Word {}

extension Roster {
    /// Reads a file off the caller's actor. Throws as `init(csv:)` does.
    public static func read(_ csv: Data) async throws -> Roster {
        try await Task.detached { try Roster(csv: csv) }.value
    }

    /// The preview, worked out off the caller's actor. Throws as `preview`
    /// does.
    public func previewed(
        known: [KnownParty], taken: [String], prefix: String, country: String, policy: Policy, retired: [String] = [],
        decisions: [WhoDecision] = []
    ) async throws -> Preview {
        try await Task.detached {
            try self.preview(
                known: known, taken: taken, prefix: prefix, country: country, policy: policy, retired: retired,
                decisions: decisions)
        }.value
    }
}

extension Preview {
    /// The decisions, taken off the caller's actor. Throws as `decideAll` does.
    public func decided(_ decisions: [LineDecision]) async throws {
        try await Task.detached { try self.decideAll(decisions: decisions) }.value
    }
}

extension Hasher {
    /// The hash, worked out off the caller's actor. Throws as `hash` does.
    public func hashed(_ password: String) async throws -> String {
        try await Task.detached { try self.hash(password: password) }.value
    }

    /// The comparison, worked out off the caller's actor. Throws as `verify`
    /// does.
    public func verified(stored: String, password: String) async throws -> Verified {
        try await Task.detached { try self.verify(stored: stored, password: password) }.value
    }
}
